"""Sections and tables as places in their report's text, and as they are where they stand nowhere in it.

Places count characters from 1, as SQLite's ``substr`` does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, count
from operator import ne
from typing import Any

from sqlite_utils import Database

from govcrawl.text import line

SECTION = (
    "INSERT INTO section_places (report_id, place, number, heading_start, heading_length, start, length, "
    "heading, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
TABLE = (
    "INSERT INTO table_places (report_id, place, number, aligned, start, head, ruler, length, kind, caption, "
    "patches, grid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_Where = tuple[int | None, int | None, int | None, int | None]
_BEGIN = 40  # characters by which a piece is looked for
_TRIES = 8
_CONTROL = re.compile(r"\\(u00|b)")  # as JSON writes a character that the view would leave as it is
_NOWHERE: _Where = (None, None, None, None)


def write_sections(db: Database, report_id: int, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert a report's sections: number, heading, text (inside a transaction)."""
    db.conn.executemany(SECTION, section_rows(report_id, text, rows))


def section_rows(report_id: int, text: str, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What write_sections inserts, for ``SECTION``."""
    made, after, sound = [], 0, _is_sound(text)
    for place, (number, heading, own) in enumerate(rows):
        head_start, head_length, head, after = _found(text, heading, after, sound)
        start, length, said, after = _found(text, own, after, sound)
        made.append((report_id, place, number, head_start, head_length, start, length, head, said))
    return made


def write_tables(db: Database, report_id: int, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert a report's tables: number, caption, grid, kind, aligned (inside a transaction)."""
    db.conn.executemany(TABLE, table_rows(report_id, text, rows))


def table_rows(report_id: int, text: str, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What write_tables inserts, for ``TABLE``."""
    made, after, sound = [], 0, _is_sound(text)
    for place, (number, caption, grid, kind, aligned) in enumerate(rows):
        where, patches, kept = _in_text(text, grid, after, sound)
        after = where[0] or after
        made.append((report_id, place, number, aligned, *where, kind, caption, patches, kept))
    return made


@lru_cache(maxsize=1)  # asked for a report's sections, then for its tables
def _is_sound(text: str) -> bool:
    """Whether SQLite's ``substr`` sees all of a text: it ends with the first NUL."""
    return "\0" not in text


def _in_text(text: str, grid: str, after: int, sound: bool) -> tuple[_Where, str | None, str | None]:
    """Where a table stands, the cells that are shown otherwise there, and its grid if it stands nowhere."""
    for read in (_plain, _patched) if sound else ():
        markdown, patches = read(grid)
        at = _place(text, markdown, after)
        if at >= 0:
            head = markdown.index("\n")
            end = markdown.find("\n", head + 1)
            ruler = (end if end > 0 else len(markdown)) - head
            return (at + 1, head, ruler, len(markdown)), patches, None
    return _NOWHERE, None, grid


def _place(text: str, piece: str, after: int) -> int:
    """Where a piece stands, from a place on or anywhere; -1 where it does not."""
    at = _find(text, piece, after) if piece else -1
    return _find(text, piece, 0) if at < 0 and piece and after else at


def _find(text: str, piece: str, after: int) -> int:
    """As ``str.find``, which for a long piece first looks that one through."""
    begin, at = piece[:_BEGIN], after
    for _ in range(_TRIES):
        at = text.find(begin, at)
        if at < 0 or text.startswith(piece, at):
            return at
        at += 1
    return text.find(piece, at)


def _found(text: str, piece: str, after: int, sound: bool) -> tuple[int | None, int | None, str | None, int]:
    """Where a piece stands and how long it is, or itself; and where it ends."""
    at = _place(text, piece, after) if sound else -1
    return (None, None, piece, after) if at < 0 else (at + 1, len(piece), None, at + len(piece))


def _plain(grid: str) -> tuple[str, str | None]:
    """The Markdown of a grid (JSON) that says nothing otherwise than Markdown does; else nothing."""
    rows = grid[3:-3].split('"],["')
    widths = {row.count('","') for row in rows}
    if len(widths) != 1 or "\\" in grid or not grid.startswith('[["'):
        return "", None
    head, rest, body = "\n".join([f"| {row} |" for row in rows]).replace('","', " | ").partition("\n")
    if "|" in grid and as_grid(head + rest + body) != grid:
        return "", None
    return f"{head}\n{_ruler(widths.pop() + 1)}{rest}{body}", None


def _patched(grid: str) -> tuple[str, str | None]:
    """The Markdown of a grid (JSON), and the cells that it shows otherwise, by row and slot (JSON).

    No Markdown where the view ``tables`` cannot make the grid of it: rows of different length, control
    characters.
    """
    rows: list[list[str]] = json.loads(grid)
    if not rows or not rows[0] or _CONTROL.search(grid) or any(len(row) != len(rows[0]) for row in rows):
        return "", None
    shown = [list(map(_shown, row)) for row in rows]  # with every bar escaped, so the view cuts where we did
    patches = {
        f"{r},{k}": row[k]
        for r, (row, other) in enumerate(zip(rows, shown, strict=True))
        if row != other
        for k in compress(count(), map(ne, row, other))
    }
    head, *body = [f"| {' | '.join(row)} |" for row in shown]
    markdown = "\n".join([head, _ruler(len(rows[0])), *body])
    return markdown, json.dumps(patches, ensure_ascii=False, separators=(",", ":")) if patches else None


def _ruler(width: int) -> str:
    return f"| {' | '.join(['---'] * width)} |"


@lru_cache(maxsize=4096)  # labels and small numbers, which most cells hold
def _shown(text: str) -> str:
    return line(text).replace("|", "\\|")


def as_grid(lines: str) -> str:
    """A grid as JSON from the lines of its Markdown, as the view ``tables`` makes it."""
    inner = lines[2:-2].replace("\\", "\\\\").replace('"', '\\"')
    return '[["' + inner.replace(" |\n| ", '"],["').replace(" | ", '","') + '"]]'
