"""Characters of an RTF file: bytes in the code page of their font, and numbers of Unicode."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field

from govcrawl.documents.encoding import GAP

_CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_PAGES = {936: "gb18030", 950: "cp950", 65001: "utf-8", 10000: "mac-roman"}
_WESTERN = "cp1252"


def charset_of(number: int) -> str | None:
    """Encoding of a font's ``fcharset``; None for western ones, whose text is often in the file's own."""
    return _CHARSETS.get(number)


def page_of(number: int) -> str:
    """Encoding of a code page's number, western where Python has none for it."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return _WESTERN
    return name


@dataclass(slots=True)
class Letters:
    """Text that is being put together; ``page`` is the file's own encoding."""

    page: str = _WESTERN
    fonts: dict[int, str] = field(default_factory=dict)
    replaced: int = 0
    _bytes: bytearray = field(default_factory=bytearray)
    _charset: str | None = None
    _units: list[int] = field(default_factory=list)

    def add_bytes(self, raw: bytes, font: int) -> str:
        """Take bytes of a font in; gives the text that is complete by now."""
        charset = self.fonts.get(font)
        done = "" if not self._units and charset == self._charset else self.flushed()
        self._charset = charset
        self._bytes += raw
        return done

    def add_unit(self, number: int) -> str:
        """Take a character by its number in, which may be half of one beyond the first plane."""
        done = self.flushed() if self._bytes else ""
        self._units.append(number % 0x10000)
        return done

    def flushed(self) -> str:
        """The text of all that was taken in."""
        text = ""
        if self._units:
            packed = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            text, self._units = self._sound(packed.decode("utf-16-le", "replace")), []
        if self._bytes:
            raw, self._bytes = bytes(self._bytes), bytearray()
            text += raw.decode("ascii") if raw.isascii() else self._decoded(raw)
        return text

    def _decoded(self, raw: bytes) -> str:
        if self._charset is None and self.page != _WESTERN:
            # A western font over Chinese bytes: Word falls back to a Chinese one, so do we.
            try:
                return raw.decode(self.page)
            except UnicodeDecodeError:
                return self._sound(raw.decode(_WESTERN, "replace"))
        return self._sound(raw.decode(self._charset or self.page, "replace"))

    def _sound(self, text: str) -> str:
        self.replaced += text.count("\ufffd")
        return text.replace("\ufffd", GAP)


def fonts_of(charsets: Mapping[int, int]) -> dict[int, str]:
    """Encodings of fonts by their number, those without one of their own left out."""
    named = ((font, charset_of(charset)) for font, charset in charsets.items())
    return {font: name for font, name in named if name is not None}
