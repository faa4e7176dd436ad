from __future__ import annotations

import errno
from pathlib import Path

import pytest
from openpyxl.utils.escape import unescape

from govcrawl.disk import is_full
from govcrawl.errors import UsageError
from govcrawl.export import export, workbook
from govcrawl.export.sheets import LONGEST, TableSheet, fitting
from govcrawl.model import Check, Fact, Outcome, Status
from govcrawl.reports.schema import load_schema
from govcrawl.store import Selection, Store
from tests.export.conftest import Made
from tests.export.fill import FORMULA, fill
from tests.store.make import report, source


def test_a_wrong_cell_is_marked_where_it_stands(tmp_path: Path) -> None:
    import openpyxl

    facts = tuple(Fact(fact.id, 7, "7", Status.NUMBER) for fact in load_schema().facts("2021"))
    facts = (*facts[:-1], Fact(facts[-1].fact, None, "=1+1", Status.AMBIGUOUS, note="two numbers"))
    wrong = Check("C1", "challenge.review", Outcome.FAIL, "28", "7")
    with Store.open(tmp_path / "g.db") as store:
        store.start_run("test", {})
        store.save_report(report(facts=facts, checks=(wrong,), agency=FORMULA), source(), run_id=1)
        export(store, "xlsx", tmp_path / "data")
    book = openpyxl.load_workbook(tmp_path / "data" / "govcrawl.xlsx")
    try:
        sheet = book["年报 2021"]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        commented = {cell.coordinate: cell for row in sheet for cell in row if cell.comment}
        told = sorted(cell.comment.text for cell in commented.values())
        assert told == [*["C1: expected 28, printed 7"] * 5, "ambiguous: two numbers"]
        doubtful = next(cell for cell in commented.values() if cell.value == "=1+1")
        assert doubtful.data_type == "s"
        numbers = [cell for row in sheet for cell in row if cell.value == 7]
        assert len(numbers) == 199
        assert book["报告 reports"]["T3"].hyperlink.location == "'年报 2021'!A1"
        assert FORMULA in {cell.value for cell in book["报告 reports"]["E"]}
    finally:
        book.close()


def test_the_codebook_explains_every_column_of_every_sheet(made: Made) -> None:
    import openpyxl

    book = openpyxl.load_workbook(made.folder("xlsx") / "govcrawl.xlsx")
    try:
        explained = {row[1] for row in book["指标说明 codebook"].iter_rows(min_row=3, values_only=True)}
        plain = [sheet for sheet in book.worksheets if not sheet.title.startswith("年报")]
        others = [sheet for sheet in plain if sheet.title not in ("说明 overview", "指标说明 codebook")]
        assert len(others) > 4
        for sheet in others:
            columns = {cell.value for cell in sheet[2] if cell.value != "form"}
            assert columns <= explained, sheet.title
    finally:
        book.close()


def test_many_reports_come_without_forms_and_too_many_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    monkeypatch.setattr(workbook, "FORMS", 2)
    with Store.open(tmp_path / "g.db") as store:
        fill(store)
        export(store, "xlsx", tmp_path / "data")
        book = openpyxl.load_workbook(tmp_path / "data" / "govcrawl.xlsx")
        try:
            assert not [name for name in book.sheetnames if name.startswith("年报")]
            lines = [cell.value for cell in book["说明 overview"]["A"]]
            assert any("no forms and no sheet of single cells for more than 2" in str(line) for line in lines)
            assert "单元格 cells" not in book.sheetnames
            assert book["报告 reports"].max_row == 5
            assert [cell.value for cell in book["报告 reports"][1]][:3] == ["报告编号", "网址", "门户"]
        finally:
            book.close()
        monkeypatch.setattr(workbook, "MOST", 2)
        with pytest.raises(UsageError, match="csv or parquet"):
            export(store, "xlsx", tmp_path / "data")


def test_a_table_goes_on_on_the_next_sheet(tmp_path: Path) -> None:
    import openpyxl
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
        sheet = TableSheet(book, "t", [("一", "a")], [10], book.add_format(), room=4)
        sheet.add((number,) for number in range(5))
    read = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [[cell.value for cell in sheet["A"]] for sheet in read] == [
        ["一", "a", 0, 1], ["一", "a", 2, 3], ["一", "a", 4],
    ]  # fmt: skip
    assert len(fitting("长" * (LONGEST + 1))) == LONGEST


CELLS = (
    "a&b<c>", " 前后 ", "两\n行\t格", "_x0041_ _x41_", "<r>粗</r>", "=1+1", "http://x.example/", "1", "",
    None, 0, -5, 12.5, 0.1, 10**15, 2**53 + 1, 10**30, "长" * (LONGEST + 1),
)  # fmt: skip


def test_rows_written_whole_are_the_same_cells(tmp_path: Path) -> None:
    import openpyxl
    import xlsxwriter

    read = []
    for whole in (False, True):
        options = {"constant_memory": whole, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(tmp_path / f"{whole}.xlsx", options) as book:
            headings = [("一", "a")] * len(CELLS)
            sheet = TableSheet(book, "t", headings, [10] * len(CELLS), book.add_format(), room=4)
            sheet.add([CELLS, (None,) * len(CELLS), CELLS[::-1]])
            assert (sheet.rows, sheet.cut, sheet.rounded) == (3, 2, 4)
        sheets = openpyxl.load_workbook(tmp_path / f"{whole}.xlsx")
        plain = unescape if whole else str  # openpyxl leaves the escapes of texts that stand in their row
        read.append(
            [
                [[(plain(str(cell.value)), cell.data_type) for cell in row] for row in sheet]
                for sheet in sheets
            ]
        )
    assert read[0] == read[1]
    assert read[0][0][2][6] == ("http://x.example/", "s")


def test_a_text_is_cut_where_excel_counts_its_end() -> None:
    kept = "𠮷" * (LONGEST // 2)
    assert fitting(kept) == kept
    cut = fitting(kept + "𠮷")
    assert cut == "𠮷" * (LONGEST // 2) + "…"
    assert len(cut.encode("utf-16-le")) == 2 * LONGEST


def test_a_full_disk_is_told_as_such(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", full)
    with pytest.raises(OSError, match="No space left") as told:
        export(made.store, "xlsx", tmp_path / "x", Selection(years=(2021,)))
    assert is_full(told.value)
    assert list(tmp_path.iterdir()) == []
