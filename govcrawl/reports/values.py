"""A cell as printed to number, status and unit (domain reference 1.7, 1.8 V1-V3, V19)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from govcrawl.model import Status
from govcrawl.text import exact, folded

LARGEST = Decimal(10) ** 12
_MOST_DIGITS = 40  # of one number: no office prints so many

_COUNTED = "件|条|个|项|宗|次|起|份|人次|人|家|篇|例|笔"
_NUMBER = re.compile(
    r"^(?P<sign>[+-]{0,2})(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    rf"\(?(?P<unit>[亿万]?元|万?(?:{_COUNTED})|万)?\)?(?P<note>\(.+\))?[。;]?$"
)
_WORDED = re.compile(r"^(?P<word>增加?|减少?|新增|上升|下降)(?=[0-9])")
_MONEY = re.compile(r"(?P<scale>[亿万]?)元")
_BROKEN = re.compile(r"[0-9][,.]?\s+[,.]?[0-9]")
# A sign only before the first part, or a comma or point at the break: it cannot be two numbers.
_WRAPPED = re.compile(r"^(?:[+\-－−]\s*[0-9]+|[0-9,]+[,.])\s*\n\s*[0-9]+$")
_MARKS = re.compile("[\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff\u2776-\u2793]+")
# Footnotes that could not be raised to single characters, and text that the page shows crossed out.
_NOTES = re.compile(r"\[(?:注|附注|[a-z*※#])?[0-9①-⑳]{0,2}\]$", re.IGNORECASE)
_STRUCK = re.compile(r"~~.*?~~", re.DOTALL)
_UNREADABLE = re.compile(r"[〓0-9,.+\-()¥亿万元件项条个宗次]*")
_CUT = re.compile(r"[+-]?[0-9][0-9,.]*\.{3}")
_DASH = re.compile(r"^(?:[/\\]+|-+|\*+)$")
_NONE = frozenset(
    ("无", "空", "暂无", "没有", "不涉及", "不适用", "未涉及", "无此项", "无。", "暂无。", "无此类", "none")
)
_ZERO = frozenset("零〇○")
_SCALE = {"": Decimal("0.0001"), "万": Decimal(1), "亿": Decimal(10000)}


class Value(NamedTuple):
    """What a cell holds; ``number`` is in the column's unit and only there with status number."""

    number: int | float | None
    status: Status
    unit: str | None = None
    unit_source: str | None = None
    note: str | None = None


@lru_cache(maxsize=16384)
def plain_text(text: str) -> str:
    """Folded text of a cell, remembered: a report's cells are few distinct texts, asked for often."""
    return folded(text)


@lru_cache(maxsize=8192)
def read_value(raw: str, kind: str = "count", unit: str = "件", header: str = "", label: str = "") -> Value:
    """Read a cell of a column of ``kind`` (count, signed_count, money) whose canonical unit is ``unit``.

    ``header`` and ``label`` are the texts of its column and row: they may name the unit of an amount.
    Nothing is guessed: what is not plainly one number stays text or ambiguous.
    """
    plain = folded(raw)
    if not plain:
        return Value(None, Status.BLANK)
    if _DASH.match(plain):
        return Value(None, Status.DASH)
    if plain in _NONE:
        return Value(None, Status.NONE_WORD)
    if plain in _ZERO:
        return _sized(Decimal(0), "", kind, unit, header, label, "written as a word")
    if "〓" in plain and _UNREADABLE.fullmatch(plain):
        return Value(None, Status.AMBIGUOUS, note="characters that cannot be read")
    if plain.endswith("...") and _CUT.fullmatch(plain):
        return Value(None, Status.AMBIGUOUS, note="cut within its digits")
    bare, note = _without_marks(raw)
    if not bare and "~~" in raw:
        return Value(None, Status.AMBIGUOUS, note=note)
    if _WRAPPED.match(exact(bare).strip()):
        bare, note = "".join(bare.split()), "one number broken over two lines"
    spaced = folded_spaced(bare)
    plain = folded(bare)
    value = _read_number(plain, kind, unit, header, label, note)
    if _BROKEN.search(spaced) and value.status is not Status.TEXT:
        return Value(None, Status.AMBIGUOUS, note="several numbers in one cell")
    return value


def folded_spaced(text: str) -> str:
    """Folded text with its white space kept as single spaces."""
    return " ".join(folded(part) for part in exact(text).split())


@lru_cache(maxsize=8192)
def is_plain_value(text: str) -> bool:
    """Whether a cell can only be a value, never a label: empty, a dash, a word for none, or a number."""
    return (
        read_value(text, kind="signed_count").status is not Status.TEXT
        or read_value(text, kind="money").status is not Status.TEXT
    )


def _without_marks(raw: str) -> tuple[str, str | None]:
    """Footnote marks and crossed-out digits would turn into digits of the number: taken off first."""
    notes: list[str] = []
    for pattern in (_STRUCK, _NOTES, _MARKS):
        if marks := "".join(pattern.findall(raw)):
            raw = pattern.sub("", raw).rstrip()
            notes.append(f"{'crossed-out text' if pattern is _STRUCK else 'footnote mark'} {marks}")
    return raw, "; ".join(notes) or None


def _read_number(plain: str, kind: str, unit: str, header: str, label: str, note: str | None) -> Value:
    notes = [note] if note else []
    sign = ""
    worded = _WORDED.match(plain) if kind == "signed_count" else None
    if worded:
        sign = "-" if worded["word"][0] in "减下" else "+"
        plain = plain[worded.end() :]
        notes.append(f"sign from the word {worded['word']}")
    found = _NUMBER.match(plain.lstrip("¥"))
    if found is None or (found["sign"] and sign) or found["sign"] in ("+-", "-+", "++"):
        return Value(None, Status.TEXT)
    sign = sign or found["sign"]
    if sign == "--":
        notes.append("double minus read as minus")
    if found["note"]:
        notes.append(found["note"].strip("()"))
    too_long = len(found["number"]) > _MOST_DIGITS
    number = LARGEST if too_long else Decimal(found["number"].replace(",", ""))
    if number >= LARGEST:
        return Value(None, Status.TEXT, note="too many digits for a count or an amount")
    number = -number if sign.startswith("-") else number
    return _sized(number, found["unit"] or "", kind, unit, header, label, "; ".join(notes) or None)


def _sized(
    number: Decimal, printed: str, kind: str, unit: str, header: str, label: str, note: str | None
) -> Value:
    if kind == "money":
        return _amount(number, printed, unit, header, label, note)
    if printed.endswith("元"):
        return Value(None, Status.AMBIGUOUS, note="an amount of money in a column of counts")
    if printed.startswith("万"):
        number *= 10000
    return Value(_plain(number), Status.NUMBER, unit, "cell" if printed else "format_default", note)


def _amount(number: Decimal, printed: str, unit: str, header: str, label: str, note: str | None) -> Value:
    if printed == "万":
        printed = "万元"
    if printed and not printed.endswith("元") and number:
        return Value(None, Status.AMBIGUOUS, note=f"unit {printed} in a column of amounts")
    for source, text in (("cell", printed), ("header", folded(header)), ("row_label", folded(label))):
        found = _MONEY.search(text)
        if found:
            return Value(_plain(number * _SCALE[found["scale"]]), Status.NUMBER, unit, source, note)
    return Value(_plain(number), Status.NUMBER, unit, "format_default", note)


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
