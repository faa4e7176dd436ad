"""Whether a table of a Word file is a frame around others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from lxml import etree

from govcrawl.documents.docx_rows import parts_of
from govcrawl.documents.frames import is_frame
from govcrawl.documents.word_numbers import W

_TABLE, _ROW, _CELL, _TEXT = (f"{W}{name}" for name in ("tbl", "tr", "tc", "t"))
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))


def frames(table: etree._Element, rows: Sequence[Sequence[etree._Element]]) -> bool:
    """Whether a table with the cells of these rows has others in them and is a frame around them."""
    if sum(1 for _ in islice(table.iter(_TABLE), 2)) < 2:  # itself alone
        return False
    return is_frame([list(map(_own_text, row)) for row in rows])


def _own_text(cell: etree._Element) -> str:
    """Text of a cell without that of tables in it that have several columns."""
    pieces: list[str] = []
    walk = etree.iterwalk(cell, events=("start",))
    for _, node in walk:
        if node.tag in _GONE or (node.tag == _TABLE and _has_columns(node)):
            walk.skip_subtree()
        elif node.tag == _TEXT:
            pieces.append(node.text or "")
    return "".join(pieces)


def _has_columns(table: etree._Element) -> bool:
    return any(len(list(parts_of(row, _CELL))) > 1 for row in parts_of(table, _ROW))
