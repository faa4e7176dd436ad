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
_ESCAPED = re.compile(r"\\(u00|b)").search  # as JSON writes a character that the view would leave as it is


@dataclass(frozen=True, slots=True)
class Written:
    """A table's grid as JSON, as ``json`` would write that once more (between its quotes), as Markdown.

    The latter two are known where no cell holds anything that either writes in another way; else the cells
    are given.
    """

    grid: str
    quoted: bytes | None = None
    markdown: str = ""
    cells: Sequence[Sequence[str]] = ()

    def patched(self) -> tuple[str, str | None]:
        """As ``patched``."""
        return _patched(self.grid, self.cells)


def written(rows: Sequence[Sequence[Cell]]) -> Written:
    """The grid of a table's cells."""
    inner = _ROW.join([_SLOT.join(map(_TEXT, row)) for row in rows])
    number, widths = len(rows), set(map(len, rows))
    width = widths.pop() if len(widths) == 1 else 0
    ours = width and inner.count("|") == number * (width + 1) - 2 and inner.count("\n") == number - 1
    if ours and '"' not in inner and "\\" not in inner:
        lines = inner.encode().replace(*_NEXT_QUOTED)
        if not has_control(lines):
            grid = f'[["{inner.replace(_ROW, _NEXT_ROW).replace(_SLOT, _NEXT_SLOT)}"]]'
            quoted = b'[[\\"%b\\"]]' % lines.replace(*_NEXT_SLOT_QUOTED)
            return Written(grid, quoted, _with_ruler(f"| {inner} |", width))
    cells = [list(map(_TEXT, row)) for row in rows]
    return Written(as_json(cells), cells=cells)


def has_control(text: bytes) -> bool:
    """Whether a text in UTF-8 has a control character that is no line end: JSON escapes them."""
    return len(text.translate(None, _CONTROLS)) != len(text)


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
    shown = [list(map(_shown, row)) for row in rows]  # with every bar escaped, so the view cuts where we did
    patches = {
        f"{r},{k}": row[k]
        for r, (row, other) in enumerate(zip(rows, shown, strict=True))
        if row != other
        for k in compress(count(), map(ne, row, other))
    }
    markdown = _with_ruler("\n".join([f"| {' | '.join(row)} |" for row in shown]), len(rows[0]))
    return markdown, as_json(patches) if patches else None


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


@lru_cache(maxsize=4096)  # labels and small numbers, which most cells hold
def _shown(text: str) -> str:
    return line(text).replace("|", "\\|")


as_json: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""What is no grid of plain cells."""
