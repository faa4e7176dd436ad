"""Tables that hold no data: a frame of several cells around a whole report, a column of text in a cell."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from typing import Any

import docx
import pytest

from govcrawl.documents import read_document
from govcrawl.documents.word97.document import _readable as readable
from govcrawl.model import Paragraph, Table
from tests.formats.makers import as_docx
from tests.formats.office import converted, needs_office
from tests.formats.parts import a_report, faults, parts_of
from tests.formats.test_word_parts import SHORT, changed

REPORT = a_report(2)


def saved(file: Any) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def framed(columns: int) -> bytes:
    """A report within the last cell of a table of one row."""
    file = docx.Document()
    frame = file.add_table(1, columns)
    inside = frame.cell(0, columns - 1)._tc
    for part in docx.Document(io.BytesIO(as_docx(list(parts_of(REPORT))))).element.body:
        if not part.tag.endswith("sectPr"):
            inside.append(deepcopy(part))
    return saved(file)


def with_columns_in_cells() -> bytes:
    """A table of labels and numbers; one number stands in a table of its own within its cell."""
    file = docx.Document()
    table = file.add_table(4, 2)
    table.style = "Table Grid"
    for row, (label, value) in enumerate((("规章", "7"), ("许可", "35"), ("处罚", "8"), ("强制", "9"))):
        table.cell(row, 0).text = label
        cell = table.cell(row, 1)
        if row == 1:
            cell.add_table(1, 1).cell(0, 0).text = value
            cell._tc.append(deepcopy(cell.paragraphs[0]._p))
        else:
            cell.text = value
    return saved(file)


@pytest.mark.parametrize("columns", [1, 2])
def test_a_frame_around_a_report_is_no_table(columns: int) -> None:
    assert faults(framed(columns), "framed.docx", REPORT) == []


@needs_office
@pytest.mark.parametrize(("ending", "told"), [("doc", "MS Word 97"), ("rtf", "Rich Text Format")])
def test_frames_and_columns_in_cells_of_older_files(ending: str, told: str) -> None:
    made = converted({"framed.docx": framed(2), "column.docx": with_columns_in_cells()}, ending, told)
    assert faults(made["framed"], f"framed.{ending}", REPORT) == []
    assert grids(made["column"], f"column.{ending}") == [
        [["规章", "7"], ["许可", "35"], ["处罚", "8"], ["强制", "9"]]
    ]


def grids(content: bytes, name: str) -> list[list[list[str]]]:
    blocks = read_document(content, name=name).blocks
    return [block.grid.texts() for block in blocks if isinstance(block, Table)]


def test_a_number_in_a_table_of_one_cell_belongs_to_the_cell_around() -> None:
    assert grids(with_columns_in_cells(), "column.docx")[0][1] == ["许可", "35"]


def test_the_text_part_is_where_the_package_says() -> None:
    """Word on the web numbers it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx(SHORT))) as file, zipfile.ZipFile(out, "w") as new:
        for name in file.namelist():
            named = name.replace("word/document.xml", "word/document2.xml")
            new.writestr(named.replace("_rels/document.xml", "_rels/document2.xml"), file.read(name))

    def moved(_: str, text: str) -> str:
        return text.replace("word/document.xml", "word/document2.xml")

    blocks = read_document(changed(out.getvalue(), moved), name="report.docx").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["一、总体情况"]


def test_the_code_of_a_field_that_goes_on_in_the_next_paragraph_is_no_text() -> None:
    """A control around a cell, as LibreOffice writes it into a .doc, or a table of contents."""
    assert readable("\x13 FORMTEXT \x01\x14104") == "104"
    assert readable("甲\x13 PAGE \x143\x15乙") == "甲3乙"
