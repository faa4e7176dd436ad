"""Office files in one XML: Word 2003's and Excel 2003's own forms, and the parts of a .docx laid out flat.

Offices save them under .doc and .xls. The Word form has the elements of a .docx in a namespace of its own
and with a few other names, so that the same walk reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from govcrawl.documents.docx import read_parts
from govcrawl.documents.encoding import decode, without_xml_declaration
from govcrawl.documents.grid import cell_text
from govcrawl.documents.sheets import MAX_AREA, Merged, Row, sheet_document
from govcrawl.documents.word_numbers import W
from govcrawl.documents.zipped import xml_root
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Document

_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_NAMES = {"vmerge": "vMerge", "hmerge": "hMerge"}
_NO_TEXT = ("Deletion", "Comment", "Formatting")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_word_xml(content: bytes) -> Document:
    """The document of a Word 2003 XML file. Raises UnreadableDocument for a damaged one."""
    root = xml_root(_utf8(content).replace(_WORD_2003, W.strip("{}").encode()), "Word XML file")
    if root is None:
        raise UnreadableDocument("damaged Word XML file; open it and save it as .docx")
    _renamed(root)
    document = read_parts(_Single(root))
    return Document("wordml", document.blocks, titles=document.titles, links=document.links)


def read_flat_package(content: bytes) -> Document:
    """The document of a .docx whose parts stand in one XML. Raises UnreadableDocument for a damaged one."""
    root = xml_root(_utf8(content), "flat Word file")
    if root is None:
        raise UnreadableDocument("damaged flat Word file; open it and save it as .docx")
    return read_parts(_Flat(root))


def read_sheet_xml(content: bytes) -> Document:
    """The document of an Excel 2003 XML file. Raises UnreadableDocument for a damaged or hostile one."""
    root = xml_root(_utf8(content), "Excel XML file")
    if root is None:
        raise UnreadableDocument("damaged Excel XML file; open it and save it as .xlsx")
    return sheet_document("xls", map(_sheet, root.iter(f"{_SS}Table")))


class _Single:
    """The text part of a Word 2003 file, which has no other."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root

    def read(self, name: str) -> bytes | None:
        """Nothing is packed."""
        return None

    def xml(self, name: str) -> etree._Element | None:
        """The file itself as the text part."""
        return self._root if name == "word/document.xml" else None


class _Flat:
    """Parts by the names that a package's elements give them."""

    def __init__(self, root: etree._Element) -> None:
        self._parts = {
            part.get(f"{_PKG}name", "").lstrip("/").lower(): data[0]
            for part in root.iter(f"{_PKG}part")
            for data in part.iter(f"{_PKG}xmlData")
            if len(data)
        }

    def read(self, name: str) -> bytes | None:
        """Nothing is packed."""
        return None

    def xml(self, name: str) -> etree._Element | None:
        """Root of a part."""
        return self._parts.get(name.lower())


def _utf8(content: bytes) -> bytes:
    text = without_xml_declaration(decode(content).text)
    return _CONTROL.sub(b"", text.encode("utf-8", "ignore"))


def _renamed(root: etree._Element) -> None:
    """Give the elements of Word 2003 the names that a .docx has for them."""
    for node in root.iter(etree.Element):
        name = node.tag.rpartition("}")[2]
        if name in _NAMES and node.tag.startswith(W):
            node.tag = f"{W}{_NAMES[name]}"
        elif node.tag == f"{_AML}annotation":
            kind = node.get(f"{W}type", "").removeprefix("Word.")
            node.tag = f"{W}del" if kind in _NO_TEXT else f"{W}ins"
        elif node.tag == f"{W}listPr":
            _write_number(node)


def _write_number(properties: etree._Element) -> None:
    """The number that Word printed before a paragraph, as a run of its text."""
    shown = next(properties.iter(f"{_WX}t"), None)
    paragraph = next(properties.iterancestors(f"{W}p"), None)
    if shown is not None and paragraph is not None and (text := shown.get(f"{_WX}val", "").strip()):
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = text if text[-1] in "、．）" else f"{text} "
        paragraph.insert(0, run)


def _sheet(table: etree._Element) -> tuple[list[Row], Merged]:
    """Rows of a sheet and its merged cells; numbers of rows and cells are given where some were left out."""
    cells: dict[tuple[int, int], str] = {}
    merged: Merged = {}
    at = -1
    for row in table.iterchildren(f"{_SS}Row"):
        at = _index(row, at)
        column = -1
        for cell in row.iterchildren(f"{_SS}Cell"):
            column = _index(cell, column)
            cells[at, column] = _shown(cell)
            right, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
            if right or down:
                merged[at, column] = (down + 1, right + 1)
            column += right
    height = max((row for row, _ in cells), default=-1) + 1
    width = max((column for _, column in cells), default=-1) + 1
    if height * width > MAX_AREA:
        raise UnreadableDocument(f"a sheet spans {height * width:,} cells, at most {MAX_AREA:,} are read")
    return [[cells.get((row, column), "") for column in range(width)] for row in range(height)], merged


def _index(node: etree._Element, before: int) -> int:
    given = _count(node, "Index")
    return given - 1 if given > before + 1 else before + 1


def _count(node: etree._Element, name: str) -> int:
    value = node.get(f"{_SS}{name}", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 8 else 0


def _shown(cell: etree._Element) -> str:
    return "".join(_texts(cell))


def _texts(cell: etree._Element) -> Iterator[str]:
    for data in cell.iterchildren(f"{_SS}Data"):
        text = str(etree.tostring(data, method="text", encoding="unicode", with_tail=False))
        if data.get(f"{_SS}Type") == "Number" and re.fullmatch(r"-?\d+\.0+", text):
            text = text.partition(".")[0]
        yield cell_text(text)
