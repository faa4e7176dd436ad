"""Numbers that Word writes before paragraphs by itself: 一、 of a heading stands in no text of the file.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from govcrawl.documents.zipped import Parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_VAL, _STYLE, _NUMBER = (f"{W}{name}" for name in ("val", "pStyle", "numPr"))
_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_CLOSED = re.compile(r"[\u3000-\u303f\uff00-\uffef)]$")
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its pattern such as ``%1、``, its number format, where it starts."""

    text: str
    format: str
    start: int = 1


class Numbering:
    """The lists of a document and how far each has counted; ask for paragraphs in their order.

    The parts that describe them are read when the first paragraph stands in a list or has a style.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._counts: dict[str, list[int]] = {}

    @cached_property
    def lists(self) -> Mapping[str, tuple[str, Mapping[int, Level]]]:
        """By the list's number what it counts with and its levels."""
        root = self._parts.xml("word/numbering.xml")
        return {} if root is None else _lists(root)

    @cached_property
    def styles(self) -> Mapping[str, tuple[str, int]]:
        """List and level that paragraph styles bring along."""
        root = self._parts.xml("word/styles.xml")
        return {} if root is None else _styled(root)

    def counts(self, properties: etree._Element) -> bool:
        """Whether a paragraph of these properties stands in a list."""
        return bool(self._place(properties)[0])

    def label(self, properties: etree._Element) -> str:
        """What Word prints before a paragraph of these properties, empty for one in no list; counts it."""
        number, at = self._place(properties)
        if not number:
            return ""
        key, levels = self.lists.get(number, ("", {}))
        return counted(self._counts.setdefault(key, [0] * LEVELS), levels, at)

    def _place(self, properties: etree._Element) -> tuple[str, int]:
        number, at = "", 0
        own = None
        for node in properties.iterchildren(_STYLE, _NUMBER):
            if node.tag == _STYLE:
                number, at = self.styles.get(node.get(_VAL, ""), ("", 0))
            else:
                own = node
        if own is not None:
            number = _value(own, "numId") or number
            at = _integer(_value(own, "ilvl"), at)
        return number, min(max(at, 0), LEVELS - 1)


def counted(counts: list[int], levels: Mapping[int, Level], at: int) -> str:
    """The number of the next paragraph at a level of a list; ``counts`` is how far its levels have come."""
    if at not in levels:
        return ""
    for above in range(at):
        if above in levels and not counts[above]:
            counts[above] = levels[above].start
    counts[at] = counts[at] + 1 if counts[at] else levels[at].start
    counts[at + 1 :] = [0] * (LEVELS - at - 1)
    return _written(levels, at, counts)


def with_number(label: str, text: str) -> str:
    """A paragraph's text behind its automatic number."""
    if not label:
        return text
    return f"{label}{text}" if _CLOSED.search(label) else f"{label} {text}"


def _lists(numbering: etree._Element) -> dict[str, tuple[str, dict[int, Level]]]:
    abstract = {
        node.get(f"{W}abstractNumId", ""): _levels(node) for node in numbering.iter(f"{W}abstractNum")
    }
    lists = {}
    for node in numbering.iter(f"{W}num"):
        base = _value(node, "abstractNumId")
        levels = dict(abstract.get(base, {}))
        own = False
        for override in node.iter(f"{W}lvlOverride"):
            at = _integer(override.get(f"{W}ilvl"), -1)
            levels |= _levels(override)
            start = _value(override, "startOverride")
            if start and at in levels:
                levels[at] = Level(levels[at].text, levels[at].format, _integer(start, 1))
                own = True
        number = node.get(f"{W}numId", "")
        # Lists of one pattern count on together, unless one of them says where it starts.
        lists[number] = (f"num {number}" if own else f"abstract {base}", levels)
    return lists


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {
        _integer(node.get(f"{W}ilvl"), 0): Level(
            _value(node, "lvlText"), _value(node, "numFmt") or "decimal", _integer(_value(node, "start"), 1)
        )
        for node in parent.iterchildren(f"{W}lvl")
    }


def _styled(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """List and level that a paragraph style brings along."""
    found = {}
    for style in styles.iter(f"{W}style"):
        own = style.find(f"{W}pPr/{W}numPr")
        if own is not None:
            found[style.get(f"{W}styleId", "")] = (_value(own, "numId"), _integer(_value(own, "ilvl"), 0))
    return found


def _value(parent: etree._Element, name: str) -> str:
    node = parent.find(f"{W}{name}")
    return "" if node is None else node.get(f"{W}val", "")


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default


def _written(levels: Mapping[int, Level], at: int, counts: list[int]) -> str:
    text = levels[at].text
    if levels[at].format in ("bullet", "none"):
        return "" if any("\ue000" <= sign <= "\uf8ff" for sign in text) else text
    for place in range(LEVELS):
        if (mark := f"%{place + 1}") in text and place in levels:
            text = text.replace(mark, _FORMATS.get(levels[place].format, str)(counts[place]))
    return text


def chinese(number: int) -> str:
    """A number up to 9,999 in Chinese counting: 十二, 一百零三."""
    if not 0 < number < 10_000:
        return _DIGITS[0] if number == 0 else str(number)
    written, pending = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if pending and written else "") + _DIGITS[digit] + _UNITS[place]
        pending = bool(written) and not digit
    return written.removeprefix("一") if 10 <= number < 20 else written


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        while number >= value:
            written, number = written + sign, number - value
    return written


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1_000 else str(number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda n: "".join(_DIGITS[int(digit)] for digit in str(n)),
    "ideographTraditional": lambda n: _STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
    "decimalEnclosedCircle": lambda n: _CIRCLED[n] if n < len(_CIRCLED) else str(n),
    "decimalEnclosedCircleChinese": lambda n: _CIRCLED[n] if n < len(_CIRCLED) else str(n),
    "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
}
