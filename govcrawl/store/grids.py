"""A table's cells as JSON, and as the Markdown that stands in its report's text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count
from operator import itemgetter, ne

from govcrawl.model import Cell
from govcrawl.text import line

_TEXT: Callable[[Cell], str] = itemgetter(0)
_ROW, _SLOT = " |\n| ", " | "
_NEXT_ROW, _NEXT_SLOT = '"],["', '","'
_NEXT_QUOTED = _ROW.encode(), b'\\"],[\\"'
_NEXT_SLOT_QUOTED = _SLOT.encode(), b'\\",\\"'
_CONTROLS = bytes((*range(10), *range(11, 32)))
_ROW_MARK, _SLOT_MARK = "\x1e", "\x1f"  # which no cell has that is not looked at one by one
_ESCAPED = re.compile(r"\\(u00|b)").search  # as JSON writes a character that the view would leave as it is


@dataclass(frozen=True, slots=True)
class Written:
    """A table's grid as JSON, as ``json`` would write that once more (between its quotes), as Markdown.

    The latter two are known where no cell holds anything but line ends that either writes in another way;
    ``patches`` are then the cells with line ends, as ``patched`` gives them. Else the cells are given.
    """

    grid: str
    quoted: bytes | None = None
    markdown: str = ""
    cells: Sequence[Sequence[str]] = ()
    patches: str | None = None

    def patched(self) -> tuple[str, str | None]:
        """As ``patched``."""
        return _patched(self.grid, self.cells)


def written(rows: Sequence[Sequence[Cell]]) -> Written:
    """The grid of a table's cells."""
    inner = _ROW.join([_SLOT.join(map(_TEXT, row)) for row in rows])
    number, widths = len(rows), set(map(len, rows))
    width = widths.pop() if len(widths) == 1 else 0
    ours = width and inner.count("|") == number * (width + 1) - 2
    if ours and '"' not in inner and "\\" not in inner:
        if inner.count("\n") != number - 1:
            found = _with_breaks(rows, width)
            if found is not None:
                return found
        elif not controls_in(lines := inner.encode().replace(*_NEXT_QUOTED)):
            grid = f'[["{inner.replace(_ROW, _NEXT_ROW).replace(_SLOT, _NEXT_SLOT)}"]]'
            quoted = b'[[\\"%b\\"]]' % lines.replace(*_NEXT_SLOT_QUOTED)
            return Written(grid, quoted, _with_ruler(f"| {inner} |", width))
    cells = [list(map(_TEXT, row)) for row in rows]
    return Written(as_json(cells), cells=cells)


def _with_breaks(rows: Sequence[Sequence[Cell]], width: int) -> Written | None:
    """A grid some of whose cells have line ends; None where one has another control character."""
    marked = _ROW_MARK.join([_SLOT_MARK.join(map(_TEXT, row)) for row in rows])
    lines = marked.encode()
    if controls_in(lines) != len(rows) * width - 1:  # those between the cells
        return None
    grid = marked.replace("\n", "\\n").replace(_ROW_MARK, _NEXT_ROW).replace(_SLOT_MARK, _NEXT_SLOT)
    quoted = lines.replace(b"\n", b"\\\\n").replace(_ROW_MARK.encode(), _NEXT_QUOTED[1])
    quoted = quoted.replace(_SLOT_MARK.encode(), _NEXT_SLOT_QUOTED[1])
    markdown, patches = _as_shown([row.split(_SLOT_MARK) for row in marked.split(_ROW_MARK)])
    return Written(f'[["{grid}"]]', b'[[\\"%b\\"]]' % quoted, markdown, patches=patches)


def controls_in(text: bytes) -> int:
    """How many control characters a text in UTF-8 has that are no line ends: JSON escapes them."""
    return len(text) - len(text.translate(None, _CONTROLS))


def plain(grid: str) -> str:
    """The Markdown of a grid (JSON) that says nothing otherwise than Markdown does; else nothing."""
    rows = grid[3:-3].split(_NEXT_ROW)
    widths = {row.count(_NEXT_SLOT) for row in rows}
    if len(widths) != 1 or "\\" in grid or not grid.startswith('[["'):
        return ""
    lines = "\n".join([f"| {row} |" for row in rows]).replace(_NEXT_SLOT, _SLOT)
    if "|" in grid and as_grid(lines) != grid:
        return ""
    return _with_ruler(lines, widths.pop() + 1)


def patched(grid: str) -> tuple[str, str | None]:
    """The Markdown of a grid (JSON), and the cells that it shows otherwise, by row and slot (JSON).

    No Markdown where the view ``tables`` cannot make the grid of it: rows of different length, control
    characters.
    """
    return _patched(grid, json.loads(grid))


def _patched(grid: str, rows: Sequence[Sequence[str]]) -> tuple[str, str | None]:
    if not rows or not rows[0] or _ESCAPED(grid) or any(len(row) != len(rows[0]) for row in rows):
        return "", None
    return _as_shown(rows)


def _as_shown(rows: Sequence[Sequence[str]]) -> tuple[str, str | None]:
    """The Markdown of cells, and those that it shows otherwise."""
    lines, patches = [], {}
    for place, row in enumerate(rows):
        shown = list(map(_SHOWN.__getitem__, row))  # with every bar escaped, so the view cuts where we did
        if shown != row:
            for slot in compress(count(), map(ne, row, shown)):
                patches[f"{place},{slot}"] = row[slot]
        lines.append(f"| {_SLOT.join(shown)} |")
    return _with_ruler("\n".join(lines), len(rows[0])), as_json(patches) if patches else None


def as_grid(lines: str) -> str:
    """A grid as JSON from the lines of its Markdown, as the view ``tables`` makes it."""
    inner = lines[2:-2].replace("\\", "\\\\").replace('"', '\\"')
    return f'[["{inner.replace(_ROW, _NEXT_ROW).replace(_SLOT, _NEXT_SLOT)}"]]'


def _with_ruler(lines: str, width: int) -> str:
    """The lines of a table with the one below its head."""
    head, rest, body = lines.partition("\n")
    return f"{head}\n{_ruler(width)}{rest}{body}"


@lru_cache(maxsize=64)
def _ruler(width: int) -> str:
    return f"| {' | '.join(['---'] * width)} |"


class _Shown(dict[str, str]):
    """Cells as Markdown shows them; labels and small numbers, which most are, are remembered."""

    def __missing__(self, text: str) -> str:
        shown = line(text).replace("|", "\\|")
        if len(text) <= _LABEL:
            if len(self) > _SHOWN_MOST:
                self.clear()
            self[text] = shown
        return shown


_LABEL, _SHOWN_MOST = 64, 1 << 14
_SHOWN = _Shown()


as_json: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""What is no grid of plain cells."""
