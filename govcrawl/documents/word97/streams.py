"""The streams of a Word binary: its text in pieces, and where the properties of its parts stand.

Source: [MS-DOC] 2.4 (retrieving text and properties), 2.5 (the file information block).
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from dataclasses import dataclass, field

import olefile

from govcrawl.documents.left_out import left_out
from govcrawl.documents.word97.boxes import TextBoxes
from govcrawl.errors import ProtectedDocument, UnreadableDocument

MAX_CHARACTERS = 4_000_000
_WORD = (0xA5EC, 0xA5DC)
_WORD_BYTE = 0xA5  # Word since version 2 writes it, with another byte before it
_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_CHARACTER_BINS, _PARAGRAPH_BINS, _PIECES, _LISTS, _OVERRIDES = 12, 13, 33, 73, 74
_ANCHORS, _BOXES = 40, 56
_TEXTS = 6  # main text, notes, headers, a reserved one, comments, end notes: the text boxes follow them
_PAGE = 512


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text: characters ``start`` to ``end`` stand from byte ``at``, ``width`` bytes each."""

    start: int
    end: int
    at: int
    width: int


@dataclass(slots=True)
class WordStreams:
    """An opened file: ``text`` has one character for each UTF-16 unit, so that places stay what they are.

    Its first ``length`` characters are the main text.
    """

    main: bytes
    table: bytes
    data: bytes
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""
    length: int = 0
    boxes: TextBoxes = field(default_factory=TextBoxes)
    paragraphs: Runs = field(default_factory=lambda: Runs())
    characters: Runs = field(default_factory=lambda: Runs())
    lists: tuple[int, int] = (0, 0)
    overrides: tuple[int, int] = (0, 0)

    @classmethod
    def opened(cls, content: bytes) -> WordStreams:
        """The streams of a file. Raises UnreadableDocument for a protected one or one before Word 97."""
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            main = file.openstream("WordDocument").read()
            (magic,) = struct.unpack_from("<H", main)
            (flags,) = struct.unpack_from("<H", main, 0x0A)
            if magic not in _WORD and magic >> 8 != _WORD_BYTE:
                raise UnreadableDocument("damaged Word file (its text part has no head); fetch it again")
            if magic not in _WORD:
                raise UnreadableDocument("Word file older than Word 97; open it and save it as .docx")
            if flags & _ENCRYPTED:
                raise ProtectedDocument("password-protected; ask the office for an open copy")
            name = "1Table" if flags & _TABLE_ONE else "0Table"
            if not file.exists(name):
                raise UnreadableDocument("Word file without its table part; open it and save it as .docx")
            table = file.openstream(name).read()
            data = file.openstream("Data").read() if file.exists("Data") else b""
        return cls(main, table, data)._read()

    def _read(self) -> WordStreams:
        (words,) = struct.unpack_from("<H", self.main, 32)
        longs = 34 + words * 2
        (count,) = struct.unpack_from("<H", self.main, longs)
        lengths = struct.unpack_from(f"<{_TEXTS + 1}I", self.main, longs + 2 + 3 * 4)
        places = longs + 2 + count * 4 + 2

        def place(number: int) -> tuple[int, int]:
            offset = places + number * 8
            return struct.unpack_from("<II", self.main, offset) if offset + 8 <= len(self.main) else (0, 0)

        self.pieces = self._pieces(*place(_PIECES))
        if lengths[0] > MAX_CHARACTERS:
            left_out(f"characters beyond {MAX_CHARACTERS:,}")
        self.text = "".join(map(self._decoded, self.pieces))[:MAX_CHARACTERS]
        self.length = min(lengths[0], len(self.text))
        before = sum(lengths[:_TEXTS])
        rest = max(0, len(self.text) - before)
        anchors, boxes = (self.table[at : at + size] for at, size in map(place, (_ANCHORS, _BOXES)))
        self.boxes = TextBoxes.of(anchors, boxes, before, min(lengths[_TEXTS], rest))
        self.paragraphs = self._runs(*place(_PARAGRAPH_BINS), entry=13, skip=2)
        self.characters = self._runs(*place(_CHARACTER_BINS), entry=1, skip=0)
        self.lists, self.overrides = place(_LISTS), place(_OVERRIDES)
        return self

    def _pieces(self, at: int, length: int) -> list[Piece]:
        clx = self.table[at : at + length]
        offset = 0
        while clx[offset] == 1:
            offset += 3 + struct.unpack_from("<H", clx, offset + 1)[0]
        (size,) = struct.unpack_from("<I", clx, offset + 1)
        plc = clx[offset + 5 : offset + 5 + size]
        count = (len(plc) - 4) // 12
        starts = struct.unpack_from(f"<{count + 1}I", plc)
        pieces = []
        for number in range(count):
            (stored,) = struct.unpack_from("<I", plc, (count + 1) * 4 + number * 8 + 2)
            narrow = bool(stored & 0x40000000)
            where = (stored & 0x3FFFFFFF) // 2 if narrow else stored
            if starts[number] < starts[number + 1] <= MAX_CHARACTERS:
                pieces.append(Piece(starts[number], starts[number + 1], where, 1 if narrow else 2))
        return pieces

    def _decoded(self, piece: Piece) -> str:
        size = piece.end - piece.start
        raw = self.main[piece.at : piece.at + size * piece.width]
        if piece.width == 1:
            signs = raw.decode("cp1252", "surrogateescape")
        else:
            raw = raw[: len(raw) & ~1]
            signs = "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))
        return signs.ljust(size, "\0")

    def _runs(self, at: int, length: int, *, entry: int, skip: int) -> Runs:
        """Property runs out of the pages that a bin table names."""
        bins = self.table[at : at + length]
        count = max(0, (len(bins) - 4) // 8)
        found: list[tuple[int, int, bytes]] = []
        for (number,) in struct.iter_unpack("<I", bins[(count + 1) * 4 : (count + 1) * 4 + count * 4]):
            page = self.main[(number & 0x3FFFFF) * _PAGE : ((number & 0x3FFFFF) + 1) * _PAGE]
            if len(page) < _PAGE:
                continue
            runs = page[-1]
            if (runs + 1) * 4 + runs * entry > _PAGE:
                continue
            bounds = struct.unpack_from(f"<{runs + 1}I", page)
            for run in range(runs):
                offset = page[(runs + 1) * 4 + run * entry] * 2
                found.append((bounds[run], bounds[run + 1], _properties(page, offset, entry, skip)))
        found.sort(key=lambda run: run[0])
        return Runs([run[0] for run in found], found)

    def place_of(self, character: int) -> int:
        """Byte in the main stream at which a character of the text stands, -1 for none."""
        number = bisect_right(self.pieces, character, key=lambda piece: piece.start) - 1
        if number < 0 or character >= self.pieces[number].end:
            return -1
        piece = self.pieces[number]
        return piece.at + (character - piece.start) * piece.width


@dataclass(slots=True)
class Runs:
    """Property lists by the bytes of the main stream that they hold for."""

    starts: list[int] = field(default_factory=list)
    runs: list[tuple[int, int, bytes]] = field(default_factory=list)

    def at(self, place: int) -> bytes:
        """The property list that holds at a byte, empty for none."""
        number = bisect_right(self.starts, place) - 1
        if number < 0 or not self.runs[number][0] <= place < self.runs[number][1]:
            return b""
        return self.runs[number][2]


def _properties(page: bytes, offset: int, entry: int, skip: int) -> bytes:
    """One property list of a page; paragraphs begin theirs with the number of a style."""
    if not offset or offset >= _PAGE - 1:
        return b""
    if entry == 1:
        return page[offset + 1 : offset + 1 + page[offset]]
    size, start = (page[offset] * 2 - 1, offset + 1) if page[offset] else (page[offset + 1] * 2, offset + 2)
    return page[start + skip : start + size]
