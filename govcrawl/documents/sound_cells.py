"""Cells read from their markup where it is sound: all of it closed and well nested, only text and its format.

The tags of a cell, which many share, are judged once; what differs from cell to cell is the text between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from govcrawl.documents.grid import Spanned, span_number
from govcrawl.documents.layout import may_hide
from govcrawl.documents.typography import may_stand_out
from govcrawl.documents.unseen import is_unseen_tag
from govcrawl.text import line

# An attribute's value is quoted, or has none of the characters that end a tag.
_VALUE = r"""(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`/]++)"""
ATTRIBUTES = rf"(?:\s+[a-zA-Z_][\w:.-]*+(?:\s*+=\s*+{_VALUE})?)*+\s*+"
_ATTRIBUTE = re.compile(rf"\s([a-zA-Z_][\w:.-]*+)(?:\s*+=\s*+({_VALUE}))?")
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z:]+)(?P<attributes>{ATTRIBUTES})(?P<void>/?)>")
_TAGS = re.compile(b"(<[^<>]*>)")
_BLOCKS = frozenset(("p", "div"))
_FORMAT = frozenset(("span", "font", "b", "strong", "i", "em", "u", "o:p"))
_FRAME = frozenset(("tbody", "thead", "tfoot", "tr"))
_ENDED = _FRAME | {"td", "th", "table"}
_REFERENCE = re.compile("&(?:([a-z]+);)?")
_REFERENCES = {
    "nbsp": "\u00a0", "ensp": "\u2002", "emsp": "\u2003", "lt": "<", "gt": ">", "amp": "&", "quot": '"',
    "ldquo": "“", "rdquo": "”", "mdash": "—", "middot": "·",
}  # fmt: skip
NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_DIGIT = re.compile(r"\d")
_LONGEST = 1000


class Piece(NamedTuple):
    """What stands between two end tags of a table: the first of them, then start tags, at last a cell."""

    closed: str
    opened: tuple[str, ...]
    tag: str
    cell: Spanned | None


class _Shape(NamedTuple):
    """A piece as its tags say: which of its texts are ``around`` the cell, and which on each of its lines."""

    closed: str
    opened: tuple[str, ...]
    tag: str
    around: slice
    lines: tuple[slice, ...]
    height: int = 1
    width: int = 1
    white: bool = False


def sound_pieces(parts: Sequence[bytes]) -> Iterator[Piece | None]:
    """The pieces of a table's source, which was split at ``</t``; None for one that is not sound."""
    if max(map(len, parts)) <= _LONGEST:
        return map(_remembered, parts)
    return (_remembered(part) if len(part) <= _LONGEST else _read(part) for part in parts)


@lru_cache(maxsize=1 << 12)
def _remembered(part: bytes) -> Piece | None:
    return _read(part)


def shows_otherwise(tags: bytes) -> bool:
    """Whether tags may hide their text, or make it stand out."""
    lower = tags.lower()
    return may_hide(lower) or may_stand_out(lower)


def _read(part: bytes) -> Piece | None:
    parts = _TAGS.split(b"</t" + part)
    shape = _shape(tuple(parts[1::2]))
    if shape is None or part.count(b"<") >= len(parts) // 2 or b"".join(parts[shape.around]).strip():
        return None
    if not shape.tag:
        return Piece(shape.closed, shape.opened, "", None)
    lines: list[str] = []
    for own in shape.lines:
        if raw := b"".join(parts[own]).strip():
            if (text := _plain(raw)) is None:
                return None
            lines += [text] if text else []
    if shape.white and any(map(_DIGIT.search, lines)):
        return None
    cell = Spanned("\n".join(lines), shape.height, shape.width, shape.tag == "th")
    return Piece(shape.closed, shape.opened, shape.tag, cell)


def _plain(raw: bytes) -> str | None:
    """A line of source text, None where it has a reference that is none of the common ones."""
    text = raw.decode()
    if NO_CHARACTER.search(text):
        return None
    if "&" in text:
        if not all(name in _REFERENCES for name in _REFERENCE.findall(text)):
            return None
        text = _REFERENCE.sub(lambda found: _REFERENCES[found[1]], text)
    return line(text)


@lru_cache(maxsize=1 << 11)
def _shape(tags: tuple[bytes, ...]) -> _Shape | None:
    """What a piece's tags say, None where one of them is not sound or does not stand where it may."""
    found = [match for tag in tags if (match := _TAG.fullmatch(tag.decode()))]
    names = [match["name"].lower() for match in found]
    if len(found) < len(tags) or not found or not found[0]["end"] or names[0] not in _ENDED:
        return None
    void = any(match["void"] and name != "br" for match, name in zip(found, names, strict=True))
    if void or shows_otherwise(b"".join(tags)):
        return None
    first = 1
    while first < len(names) and names[first] in _FRAME and not found[first]["end"]:
        first += 1
    opened = tuple(names[1:first])
    if first == len(names):
        return _Shape(names[0], opened, "", slice(0, None, 2), ())
    spans = _spans(found[first]["attributes"])
    lines = _lines(found[first + 1 :], first + 1)
    if names[first] not in ("td", "th") or found[first]["end"] or spans is None or lines is None:
        return None
    white = is_unseen_tag(b"".join(tags).lower())
    return _Shape(names[0], opened, names[first], slice(0, 2 * first + 1, 2), lines, *spans, white)


def attribute_values(attributes: str) -> list[str]:
    """Values of a tag's attributes, as they stand in the source."""
    return [value.strip("\"'") for _, value in _ATTRIBUTE.findall(attributes)]


def _spans(attributes: str) -> tuple[int, int] | None:
    """Row and column span as numbers, None where references stand in them; of two the first counts."""
    stated: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(attributes):
        stated.setdefault(name.lower(), value.strip("\"'"))
    height, width = stated.get("rowspan", ""), stated.get("colspan", "")
    return None if "&" in height + width else (span_number(height), span_number(width))


def _lines(inner: Sequence[re.Match[str]], first: int) -> tuple[slice, ...] | None:
    """Which texts stand on each line of a cell, beginning at ``first``; None where its tags are badly nested.

    Texts and tags take turns, a text first.
    """
    within: list[str] = []
    ends: list[int] = []
    for place, tag in enumerate(inner, first + 1):
        name = tag["name"].lower()
        if not _fits(tag, name, within):
            return None
        if name == "br" or name in _BLOCKS:
            ends.append(place)
    edges = (first, *ends, first + len(inner) + 1)
    return None if within else tuple(slice(2 * a, 2 * b, 2) for a, b in pairwise(edges))


def _fits(tag: re.Match[str], name: str, within: list[str]) -> bool:
    """Whether a tag may stand where it does; ``within``, what is open there, is kept up with."""
    if name == "br":
        return not tag["end"]
    if name not in _FORMAT and name not in _BLOCKS:
        return False
    if tag["end"]:
        return bool(within) and within.pop() == name and not tag["attributes"].strip()
    if name in _BLOCKS and any(above != "div" for above in within):
        return False
    within.append(name)
    return True
