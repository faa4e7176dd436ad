"""Dates and periods in Chinese text."""

from __future__ import annotations

import re
from datetime import date

from govcrawl.reports.values import folded_spaced
from govcrawl.text import folded

_DIGITS = {char: str(n) for n, char in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "o": "0",
    "两": "2",
}
_HAN = "[零〇○o一二三四五六七八九十]"
_HAN_DATE = re.compile(rf"({_HAN}{{4}})年({_HAN}{{1,2}})月({_HAN}{{1,3}})[日号]")
_DATE = re.compile(
    r"(?<![0-9])(20[0-4][0-9]|19[89][0-9])[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})(?![0-9]{2})[日号]?"
)
_SEPARATED = re.compile(r"\s*([-年月日/.])\s*")
_COMPACT = re.compile(r"(?<![0-9])(20[0-4][0-9])([01][0-9])([0-3][0-9])(?![0-9])")
_PERIOD = re.compile(
    r"(?P<start>20[0-4][0-9])年(?:0?1)月(?:0?1[日号])?起?(?:至|到|-|~)+"
    r"(?:(?P<end>20[0-4][0-9])年)?(?P<month>1?[0-9])月(?:[0-9]{1,2}[日号]?)?"
)


def iso_date(text: str) -> str | None:
    """The first date in a text as YYYY-MM-DD, Arabic or Chinese digits; None without a valid one."""
    plain = _SEPARATED.sub(r"\1", folded_spaced(text))
    for found in _DATE.finditer(plain):
        if (iso := _iso(*found.groups())) is not None:
            return iso
    for found in _HAN_DATE.finditer(plain):
        year = "".join(_DIGITS.get(char, "") for char in found[1])
        if (iso := _iso(year, _number(found[2]), _number(found[3]))) is not None:
            return iso
    compact = _COMPACT.search(plain)
    return _iso(*compact.groups()) if compact else None


def is_date_line(text: str) -> bool:
    """Whether a line is nothing but a date, as under a signature."""
    plain = folded(text).strip("()")
    whole = _DATE.fullmatch(plain) or _HAN_DATE.fullmatch(plain)
    return whole is not None


def period_year(text: str) -> tuple[int, str] | None:
    """Year in which a stated statistical period ends (自2020年1月1日起至2020年12月31日止), with its words."""
    found = _PERIOD.search(folded(text))
    if found is None or int(found["month"]) < 10:
        return None
    return int(found["end"] or found["start"]), found.group()


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _number(han: str) -> str:
    """一 to 三十一 in Arabic digits."""
    if "十" not in han:
        return "".join(_DIGITS.get(char, "") for char in han)
    tens, _, ones = han.partition("十")
    return (_DIGITS.get(tens, "1") if tens else "1") + (_DIGITS.get(ones, "0") if ones else "0")
