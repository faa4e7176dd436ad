"""Which links of a page are reports: by title anywhere, and inside the 年报 column also by body and year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator

from govcrawl.attachments.addresses import IMAGE, is_download, is_file
from govcrawl.discovery.columns import Label, classify, year_of
from govcrawl.discovery.dialects import looks_like_article
from govcrawl.discovery.page import PageLink
from govcrawl.discovery.urls import shape
from govcrawl.model import Entry
from govcrawl.reports.titles import negative_class, report_title

_HEADING = re.compile(
    r"总体情况|概述|主动公开(?:政府信息)?(?:的)?情况|(?:收到和处理)?政府信息公开申请(?:的)?情况|依申请公开(?:政府信息)?(?:的)?情况"
    r"|行政复议、?(?:和|及)?行政诉讼|存在的(?:主要)?问题|其他需要报告(?:的|说明的)?事项"
)
_ROW = "row of the 年报 column"
_TITLE = "report title"
_ROW_LABELS = frozenset({Label.BODY, Label.GROUP, Label.YEAR, Label.ANNUAL})  # 区政府办公室 reads as a group
_CUT = re.compile(
    r"^[\W_]*(?P<body>[^\d\s]{2,24})(?P<year>20\d\d)年?度?(?P<rest>[^\d\s.…]*)(?:…+|\.{2,}|⋯+)$"
)
_TITLES = (
    "政府信息公开工作年度报告",
    "政府信息公开年度报告",
    "政府信息公开工作报告",
    "信息公开工作年度报告",
    "政务公开",
)
_UNTIL = re.compile(r"[以之]前|往年|历年")  # a list of several years, never one report
_NOTICE = re.compile(r"关于.{4,}的(?:通知|公告|公示|通报|意见|批复|决定|函)")  # an article, never a column
_SIBLINGS = 3  # rows of one list that name bodies: its other rows do, even if their words are unknown


def report_rows(
    links: Iterable[PageLink],
    *,
    portal: str,
    listing: str,
    annual: bool,
    trail: tuple[str, ...],
    template: Container[str],
) -> Iterator[tuple[PageLink, Entry]]:
    """(link, entry) for each link that is taken for a report.

    ``annual`` says that the page lies in the 年报 column, ``trail`` which labels led there;
    ``template`` holds addresses that stand on every page, never rows of a listing.
    """
    context_year = next((year for label in reversed(trail) if (year := year_of(label))), None)
    taken: list[tuple[PageLink, Entry]] = []
    left: list[PageLink] = []
    doubtful: list[tuple[PageLink, Entry]] = []
    notices = Counter[tuple[int, str]]()
    for link in links:
        if _NOTICE.match(link.name):
            notices[link.block, shape(link.url)] += 1
        entry = _titled(link, portal, listing, context_year, annual=annual)
        if entry is not None and _is_part(link, entry):
            doubtful.append((link, entry))
            continue
        if entry is None and annual and link.url not in template:
            entry = _by_place(link, portal, listing, trail, context_year)
        if entry is not None:
            taken.append((link, entry))
        elif annual and link.url not in template:
            left.append(link)
    yield from taken
    made = Counter(shape(link.url) for link, entry in taken if entry.reason == _TITLE)
    for link, entry in doubtful:
        if max(made[shape(link.url)], notices[link.block, shape(link.url)]) >= _SIBLINGS:
            yield link, entry
    blocks = Counter((link.block, shape(link.url)) for link, entry in taken if entry.reason == _ROW)
    for link in left:
        if blocks[link.block, shape(link.url)] >= _SIBLINGS and not negative_class(link.name) and link.name:
            yield link, Entry(link.url, portal, link.name, context_year, link.date, listing, _ROW)


def _titled(
    link: PageLink, portal: str, listing: str, context_year: int | None, *, annual: bool
) -> Entry | None:
    wordings = [wording for wording in dict.fromkeys((link.name, link.title, link.label)) if wording]
    if any(negative_class(wording) for wording in wordings):
        return None
    if _UNTIL.search(link.name):
        return None
    for wording in wordings:
        found = report_title(wording)
        if found is None or (found.year is None and not _is_document(link, annual=annual)):
            continue
        return Entry(link.url, portal, found.title, found.year or context_year, link.date, listing, _TITLE)
    return None


def _is_document(link: PageLink, *, annual: bool) -> bool:
    """Whether an address is an article's, or in the column that of a file."""
    return looks_like_article(link.url) is True or (annual and is_file(link.url))


def _is_part(link: PageLink, entry: Entry) -> bool:
    """Whether a title without a body stands on a listing's address, as a part of the column has it.

    Beside rows of reports whose addresses are made alike it is a row as they are.
    """
    found = report_title(entry.title)
    return found is not None and found.agency is None and looks_like_article(link.url) is False


def _by_place(
    link: PageLink, portal: str, listing: str, trail: tuple[str, ...], year: int | None
) -> Entry | None:
    """A row of the column that names only a body or a year: 教育局, 2021年."""
    cut = _cut_short(link.name)
    kind = Label.BODY if cut else classify(link.name)
    if kind not in _ROW_LABELS or negative_class(link.name):
        return None
    if not (is_file(link.url) or is_download(link.url)):
        article = looks_like_article(link.url)
        if article is False or (article is None and link.date is None) or IMAGE.search(link.url):
            return None
    title = " ".join((*trail[-1:], link.name)) if kind is Label.YEAR else link.name
    stated = int(cut["year"]) if cut else year_of(link.name)
    return Entry(link.url, portal, title, stated or year, link.date, listing, _ROW)


def _cut_short(label: str) -> re.Match[str] | None:
    """The body and year of a report's title whose end was cut off: 截河县民政局2024年政..."""
    found = _CUT.search(label)
    if found is None or classify(found["body"]) is not Label.BODY:
        return None
    return found if any(title.startswith(found["rest"]) for title in _TITLES) else None


def reads_like_report(text: str) -> bool:
    """Whether visible text holds at least three of the statutory headings."""
    return len({found[0][:4] for found in _HEADING.finditer(text)}) >= 3
