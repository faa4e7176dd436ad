"""A .docx file to a Document: word/document.xml walked once. Source: ECMA-376 part 1, 17.3 and 17.4."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from govcrawl.documents.docx_chunks import blocks_of_chunk
from govcrawl.documents.docx_fields import OF_FIELDS, Fields
from govcrawl.documents.docx_frames import frames
from govcrawl.documents.docx_marks import set_apart
from govcrawl.documents.docx_parts import related, text_part
from govcrawl.documents.docx_rows import TC_PR, TR_PR, deleted, goes_on, number_of, parts_of, stated
from govcrawl.documents.docx_white import take_out_unseen
from govcrawl.documents.frames import one_column
from govcrawl.documents.grid import cell_text
from govcrawl.documents.left_out import left_out
from govcrawl.documents.placed import Slot, grid_of_slots
from govcrawl.documents.tabbed import paragraphs, with_typed_tables
from govcrawl.documents.titles import title_candidates
from govcrawl.documents.word_numbers import Numbering, W
from govcrawl.documents.zipped import Parts, Zipped
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Block, Document, Figure, Link, Paragraph, Table
from govcrawl.text import line

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
# What was deleted or moved away, field codes, pronunciation above characters, the copy for old readers.
_SKIPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rt", "pPr", "sectPr")}
    | {f"{_MC}Fallback"}
)
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_VAL, _P_PR, _R_PR = (f"{W}{name}" for name in ("val", "pPr", "rPr"))
_RUN, _TEXT, _VANISH, _OUTLINE = (f"{W}{name}" for name in ("r", "t", "vanish", "outlineLvl"))
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc"))
_MARKS = frozenset(f"{W}{name}" for name in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr"))
_MAX_DEPTH = 60
_FIGURES = "0123456789.,+/%()"

_TOP = 8
_Row = tuple[etree._Element, list[etree._Element]]


def read_docx(content: bytes) -> Document:
    """The document's paragraphs, tables and images in reading order, then its notes.

    Deleted and hidden text is left out, automatic numbers are written. Raises UnreadableDocument for a
    damaged, encrypted or hostile file.
    """
    return read_parts(Zipped(content))


def read_parts(parts: Parts, *, taken_in: bool = False) -> Document:
    """The document of a file's parts, however they were packed; see read_docx.

    One that is ``taken_in`` by another takes in no Word file itself: a file may hold its own copy.
    """
    main, root = text_part(parts)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise UnreadableDocument("Word file without a text part; open it and save it as .docx again")
    set_apart(body)
    take_out_unseen(body, parts)
    word = None if taken_in else _read_taken_in
    walk = _Walk(Numbering(parts), related(parts, main), partial(blocks_of_chunk, parts, word))
    walk.hides = next(body.iter(_VANISH), None) is not None
    blocks = with_typed_tables(walk.blocks(body))
    walk.hides = True
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = parts.xml(name)
        if notes is not None:
            blocks += [block for note in notes if not note.get(f"{W}type") for block in walk.blocks(note)]
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    return Document("docx", tuple(blocks), titles=title_candidates(first), links=tuple(walk.links))


def _read_taken_in(content: bytes) -> Document:
    return read_parts(Zipped(content), taken_in=True)


@dataclass(slots=True)
class _Inline:
    """What stands in a paragraph: its text, images, and the text boxes anchored before or behind it."""

    pieces: list[str]
    figures: list[Figure]
    boxes: list[tuple[bool, etree._Element]]
    fields: Fields = field(default_factory=Fields)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class _Walk:
    """One pass over a document; ``links`` collects addresses that it names."""

    def __init__(
        self, numbering: Numbering, related: dict[str, str], chunk: Callable[[str], Iterator[Block]]
    ) -> None:
        self.numbering = numbering
        self.related = related
        self.chunk = chunk
        self.links: list[Link] = []
        self.hides = True

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[Block]:
        """Blocks of a body, a cell, a text box or a content control, in order."""
        if depth > _MAX_DEPTH:
            left_out(f"what is nested more than {_MAX_DEPTH} deep")
            return
        for node in parent:
            if node.tag in _SKIPPED or not isinstance(node.tag, str):
                continue
            if node.tag == _PARAGRAPH:
                yield from self._paragraph(node, depth)
            elif node.tag == _TABLE:
                yield from self._table(node, depth)
            elif node.tag == f"{W}altChunk":
                yield from self.chunk(self.related.get(node.get(f"{_R}id", ""), ""))
            else:  # sdt, sdtContent, customXml, ins, smartTag, AlternateContent: what they hold counts
                yield from self.blocks(node, depth + 1)

    def _paragraph(self, node: etree._Element, depth: int) -> Iterator[Block]:
        properties = next(node.iterchildren(_P_PR), None)
        text = _plain_text(node, self.hides)
        if text is not None:
            yield from self._lines(text, properties)
            return
        inline = self._inline(node)
        before = [box for first, box in inline.boxes if first]
        behind = [box for first, box in inline.boxes if not first]
        for box in before:
            yield from self.blocks(box, depth + 1)
        yield from self._lines(inline.text, properties)
        yield from inline.figures
        for box in behind:
            yield from self.blocks(box, depth + 1)

    def _lines(self, text: str, properties: etree._Element | None) -> Iterator[Block]:
        """Paragraphs of a text by its breaks, the first with the number that Word prints before it."""
        label, level = "", 0
        if properties is not None:
            label, level = self.numbering.label(properties), _outline(properties)
        yield from paragraphs(text, level, label)

    def _inline(self, node: etree._Element) -> _Inline:
        found = _Inline([], [], [])
        walk = etree.iterwalk(node, events=("start",))
        for _, part in walk:
            tag = part.tag
            if tag in OF_FIELDS:
                found.pieces.append(found.fields.take(part))
            elif tag in _SKIPPED or (tag == f"{W}r" and _hidden(part)):
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
        rows = [row for row in parts_of(table, _ROW) if not deleted(row)]
        cells = [list(parts_of(row, _CELL)) for row in rows]
        if frames(table, cells):
            for own in cells:
                for cell in own:
                    yield from self.blocks(cell, depth + 1)
            return
        inner: list[Block] = []
        grid = grid_of_slots(self._slots(zip(rows, cells, strict=True), inner, depth))
        if grid is not None:
            yield Table(grid)
        yield from inner

    def _slots(self, rows: Iterable[_Row], inner: list[Block], depth: int) -> list[Slot]:
        placed: list[Slot] = []
        above: dict[int, Slot] = {}
        for row, (node, cells) in enumerate(rows):
            column = number_of(stated(node, TR_PR), "gridBefore", 0)
            current: dict[int, Slot] = {}
            for cell in cells:
                own = stated(cell, TC_PR)
                width = max(1, number_of(own, "gridSpan", 1))
                upper = above.get(column)
                if goes_on(own.get("vMerge")) and upper is not None and upper.width == width:
                    upper.height += 1
                    slot = upper
                elif goes_on(own.get("hMerge")) and current:
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
        """Text of a cell, a line for each paragraph; an image or table in it stands after its table.

        A table of one column in a cell only places text there.
        """
        text = self._simple_text(cell)
        if text is not None:
            return text
        lines: list[str] = []
        for block in self.blocks(cell, depth + 1):
            if isinstance(block, Paragraph):
                lines.append(block.text)
            elif isinstance(block, Table) and (column := one_column(block.grid)):
                lines += column
            else:
                inner.append(block)
        return cell_text("\n".join(lines))

    def _simple_text(self, cell: etree._Element) -> str | None:
        """Text of a cell of paragraphs that are nothing but text, in no list, as most are; else None."""
        lines: list[str] = []
        for node in cell:
            if node.tag == _PARAGRAPH:
                properties = next(node.iterchildren(_P_PR), None)
                text = _plain_text(node, self.hides)
                if text is None or (properties is not None and self.numbering.counts(properties)):
                    return None
                lines.append(text)
            elif node.tag != TC_PR:
                return None
        return cell_text("\n".join(lines))


def _plain_text(paragraph: etree._Element, hides: bool) -> str | None:
    """Text of a paragraph that is nothing but runs of text, None for any other.

    ``hides`` is False where the document hides no run.
    """
    pieces: list[str] = []
    for run in paragraph:
        if run.tag == _RUN:
            for part in run:
                if part.tag == _TEXT:
                    pieces.append(part.text or "")
                elif part.tag != _R_PR or (hides and next(part.iterchildren(_VANISH), None) is not None):
                    return None
        elif run.tag not in _MARKS:
            return None
    return "".join(pieces)


def _hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val", "true") not in ("0", "false", "off")


def _symbol(node: etree._Element) -> str:
    """A character given by its code; those of symbol fonts are no text, but for the figures of Symbol."""
    try:
        code = int(node.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    if node.get(f"{W}font") == "Symbol" and chr(code & 0xFF) in _FIGURES and code >> 8 in (0, 0xF0):
        return chr(code & 0xFF)
    return "" if code < 32 or 0xD800 <= code <= 0xF8FF or code > 0x10FFFF else chr(code)


def _outline(properties: etree._Element) -> int:
    """Level of a heading, 0 for other paragraphs."""
    stated = next(properties.iterchildren(_OUTLINE), None)
    value = "" if stated is None else stated.get(_VAL, "")
    return int(value) + 1 if value.isdecimal() and len(value) == 1 and int(value) < 6 else 0
