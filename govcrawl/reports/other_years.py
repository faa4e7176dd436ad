"""Columns and rows of another year that stand beside the report's own, for comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from govcrawl.model import Cell
from govcrawl.reports.lines import Line

# 上年结转 and 上一年项目数量 are rows and columns of the form itself.
_BEFORE = re.compile(r"(?:上一?|去|前)年度?(?!.{0,2}(?:结转|项目数))|往年|同期|同比")
_NOW = re.compile(r"本年|今年|当年")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?:年|$)")
_ROW = re.compile(
    r"(?:(?:上一?|去|前|本|今|当)年|20[0-4]\d年)度?(?:数|数量)?"
    r"|(?:较|比|与)?(?:(?:上一?|去)年)?(?:同期)?(?:相比)?(?:增/?减|变化|变动)(?:数|量|数量|情况|值)?"
)
_BARE_YEAR = re.compile(r"20[0-4]\d")
_SAME_TIME = re.compile(r"(?:上一?|去)年度?同期|往年同期|同比")
_LONGEST = 24


def of_own_year(lines: Sequence[Line], year: int | None) -> list[Line]:
    """The lines of a table without the columns and rows that name another year than ``year``."""
    lines = _with_named_years(lines, year)
    heads = {text for line in lines if not line.numbers for text in line.plain if text}
    kept: list[Line] = []
    gone: set[int] = set()
    headed = False
    chosen = any(_is_own(line, year) for line in lines if _is_row(line))
    for line in lines:
        if not line.numbers and line.aligned:
            if not headed:
                gone = set()
            headed = True
            gone |= _others(line, year, heads)
        else:
            headed = False
        if _compares(line) or (chosen and _is_row(line) and not _is_own(line, year)):
            continue
        kept.append(_without(line, gone) if gone else line)
    return kept


def _with_named_years(lines: Sequence[Line], year: int | None) -> Sequence[Line]:
    """The lines with bare years as labels, where rows of numbers begin with nothing else but years."""
    starts = {
        id(line): line.plain[0] for line in lines if line.aligned and line.numbers > 1 and not line.labels
    }
    years = [text for text in starts.values() if _BARE_YEAR.fullmatch(text)]
    if len(years) != len(starts) or len(set(years)) != len(years) or len(years) < 2 or str(year) not in years:
        return lines
    return [_labelled(line) if id(line) in starts else line for line in lines]


def _labelled(line: Line) -> Line:
    first = line.slots[0]
    label = first._replace(text=f"{line.plain[0]}年")
    return replace(line, slots=tuple(label if cell is first else cell for cell in line.slots))


def _others(line: Line, year: int | None, heads: Set[str]) -> set[int]:
    """Slots of a header line whose cell names another year, where a cell beside it does not."""
    if not (_BEFORE.search(line.text) or _YEAR.search(line.text)):
        return set()
    own = {
        cell: text
        for cell, text in zip(line.cells, line.plain, strict=True)
        if line.owns(cell) and cell.column and text
    }
    now = any(_NOW.search(text) or str(year) in text for text in own.values() if len(text) <= _LONGEST)
    others = [cell for cell, text in own.items() if _is_other(text, year, heads, now=now)]
    if len(others) == len(own):
        return set()
    return {slot for cell in others for slot in range(cell.column, cell.column + max(cell.colspan, 1))}


def _is_other(text: str, year: int | None, heads: Set[str], *, now: bool) -> bool:
    """Whether a header is another year's: an old year alone may be left over from last year's form."""
    if len(text) > _LONGEST or _NOW.search(text) or "项目数" in text:
        return False
    years = set(_YEAR.findall(text))
    if not years:
        return _BEFORE.search(text) is not None
    if year is None or str(year) in years:
        return False
    return now or _YEAR.sub("", text).removeprefix("度") in heads


def _is_row(line: Line) -> bool:
    """Whether a row of numbers is named by nothing but a year."""
    labels = [line.plain[n] for n in line.labels]
    return line.numbers > 0 and len(labels) == 1 and _ROW.fullmatch(labels[0]) is not None


def _compares(line: Line) -> bool:
    """Whether a row of numbers repeats one of the form's for the year before."""
    return line.numbers > 0 and any(_SAME_TIME.search(line.plain[n]) for n in line.labels)


def _is_own(line: Line, year: int | None) -> bool:
    label = "".join(line.plain[n] for n in line.labels)
    return _NOW.search(label) is not None or (year is not None and str(year) in label)


def _without(line: Line, gone: set[int]) -> Line:
    slots: list[Cell] = [cell for slot, cell in enumerate(line.slots) if slot not in gone]
    return replace(line, slots=tuple(slots))
