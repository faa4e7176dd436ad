"""A Word binary to a Document: paragraphs and tables out of one text with marks at their ends."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from govcrawl.documents.edged import EdgedRow, grid_of_edged
from govcrawl.documents.equations import equation
from govcrawl.documents.frames import is_frame, one_column
from govcrawl.documents.grid import cell_text
from govcrawl.documents.incomplete import cut_short
from govcrawl.documents.marks import as_marked, settled
from govcrawl.documents.tabbed import paragraphs, with_typed_tables
from govcrawl.documents.titles import title_candidates
from govcrawl.documents.word97.lists import Lists
from govcrawl.documents.word97.properties import (
    ParagraphProperties,
    is_left_out,
    is_tiny,
    is_white,
    mark_of,
    paragraph_properties,
)
from govcrawl.documents.word97.streams import WordStreams
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Block, Document, Grid, Paragraph, Table
from govcrawl.text import line

_END = re.compile("[\r\x07\x0c]")
_FIELD = re.compile("\x13([^\x13\x14\x15]*)(?:\x14([^\x13\x15]*))?\x15")
_OPEN_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14")  # its result goes on in the next paragraph
_TOP = 8
_FEW_LOST = 16


def read_doc(content: bytes) -> Document:
    """Paragraphs and tables in reading order, deleted and hidden text left out, automatic numbers written.

    A text box stands before or behind the paragraph that holds it, one without a known place at the end.
    Raises UnreadableDocument for a damaged, protected or older file.
    """
    try:
        streams = WordStreams.opened(content)
        blocks = list(_Walk(streams).blocks(0, streams.length))
        for box in streams.boxes.left:
            blocks += _Walk(streams).blocks(box.start, box.end)
    except (struct.error, IndexError, OSError, ValueError) as error:  # olefile's errors are the last two
        raise UnreadableDocument(f"damaged Word file ({error}); open it and save it as .docx") from error
    blocks = with_typed_tables(blocks)
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    lost = streams.text.count("\0", 0, streams.length)
    told = f"{lost:,} characters of its text are missing from the file"
    defects = (cut_short(told),) if lost > _FEW_LOST else ()
    return Document("doc", tuple(blocks), titles=title_candidates(first), defects=defects)


@dataclass(slots=True)
class _Open:
    """A table that is being put together: the text of its open cell, its open row and the rows before."""

    text: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[tuple[list[str], ParagraphProperties]] = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append(cell_text("\n".join(self.text)))
        self.text = []

    def end_row(self, properties: ParagraphProperties) -> None:
        self.rows.append((self.cells, properties))
        self.cells, self.text = [], []


class _Walk:
    """One pass over the text of a file."""

    def __init__(self, streams: WordStreams) -> None:
        self.streams = streams
        self.lists = Lists.of(streams)
        self.outer = _Open()
        self.inner = _Open()
        self.nested: list[Block] = []

    def blocks(self, start: int, end: int) -> Iterator[Block]:
        """Blocks of a part of the text in reading order; a table within a cell stands behind its table."""
        for found in _END.finditer(self.streams.text, start, end):
            properties = self._properties(found.start())
            text = self._shown(start, found.start())
            begun, start = start, found.end()
            if found.group() == "\x07":
                self._cell_mark(text, properties)
            elif properties.depth > 1:
                self._inside(text, properties)
            elif properties.in_table:
                self.outer.text.append(text)
            else:
                yield from self._close_table()
                before, behind = self._boxes(begun, start)
                yield from before
                yield from self._paragraph(text, properties)
                yield from behind
        yield from self._close_table()
        yield from self._paragraph(self._shown(start, end), ParagraphProperties())

    def _boxes(self, start: int, end: int) -> tuple[list[Block], list[Block]]:
        """What is in the text boxes of a paragraph and of a table before it: before its text, behind it."""
        before: list[Block] = []
        behind: list[Block] = []
        for box in self.streams.boxes.taken(end) if end <= self.streams.length else ():
            side = behind if box.anchor > start and self._shown(start, box.anchor).strip() else before
            side += _Walk(self.streams).blocks(box.start, box.end)
        return before, behind

    def _properties(self, mark: int) -> ParagraphProperties:
        raw = self.streams.paragraphs.at(self.streams.place_of(mark))
        return paragraph_properties(raw, self.streams.data)

    def _shown(self, start: int, end: int) -> str:
        """Text from one place to another without what is deleted or hidden, fields as their results."""
        pieces: list[str] = []
        white: list[int] = []
        at, marked = start, False
        while at < end:
            place = self.streams.place_of(at)
            number = _run_end(self.streams, at, place, end)
            properties = self.streams.characters.at(place)
            if not is_left_out(properties, self.streams.data):
                text = self.streams.text[at:number]
                mark = mark_of(properties, self.streams.data)
                if is_white(properties, self.streams.data) or is_tiny(properties, self.streams.data):
                    white.append(len(pieces))
                pieces.append(as_marked(text, mark) if mark else text)
                marked |= bool(mark)
            at = number
        # White letters alone stand on a ground, which is not looked for here; beside others nobody sees them,
        # as nobody reads tiny ones.
        if white and any(piece.strip() for number, piece in enumerate(pieces) if number not in white):
            pieces = [piece for number, piece in enumerate(pieces) if number not in white]
        text = _readable("".join(pieces))
        return settled(text) if marked else text

    def _cell_mark(self, text: str, properties: ParagraphProperties) -> None:
        if properties.ends_row or properties.ends_inner_row:
            self.outer.end_row(properties)
        else:
            self._close_inner()
            self.outer.text.append(text)
            self.outer.end_cell()

    def _inside(self, text: str, properties: ParagraphProperties) -> None:
        if properties.ends_inner_row:
            self.inner.end_row(properties)
        elif properties.ends_inner_cell:
            self.inner.text.append(text)
            self.inner.end_cell()
        else:
            self.inner.text.append(text)

    def _close_inner(self) -> None:
        if self.inner.rows and (grid := _grid(self.inner.rows)) is not None:
            if column := one_column(grid):
                self.outer.text += column
            else:
                self.nested.append(Table(grid))
        self.inner = _Open()

    def _close_table(self) -> Iterator[Block]:
        rows, nested = self.outer.rows, self.nested
        self.outer, self.nested = _Open(), []
        if nested and is_frame([cells for cells, _ in rows]):
            texts = (text for cells, _ in rows for text in cells)
            yield from (Paragraph(line(part)) for text in texts for part in text.split("\n") if part.strip())
        elif rows and (grid := _grid(rows)) is not None:
            yield Table(grid)
        yield from nested

    def _paragraph(self, text: str, properties: ParagraphProperties) -> Iterator[Block]:
        label = self.lists.label(properties.number, properties.level) if properties.number > 0 else ""
        level = properties.outline + 1 if properties.outline < 6 else 0
        yield from paragraphs(text, level, label)


def _run_end(streams: WordStreams, at: int, place: int, end: int) -> int:
    """Where the characters that share the properties of the one at ``at`` end."""
    runs = streams.characters
    raw = runs.at(place)
    after = at + 1
    while after < end and runs.at(streams.place_of(after)) is raw:
        after += 1
    return after


def _readable(text: str) -> str:
    """Text with fields as their results, line breaks as newlines, other control characters left out."""
    for _ in range(4):  # fields may stand in fields
        text, replaced = _FIELD.subn(lambda found: found[2] or equation(found[1]) or "", text)
        if not replaced:
            break
    text = _OPEN_FIELD.sub("", text).replace("\x0b", "\n").replace("\x1e", "-").replace("\xa0", " ")
    text = "".join(sign for sign in text if sign >= " " or sign in "\t\n")
    # Units that make one character together were kept apart so that places stay what they are.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _grid(rows: list[tuple[list[str], ParagraphProperties]]) -> Grid | None:
    return grid_of_edged([EdgedRow(texts, own.edges, own.merged, own.continued) for texts, own in rows])
