"""Another report in the same container, told by its title, is cut out."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.model import Block, Paragraph, Removal, Table
from govcrawl.reports.sections import statutory
from govcrawl.reports.titles import ReportTitle, report_title
from govcrawl.text import folded

_WHOLE = 3
_RULE = "other_report"


def own_part(blocks: Sequence[Block], own: ReportTitle | None) -> tuple[tuple[Block, ...], list[Removal]]:
    """Blocks without whole reports under another title, and what was taken out.

    Only a part with a report's headings goes, and only where the rest has them too.
    """
    kept: list[Block] = []
    other: list[Block] = []
    removed: list[Block] = []
    current = kept
    for block in blocks:
        same = _same(block, own)
        if same is not None and same is not (current is kept):
            removed += _whole(other, kept)
            other = []
            current = kept if same else other
        current.append(block)
    removed += _whole(other, kept)
    if not removed or len(statutory(kept)) < _WHOLE:
        return tuple(blocks), []
    return tuple(kept), [Removal(_RULE, text) for block in removed for text in _texts(block)]


def _whole(other: list[Block], kept: list[Block]) -> list[Block]:
    """The other part where it is a whole report; else it stays in its place."""
    if len(statutory(other)) >= _WHOLE:
        return other
    kept += other
    return []


def _same(block: Block, own: ReportTitle | None) -> bool | None:
    """Whether a title of a report is this report's own; None for another block, or where it does not say."""
    if own is None or not isinstance(block, Paragraph) or len(block.text) > 2 * len(own.title) + 40:
        return None
    title = report_title(block.text) if "公开" in block.text else None
    if title is None or own.year is None or own.agency is None or title.year is None:
        return None
    names = folded(own.agency), folded(title.agency or "")
    return title.year == own.year and (names[0] in names[1] or names[1] in names[0])


def _texts(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [" | ".join(dict.fromkeys(row)) for row in block.grid.texts()]
    return [block.text] if isinstance(block, Paragraph) else []
