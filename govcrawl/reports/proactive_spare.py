"""Whether blank cells behind the columns of table 二 belong to the whole table, or to single rows of it.

A column too many that is blank in every row is none of the form's. Where only some rows have a cell too many,
or some have a value in it, it may be one before the others that does not belong there, and the row's values
stand below wrong headers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from govcrawl.reports.lines import Line
from govcrawl.reports.values import plain_text as folded


def width_of(header: Line | None) -> int:
    """How far a row of headers reaches."""
    slots = header.slots if header is not None else ()
    return max((n for n, cell in enumerate(slots, 1) if cell.colspan), default=0)


def uneven_blocks(
    lines: Sequence[Line], is_header: Callable[[Line], bool], is_row: Callable[[Line], bool]
) -> Collection[tuple[int, int]]:
    """Table and row of headers whose rows differ in how many cells they have behind the columns.

    All headers of a table any row of which has a value there.
    """
    spare: dict[tuple[int, int], set[int]] = {}
    filled: set[int] = set()
    header: Line | None = None
    for line in lines:
        if is_header(line):
            header = line
        elif header is not None and is_row(line):
            behind = _behind(line, header)
            spare.setdefault((header.table, header.row), set()).add(len(behind))
            if any(behind):
                filled.add(line.table)
    return {place for place, counts in spare.items() if len(counts) > 1 or place[0] in filled}


def _behind(line: Line, header: Line) -> list[str]:
    """Folded texts of a row's cells behind the columns that its header names."""
    if line.aligned:
        beyond = line.slots[width_of(header) :]
        own = {id(cell): cell for cell in beyond if cell.colspan and line.owns(cell)}
        return [folded(cell.text) for cell in own.values()]
    label = line.labels[-1] if line.labels else -1
    first = next((n for n, text in enumerate(header.plain) if "信息内容" in text), -1)
    return [folded(cell.text) for cell in line.cells[label + len(header.cells) - first :]]
