"""Which links of a page are worth a request, in what order, and why."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace

from govcrawl.discovery.columns import Label, classify, names_column, names_former, plain, slug_score, year_of
from govcrawl.discovery.dialects import looks_like_article
from govcrawl.discovery.links import MORE
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import BODIES, Kind, Step, Target
from govcrawl.discovery.urls import winds
from govcrawl.reports.titles import FIRST_YEAR, report_title

_PARTS = frozenset({Label.YEAR, Label.GROUP, Label.PART, Label.BODY})
_SCORE = {Label.ANNUAL: 80.0, Label.YEAR: 75.0, Label.GROUP: 74.0, Label.PART: 73.0, Label.BODY: 70.0}
_DISCLOSURE, _GROUP_OUTSIDE, _BODY_OUTSIDE, _MAP, _NOTICES = 52.0, 30.0, 28.0, 20.0, 15.0
_BODY_BESIDE = 26.0  # a body that the disclosure page itself names, in a list of bodies
_DOUBTED = 40.0
_SHELVED = frozenset({Label.ANNUAL, Label.GROUP, Label.PART, Label.YEAR})
_SHELF = 45.0  # a folder of the column with a name that says nothing: unless all seems to be there
_NAMES = re.compile(r"[\u4e00-\u9fff]{2}")
_INDEX = re.compile(r"(?:(?:index|default)\.\w+)?", re.IGNORECASE)
_FOLDER = re.compile(r"[\w-]+/(?:(?:index|default)\.\w+)?", re.IGNORECASE)
_LONGEST_COLUMN = 14  # characters of a column's name; a longer wording beside a date is an article's


def candidate(
    step: Step, page: Page, link: PageLink, *, annual: bool, template: Container[str]
) -> Step | None:
    """The step that a link offers, None when it offers nothing.

    ``annual`` says that the page lies in the 年报 column; ``template`` holds addresses that stand on pages
    outside the column too, so that they are navigation and no part of it.
    """
    if annual and step.trail and MORE.match(link.name) and link.url not in template:
        link = replace(link, label=step.trail[-1], title="")  # 更多 of what its page holds
    kind, article = classify(link.name), looks_like_article(link.url)
    if kind is Label.MAP:
        return _section(step, page, link, _MAP)
    if kind is Label.NOTICES:
        bodies = bool(step.trail) and classify(step.trail[-1]) is Label.GROUP
        return _section(step, page, link, _NOTICES + 3 * bodies)
    if article is True or _is_row(link) or winds(link.url):
        return None
    slug = slug_score(link.url) if link.name else max(slug_score(link.url), slug_score(f"/{link.image}"))
    if kind is Label.ANNUAL:
        return _column(step, page, link, _SCORE[kind] + 5 * slug - _doubt(link, page))
    if kind is Label.YEAR and not _may_have_reports(step, link.name):
        return None
    if kind in _PARTS:
        within = annual and link.url not in template
        if within or classify(link.under) is Label.ANNUAL or _says_so(link, kind):
            return _column(step, page, link, _SCORE[kind])
        return None if annual else _outside(step, page, link, kind, slug)
    if kind is Label.DISCLOSURE:
        full = 6.0 * ("政府信息公开" in plain(link.name)) + 3.0 * ("信息公开" in plain(link.name))
        depth = 4.0 * sum(classify(label) is Label.DISCLOSURE for label in step.trail)
        return _section(step, page, link, _DISCLOSURE + full + 2 * slug - depth)
    if kind is Label.OTHER and annual and link.url not in template and _is_shelf(step, page, link):
        return _column(step, page, link, _SHELF)
    if kind is Label.OTHER and not link.name and slug:
        return _section(step, page, link, 65.0 if slug == 1.0 else 35.0)
    return None


def _is_shelf(step: Step, page: Page, link: PageLink) -> bool:
    """Whether a link on a page of the column leads to a folder in the page's own, whatever that is called."""
    if not step.trail or classify(step.trail[-1]) not in _SHELVED or link.date or link.form is not None:
        return False
    own, _, file = page.url.partition("?")[0].rpartition("/")
    below = link.url.removeprefix(f"{own}/") if link.url.startswith(f"{own}/") else ""
    short = _NAMES.search(plain(link.name)) is not None and len(plain(link.name)) <= _LONGEST_COLUMN
    return short and _INDEX.fullmatch(file) is not None and _FOLDER.fullmatch(below) is not None


def _may_have_reports(step: Step, label: str) -> bool:
    """Whether a bare year is one since reports are made, and on a year's own page no later one.

    Calendars lead on from each year to the next for ever.
    """
    year, shown = year_of(label), year_of(step.trail[-1]) if step.trail else None
    if year is None or names_column(label):
        return True
    return year >= FIRST_YEAR and (shown is None or year <= shown)


def _is_row(link: PageLink) -> bool:
    """Whether a link is a dated row of a list that is no report, whatever words it shares with the column."""
    return link.date is not None and len(plain(link.name)) > _LONGEST_COLUMN and not report_title(link.name)


def _outside(step: Step, page: Page, link: PageLink, kind: Label, slug: float) -> Step | None:
    """A group of bodies, or a body of a group, on a page outside the column: a detour."""
    if kind is Label.GROUP:
        return _section(step, page, link, _GROUP_OUTSIDE + 8 * ("公开" in plain(link.name)) + 4 * slug)
    behind = classify(step.trail[-1]) if kind is Label.BODY and step.trail else Label.OTHER
    if behind is Label.GROUP or (behind is Label.DISCLOSURE and link.url in page.bodies):
        # Departments and towns stand on pages of their own: when the one pay, the others are worth a try.
        worth = _BODY_OUTSIDE if behind is Label.GROUP else _BODY_BESIDE
        return _step(step, page, link, Kind.SECTION, worth + 4 * slug, f"{step.family}{BODIES}")
    return None


def _says_so(link: PageLink, kind: Label) -> bool:
    """部门年报 and 往年年报 name the column wherever they stand; outside it 2021年年报 may be anything."""
    return (kind in {Label.GROUP, Label.PART} and names_column(link.name)) or names_former(link.name)


def _column(step: Step, page: Page, link: PageLink, score: float) -> Step:
    family = f"{page.url} {classify(link.name).value} {link.block}"
    return _step(step, page, link, Kind.COLUMN, score, family)


def _section(step: Step, page: Page, link: PageLink, score: float) -> Step:
    return _step(step, page, link, Kind.SECTION, score, f"{page.url} {classify(link.name).value}")


def _step(step: Step, page: Page, link: PageLink, kind: Kind, score: float, family: str) -> Step:
    reason = f"«{link.name or link.url}» on {page.url}"
    target, trail = _target(link, page), (*step.trail, link.name)
    credit = (*step.credit, step.family) if step.family else step.credit
    body = link.name if family.endswith(BODIES) else step.body
    return Step(target, kind, score, reason, kind is Kind.COLUMN, trail, family, credit, body=body)


def _target(link: PageLink, page: Page) -> Target:
    other = Target(link.other, referer=page.url) if link.other else None
    method = "GET" if link.form is None else "POST"
    return Target(link.url, method, link.form or "", page.url, other)


def _doubt(link: PageLink, page: Page) -> float:
    """A bare 年度报告 is the column only beside the other statutory entries."""
    if "公开" in plain(link.name):
        return 0.0
    return 0.0 if link.block in page.statutory else _DOUBTED
