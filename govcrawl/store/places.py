"""Sections and tables as places in their report's text, and as they are where they stand nowhere in it.

Places count characters from 1, as SQLite's ``substr`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from sqlite_utils import Database

from govcrawl.store.grids import Written, patched, plain

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
_BETWEEN = 2  # line ends between two blocks of a text
_NOWHERE: _Where = (None, None, None, None)


def write_sections(db: Database, report_id: int, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert a report's sections: number, heading, text (inside a transaction)."""
    db.conn.executemany(SECTION, section_rows(report_id, text, rows))


def section_rows(report_id: int, text: str, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What write_sections inserts, for ``SECTION``."""
    made, after, sound = [], 0, is_sound(text)
    for place, (number, heading, own) in enumerate(rows):
        head_start, head_length, head, after = _found(text, heading, after, sound)
        start, length, said, after = _found(text, own, after, sound)
        made.append((report_id, place, number, head_start, head_length, start, length, head, said))
    return made


def block_rows(report_id: int, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The same for sections that are the blocks of a text, none of which begins with a line end."""
    made, start = [], 1
    for place, (number, heading, own) in enumerate(rows):
        head, length = len(heading), len(own)
        body = start + head + _BETWEEN if head else start
        made.append(
            (report_id, place, number, start if head else None, head or None, body if length else None,
             length or None, None if head else heading, None if length else own)
        )  # fmt: skip
        start = body + length + _BETWEEN if length else body
    return made


def write_tables(db: Database, report_id: int, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert a report's tables: number, caption, grid, kind, aligned (inside a transaction)."""
    db.conn.executemany(TABLE, table_rows(report_id, text, rows))


def table_rows(
    report_id: int,
    text: str,
    rows: Sequence[tuple[Any, ...]],
    grids: Iterable[Written | None] = repeat(None),
    *,
    sound: bool | None = None,
) -> list[tuple[Any, ...]]:
    """What write_tables inserts, for ``TABLE``; ``grids`` and whether the text ``is_sound`` where known."""
    made, after = [], 0
    sound = is_sound(text) if sound is None else sound
    for place, (row, written) in enumerate(zip(rows, grids, strict=False)):
        number, caption, grid, kind, aligned = row
        where, patches, kept = _in_text(text, grid, written, after) if sound else (_NOWHERE, None, grid)
        after = where[0] or after
        made.append((report_id, place, number, aligned, *where, kind, caption, patches, kept))
    return made


def is_sound(text: str) -> bool:
    """Whether SQLite's ``substr`` sees all of a text: it ends with the first NUL."""
    return "\0" not in text


def _in_text(
    text: str, grid: str, written: Written | None, after: int
) -> tuple[_Where, str | None, str | None]:
    """Where a table stands, the cells that are shown otherwise there, and its grid if it stands nowhere."""
    where = _standing(text, (written and written.markdown) or plain(grid), after)
    if where is not None:
        return where, written.patches if written else None, None
    markdown, patches = written.patched() if written and written.cells else patched(grid)
    where = _standing(text, markdown, after)
    return (_NOWHERE, None, grid) if where is None else (where, patches, None)


def _standing(text: str, markdown: str, after: int) -> _Where | None:
    """Where a table's Markdown stands: from where on, its head's length, its ruler's, its own."""
    at = _place(text, markdown, after)
    if at < 0:
        return None
    head = markdown.index("\n")
    end = markdown.find("\n", head + 1)
    ruler = (end if end > 0 else len(markdown)) - head
    return at + 1, head, ruler, len(markdown)


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
