"""Cells of an Excel 97 file whose text is set in several fonts, of which libraries give the letters alone.

Source: [MS-XLS] 2.4.122 (Font), 2.4.265 (SST), 2.5.293 (XLUnicodeRichExtendedString), 2.4.149 (LabelSst).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from govcrawl.documents.biff import Record, records
from govcrawl.documents.marks import LOWERED, RAISED, STRUCK
from govcrawl.documents.rich_cells import Run, as_seen

_FONT, _STRINGS, _CONTINUED, _SHEET, _LABEL = 0x0031, 0x00FC, 0x003C, 0x0085, 0x00FD
_STRUCK, _WHITES = 0x0008, (1, 9)
_TINIEST = 60  # twentieths of a point
_SCRIPTS = {1: RAISED, 2: LOWERED}
_NO_FONT = 4  # the number that no font has

Texts = dict[tuple[int, int], str]
"""Texts of cells by row and column."""


def rich_cells(stream: bytes) -> Mapping[int, Texts]:
    """By the number of each sheet, the cells whose text reads otherwise than its letters do."""
    head = list(records(stream, 0, set()))
    fonts = [_font(stream, own) for own in head if own[0] == _FONT and own[2] >= 10]
    texts = _texts(stream, head, fonts)
    if not texts:
        return {}
    starts = [
        struct.unpack_from("<I", stream, at)[0] for kind, at, size in head if kind == _SHEET and size >= 4
    ]
    # Each record is looked at once, however many sheets are said to begin at one place
    seen: set[int] = set()
    return {number: _cells(stream, start, texts, seen) for number, start in enumerate(starts)}


def _cells(stream: bytes, start: int, texts: Mapping[int, str], seen: set[int]) -> Texts:
    found: Texts = {}
    for kind, at, size in records(stream, start, seen):
        if kind == _LABEL and size >= 10:
            row, column, _, number = struct.unpack_from("<HHHI", stream, at)
            if number in texts:
                found[row, column] = texts[number]
    return found


def _font(stream: bytes, own: Record) -> Run:
    """A font as a part of text without letters."""
    height, flags, colour, _, script = struct.unpack_from("<HHHHH", stream, own[1])
    mark = STRUCK if flags & _STRUCK else _SCRIPTS.get(script, "")
    return Run("", mark, colour in _WHITES, height <= _TINIEST)


def _texts(stream: bytes, head: Sequence[Record], fonts: Sequence[Run]) -> dict[int, str]:
    """Texts of the shared strings that read otherwise, by their number."""
    place = next((place for place, own in enumerate(head) if own[0] == _STRINGS), None)
    if place is None or not any(font.mark or font.white or font.tiny for font in fonts):
        return {}
    parts = [head[place]]
    for own in head[place + 1 :]:
        if own[0] != _CONTINUED:
            break
        parts.append(own)
    found: dict[int, str] = {}
    for number, (text, runs) in enumerate(_strings(_Reader(stream, parts))):
        if runs and (seen := as_seen(list(_parts_of(text, runs, fonts)))) != text:
            found[number] = seen
    return found


def _parts_of(text: str, runs: Sequence[tuple[int, int]], fonts: Sequence[Run]) -> Iterator[Run]:
    """The parts of a text by the fonts that begin at places in it; before the first is the cell's own."""
    ends = [*(start for start, _ in runs[1:]), len(text)]
    yield Run(text[: runs[0][0]])
    for (start, number), end in zip(runs, ends, strict=True):
        number -= number > _NO_FONT
        font = fonts[number] if number < len(fonts) else Run("")
        yield Run(text[start:end], font.mark, font.white, font.tiny)


class _Reader:
    """Bytes of a record and of those that go on with it."""

    def __init__(self, stream: bytes, parts: Sequence[Record]) -> None:
        self.parts = [stream[at : at + size] for _, at, size in parts]
        self.part = self.at = 0

    @property
    def left(self) -> int:
        """Bytes up to the end of the record."""
        return len(self.parts[self.part]) - self.at

    def more(self) -> None:
        """Go on to the next record; IndexError where there is none."""
        self.part, self.at = self.part + 1, 0
        if self.part >= len(self.parts):
            raise IndexError("a text goes on in a record that there is not")

    def take(self, count: int) -> bytes:
        """Bytes that may stand in several records."""
        taken = b""
        while len(taken) < count:
            if not self.left:
                self.more()
            step = self.parts[self.part][self.at : self.at + count - len(taken)]
            self.at += len(step)
            taken += step
        return taken

    def number(self, form: str) -> int:
        """A number, little end first."""
        value: int = struct.unpack(f"<{form}", self.take(struct.calcsize(form)))[0]
        return value

    def letters(self, count: int, wide: bool) -> str:
        """Letters of a text; each record that goes on with them says anew how wide they are."""
        pieces: list[str] = []
        while count:
            if not self.left:
                self.more()
                wide = bool(self.number("B") & 1)
            own = min(count, max(1, self.left >> wide))
            raw = self.take(own << wide)
            pieces.append(raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1"))
            count -= own
        return "".join(pieces)


def _strings(reader: _Reader) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Shared strings in order, each with (place, font) of its parts; what is cut off is left out."""
    try:
        reader.take(4)
        for _ in range(reader.number("I")):
            count, flags = reader.number("H"), reader.number("B")
            parts = reader.number("H") if flags & 8 else 0
            more = reader.number("I") if flags & 4 else 0
            text = reader.letters(count, bool(flags & 1))
            runs = [(reader.number("H"), reader.number("H")) for _ in range(parts)]
            reader.take(more)
            yield text, runs
    except IndexError:
        return
