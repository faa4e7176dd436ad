"""Workbooks made here."""

from __future__ import annotations

import io
import struct
import zipfile

import olefile
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from govcrawl.documents import read_document
from govcrawl.documents.sheets import read_sheets
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Document, Paragraph, Table


def workbook(*rows: list[object], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(*rows: list[object], merged: tuple[str, ...] = ()) -> Document:
    return read_document(workbook(*rows, merged=merged), name="report.xlsx")


def shown(document: Document) -> list[object]:
    return [
        b.text if isinstance(b, Paragraph) else b.grid.texts()
        for b in document.blocks
        if isinstance(b, Paragraph | Table)
    ]


def test_headings_and_prose_part_the_tables() -> None:
    document = read(
        ["临溪镇2023年政府信息公开工作年度报告"],
        ["二、主动公开政府信息情况"],
        ["信息内容", "本年制发件数"],
        ["规章", 0],
        [],
        ["四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"],
        ["行政复议", "行政诉讼"],
        [1, 2.5],
    )
    assert shown(document) == [
        "临溪镇2023年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        [["信息内容", "本年制发件数"], ["规章", "0"]],
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        [["行政复议", "行政诉讼"], ["1", "2.5"]],
    ]
    assert document.source_type == "xlsx"


def test_a_banner_row_stays_in_its_table() -> None:
    document = read(
        ["第二十条第（一）项", None], ["信息内容", "本年制发件数"], ["规章", 3], merged=("A1:B1",)
    )
    assert shown(document) == [[["第二十条第（一）项"] * 2, ["信息内容", "本年制发件数"], ["规章", "3"]]]


def test_merged_cells_fill_every_slot() -> None:
    document = read(["高", "宽", None], [None, 1, 2], merged=("A1:A2", "B1:C1"))
    assert shown(document) == [[["高", "宽", "宽"], ["高", "1", "2"]]]


def test_a_blank_cell_is_no_zero() -> None:
    assert shown(read(["甲", "乙"], [None, 0])) == [[["甲", "乙"], ["", "0"]]]


def test_every_sheet_is_read() -> None:
    book = Workbook()
    for name in ("表一", "表二"):
        book.create_sheet(name).append([name, 1])
    assert shown(read_document(saved(book), name="report.xlsx")) == [[["表一", "1"]], [["表二", "1"]]]


def test_a_sheet_that_claims_a_hostile_size_is_refused() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet["XFD1048576"] = 1, 2
    with pytest.raises(UnreadableDocument, match="spans"):
        read_document(saved(book), name="report.xlsx")


def test_hidden_sheets_are_left_out_where_one_is_shown() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["规章", 99])
    book.create_sheet().append(["规章", 0])
    sheet.sheet_state = "hidden"
    book.active = 1
    assert shown(read_document(saved(book), name="report.xlsx")) == [[["规章", "0"]]]


def test_a_damaged_workbook_says_so() -> None:
    with pytest.raises(UnreadableDocument, match=r"report\.xlsx: damaged"):
        read_document(workbook(["甲", 1])[:-100], name="report.xlsx")


@pytest.mark.parametrize("reference", [b'r="A6799999999999"', b"r='AAAAAA9'", b' r = "XFD1048576"'])
def test_a_cell_far_out_is_refused_before_it_takes_the_memory(reference: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["a", 1]))) as whole, zipfile.ZipFile(out, "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, whole.read(name).replace(b'r="B1"', reference))
    with pytest.raises(UnreadableDocument, match=r"spans .* cells, at most 1,000,000 are read"):
        read_document(out.getvalue(), name="report.xlsx")


def test_a_signature_below_the_text_of_a_sheet_is_no_table() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for text in ("六、其他需要报告的事项", "无其他需要报告的事项。", "临溪镇人民政府", "2024年1月14日"):
        sheet.append([text])
    book.create_sheet().append(["信息内容", "本年制发件数"])
    document = read_document(saved(book), name="report.xlsx")
    assert shown(document)[2:] == ["临溪镇人民政府", "2024年1月14日", [["信息内容", "本年制发件数"]]]


@pytest.mark.parametrize(
    ("result", "kind", "texts"),
    [
        ("<v>11</v>", "n", "11"),
        ("<v></v>", "str", ""),
        ("", "str", ""),
        ("", "n", None),
        ("<v></v>", "n", None),
    ],
)
def test_a_formula_without_a_result_is_no_blank_cell(result: str, kind: str, texts: str | None) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["规章", 5]))) as whole, zipfile.ZipFile(out, "w") as changed:
        for name in whole.namelist():
            formula = f"<f>5+6</f>{result}".encode()
            content = whole.read(name).replace(b't="n"><v>5</v>', f't="{kind}">'.encode() + formula)
            changed.writestr(name, content)
    if texts is not None:
        assert shown(read_document(out.getvalue(), name="report.xlsx")) == (
            [[["规章", texts]]] if texts else ["规章"]
        )
        return
    with pytest.raises(UnreadableDocument, match="formulas that were never worked out; open and save it"):
        read_document(out.getvalue(), name="report.xlsx")


def test_a_file_whose_blocks_run_in_a_circle_is_refused() -> None:
    """calamine follows the blocks of the directory until the memory is full."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = olefile.MAGIC + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    blocks = struct.pack("<128I", table, 2, 1, *[free] * 125)  # the directory: block 1, 2, 1, 2 ...
    root = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB3I", 22, 5, 1, *[free] * 3)
    root = root.ljust(116, b"\0") + struct.pack("<I", end) + bytes(8)
    with pytest.raises(UnreadableDocument, match="circle"):
        read_sheets(head + blocks + root.ljust(512, b"\0") + bytes(512), "xls")


def test_rows_and_columns_that_are_hidden_are_not_read() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ["", "", "制发", "旧", "废止"],
        ["规章", "", 1, 2, 3],
        ["规章", "", 4, 5, 6],
        ["文件", "", 7, 8, 9],
    ):
        sheet.append(row)
    sheet.merge_cells("A3:B4")
    sheet["A3"] = "文件"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    document = read_document(saved(book), name="a.xlsx")
    assert shown(document) == [[["", "", "制发", "废止"], ["规章", "", "1", "3"], ["文件", "文件", "7", "9"]]]
    assert [defect.detail for defect in document.defects] == ["left out: hidden rows and columns of a sheet"]


@pytest.mark.parametrize("result", ["", "<v/>", "<v></v>", "<v />"])
def test_a_formula_without_a_result_is_no_blank(result: str) -> None:
    whole = workbook(["规章", "=1+2"], ["文件", 3])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v />", b"<v/>").replace(b"<v/>", result.encode()))
    with pytest.raises(UnreadableDocument, match="never worked out"):
        read_sheets(out.getvalue(), "xlsx")
