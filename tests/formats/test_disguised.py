"""Reports behind .doc and .xls that are neither: every number at its place, whatever the file really is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pytest

from govcrawl.documents import read_document
from govcrawl.errors import UnreadableDocument
from tests.formats.damage import damaged
from tests.formats.disguised import as_flat_package, as_html, as_mht, as_rtf, as_sheet_xml, as_word_xml
from tests.formats.makers import as_docx
from tests.formats.office import converted, needs_office
from tests.formats.parts import Part, a_report, faults, parts_of

Maker = Callable[[Sequence[Part]], bytes]

_MAKERS: dict[str, tuple[str, Maker]] = {
    "rtf in code page 936": ("rtf", as_rtf),
    "rtf in Unicode": ("rtf", partial(as_rtf, gbk=False)),
    "mht quoted": ("html", as_mht),
    "mht in base64": ("html", partial(as_mht, charset="utf-8", quoted=False)),
    "page in GBK": ("html", lambda parts: as_html(parts, "gb2312").encode("gb18030")),
    "page in UTF-16": ("html", lambda parts: as_html(parts, "unicode").encode("utf-16")),
    "Word 2003": ("wordml", as_word_xml),
    "flat docx": ("docx", as_flat_package),
    "Excel 2003": ("xls", as_sheet_xml),
}


@pytest.mark.parametrize("form", _MAKERS)
def test_reports(form: str) -> None:
    kind, made = _MAKERS[form]
    report = a_report(1)
    content = made(list(parts_of(report)))
    assert read_document(content, name="report.doc").source_type == kind
    assert faults(content, "report.doc", report) == []


@pytest.mark.soak
@pytest.mark.parametrize("form", _MAKERS)
def test_more_reports(form: str) -> None:
    for number in range(12):
        assert (
            faults(_MAKERS[form][1](list(parts_of(a_report(number)))), "report.doc", a_report(number)) == []
        )


@needs_office
@pytest.mark.soak
@pytest.mark.parametrize(
    ("ending", "writer"),
    [("rtf", "Rich Text Format"), ("xml", "MS Word 2003 XML"), ("html", "HTML (StarWriter)")],
)
def test_files_of_an_office_program(ending: str, writer: str) -> None:
    sources = {f"{n}.docx": as_docx(list(parts_of(a_report(n)))) for n in range(12)}
    for name, content in converted(sources, ending, writer).items():
        assert faults(content, f"{name}.doc", a_report(int(name))) == []


@pytest.mark.parametrize("form", ["rtf in code page 936", "mht quoted", "Word 2003", "Excel 2003"])
def test_damaged_files_are_read_or_refused(form: str) -> None:
    assert damaged(_MAKERS[form][1](list(parts_of(a_report(1)))), form, 8) < 8


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nA\n--x--", "without a page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n\n--x--", "page is empty"),
        (b"{\\rtf1 }", "no text in this rtf file"),
        (b"{\\rtf1 " + b"{" * 6000, "more than 5,000 groups"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><pkg:package xmlns:pkg='x'>&b;</pkg:package>", "entities"),
        (b"<?xml version='1.0'?><pkg:package xmlns:pkg='x'/>", "without a text part"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words):
        read_document(content, name="report.doc")


def test_a_table_of_a_row_without_cells_is_left_out() -> None:
    whole = as_word_xml(["标题", "正文"]).replace(b"<w:body>", b"<w:body><w:tbl><w:tr/></w:tbl>")
    assert len(read_document(whole, name="report.doc").blocks) == 2


def test_halves_of_characters_do_not_break_the_reader() -> None:
    whole = as_word_xml(["标题", "正文"])
    read = read_document(whole.replace("标题".encode(), b"A&#55296;&#xD9FF;&#0057343;B"), name="report.doc")
    assert [getattr(block, "text", "") for block in read.blocks] == ["AB", "正文"]
