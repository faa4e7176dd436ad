"""A sheet of a large workbook whose rows are written whole: cell by cell takes ten times as long."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from govcrawl.export.doubles import double

_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_PLAIN = 10**15  # integers below have the same digits as a double


class RowSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter comes without types
    """For workbooks with ``constant_memory``, whose rows come in their order; its other methods work too."""

    def write_cells(self, row: int, cells: Sequence[Any]) -> None:
        """Write a row of texts and numbers; None and empty texts become empty cells."""
        number = str(row + 1)
        written = [
            f'<c r="{name}{number}"{_content(cell)}</c>'
            for name, cell in zip(_names(len(cells)), cells, strict=True)
            if cell is not None and cell != ""
        ]
        if row > self.previous_row:
            self._write_single_row(row)
        self._check_dimensions(row, len(cells) - 1)
        if written:
            self.fh.write(f'<row r="{number}">{"".join(written)}</row>')


_NAMES: list[str] = []


def _names(number: int) -> list[str]:
    """Letters of the first columns."""
    _NAMES.extend(map(xl_col_to_name, range(len(_NAMES), number)))
    return _NAMES[:number]


def _content(cell: Any) -> str:
    if not isinstance(cell, str):
        if type(cell) is int and -_PLAIN < cell < _PLAIN:
            return f"><v>{cell}</v>"
        known = double(cell)
        return ">" if known is None else f"><v>{known:.16G}</v>"
    text = cell
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    if "\r" in text:
        text = text.replace("\r", "_x000D_")
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f' t="inlineStr"><is><t{space}>{text}</t></is>'
