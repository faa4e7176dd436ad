"""Cells set in several fonts, in workbooks and records made here."""

from __future__ import annotations

import struct

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from govcrawl.documents import read_document
from govcrawl.documents.biff_rich import rich_cells
from govcrawl.documents.rich_cells import Run, as_seen
from govcrawl.model import Table
from tests.documents.test_biff import record
from tests.documents.test_sheets import saved, workbook

RAISED, STRUCK = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
WHITE, TINY, PLAIN = InlineFont(color="FFFFFFFF"), InlineFont(sz=1), InlineFont(sz=11)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (["31", (RAISED, "1")], "31¹"),
        ([(STRUCK, "9"), (PLAIN, "31")], "~~9~~31"),
        ([(WHITE, "9"), (PLAIN, "31")], "〓31"),
        ([(WHITE, "共"), (PLAIN, "31")], "共31"),
        ([(TINY, "9"), (PLAIN, "31")], "31"),
        ([(RAISED, "31")], "31"),
        ([(InlineFont(b=True), "3"), (PLAIN, "1")], "31"),
    ],
)
def test_what_a_cell_shows(parts: list[str | tuple[InlineFont, str]], shown: str) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    rich = CellRichText(*(part if isinstance(part, str) else TextBlock(*part) for part in parts))
    for row in (["规章", "规范性文件"], [rich, 5], [6, 7]):
        sheet.append(row)
    (table,) = [b for b in read_document(saved(book), name="a.xlsx").blocks if isinstance(b, Table)]
    assert table.grid.texts()[1:] == [[shown, "5"], ["6", "7"]]


def test_a_text_mark_before_a_number_is_no_part_of_it() -> None:
    document = read_document(workbook(["规章", "’12"], ["'31", "'一"], ["a", "'90年代"]), name="a.xlsx")
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.grid.texts() == [["规章", "12"], ["31", "'一"], ["a", "'90年代"]]


def test_unlike_runs_in_a_cell() -> None:
    assert as_seen([Run("31"), Run("2", "raised")]) == "31²"
    assert as_seen([Run("9", white=True), Run(" ")]) == "9 "


def font(flags: int = 0, colour: int = 8, script: int = 0) -> bytes:
    return record(0x31, struct.pack("<HHHHH", 220, flags, colour, 400, script) + bytes(6))


def text(letters: str, *runs: tuple[int, int], wide: bool = False) -> bytes:
    head = (
        struct.pack("<HBH", len(letters), 8 | wide, len(runs))
        if runs
        else struct.pack("<HB", len(letters), wide)
    )
    body = letters.encode("utf-16-le" if wide else "latin-1")
    return head + body + b"".join(struct.pack("<HH", *run) for run in runs)


def label(row: int, column: int, number: int) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, 0, number))


def test_cells_of_an_excel_97_file_that_read_otherwise() -> None:
    strings = [
        text("312", (2, 5)),
        text("plain"),
        text("注31", (1, 0), (2, 6), wide=True),
        text("451", (0, 0), (2, 5)),
    ]
    whole = struct.pack("<II", 4, 4) + b"".join(strings)
    cut = len(whole) - len(strings[3]) + 7  # within the letters of the last one, which go on in a record
    fonts = [font(), font(), font(), font(), font(script=1), font(flags=8)]
    parts = [
        *fonts,
        record(0xFC, whole[:cut]),
        record(0x3C, b"\0" + whole[cut:]),
    ]
    head = record(0x809, bytes(16)) + b"".join(parts)
    start = len(head) + 4 + 8 + 4
    head += record(0x85, struct.pack("<I", start) + bytes(4)) + record(0x0A)
    sheet = label(0, 0, 0) + label(0, 1, 1) + label(2, 1, 2) + label(3, 1, 3) + record(0x0A)
    assert rich_cells(head + sheet) == {0: {(0, 0): "31²", (2, 1): "注3~~1~~", (3, 1): "45¹"}}
    assert rich_cells(head[: len(head) - 30] + sheet) == {}
