"""Word files whose text stands elsewhere than in the usual elements: taken in whole, strict, or in white."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import pytest

from govcrawl.documents import read_document
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Paragraph, Table
from tests.formats.disguised import as_html, as_mht, as_rtf
from tests.formats.makers import as_docx
from tests.formats.parts import Box, Part, a_report, faults, parts_of

SHORT: list[Part] = ["一、总体情况", [Box("规章", 0, 0, 1, 1), Box("35", 0, 1, 1, 1)]]
USUAL = "http://schemas.openxmlformats.org/"
_NUMBER = re.compile(r"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>(\d+)</w:t></w:r>")


def changed(made: bytes, change: Callable[[str, str], str], more: Mapping[str, bytes] = {}) -> bytes:
    """A file with its XML parts rewritten, and with more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as file, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in file.namelist():
            content = file.read(name)
            sound = name.endswith((".xml", ".rels"))
            new.writestr(name, change(name, content.decode()).encode() if sound else content)
        for name, content in more.items():
            new.writestr(name, content)
    return out.getvalue()


def taking_in(content: bytes, name: str) -> bytes:
    """A Word file whose whole text is another file."""

    def change(part: str, text: str) -> str:
        if part == "word/document.xml":
            chunk = f'<w:body><w:altChunk r:id="own" xmlns:r="{USUAL}officeDocument/2006/relationships"/>'
            return re.sub(r"<w:body>.*(?=<w:sectPr)", chunk, text, flags=re.DOTALL)
        if part == "word/_rels/document.xml.rels":
            own = f'<Relationship Id="own" Type="aFChunk" Target="/word/{name}"/></Relationships>'
            return text.replace("</Relationships>", own)
        return text

    return changed(as_docx(["空"]), change, {f"word/{name}": content} if content else {})


@pytest.mark.parametrize("kind", ["html", "gbk", "mht", "rtf", "docx"])
def test_what_a_file_takes_in_whole_is_read(kind: str) -> None:
    report = a_report(3)
    parts = list(parts_of(report))
    page = as_html(parts, "gb2312" if kind == "gbk" else "utf-8")
    made = {
        "html": page.encode(), "gbk": page.encode("gb18030"), "mht": as_mht(parts), "rtf": as_rtf(parts),
        "docx": as_docx(parts),
    }[kind]  # fmt: skip
    assert faults(taking_in(made, f"chunk.{kind}"), f"{kind}.docx", report) == []


def test_what_cannot_be_taken_in_is_told() -> None:
    inner = taking_in(taking_in(as_docx(SHORT), "deepest.docx"), "deep.docx")
    for content, name in ((b"", "lost.html"), (b"\x00\x01\x02\x03" * 99, "odd.bin")):
        with pytest.raises(UnreadableDocument, match=rf"left out: the file taken in as {name}"):
            read_document(taking_in(content, name), name="report.docx")
    with pytest.raises(UnreadableDocument, match=r"left out: the file taken in as deepest\.docx"):
        read_document(inner, name="report.docx")


def test_the_strict_form_is_read() -> None:
    def strict(_: str, text: str) -> str:
        return re.sub(rf"{USUAL}(\w+)/2006/([\w/]+)", r"http://purl.oclc.org/ooxml/\1/\2", text)

    report = a_report(3)
    made = changed(as_docx(list(parts_of(report))), strict)
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml")
    assert faults(made, "strict.docx", report) == []


@pytest.mark.parametrize(
    ("colour", "shade", "shown"),
    [
        ("FFFFFF", "", "35"),
        ("ffffff", '<w:tcPr><w:shd w:val="clear" w:fill="auto"/></w:tcPr>', "35"),
        ("FFFFFF", '<w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>', "935"),
        ("C00000", "", "935"),
    ],
)
def test_white_digits_are_no_part_of_a_number(colour: str, shade: str, shown: str) -> None:
    def change(part: str, text: str) -> str:
        if part != "word/document.xml":
            return text
        hidden = f'<w:r><w:rPr><w:color w:val="{colour}"/></w:rPr><w:t>9</w:t></w:r>'
        text = _NUMBER.sub(lambda found: hidden + found[0], text)
        return re.sub(r"(<w:tc>)(?:<w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)?", rf"\1{shade}", text)

    blocks = read_document(changed(as_docx(SHORT), change)).blocks
    assert [block.grid.texts() for block in blocks if isinstance(block, Table)] == [[["规章", shown]]]


def test_white_text_alone_is_kept() -> None:
    def change(part: str, text: str) -> str:
        return text.replace("<w:t>一、", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>一、')

    blocks = read_document(changed(as_docx(SHORT), change)).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["一、总体情况"]
