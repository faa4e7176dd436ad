"""Data tables of sound markup, read from a page's source and taken out of it, so that no parser sees them.

Three quarters of a report's page are the attributes of its cells. A table counts as sound where every element
is closed, nested as HTML wants it, and holds nothing but rows of text: there is one way to read it then. Any
other table stays, and a page on which the tree around a table matters is parsed whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from govcrawl.documents.grid import Spanned, data_grid
from govcrawl.documents.layout import is_hidden, is_layout_table
from govcrawl.documents.met_tables import grid_of_met
from govcrawl.documents.sound_cells import ATTRIBUTES, shows_otherwise, sound_pieces
from govcrawl.model import Grid

_MARK = "govcrawl-table"
_BEGIN, _END = b"<table", b"</table>"
# The cell keeps the place from being taken for a blank or a number where a table stands in another's cell.
_EMPTY = b'<table %b="%d"><tr><td>table</td></tr></table>'
_MOST_PIECES = 20_000
_WORD = re.compile(r"[^\s\d,.+-]")
_TABLE = re.compile(
    rf"<table{ATTRIBUTES}>(?:\s*<colgroup{ATTRIBUTES}>(?:\s*<col{ATTRIBUTES}/?>)*\s*</colgroup>)?",
    re.IGNORECASE,
)
_GROUPS = frozenset(("tbody", "thead", "tfoot"))
# Elements in which a table is read the same wherever it stands in them, and which say nothing of its text.
_AROUND = frozenset(
    (  # noqa: SIM905
        "html body div section article main center form p span font strong b ucapcontent "
        "table tbody thead tfoot tr td th"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Apart:
    """A page's source with an empty table in the place of each that was read, and their grids in order."""

    source: bytes
    grids: Sequence[Grid]


def tables_apart(source: bytes, lower: bytes) -> Apart | None:
    """A page's sound data tables taken out of its source, in UTF-8; None where it has none.

    ``lower`` is the source in lower case.
    """
    parts: list[bytes] = []
    grids: list[Grid] = []
    taken = behind = 0
    while (end := lower.find(_END, behind)) >= 0:
        # One that holds another begins before what is behind.
        start = lower.rfind(_BEGIN, behind, end)
        behind = end + len(_END)
        if start >= 0 and (grid := grid_of_met(source[start:behind], _sound_grid)) is not None:
            parts += (source[taken:start], _EMPTY % (_MARK.encode(), len(grids)))
            grids.append(grid)
            taken = behind
    if not grids or _MARK.encode() in lower:
        return None
    return Apart(b"".join((*parts, source[taken:])), grids)


def placed(root: etree._Element, grids: Sequence[Grid]) -> Mapping[etree._Element, Grid] | None:
    """The empty tables of a tree with the grids that belong there, None where the tree around them matters.

    One that is missing stood in a comment or a script; one in a heading, or in the cell of a table of data,
    is part of a text.
    """
    tables = [table for table in root.iter("table") if table.get(_MARK) is not None]
    if [table.get(_MARK) for table in tables] != [str(number) for number in range(len(grids))]:
        return None
    around = {above for table in tables for above in table.iterancestors()}
    if not all(map(_says_nothing, around)):
        return None
    return dict(zip(tables, grids, strict=True))


def _says_nothing(around: etree._Element) -> bool:
    """Whether a table is read the same in an element as outside of it."""
    if around.tag not in _AROUND or is_hidden(around):
        return False
    return around.tag != "table" or is_layout_table(around)


def _sound_grid(source: bytes) -> Grid | None:
    rows = _sound_rows(source)
    if rows is None or not any(_WORD.search(cell.text) for _, cells in rows for cell in cells):
        return None
    return data_grid(rows)


def _sound_rows(source: bytes) -> list[tuple[object, list[Spanned]]] | None:
    """Rows as (row group, cells) of a table's source, None where it is not sound."""
    head, *rest = source.replace(b"</T", b"</t").split(b"</t")
    if len(rest) > _MOST_PIECES or (first := _first(head)) is None:
        return None
    within = ["table", "table"]
    whole = group = object()
    rows: list[tuple[object, list[Spanned]]] = []
    for piece in sound_pieces((first, *rest)):
        if piece is None or not within:
            return None
        closed, opened, tag, cell = piece
        if cell is not None and tag == closed == within[-1] and not opened:
            # A cell right behind another, as most are.
            rows[-1][1].append(cell)
            continue
        if within.pop() != closed:
            return None
        if closed in _GROUPS:
            group = whole
        for name in opened:
            if within[-1] != "table" and (name in _GROUPS or within[-1] not in _GROUPS):
                return None
            within.append(name)
            if name == "tr":
                rows.append((group, []))
            else:
                group = object()
        if cell is not None:
            if within[-1] != "tr":
                return None
            within.append(tag)
            rows[-1][1].append(cell)
    return None if within else [row for row in rows if row[1]]


def _first(head: bytes) -> bytes | None:
    """The piece before the first end tag, as if the table followed on another one."""
    text = head.decode()
    found = _TABLE.match(text)
    if found is None or shows_otherwise(found.group().encode()):
        return None
    return f"able>{text[found.end() :]}".encode()
