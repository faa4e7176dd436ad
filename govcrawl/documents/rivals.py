"""Which of several reports on one page is the page's own: named by the page's title, and shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from lxml import etree

from govcrawl.documents.flow import Flow, Item
from govcrawl.documents.layout import is_hidden, raw_text
from govcrawl.documents.titles import REPORT_TITLE, is_report_title, page_title_parts
from govcrawl.model import Finding
from govcrawl.text import folded, line

Span = tuple[int, int]
Holder = tuple[etree._Element, Span]

OTHER_REPORT = "other_report"
RIVAL_REPORTS = "rival_reports"
_SHARED = 3
_TOLD = frozenset(("general", "problems", "other"))
_ABOVE = 12
_TWINS = 0.8
_STATED = ("articletitle", "detail_title")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"20\d\d")
_FILLER = re.compile(r"20\d\d|年度?|关于|工作|的|[^\w]")


class _Named(IntEnum):
    """How far the page's title is that of a report, best first."""

    SAME = 0
    WITHIN = 1
    ALIKE = 2
    UNKNOWN = 3
    OTHER = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """The holder of the page's own report, the slices of the others, and what is to be said of it."""

    own: Holder
    others: tuple[Span, ...] = ()
    finding: Finding | None = None


def holds(outer: Span, inner: Span) -> bool:
    """Whether a slice of items has another within it."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def crosses(one: Span, other: Span) -> bool:
    """Whether two slices have items in common."""
    return one[0] < other[1] and other[0] < one[1]


def own_of(flow: Flow, holders: Sequence[Holder], heads: Mapping[int, str]) -> Choice:
    """The page's own among the holders of three sections, smallest first: one report may have several."""
    least = _apart(holders)
    if (around := _around(holders, least, heads)) is not None:
        hidden = ((element, span) for element, span in least if _is_hidden(element))
        return Choice(around, tuple(_hidden_around(flow, *holder) for holder in hidden))
    if len(least) < 2:
        return Choice(holders[0])
    keys = {
        span: {key for index, key in heads.items() if holds(span, (index, index + 1))} for _, span in least
    }
    tops = _tops(flow, [span for _, span in least], heads)
    titles = {span: line(flow.items[top].text) if top < span[1] else "" for span, top in tops.items()}
    stated = _page_titles(flow, list(titles.values()))
    ranks = {
        span: (named is _Named.OTHER, _is_hidden(element), named)
        for element, span in least
        for named in [_named(titles[span], stated)]
    }
    first, *rest = sorted(least, key=lambda holder: ranks[holder[1]])
    # Halves of one report head different sections, and an annex only those of its tables.
    rivals = [
        span
        for _, span in rest
        if len(keys[span] & keys[first[1]]) >= _SHARED and keys[span] & _TOLD and keys[first[1]] & _TOLD
    ]
    if not rivals:
        return Choice(holders[0])
    best = ranks[first[1]]
    strange = [span for span in rivals if not _are_twins(flow, first[1], span)]
    untold = [span for span in strange if best[0] or ranks[span] == best]
    kind = RIVAL_REPORTS if untold else OTHER_REPORT
    named = "; ".join(titles[span] or "one without a title" for span in sorted(strange))
    others = tuple((min(tops[span], span[0]), span[1]) for span in rivals)
    return Choice(first, others, Finding(kind, "document", f"beside it: {named}") if strange else None)


def _apart(holders: Sequence[Holder]) -> list[Holder]:
    """The holders of reports that hold no other one, in the order of the page."""
    least: list[Holder] = []
    for element, span in holders:
        if not any(holds(span, inner) for _, inner in least):
            least.append((element, span))
    return sorted(least, key=lambda holder: holder[1])


def _around(holders: Sequence[Holder], least: Sequence[Holder], heads: Mapping[int, str]) -> Holder | None:
    """The holder of everything where one report has a container of its own within another's.

    Which of them is the page's own is then told by the titles in the text.
    """
    inner = {index for index in heads for _, span in least if span[0] <= index < span[1]}
    outer = {heads[index] for index in heads if index not in inner}
    if len(outer & {heads[index] for index in inner}) < _SHARED or not outer & _TOLD:
        return None
    every = (min(heads), max(heads) + 1)
    return next((holder for holder in holders if holds(holder[1], every)), None)


def _is_hidden(element: etree._Element) -> bool:
    return any(is_hidden(node) for node in (element, *element.iterancestors()))


def _hidden_around(flow: Flow, element: etree._Element, span: Span) -> Span:
    """The slice of the outermost element that hides a report."""
    outer = [node for node in (element, *element.iterancestors()) if is_hidden(node)]
    return flow.spans.get(outer[-1], span)


def _tops(flow: Flow, spans: Sequence[Span], heads: Mapping[int, str]) -> dict[Span, int]:
    """Index of the title nearest above each report's first heading; the report's end where it has none."""
    found: dict[Span, int] = {}
    before = 0
    for span in spans:
        first = min((index for index in heads if span[0] <= index < span[1]), default=span[0])
        above = range(max(before, first - _ABOVE), first)
        named = [n for n in above if not flow.items[n].linked and is_report_title(flow.items[n].text)]
        same = [n for n in named if folded(flow.items[n].text) == folded(flow.items[named[-1]].text)]
        found[span] = same[0] if same else span[1]
        before = span[1]
    return found


def _page_titles(flow: Flow, owned: Sequence[str]) -> list[str]:
    """What the page's head says it is; else its one heading of the first level."""
    root = flow.items[0].element.getroottree().getroot()
    stated: list[str] = []
    for node in root.iter("meta", "title", "ucaptitle"):
        if node.tag != "meta":
            stated += page_title_parts(raw_text(node))
        elif (node.get("name") or "").lower() in _STATED:
            stated.append(node.get("content") or "")
    if found := [text for text in stated if is_report_title(text) and _YEAR.search(_arabic(text))]:
        return found
    top = {line(item.text) for item in flow.items if item.level == 1 and is_report_title(item.text)}
    return list(top) if len(top) == 1 and any(text not in top for text in owned) else []


def _named(title: str, stated: Sequence[str]) -> _Named:
    if not title or not stated:
        return _Named.UNKNOWN
    plain, texts = folded(title), [folded(text) for text in stated]
    if plain in texts:
        return _Named.SAME
    if any(plain in text for text in texts):
        return _Named.WITHIN
    return _Named.ALIKE if any(_alike(title, text) for text in stated) else _Named.OTHER


def _alike(one: str, other: str) -> bool:
    """Whether two titles name the same year and body, however they are worded."""
    first, second = _arabic(one), _arabic(other)
    if set(_YEAR.findall(first)) != set(_YEAR.findall(second)):
        return False
    names = [_FILLER.sub("", REPORT_TITLE.sub("", text)) for text in (first, second)]
    return names[0] in names[1] or names[1] in names[0]


def _arabic(text: str) -> str:
    return folded(text).translate(_HAN_DIGITS)


def _are_twins(flow: Flow, one: Span, other: Span) -> bool:
    """Whether two slices hold one report: the same numbers, and nearly the same lines."""
    first, second = flow.items[slice(*one)], flow.items[slice(*other)]
    if _numbers(first) != _numbers(second):
        return False
    lines = [{folded(item.text) for item in items if item.text} for items in (first, second)]
    return len(lines[0] & lines[1]) >= _TWINS * min(map(len, lines))


def _numbers(items: Sequence[Item]) -> list[list[list[str]]]:
    return [item.grid.texts() for item in items if item.grid is not None]
