"""A spreadsheet saved as text with commas (CSV): each line has as many fields as the sheet has columns.

Some programs leave out the commas behind a line's last text, and some write semicolons; such a text is told
by the rows of the statutory tables in it.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from govcrawl.documents.drawn import named
from govcrawl.documents.encoding import Decoded
from govcrawl.documents.grid import cell_text
from govcrawl.documents.sheets import MAX_AREA, Row, sheet_document
from govcrawl.model import Document

_NEIGHBOURS = re.compile(r"\d[ \t\u3000]+\d")
_FEWEST_ROWS = 5
_FEWEST_COLUMNS = 3


def read_comma_rows(decoded: Decoded) -> Document | None:
    """The document of such a text; None for any other text."""
    rows = _rows(decoded.text)
    if rows is None:
        return None
    read = sheet_document("txt", [(rows, {})])
    return replace(read, charset=decoded.charset, replaced=decoded.replaced)


def _rows(text: str) -> list[Row] | None:
    if len(text) > MAX_AREA:
        return None
    comma = max(",;", key=text.count)
    if text.count(comma) < _FEWEST_ROWS * (_FEWEST_COLUMNS - 1):
        return None
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=comma) if row]
    except csv.Error:
        return None
    whole = [row for row in rows if len(row) >= _FEWEST_COLUMNS]
    even = len(rows) == len(whole) and len({len(row) for row in rows}) == 1
    torn = sum(any(map(_NEIGHBOURS.search, row)) for row in rows)  # commas within numbers, not between fields
    form = not torn and named([" ".join(row) for row in whole])
    if len(whole) < _FEWEST_ROWS or not ((even and 2 * torn <= len(rows)) or form):
        return None
    width = max(map(len, rows))
    if width * len(rows) > MAX_AREA:
        return None
    return [[cell_text(field) for field in row] + [""] * (width - len(row)) for row in rows]
