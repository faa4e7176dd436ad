"""Automatic numbers of a Word binary. Source: [MS-DOC] 2.9.131 (LFO), 2.9.147 (LSTF), 2.9.150 (LVLF)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from govcrawl.documents.word97.streams import WordStreams
from govcrawl.documents.word_numbers import LEVELS, Level, counted

_MAX_LISTS = 2_000
# [MS-OSHARED] 2.2.1.3; what is not named here counts in figures.
_FORMATS = {
    1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle", 22: "decimalZero",
    23: "bullet", 28: "decimalEnclosedCircleChinese", 30: "ideographTraditional", 31: "ideographZodiac",
    33: "taiwaneseCounting", 35: "taiwaneseCountingThousand", 37: "chineseCounting",
    39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


@dataclass(slots=True)
class Lists:
    """The lists of a document and how far each has counted; ask for paragraphs in their order."""

    levels: dict[int, dict[int, Level]]
    by_number: list[int]
    _counts: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, streams: WordStreams) -> Lists:
        """The lists that a file defines."""
        return cls(_levels(streams), _overrides(streams))

    def label(self, number: int, at: int) -> str:
        """What Word prints before a paragraph of a list (numbered from 1) at a level; counts it."""
        if not 1 <= number <= len(self.by_number):
            return ""
        key = self.by_number[number - 1]
        return counted(self._counts.setdefault(key, [0] * LEVELS), self.levels.get(key, {}), at)


def _levels(streams: WordStreams) -> dict[int, dict[int, Level]]:
    start, length = streams.lists
    table = streams.table
    if not length or start + 2 > len(table):
        return {}
    (count,) = struct.unpack_from("<H", table, start)
    heads = [table[start + 2 + n * 28 : start + 30 + n * 28] for n in range(min(count, _MAX_LISTS))]
    at = start + 2 + count * 28  # the levels of all lists follow their heads
    found: dict[int, dict[int, Level]] = {}
    for head in heads:
        if len(head) < 28:
            break
        (key,) = struct.unpack_from("<i", head)
        found[key] = {}
        for level in range(1 if head[26] & 1 else LEVELS):
            if at + 28 > len(table):
                return found
            found[key][level], at = _level(table, at)
    return found


def _level(table: bytes, at: int) -> tuple[Level, int]:
    (start,) = struct.unpack_from("<i", table, at)
    code, run, paragraph = table[at + 4], table[at + 24], table[at + 25]
    at += 28 + run + paragraph
    (count,) = struct.unpack_from("<H", table, at) if at + 2 <= len(table) else (0,)
    raw = table[at + 2 : at + 2 + 2 * count]
    signs = struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) & ~1])
    text = "".join(f"%{sign + 1}" if sign < LEVELS else chr(sign) for sign in signs)
    return Level(text, _FORMATS.get(code, "decimal"), max(0, min(start, 9_999))), at + 2 + 2 * count


def _overrides(streams: WordStreams) -> list[int]:
    """The list of each list number: its key."""
    start, length = streams.overrides
    if not length or start + 4 > len(streams.table):
        return []
    (count,) = struct.unpack_from("<I", streams.table, start)
    entries = streams.table[start + 4 : start + 4 + min(count, _MAX_LISTS) * 16]
    return [struct.unpack_from("<i", entries, n * 16)[0] for n in range(len(entries) // 16)]
