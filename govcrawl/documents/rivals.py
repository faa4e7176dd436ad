"""Which of several reports on one page is the page's own: shown, and named by the page's title."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from govcrawl.documents.blocks import Flow
from govcrawl.documents.layout import is_hidden, raw_text
from govcrawl.documents.titles import is_report_title
from govcrawl.text import folded

Span = tuple[int, int]
Holder = tuple[etree._Element, Span]

_ABOVE = 6


def holds(outer: Span, inner: Span) -> bool:
    """Whether a slice of items has another within it."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def apart(holders: Sequence[Holder]) -> list[Holder]:
    """The holders of reports that hold no other one, in the order of the page."""
    least: list[Holder] = []
    for element, span in sorted(holders, key=lambda holder: holder[1][1] - holder[1][0]):
        if not any(holds(span, inner) for _, inner in least):
            least.append((element, span))
    return sorted(least, key=lambda holder: holder[1])


def own_first(flow: Flow, least: Sequence[Holder]) -> list[Holder]:
    """The holders of several reports, the page's own first."""
    named = _page_titles(flow, [span for _, span in least])

    def rank(holder: Holder) -> tuple[bool, int]:
        element, span = holder
        hidden = any(is_hidden(node) for node in (element, *element.iterancestors()))
        title = _title_of(flow, span)
        return hidden, 1 if title is None or not named else 2 * (not _is_named(title, named))

    return sorted(least, key=rank)


def _is_named(title: str, named: Sequence[str]) -> bool:
    return any(title in text or text in title for text in named)


def _title_of(flow: Flow, span: Span) -> str | None:
    """The report's title that stands over a slice or at its top."""
    start = max(0, span[0] - _ABOVE)
    titles = [item.text for item in flow.items[start : span[0] + _ABOVE] if not item.linked]
    return next((folded(text) for text in reversed(titles) if is_report_title(text)), None)


def _page_titles(flow: Flow, spans: Sequence[Span]) -> list[str]:
    """What the page's head says it is; else its headings that stand in none of the reports."""
    root = flow.items[0].element.getroottree().getroot()
    stated = [raw_text(node) for node in root.iter("title", "ucaptitle")]
    for node in root.iter("meta"):
        if (node.get("name") or "").lower() == "articletitle":
            stated.append(node.get("content") or "")
    found = [folded(text) for text in stated if is_report_title(text)]
    if found:
        return found
    beside = [
        item.text
        for index, item in enumerate(flow.items)
        if item.level == 1 and not any(span[0] - _ABOVE <= index < span[1] for span in spans)
    ]
    return [folded(text) for text in beside if is_report_title(text)]
