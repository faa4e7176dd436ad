"""Sheets of a workbook: numbers as numbers, texts as texts, never more than Excel holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from govcrawl.export.doubles import inexact
from govcrawl.export.files import Row

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

ROWS = 1_048_576
LONGEST = 32_767  # characters of a cell


def fitting(text: str) -> str:
    """A text that a cell holds; one that is longer ends with a sign that it was cut."""
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "  # XlsxWriter would take it for markup of its own, and the file would be broken
    if not too_long(text):
        return text
    units = text.encode("utf-16-le")[: 2 * (LONGEST - 1)]
    return f"{units.decode('utf-16-le', 'ignore')}…"


def too_long(text: str) -> bool:
    """Whether Excel holds no such text: it counts a character beyond the first 65,536 of Unicode as two."""
    return 2 * len(text) > LONGEST and len(text.encode("utf-16-le")) > 2 * LONGEST


class TableSheet:
    """A table with two rows of headings, Chinese and English; on more sheets where one has no room."""

    def __init__(
        self, book: Workbook, name: str, headings: Sequence[tuple[str, str]], widths: Sequence[int],
        bold: Format, room: int = ROWS,
    ) -> None:  # fmt: skip
        self.name, self.rows, self.cut, self.rounded = name, 0, 0, 0
        self._book, self._headings, self._widths, self._bold = book, headings, widths, bold
        self._room, self._sheets = room, 0
        self._whole: bool = book.constant_memory
        self._next()

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows; None becomes an empty cell."""
        for row in rows:
            if self._place == self._room:
                self._next()
            if self._whole:
                self._add_whole(row)
            else:
                self._add(row)
            self._place += 1
            self.rows += 1

    def _add_whole(self, row: Row) -> None:
        self.cut += sum([too_long(cell) for cell in row if type(cell) is str])
        self.rounded += sum(map(inexact, row))
        self._sheet.write_cells(self._place, [fitting(cell) if type(cell) is str else cell for cell in row])

    def _add(self, row: Row) -> None:
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                self.cut += too_long(cell)
                self._sheet.write_string(self._place, column, fitting(cell))
            else:
                self.rounded += inexact(cell)
                self._sheet.write_number(self._place, column, cell)

    def link(self, column: int, target: str, text: str) -> None:
        """Put a link to another place of the workbook into the row that was added last."""
        self._sheet.write_url(self._place - 1, column, f"internal:{target}", string=text)

    def _next(self) -> None:
        self._sheets += 1
        name = self.name if self._sheets == 1 else f"{self.name} {self._sheets}"
        kind: dict[str, Any] = {}
        if self._whole:
            from govcrawl.export.row_sheet import RowSheet

            kind["worksheet_class"] = RowSheet
        self._sheet: Any = self._book.add_worksheet(name, **kind)
        for row, texts in enumerate(zip(*self._headings, strict=True)):  # rows in their order: see RowSheet
            for column, text in enumerate(texts):
                self._sheet.write_string(row, column, text, self._bold)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)
        self._sheet.freeze_panes(2, 0)
        self._place = 2


def plain(value: Any) -> str:
    """A value as a line of the overview."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
