"""A spreadsheet saved as text with commas (CSV): each line has as many fields as the sheet has columns."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from govcrawl.documents.encoding import Decoded
from govcrawl.documents.grid import cell_text
from govcrawl.documents.sheets import MAX_AREA, Row, sheet_document
from govcrawl.model import Document

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
    first = text.split("\n", 1)[0]
    if first.count(",") < _FEWEST_COLUMNS - 1 or len(text) > MAX_AREA:
        return None
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    except csv.Error:
        return None
    if len(rows) < _FEWEST_ROWS or any(len(row) != len(rows[0]) for row in rows):
        return None
    return [[cell_text(field) for field in row] for row in rows]
