"""Bytes to text by a measured rule: what a page declares about its charset is believed last.

Portals serve UTF-8 under ``gb2312``, GBK under ``utf-8``, GB18030 under ``gbk``; strict decoding tells them
apart where declarations and statistical detectors do not.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
# Hanzi are E3 to E9; full-width punctuation (EF), quotes (E2) and no-break spaces (C2) are as frequent.
_UTF8_UNIT = re.compile(rb"[\xe2-\xe9\xef][\x80-\xbf]{2}|\xc2[\xa0-\xbf]")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]{0,200}\?>", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]*)|(?P<decimal>\d*));?")
_HEAD = 4096
_MOSTLY_UTF8 = 0.95


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without U+FFFD; ``replaced`` counts the places where undecodable bytes were left out."""

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
    if _utf8_share(content) > _MOSTLY_UTF8:
        return _mixed_lines(content)
    if "big5" in (_declared_in_page(content) or declared or "").lower():
        return _lenient(content, "big5hkscs")
    return _lenient(content, "gb18030")


def without_xml_declaration(text: str) -> str:
    """Text that lxml takes: it refuses a str that opens with an encoding declaration."""
    return _XML_DECLARATION.sub("", text, count=1)


def without_bad_references(text: str) -> str:
    """Text without numeric references to what is no character: a parser would put U+FFFD there."""
    return _REFERENCE.sub(_checked_reference, text) if "&#" in text else text


def _checked_reference(found: re.Match[str]) -> str:
    digits = found["hex"] if found["hex"] is not None else found["decimal"]
    if not digits or len(digits) > 9:
        return ""
    point = int(digits, 16 if found["hex"] is not None else 10)
    real = point in (9, 10, 13) or 32 <= point < 0xD800 or 0xE000 <= point <= 0x10FFFF
    return found.group() if real and point & 0xFFFE != 0xFFFE and point != 0xFFFD else ""


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
    high = len(_HIGH.findall(content))
    return sum(map(len, _UTF8_UNIT.findall(content))) / high if high else 0.0


def _lenient(content: bytes, charset: str) -> Decoded:
    return _without_damage(content.decode(charset, "replace"), charset)


def _without_damage(text: str, charset: str) -> Decoded:
    damaged = text.count("\ufffd")
    return Decoded(text.replace("\ufffd", "") if damaged else text, charset, damaged)


def _mixed_lines(content: bytes) -> Decoded:
    """UTF-8 with bad bytes; a line that is GBK as a whole (an included header) is read as such."""
    texts: list[str] = []
    replaced = 0
    for row in content.split(b"\n"):
        gbk = _HIGH.search(row) is not None and _utf8_share(row) < 1 - _MOSTLY_UTF8
        part = _lenient(row, "gb18030" if gbk else "utf-8")
        texts.append(part.text)
        replaced += part.replaced
    return Decoded("\n".join(texts), "utf-8", replaced)
