"""Files of each format made from the parts of a report."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import docx
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.formats.parts import Box, Part, size_of

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass(frozen=True, slots=True)
class Print:
    """How a PDF is laid out: a page ends after ``cut`` rows of a table and again after every twelve.

    ``repeat`` rows are printed again on top of each further page. ``lines`` is reportlab's word for the borders
    that are drawn: GRID, LINEABOVE, BOX or nothing.
    """

    cut: int = 12
    size: float = 9
    landscape: bool = False
    rotated: int = 0
    repeat: int = 0
    numbers: bool = True
    running: str = ""
    shading: bool = False
    lines: str = "GRID"


def as_docx(parts: Sequence[Part]) -> bytes:
    """A Word file with merged cells."""
    file = docx.Document()
    for part in parts:
        if isinstance(part, str):
            file.add_paragraph(part)
            continue
        rows, columns = size_of(part)
        table = file.add_table(rows, columns)
        table.style = "Table Grid"
        cells = table._cells  # taken once: the library counts them all again for each one asked for
        for box in part:
            cell = cells[box.row * columns + box.column]
            if box.height * box.width > 1:
                cell = cell.merge(cells[(box.row + box.height - 1) * columns + box.column + box.width - 1])
            cell.text = box.text
    return _saved(file)


def as_xlsx(parts: Sequence[Part], *, sheets: bool = False) -> bytes:
    """A workbook: everything below each other on one sheet, or a sheet for each table."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    at = 1
    for part in parts:
        if isinstance(part, str):
            sheet.cell(at, 1, part)
            at += 1
            continue
        for box in part:
            number = box.text.strip()
            value: Any = (
                int(number)
                if number.isascii() and number.isdecimal() and number == str(int(number))
                else box.text
            )
            top, left = at + box.row, 1 + box.column
            sheet.cell(top, left, None if value == "" else value)
            if box.height * box.width > 1:
                bottom, right = top + box.height - 1, left + box.width - 1
                sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        at += size_of(part)[0]
        if sheets:
            sheet, at = book.create_sheet(), 1
    return _saved(book)


def as_pdf(parts: Sequence[Part], layout: Print = Print()) -> bytes:
    """A PDF with ruled tables that break over pages wherever they come to a page's end."""
    out = io.BytesIO()
    body = ParagraphStyle("body", fontName=FONT, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=16, leading=26, firstLineIndent=0, alignment=1)
    story: list[Any] = [Spacer(1, 1)]
    for number, part in enumerate(parts):
        if isinstance(part, str):
            story.append(Paragraph(part, body if number else title))
            continue
        for order, piece in enumerate(_pieces(part, layout)):
            story += [PageBreak()] * bool(order) + [_table(piece, layout)]

    def around(canvas: Any, document: Any) -> None:
        canvas.setPageRotation(layout.rotated)
        canvas.setFont(FONT, 9)
        if layout.numbers:
            canvas.drawCentredString(document.pagesize[0] / 2, 30, f"- {canvas.getPageNumber()} -")
        if layout.running:
            canvas.drawString(72, document.pagesize[1] - 30, layout.running)

    size = landscape(A4) if layout.landscape else A4
    SimpleDocTemplate(out, pagesize=size, leftMargin=60, rightMargin=60, invariant=1).build(
        story, onFirstPage=around, onLaterPages=around
    )
    return out.getvalue()


def _pieces(boxes: list[Box], layout: Print) -> Iterator[list[Box]]:
    """A grid cut into those of single pages; a merged cell's text stands in its first part."""
    height = size_of(boxes)[0]
    cuts = [0, *range(min(layout.cut, height), height, 12), height]
    for start, end in pairwise(cuts):
        head = [box for box in boxes if box.row + box.height <= layout.repeat] if start else []
        moved = layout.repeat if start else 0
        piece = []
        for box in boxes:
            top, bottom = max(box.row, start), min(box.row + box.height, end)
            if top < bottom:
                text = box.text if top == box.row else ""
                piece.append(Box(text, top - start + moved, box.column, bottom - top, box.width))
        yield head + piece


def _table(boxes: list[Box], layout: Print) -> Table:
    rows, columns = size_of(boxes)
    data: list[list[Any]] = [[""] * columns for _ in range(rows)]
    wide = (A4[1] if layout.landscape else A4[0]) - 124
    marks: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    marks += [(layout.lines, (0, 0), (-1, -1), 0.5, colors.black)] if layout.lines else []
    for box in boxes:
        data[box.row][box.column] = _wrapped(box.text, int((wide / columns * box.width - 4) / layout.size))
        if box.height * box.width > 1:
            marks.append(
                ("SPAN", (box.column, box.row), (box.column + box.width - 1, box.row + box.height - 1))
            )
        if layout.shading and box.row == 0:
            marks.append(("BACKGROUND", (box.column, 0), (box.column, 0), colors.lightgrey))
    marks += [
        ("FONT", (0, 0), (-1, -1), FONT, layout.size),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    return Table(data, colWidths=[wide / columns] * columns, style=marks)


def _wrapped(text: str, signs: int) -> str:
    """A text in lines of so many signs, as a narrow column breaks it."""
    lines = (line[at : at + signs] for line in text.split("\n") for at in range(0, len(line) or 1, signs))
    # The font is not embedded: pdfium drops a lone sign of a font that this machine does not have.
    return "\n".join(f"{line}\u3000" if len(line) == 1 and not line.isascii() else line for line in lines)


def _saved(file: Any) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()
