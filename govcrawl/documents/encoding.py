"""Bytes to text by a measured rule: what a page declares about its charset is believed last.

Portals serve UTF-8 under ``gb2312``, GBK under ``utf-8``, GB18030 under ``gbk``; strict decoding tells them
apart where declarations and statistical detectors do not.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_ASCII = bytes(range(0x80))
_HIGH = re.compile(rb"[\x80-\xff]")
# Hanzi are E3 to E9; full-width punctuation (EF), quotes (E2) and no-break spaces (C2) are as frequent.
_UTF8_UNIT = re.compile(rb"[\xe2-\xe9\xef][\x80-\xbf]{2}|\xc2[\xa0-\xbf]")
_NO_LEADS = bytes(set(range(256)) - {*range(0xE2, 0xEA), 0xEF, 0xC2})
_XML_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]{0,200}\?>", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]*)|(?P<decimal>\d*));?")
_DAMAGE = re.compile("\ufffd+")
# The part of a segment that is not plain ASCII in any encoding.
_HIGH_STRETCH = re.compile(rb"[\x80-\xff][^<>\n]*")
_SEGMENT = re.compile(rb"[<>\n]")
_HEAD = 4096
_MOSTLY_UTF8 = 0.95
_MIXED = 0.02
_FOREIGN = 0.5
_FEW = 4
_MIXED_BYTES = 48
GAP = "〓"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without U+FFFD; ``replaced`` counts the undecodable characters.

    They are left out, but where a number or a whole cell is hit, ``〓`` stands for them: what is left of a
    number is another number. ``charset`` names two encodings, joined by ``+``, for a page pasted from both.
    """

    text: str
    charset: str
    replaced: int = 0


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Text of ``content``; ``declared`` is the charset of the transport, a meta tag is looked for here."""
    for mark, charset in _BOMS:
        if content.startswith(mark):
            return _lenient(content[len(mark) :], charset)
    if (wide := _unmarked_utf16(content)) is not None:
        return _lenient(content, wide)
    try:
        return _without_damage(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _is_mixed(content) and _utf8_share(content) > _MIXED:
        return _mixed_segments(content, 1)
    if _is_mostly_utf8(content):
        return _mixed_segments(content, _FEW)
    if "big5" in (_declared_in_page(content) or declared or "").lower():
        return _lenient(content, "big5hkscs")
    return _lenient(content, "gb18030")


def without_xml_declaration(text: str) -> str:
    """Text that lxml takes: it refuses a str that opens with an encoding declaration."""
    return _XML_DECLARATION.sub("", text, count=1)


def without_bad_references(text: str) -> tuple[str, int]:
    """Text without numeric references to what is no character, and how many were U+FFFD to a browser."""
    return _without_marks(_REFERENCE.sub(_checked_reference, text) if "&#" in text else text)


def _checked_reference(found: re.Match[str]) -> str:
    digits = found["hex"] if found["hex"] is not None else found["decimal"]
    if not digits:
        return ""
    point = int(digits, 16 if found["hex"] is not None else 10) if len(digits) <= 9 else -1
    if 0 < point < 32 and point not in (9, 10, 13):
        return ""
    real = 9 <= point < 0xD800 or 0xE000 <= point <= 0x10FFFF
    return found.group() if real and point & 0xFFFE != 0xFFFE and point != 0xFFFD else "\ufffd"


def _declared_in_page(content: bytes) -> str | None:
    found = _META_CHARSET.search(content, 0, _HEAD)
    return found.group(1).decode("ascii", "ignore") if found else None


def _unmarked_utf16(content: bytes) -> str | None:
    head = content[:_HEAD]
    if len(head) < 4 or head.count(0) * 5 < len(head):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _utf8_share(content: bytes) -> float:
    high = _high_bytes(content)
    return len(b"".join(_UTF8_UNIT.findall(content))) / high if high else 0.0


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether the share is so high; most of what is not has too few bytes that begin a character."""
    leads = len(content.translate(None, _NO_LEADS))
    return 3 * leads > _MOSTLY_UTF8 * _high_bytes(content) and _utf8_share(content) > _MOSTLY_UTF8


def _high_bytes(content: bytes) -> int:
    return len(content.translate(None, _ASCII))


def _lenient(content: bytes, charset: str) -> Decoded:
    return _without_damage(content.decode(charset, "replace"), charset)


def _without_damage(text: str, charset: str) -> Decoded:
    text, damaged = _without_marks(text)
    return Decoded(text, charset, damaged)


def _without_marks(text: str) -> tuple[str, int]:
    """Text without U+FFFD and how many there were."""
    if "\ufffd" not in text:
        return text, 0
    return _DAMAGE.sub(_stand_in, text), text.count("\ufffd")


def _stand_in(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 16) : found.start()].rstrip()
    after = found.string[found.end() : found.end() + 16].lstrip()
    number = before[-1:].isdigit() or after[:1].isdigit()
    whole = (before[-1:], after[:1]) in ((">", "<"), ("|", "|"))
    return GAP if number or whole else ""


def _segments(content: bytes) -> Iterator[bytes]:
    """Text between tags and line breaks, these included: no multi-byte character reaches across them."""
    start = 0
    for found in _SEGMENT.finditer(content):
        yield content[start : found.end()]
        start = found.end()
    yield content[start:]


def _is_mixed(content: bytes) -> bool:
    """Whether some stretches are sound UTF-8 and others sound GBK: by chance it is a few bytes at most."""
    stretches = _HIGH_STRETCH.findall(content)
    if sum(len(stretch) for stretch in stretches if _decodes(stretch, "utf-8")) < _MIXED_BYTES:
        return False
    sound = {"utf-8": 0, "gb18030": 0}
    for stretch in stretches:
        if charset := _sound(stretch, _FEW):
            sound[charset] += _high_bytes(stretch)
    return all(count >= max(_MIXED_BYTES, _MIXED * sum(sound.values())) for count in sound.values())


def _sound(segment: bytes, least: int) -> str | None:
    """The encoding in which a stretch decodes without damage, UTF-8 before GBK; None for neither.

    ``least`` is how many bytes of GBK are no chance.
    """
    if _decodes(segment, "utf-8") and _utf8_share(segment) > _MOSTLY_UTF8:
        return "utf-8"
    enough = _high_bytes(segment) >= least
    return "gb18030" if enough and _decodes(segment, "gb18030") else None


def _decodes(segment: bytes, charset: str) -> bool:
    try:
        segment.decode(charset)
    except UnicodeDecodeError:
        return False
    return True


def _mixed_segments(content: bytes, least: int) -> Decoded:
    """UTF-8 with bad bytes; a stretch that is GBK as a whole (an included header) is read as such."""
    texts: list[str] = []
    foreign = False
    for segment in _segments(content):
        gbk = (
            _HIGH.search(segment) and _utf8_share(segment) < _FOREIGN and _sound(segment, least) == "gb18030"
        )
        foreign = foreign or bool(gbk)
        texts.append(segment.decode("gb18030" if gbk else "utf-8", "replace"))
    return _without_damage("".join(texts), "utf-8+gb18030" if foreign else "utf-8")
