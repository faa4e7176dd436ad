"""A .docx file to a Document: word/document.xml walked once. Source: ECMA-376 part 1, 17.3 and 17.4."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from govcrawl.documents.grid import cell_text
from govcrawl.documents.placed import Slot, grid_of_slots
from govcrawl.documents.titles import title_candidates
from govcrawl.documents.word_numbers import Numbering, W, with_number
from govcrawl.documents.zipped import Parts, Zipped
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Block, Document, Figure, Link, Paragraph, Table
from govcrawl.text import line

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_STRICT = b"http://purl.oclc.org/ooxml/"
# What was deleted or moved away, field codes, pronunciation above characters, the copy for old readers.
_SKIPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rt", "pPr", "sectPr")}
    | {f"{_MC}Fallback"}
)
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_MAX_DEPTH = 60
_TOP = 8


def read_docx(content: bytes) -> Document:
    """The document's paragraphs, tables and images in reading order, then its notes.

    Deleted and hidden text is left out, automatic numbers are written. Raises UnreadableDocument for a
    damaged, encrypted or hostile file.
    """
    return read_parts(Zipped(content))


def read_parts(parts: Parts) -> Document:
    """The document of a file's parts, however they were packed; see read_docx."""
    root = parts.xml("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raw = parts.read("word/document.xml") or b""
        kind = (
            "written in the strict form of Word's format" if _STRICT in raw[:4096] else "without a text part"
        )
        raise UnreadableDocument(f"Word file {kind}; open it and save it as .docx again")
    walk = _Walk(Numbering.of(parts.xml("word/numbering.xml"), parts.xml("word/styles.xml")), _related(parts))
    blocks = list(walk.blocks(body))
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = parts.xml(name)
        if notes is not None:
            blocks += [block for note in notes if not note.get(f"{W}type") for block in walk.blocks(note)]
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    return Document("docx", tuple(blocks), titles=title_candidates(first), links=tuple(walk.links))


def _related(parts: Parts) -> dict[str, str]:
    """Targets of the document's relations by their id: images inside the file, addresses outside."""
    relations = parts.xml("word/_rels/document.xml.rels")
    if relations is None:
        return {}
    return {
        node.get("Id", ""): node.get("Target", "")
        if node.get("TargetMode") == "External"
        else posixpath.join("word", node.get("Target", ""))
        for node in relations
        if isinstance(node.tag, str)
    }


@dataclass(slots=True)
class _Inline:
    """What stands in a paragraph: its text, images, and the text boxes anchored before or behind it."""

    pieces: list[str]
    figures: list[Figure]
    boxes: list[tuple[bool, etree._Element]]

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class _Walk:
    """One pass over a document; ``links`` collects addresses that it names."""

    def __init__(self, numbering: Numbering, related: dict[str, str]) -> None:
        self.numbering = numbering
        self.related = related
        self.links: list[Link] = []

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[Block]:
        """Blocks of a body, a cell, a text box or a content control, in order."""
        if depth > _MAX_DEPTH:
            return
        for node in parent:
            if node.tag in _SKIPPED or not isinstance(node.tag, str):
                continue
            if node.tag == f"{W}p":
                yield from self._paragraph(node, depth)
            elif node.tag == f"{W}tbl":
                yield from self._table(node, depth)
            else:  # sdt, sdtContent, customXml, ins, smartTag, AlternateContent: what they hold counts
                yield from self.blocks(node, depth + 1)

    def _paragraph(self, node: etree._Element, depth: int) -> Iterator[Block]:
        inline = self._inline(node)
        label = self.numbering.label(node)
        before = [box for first, box in inline.boxes if first]
        behind = [box for first, box in inline.boxes if not first]
        for box in before:
            yield from self.blocks(box, depth + 1)
        level = _outline(node)
        for number, text in enumerate(filter(None, map(line, inline.text.split("\n")))):
            yield Paragraph(line(with_number(label, text)) if number == 0 else text, level)
        yield from inline.figures
        for box in behind:
            yield from self.blocks(box, depth + 1)

    def _inline(self, node: etree._Element) -> _Inline:
        found = _Inline([], [], [])
        walk = etree.iterwalk(node, events=("start",))
        for _, part in walk:
            tag = part.tag
            if tag in _SKIPPED or (tag == f"{W}r" and _hidden(part)):
                walk.skip_subtree()
            elif tag in (f"{W}t", f"{_M}t"):
                found.pieces.append(part.text or "")
            elif tag in _SIGNS:
                found.pieces.append(_SIGNS[tag])
            elif tag == f"{W}sym":
                found.pieces.append(_symbol(part))
            elif tag == f"{W}txbxContent":
                found.boxes.append((not found.text.strip(), part))
                walk.skip_subtree()
            elif tag in (f"{_A}blip", f"{_V}imagedata"):
                source = part.get(f"{_R}embed") or part.get(f"{_R}id") or part.get(f"{_R}link") or ""
                found.figures.append(Figure(self.related.get(source, source)))
            elif tag == f"{W}hyperlink":
                self._link(part)
        return found

    def _link(self, node: etree._Element) -> None:
        url = self.related.get(node.get(f"{_R}id", ""), "")
        if url.startswith(("http://", "https://")):
            self.links.append(Link(url, line("".join(text.text or "" for text in node.iter(f"{W}t")))))

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        rows = [list(_parts(row, "tc")) for row in _parts(table, "tr") if not _deleted(row)]
        if sum(map(len, rows)) == 1 and rows and any(True for _ in rows[-1][0].iter(f"{W}tbl")):
            yield from self.blocks(rows[-1][0], depth + 1)  # a frame around a table, not a table
            return
        inner: list[Block] = []
        grid = grid_of_slots(self._slots(table, inner, depth))
        if grid is not None:
            yield Table(grid)
        yield from inner

    def _slots(self, table: etree._Element, inner: list[Block], depth: int) -> list[Slot]:
        placed: list[Slot] = []
        above: dict[int, Slot] = {}
        for row, node in enumerate(row for row in _parts(table, "tr") if not _deleted(row)):
            column = _number(node, "trPr/gridBefore", 0)
            current: dict[int, Slot] = {}
            for cell in _parts(node, "tc"):
                width = max(1, _number(cell, "tcPr/gridSpan", 1))
                upper = above.get(column)
                if _goes_on(cell) and upper is not None and upper.width == width:
                    upper.height += 1
                    slot = upper
                elif _goes_on_beside(cell) and current:
                    slot = next(reversed(current.values()))
                    slot.width += width
                else:
                    slot = Slot(self._cell_text(cell, inner, depth), row, column, width)
                    placed.append(slot)
                current[column] = slot
                column += width
            above = current
        return placed

    def _cell_text(self, cell: etree._Element, inner: list[Block], depth: int) -> str:
        """Text of a cell, a line for each paragraph; a table or an image in it stands after its table."""
        lines: list[str] = []
        for block in self.blocks(cell, depth + 1):
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                inner.append(block)
        return cell_text("\n".join(lines))


def _parts(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also where content controls wrap them."""
    for node in parent:
        if node.tag == f"{W}{name}":
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _parts(node, name)


def _deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _goes_on(cell: etree._Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def _goes_on_beside(cell: etree._Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def _number(node: etree._Element, path: str, default: int) -> int:
    found = node.find("/".join(f"{W}{name}" for name in path.split("/")))
    value = "" if found is None else found.get(f"{W}val", "")
    return int(value) if value.isdecimal() and len(value) < 5 else default


def _hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val", "true") not in ("0", "false", "off")


def _symbol(node: etree._Element) -> str:
    """A character given by its code; those of symbol fonts have no meaning as text."""
    try:
        code = int(node.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return "" if code < 32 or 0xD800 <= code <= 0xF8FF or code > 0x10FFFF else chr(code)


def _outline(paragraph: etree._Element) -> int:
    """Level of a heading, 0 for other paragraphs."""
    level = _number(paragraph, "pPr/outlineLvl", 9)
    return level + 1 if level < 6 else 0
