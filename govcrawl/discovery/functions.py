"""Clicks whose function stands in a script file: the file is fetched and read, never executed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import html as lxml_html

from govcrawl.discovery.calls import asked_by
from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.front import hidden_in
from govcrawl.discovery.page import Page, PageLink, iso_date
from govcrawl.discovery.steps import Chain, Kind, Step, Target
from govcrawl.discovery.urls import absolute
from govcrawl.reports.titles import report_title
from govcrawl.text import line

_MOST = 3  # script files that are read for one page
_SCORE = 60.0  # behind every link that says where it leads
_ROWS_SCORE = 72.0  # what stands in the column
_FEWEST = 2  # rows that make a list
_CALL = re.compile(r"javascript:\s*[A-Za-z_$][\w$]*\s*\([^()]+\)")
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|layui|layer|vue|echarts|polyfill|slide|share|wza|gotop|stat|\.min\.",
    re.IGNORECASE,
)


def open_calls(step: Step, page: Page) -> list[Step]:
    """Steps to the script files that may define what a page's 年报 entry or its rows call."""
    if step.kind is Kind.LISTING:
        return []
    functions = "\n".join(str(text) for text in page.root.xpath("//script/text()"))
    calls = [
        (line(node.text_content()), found[0])
        for node in page.root.xpath("//a[contains(@href, 'javascript:')]")
        if (found := _CALL.search(node.get("href") or "")) is not None
        and classify(line(node.text_content())) is Label.ANNUAL
        and asked_by(found[0], functions) is None
    ]
    files = [url for url in page.scripts if not _LIBRARY.search(url)][:_MOST]
    if calls:
        reason, place = f"script that may know what «{calls[0][0]}» on {page.url} asks for", Kind.SECTION
        return [
            Step(Target(url, referer=page.url), place, _SCORE, reason, trail=(*step.trail, calls[0][0]),
                 credit=step.credit, calls=(calls[0],))
            for url in files
        ]  # fmt: skip
    return list(_for_rows(step, page, files, functions)) if files and step.annual else []


def _for_rows(step: Step, page: Page, files: Sequence[str], functions: str) -> Iterator[Step]:
    """Steps to the script files that may define what the rows of a list call."""
    rows = [
        (line(node.get("title") or node.text_content()), call)
        for node in page.root.xpath("//*[@onclick] | //a[contains(@href, 'javascript:')]")
        if (call := _called(node))
        and report_title(line(node.get("title") or node.text_content())) is not None
    ]
    if len(rows) < _FEWEST or asked_by(rows[0][1], functions) is not None:
        return
    for url in files:
        target = Target(url, referer=page.url)
        chain = Chain(page.url, "data", [target], 1, drawn=("",))
        reason = f"script that may know where the rows of {page.url} lead"
        yield Step(
            target, Kind.COLUMN, _ROWS_SCORE, reason, True, step.trail, hidden_in(page.url),
            (*step.credit, step.family), chain=chain, calls=tuple(rows),
        )  # fmt: skip


def _called(node: lxml_html.HtmlElement) -> str:
    """The call with arguments that a click on a row makes, empty for none."""
    found = _CALL.search(f"javascript:{node.get('onclick') or ''}") or _CALL.search(node.get("href") or "")
    return found[0] if found else ""


def answered(step: Step, page: Page) -> list[PageLink]:
    """The links that calls stand for, when the script file fetched for them defines their function."""
    referer, links = step.target.referer, list[PageLink]()
    for place, (label, call) in enumerate(step.calls if referer is not None else ()):
        asked = asked_by(call, page.text)
        url = absolute(referer or "", asked[0]) if asked else None
        if asked and url:
            links.append(PageLink(url, label, "", -1, place, date=iso_date(label), form=asked[1]))
    return links
