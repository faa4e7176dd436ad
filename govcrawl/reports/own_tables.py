"""Which of a document's statutory tables are the report's own.

A page may also hold a blank form, last year's tables for comparison, or an annex with another body's numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from govcrawl.model import Block, Paragraph, Table
from govcrawl.reports import application_rows, challenge, proactive
from govcrawl.reports.lines import Line, Reading
from govcrawl.reports.schema import load_schema
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import ReportTitle
from govcrawl.text import folded

_SECTION = {"proactive": 2, "application": 3, "challenge": 4}
_SHORT = 40
_WHAT = "(?:数据|情况|统计|报表|年报|表)"
_LAST_YEAR = re.compile(rf"(?<![与和比较同])(?:上一?年度?|去年|往年)(?:同期)?(?!结转).{{0,16}}?{_WHAT}")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)年(?!\d{1,2}月)")
_BODY = re.compile(
    r"^(?:附[件表录]?\d?[:.、]?)?(?P<body>(?!全|本|我|各|上|该)\w{1,14}?(?:[省市县区旗镇乡局]|街道|委员会|管委会|办公室|厅))"
    rf"(?:人民政府|政府|办事处)?(?:20\d\d年度?)?\w{{0,12}}?{_WHAT}"
)
_NO_BODY = re.compile("公开|申请|信息|处理|复议|诉讼|部门|情况")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: the section's number, 0 before the first; the short line right above it."""

    section: int = 0
    above: str = ""
    joined: bool = False


@dataclass
class _Copy:
    """Tables that together are one statutory table: its pieces repeat no row."""

    numbers: list[int] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    filled: bool = False


Marked = Mapping[int, Sequence[tuple[str, Line]]]


def places_of(blocks: Sequence[Block], headings: Sequence[Heading]) -> dict[int, Place]:
    """Place of each table by its number; ``joined`` where nothing stands between it and the table before."""
    starts = {heading.block: heading.number for heading in headings}
    found: dict[int, Place] = {}
    section, above, joined = 0, "", False
    for n, block in enumerate(blocks):
        section = starts.get(n, section)
        if isinstance(block, Paragraph):
            above = "" if n in starts or len(block.text) >= _SHORT or "。" in block.text else block.text
            joined = False
        elif isinstance(block, Table):
            found[len(found) + 1] = Place(section, block.caption or above, joined)
            joined = True
    return found


def foreign_tables(
    marked: Marked, places: Mapping[int, Place], own: ReportTitle | None, out: Reading
) -> set[int]:
    """Numbers of the tables that are not the report's own; each with a finding that says why."""
    left: set[int] = set()
    for kind in _SECTION:
        numbers = [n for n, rows in marked.items() if any(name == kind for name, _ in rows)]
        doubts = _doubts(numbers, marked, places, own)
        copies = _copies(kind, numbers, marked, set(doubts))
        for reason, copy in _rejected(kind, copies, doubts, places, out):
            for n in copy.numbers:
                if n not in left and len({name for name, _ in marked[n]}) == 1:
                    left.add(n)
                    out.note("foreign_table", kind, f"table {n} left out: {reason}")
    return left


def _doubts(
    numbers: Sequence[int], marked: Marked, places: Mapping[int, Place], own: ReportTitle | None
) -> dict[int, str]:
    """What the words above a table say against it; a table right below another shares its words."""
    doubts: dict[int, str] = {}
    for n in numbers:
        place = places[n]
        words = _words(place, title_of(marked[n][0][1]))
        reason = _said_against(words, own)
        if not words and place.joined:
            reason = doubts.get(n - 1, "")
        if reason:
            doubts[n] = reason
    return doubts


def is_doubted(place: Place, title: str, own: ReportTitle | None) -> bool:
    """Whether the words above a table, or its ``title``, say that it is another report's."""
    return bool(_said_against(_words(place, title), own))


def title_of(first: Line) -> str:
    """The title that a table's first row is, empty where it is none."""
    return first.text if len(set(filter(None, first.plain))) == 1 and not first.numbers else ""


def _words(place: Place, title: str) -> list[str]:
    return [text for text in (folded(place.above), title) if 0 < len(text) < _SHORT]


def _said_against(words: Sequence[str], own: ReportTitle | None) -> str:
    return next((found for text in words if (found := _against(text, own))), "")


def _against(text: str, own: ReportTitle | None) -> str:
    if _LAST_YEAR.search(text):
        return f"last year's, it says above it: {text}"
    years = set(_YEAR.findall(text))
    if own and own.year and years and str(own.year) not in years:
        return f"another year's, it says above it: {text}"
    body = _BODY.match(text)
    name = folded(own.agency) if own and own.agency else ""
    named = body["body"] if body and not _NO_BODY.search(body["body"]) else ""
    if named and name and named not in name and name not in named:
        return f"another body's, it says above it: {text}"
    return ""


def _copies(kind: str, numbers: Sequence[int], marked: Marked, doubted: set[int]) -> list[_Copy]:
    copies: list[_Copy] = []
    for n in numbers:
        lines = [line for name, line in marked[n] if name == kind]
        # A table without another of its kind repeats nothing.
        keys = _keys(kind, lines) if len(numbers) > 1 else set()
        same = copies[-1].keys & keys if copies else set()
        apart = copies and (copies[-1].numbers[-1] in doubted) != (n in doubted)
        if not copies or apart or len(same) > 1 or (same and same == keys):
            copies.append(_Copy())
        copies[-1].numbers.append(n)
        copies[-1].keys |= keys
        copies[-1].filled |= any(line.numbers for line in lines)
    return copies


def _keys(kind: str, lines: Sequence[Line]) -> set[str]:
    """The rows with cells for values that these lines have, by name."""
    keys: set[str] = set()
    templates = [load_schema().templates[name] for name in ("2019", "2021")]
    for line in lines:
        if kind == "challenge":
            keys |= challenge.groups_of(line, lines)
            continue
        for plain in (line.plain[n] for n in line.labels):
            if kind == "application":
                row = application_rows.match_label(plain)
                keys |= {row.id} if row else set()
            else:
                matches = [match for own in templates if (match := proactive.match_row(plain, own))]
                keys |= {f"{block.id}.{row.id}" for block, row in matches}
    return keys


def _rejected(
    kind: str, copies: Sequence[_Copy], doubts: Mapping[int, str], places: Mapping[int, Place], out: Reading
) -> list[tuple[str, _Copy]]:
    """Copies that are not the report's own, with the reason."""
    rejected: list[tuple[str, _Copy]] = []
    kept: list[_Copy] = []
    clear = [copy for copy in copies if copy.numbers[0] not in doubts and copy.filled]
    for copy in copies:
        reason = doubts.get(copy.numbers[0], "")
        inside = places[copy.numbers[0]].section == _SECTION[kind]
        if reason and (reason.startswith("last") or not inside or clear):
            rejected.append((reason, copy))
            continue
        if reason:
            out.note("period_year_mismatch", kind, f"table {copy.numbers[0]} kept, but {reason}")
        kept.append(copy)
    for copy in list(kept):
        rivals = [other for other in kept if other is not copy and other.keys & copy.keys and other.filled]
        if rivals and not copy.filled:
            rejected.append(("a blank form, another is filled in", copy))
            kept.remove(copy)
        elif not _inside(copy, kind, places) and any(_inside(other, kind, places) for other in rivals):
            rejected.append(("another stands in its own section", copy))
            kept.remove(copy)
    return rejected


def _inside(copy: _Copy, kind: str, places: Mapping[int, Place]) -> bool:
    return places[copy.numbers[0]].section == _SECTION[kind]
