"""Hits among the reports that are not in the index yet: their texts are read, a thousand in 20 to 40 ms."""
# ruff: noqa: S608 - conditions of ours are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from govcrawl.search.ranked import Cells, Wanted
from govcrawl.store.grams import Part, part_of, runs
from govcrawl.text import folded, in_plain, is_plain

_PLACES = tuple(Part)


def read_waiting(db: Database, query: str, wanted: Wanted, parts: Sequence[Part]) -> Iterator[Cells]:
    """Those that hold a folded query: place of its part, report id, year, division code, folded agency."""
    where, values = wanted.where()
    waiting = db.conn.execute(
        "SELECT r.id, r.title, r.text, r.year, r.division_code, r.agency FROM search_pending p "
        "CROSS JOIN reports r ON r.id = p.report_id ORDER BY p.report_id"
    )
    for report_id, title, text, year, division, agency in waiting:
        part = place_of(query, title, text, parts)
        if part is None:
            continue
        about = (report_id, year, division, folded(agency or ""))
        if where != "1":
            (wanted_too,) = db.conn.execute(
                f"SELECT {where} FROM (SELECT ? AS report_id, ? AS year, ? AS division_code, ? AS agency) d",
                [*values, *about],
            ).fetchone()
            if not wanted_too:
                continue
        yield _PLACES.index(part), *about


def place_of(query: str, title: str, text: str, parts: Sequence[Part]) -> Part | None:
    """In which of these parts, the most telling first, a report holds a folded query; None for in none."""
    if Part.TITLE in parts and query in folded(title):
        return Part.TITLE
    found = _in_plain(query, text, parts) if is_plain(text) else _in_any(query, text)
    return next((part for part in _PLACES if part in found and part in parts), None)


def _in_any(query: str, text: str) -> set[Part]:
    if query not in folded(text):
        return set()
    found = runs(text)
    parts = {part for part, run in found if query in run}
    whole, end, near = "".join(run for _, run in found), 0, len(query) - 1
    for _, run in found[:-1]:
        end += len(run)
        if query in whole[max(0, end - near) : end + near]:
            parts.add(Part.TABLES)  # what crosses the edge of a table
    return parts


def _in_plain(query: str, text: str, parts: Sequence[Part]) -> set[Part]:
    """The same of a text whose characters are folded one by one, without folding it: a quarter of the time.

    Only the most telling part is found for sure.
    """
    found, pattern, place = set[Part](), in_plain(query), 0
    while match := pattern.search(text, place):
        start, end = text.rfind("\n\n", 0, match.start()) + 1, text.find("\n\n", match.end())
        around = text[start : end if end >= 0 else len(text)]
        parts_there = {part_of(block) for block in map(str.strip, around.split("\n\n")) if block}
        if parts_there == {Part.PROSE}:
            found.add(Part.PROSE)
            if Part.PROSE in parts:
                break
            place = match.start() + 1
        else:  # neither what is wholly in a table nor what crosses its edge is in the prose
            found.add(Part.TABLES)
            place = max(start + len(around), match.end()) if len(parts_there) == 1 else match.start() + 1
    return found
