"""Which reports hold a query: from the index, and by reading those that are not in it yet."""
# ruff: noqa: S608 - only words and conditions of ours are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.errors import UsageError
from govcrawl.search.snippets import Snippet, snippet
from govcrawl.store import Selection
from govcrawl.store.grams import Part, crossing, phrases, runs
from govcrawl.store.sqlite import moment
from govcrawl.text import folded

_ORDER = "place, year DESC, d.division_code, d.agency, d.report_id"
_PLACES = tuple(Part)
Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that holds the query: ``part`` says where (title, prose, tables), the most telling first.

    ``snippet`` is what is printed there, ``start`` and ``end`` the place of the query in it.
    """

    report_id: int
    url: str
    title: str
    agency: str | None
    division_code: str | None
    year: int | None
    part: Part
    snippet: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: ``total`` reports hold it, ``hits`` are the first of them."""

    query: str
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a report must be besides holding the query."""

    selection: Selection
    agency: str
    parts: Sequence[Part]

    def where(self) -> tuple[str, list[Any]]:
        """A condition on a row with year, division_code and folded agency (alias d)."""
        conditions, values = ["1"], list[Any]()
        if self.selection.region:
            conditions.append("substr(d.division_code, 1, ?) = ?")
            values += [len(self.selection.region), self.selection.region]
        if self.selection.years:
            conditions.append(f"d.year IN ({', '.join('?' * len(self.selection.years))})")
            values += self.selection.years
        if self.selection != Selection(self.selection.region, self.selection.years):
            where, more = self.selection.where()
            conditions.append(f"d.report_id IN (SELECT r.id FROM reports r WHERE {where})")
            values += more
        if self.agency:
            conditions.append("instr(d.agency, ?)")
            values.append(self.agency)
        return " AND ".join(conditions), values


def search(
    db: Database,
    query: str,
    selection: Selection | None = None,
    *,
    agency: str = "",
    parts: Sequence[Part] = _PLACES,
    limit: int | None = 20,
) -> Found:
    """The reports whose title or text holds a query: ``folded(query)`` stands in the folded text.

    That is without regard to white space, line ends, width of characters, kinds of quotes and dashes, and
    case; nothing in a query is an operator. ``parts``: only in the title, the prose or the tables.
    ``agency``: only bodies whose name holds that. Titles come first, then prose, then tables; in each the
    newest year first, then by division code and body. UsageError for a query without a character.
    """
    plain = folded(query)
    if not plain:
        raise UsageError("the query is empty: name the words to look for")
    wanted = _Wanted(selection or Selection(), folded(agency), parts)
    with moment(db):
        rows = _rows(db, plain, wanted)
        shown = rows if limit is None else rows[:limit]
        hits = tuple(_hit(db, report_id, _PLACES[place], plain) for place, report_id in shown)
    return Found(query, len(rows), hits)


def found_ids(db: Database, query: str, selection: Selection | None = None, *, agency: str = "") -> set[int]:
    """The ids of all reports that hold a query; see ``search``."""
    plain = folded(query)
    wanted = _Wanted(selection or Selection(), folded(agency), _PLACES)
    with moment(db):
        return {report_id for _, report_id in _rows(db, plain, wanted)} if plain else set()


def _rows(db: Database, plain: str, wanted: _Wanted) -> list[tuple[int, int]]:
    """(place, report id) of all hits in the order in which they are shown."""
    where, values = wanted.where()
    rows = _indexed(db, plain, wanted.parts, where, values)
    more = [*_across(db, plain, wanted.parts, where, values), *_read(db, plain, wanted.parts, where, values)]
    known = {report_id for _, report_id, *_ in rows} if more else set()
    if more := [row for row in more if row[1] not in known]:
        rows = sorted([*rows, *more], key=_key)
    return [(place, report_id) for place, report_id, *_ in rows]


def _key(row: Cells) -> tuple[Any, ...]:
    place, report_id, year, division, agency = row
    return place, year is None, -(year or 0), division is not None, division or "", agency or "", report_id


def _indexed(db: Database, plain: str, parts: Sequence[Part], where: str, values: list[Any]) -> list[Cells]:
    """Hits of the index: place, report id, year, division code, folded agency."""
    expressions = [(part, words) for part, words in phrases(plain) if part in parts]
    hits = " UNION ALL ".join(
        f"SELECT rowid AS doc, {_PLACES.index(part)} AS place FROM search_grams WHERE search_grams MATCH ?"
        for part, _ in expressions
    )
    if not hits:
        return []
    return db.conn.execute(
        f"SELECT min(h.place) AS place, d.report_id, d.year, d.division_code, d.agency FROM ({hits}) h "
        f"JOIN search_docs d ON d.doc = h.doc WHERE {where} GROUP BY h.doc ORDER BY {_ORDER}",
        [*(words for _, words in expressions), *values],
    ).fetchall()


def _across(
    db: Database, plain: str, parts: Sequence[Part], where: str, values: list[Any]
) -> Iterator[Cells]:
    """Long queries that begin in prose and end in a table, or the other way: candidates are read."""
    expression = crossing(plain)
    if expression is None or Part.TABLES not in parts:
        return
    candidates = db.conn.execute(
        "SELECT d.report_id, d.year, d.division_code, d.agency, r.text FROM search_grams g "
        "JOIN search_docs d ON d.doc = g.rowid JOIN reports r ON r.id = d.report_id "
        f"WHERE search_grams MATCH ? AND {where}",
        [expression, *values],
    )
    for report_id, year, division, agency, text in candidates:
        if plain in folded(text):
            yield _PLACES.index(Part.TABLES), report_id, year, division, agency


def _read(db: Database, plain: str, parts: Sequence[Part], where: str, values: list[Any]) -> Iterator[Cells]:
    """Hits among the reports that are not in the index yet."""
    waiting = db.conn.execute(
        "SELECT r.id, r.title, r.text, r.year, r.division_code, r.agency FROM search_pending p "
        "JOIN reports r ON r.id = p.report_id ORDER BY r.id"
    )
    for report_id, title, text, year, division, agency in waiting:
        part = _place(plain, title, text, parts)
        if part is None:
            continue
        about = (report_id, year, division, folded(agency or ""))
        (wanted,) = db.conn.execute(
            f"SELECT {where} FROM (SELECT ? AS report_id, ? AS year, ? AS division_code, ? AS agency) d",
            [*values, *about],
        ).fetchone()
        if wanted:
            yield _PLACES.index(part), *about


def _place(plain: str, title: str, text: str, parts: Sequence[Part]) -> Part | None:
    if Part.TITLE in parts and plain in folded(title):
        return Part.TITLE
    if plain not in folded(text):
        return None
    found = {part for part, run in runs(text) if plain in run} or {Part.TABLES}
    return next((part for part in _PLACES if part in found and part in parts), None)


def _hit(db: Database, report_id: int, part: Part, plain: str) -> Hit:
    url, title, text, agency, division, year = db.conn.execute(
        "SELECT url, title, text, agency, division_code, year FROM reports WHERE id = ?", (report_id,)
    ).fetchone()
    shown: Snippet = snippet(title if part is Part.TITLE else text, plain, part)
    return Hit(report_id, url, title, agency, division, year, part, shown.text, shown.start, shown.end)
