"""Another whole report in the same container is cut out; whose is meant is told by the titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from govcrawl.model import Block, Finding, Paragraph, Removal, Table
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import ReportTitle, report_title
from govcrawl.text import folded

RIVALS = "rival_reports"
_WHOLE = 3
_TOLD = frozenset((1, 5, 6))
_RULE = "other_report"
_TWINS = 0.8


@dataclass
class _Segment:
    """Blocks under one title, or from where the headings begin anew; ``same`` as of the title."""

    start: int
    same: bool | None
    title: str = ""
    end: int = 0
    numbers: set[int] = field(default_factory=set)

    @property
    def whole(self) -> bool:
        """Whether this could be a report: an annex of tables has their headings only."""
        return len(self.numbers) >= _WHOLE and not _TOLD.isdisjoint(self.numbers)


def may_be_several(announced: Sequence[Heading]) -> bool:
    """Whether enough headings stand twice for two whole reports."""
    counts = Counter(heading.number for heading in announced).values()
    return sum(count > 1 for count in counts) >= _WHOLE


def own_part(
    blocks: Sequence[Block], announced: Sequence[Heading], own: ReportTitle | None
) -> tuple[tuple[Block, ...], list[Removal], list[Finding]]:
    """Blocks without other whole reports, what was taken out, and what is to be said of them.

    ``announced`` are all lines with the words of a heading, ``own`` the title where the page states it. Where
    it cannot be told which report is meant, all stay and a finding of the kind ``RIVALS`` says so.
    """
    segments = _segments(blocks, announced, own)
    whole = [segment for segment in segments if segment.whole]
    if len(whole) < 2:
        return tuple(blocks), [], []
    chosen = _chosen(blocks, whole, own)
    if chosen is None:
        names = "; ".join(segment.title or "one without a title" for segment in whole)
        return tuple(blocks), [], [Finding(RIVALS, "document", f"whose is meant is not told: {names}")]
    others = [segment for segment in whole if segment is not chosen]
    gone = {n for segment in others for n in range(segment.start, segment.end)}
    removed = [Removal(_RULE, text) for n in sorted(gone) for text in _texts(blocks[n])]
    strange = [other.title or "one without a title" for other in others if not _twins(blocks, chosen, other)]
    findings = [Finding(_RULE, "document", f"beside it: {'; '.join(strange)}")] if strange else []
    return tuple(block for n, block in enumerate(blocks) if n not in gone), removed, findings


def _segments(
    blocks: Sequence[Block], announced: Sequence[Heading], own: ReportTitle | None
) -> list[_Segment]:
    """The blocks cut at titles of reports, and where a report's headings begin anew without one."""
    heads = {heading.block: heading.number for heading in announced}
    opening = next(
        (block.text for block in blocks if isinstance(block, Paragraph) and "。" in block.text), ""
    )
    segments = [_Segment(0, None)]
    for n, block in enumerate(blocks):
        current = segments[-1]
        title = _title(block, own)
        if title is not None:
            current.end = n
            segments.append(_Segment(n, _same(title, own), title.title))
        elif isinstance(block, Paragraph) and block.text == opening and current.whole:
            current.end = n
            segments.append(_Segment(n, None))
        elif (number := heads.get(n)) is not None:
            if current.whole and number == 1 and number in current.numbers:
                current.end = n
                segments.append(_Segment(n, None))
            segments[-1].numbers.add(number)
    segments[-1].end = len(blocks)
    return _with_tops(segments)


def _with_tops(segments: list[_Segment]) -> list[_Segment]:
    """Segments with the title right above them, and with what goes on under the title printed again."""
    joined: list[_Segment] = []
    for segment in segments:
        last = joined[-1] if joined else None
        goes_on = last is not None and len(last.numbers & segment.numbers) < _WHOLE
        if last and goes_on and last.same is segment.same and (last.same is not None or not segment.title):
            segment.start, segment.title = last.start, last.title or segment.title
            segment.numbers |= last.numbers
            joined.pop()
        joined.append(segment)
    return joined


def _chosen(blocks: Sequence[Block], whole: Sequence[_Segment], own: ReportTitle | None) -> _Segment | None:
    """The report under the page's title, word for word or in other words; twins count as one.

    The first one has the page's own title above it where it has none itself.
    """
    told = [segment for segment in whole if own and folded(segment.title) == folded(own.title)]
    meant = [
        segment for segment in whole if segment.same or (own and segment is whole[0] and segment.same is None)
    ]
    untold = [segment for segment in whole if segment.same is None]
    first, *rest = told or meant or untold or whole
    return first if all(_twins(blocks, first, other) for other in rest) else None


def _twins(blocks: Sequence[Block], one: _Segment, other: _Segment) -> bool:
    """Whether two segments are one report printed twice: the same tables, and nearly the same lines."""
    first, second = blocks[one.start : one.end], blocks[other.start : other.end]
    tables = [[block.grid.texts() for block in part if isinstance(block, Table)] for part in (first, second)]
    if tables[0] != tables[1]:
        return False
    lines = [
        {folded(block.text) for block in part if isinstance(block, Paragraph)} for part in (first, second)
    ]
    return len(lines[0] & lines[1]) >= _TWINS * min(map(len, lines))


def _title(block: Block, own: ReportTitle | None) -> ReportTitle | None:
    if not isinstance(block, Paragraph) or "公开" not in block.text:
        return None
    if own is not None and len(block.text) > 2 * len(own.title) + 40:
        return None
    return report_title(block.text)


def _same(title: ReportTitle, own: ReportTitle | None) -> bool | None:
    """Whether a title of a report is this report's own; None where it does not say."""
    if own is None:
        return None
    if title.year is not None and own.year is not None and title.year != own.year:
        return False
    if title.agency is None or own.agency is None or title.year is None or own.year is None:
        return None
    names = folded(own.agency), folded(title.agency)
    return names[0] in names[1] or names[1] in names[0]


def _texts(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [" | ".join(dict.fromkeys(row)) for row in block.grid.texts()]
    return [block.text] if isinstance(block, Paragraph) else []
