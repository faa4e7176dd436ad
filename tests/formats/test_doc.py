"""Word 97 and Excel 97 binaries made by LibreOffice, under the names of Microsoft and of WPS."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from govcrawl.documents import read_document
from govcrawl.documents.sniff import source_type
from govcrawl.documents.word97.boxes import TextBoxes
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Paragraph, Table
from tests.documents.test_docx import made, numbered_file
from tests.formats.damage import damaged
from tests.formats.makers import as_docx, as_xlsx
from tests.formats.office import converted, needs_office
from tests.formats.parts import a_report, faults, parts_of

_REPORTS = 2
_BOX = (
    '<w:r {n}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="position:absolute;width:400pt;'
    'height:30pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox>'
    "</v:shape></w:pict></w:r>"
)
_MANY = range(_REPORTS, _REPORTS + 12)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Reports by their number, and a file with automatic numbers."""
    sources = {f"{n}.docx": as_docx(list(parts_of(a_report(n)))) for n in range(_REPORTS)}
    sources["numbered.docx"] = numbered_file()
    sources["nested.docx"] = made(_nested)
    sources["boxed.docx"] = made(_boxed)
    sources["marked.docx"] = made(_marked)
    return converted(sources, "doc", "MS Word 97")


def _boxed(file: Any) -> None:
    """A title in a text box, as WPS templates have it, and a second box in the midst of the text."""
    for text in ("", "第一段。", "第二段。"):
        file.add_paragraph(text)
    for number, text in ((0, "某镇2021年政府信息公开工作年度报告"), (2, "框中第二文")):
        file.paragraphs[number]._p.append(parse_xml(_BOX.format(n=nsdecls("w"), text=text)))


def _marked(file: Any) -> None:
    paragraph = file.add_paragraph("收到35")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run("件，公开")
    paragraph.add_run("8").font.strike = True
    paragraph.add_run("16件")


def _nested(file: object) -> None:
    from docx.document import Document as Made

    assert isinstance(file, Made)
    outer = file.add_table(1, 2)
    outer.cell(0, 0).text = "外"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "1", "2"
    file.add_paragraph("完")


@needs_office
def test_reports(files: dict[str, bytes]) -> None:
    for number in range(_REPORTS):
        assert source_type(files[str(number)]) == "doc"
        for ending in ("doc", "wps"):
            assert faults(files[str(number)], f"{number}.{ending}", a_report(number)) == []


@needs_office
@pytest.mark.soak
def test_more_reports() -> None:
    files = converted({f"{n}.docx": as_docx(list(parts_of(a_report(n)))) for n in _MANY}, "doc", "MS Word 97")
    for number in _MANY:
        for ending in ("doc", "wps"):
            assert faults(files[str(number)], f"{number}.{ending}", a_report(number)) == []


@needs_office
@pytest.mark.soak
def test_workbooks() -> None:
    reports = {number: a_report(number) for number in range(12)}
    sources = {
        f"{n}.xlsx": as_xlsx(list(parts_of(report)), sheets=n % 2 == 1) for n, report in reports.items()
    }
    files = converted(sources, "xls", "MS Excel 97")
    for number, report in reports.items():
        assert source_type(files[str(number)]) == "xls"
        for ending in ("xls", "et"):
            assert faults(files[str(number)], f"{number}.{ending}", report) == []


@needs_office
def test_raised_and_struck_text_is_no_part_of_a_number(files: dict[str, bytes]) -> None:
    (block,) = read_document(files["marked"], name="a.doc").blocks
    assert isinstance(block, Paragraph)
    assert block.text == "收到35¹件，公开~~8~~16件"


@needs_office
def test_automatic_numbers_are_written(files: dict[str, bytes]) -> None:
    document = read_document(files["numbered"], name="numbered.doc")
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == ["一、总体情况", "1. 制度", "2. 平台", "二、主动公开政府信息情况", "1. 规章"]


@needs_office
def test_text_boxes_are_read_where_they_are_anchored(files: dict[str, bytes]) -> None:
    document = read_document(files["boxed"])
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == ["某镇2021年政府信息公开工作年度报告", "第一段。", "第二段。", "框中第二文"]
    assert document.titles[0].endswith("年度报告")


def test_tables_of_text_boxes() -> None:
    anchors = struct.pack("<3i", 4, 9, 20) + struct.pack("<i22x", 7) + struct.pack("<i22x", 5)
    places = struct.pack("<5i", 0, 3, 6, 4, 99)
    entries = b"".join(
        struct.pack("<8xH4xi4x", again, shape) for again, shape in ((0, 5), (0, 8), (0, 7), (1, 7))
    )
    boxes = TextBoxes.of(anchors, places + entries, 100, 50)
    assert [(box.anchor, box.start, box.end) for box in boxes.left] == [(9, 100, 103), (-1, 103, 106)]
    assert [box.anchor for box in boxes.taken(9)] == []
    assert [box.anchor for box in boxes.taken(10)] == [9]
    assert [box.anchor for box in boxes.taken(99)] == []
    assert not TextBoxes.of(anchors[:9], entries[:3], 0, 9).left


@needs_office
def test_a_table_in_a_cell_stands_behind_its_table(files: dict[str, bytes]) -> None:
    document = read_document(files["nested"], name="nested.doc")
    tables = [block.grid.texts() for block in document.blocks if isinstance(block, Table)]
    assert tables == [[["外", ""]], [["1", "2"]]]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["完"]


@needs_office
def test_a_file_that_is_cut_off_says_so(files: dict[str, bytes]) -> None:
    whole = files["0"]
    told = []
    for size in range(2048, len(whole) - 4096, len(whole) // 23):
        try:
            read_document(whole[:size], name="report.doc")
        except UnreadableDocument as error:
            told.append(str(error))
    assert len(told) > 15
    assert all(message.startswith("report.doc: ") for message in told)


@needs_office
def test_damaged_files_are_read_or_refused_and_nothing_else(files: dict[str, bytes]) -> None:
    assert damaged(files["0"], "doc", 60) > 5
