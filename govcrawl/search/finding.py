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

_ORDER = "d.year DESC, d.division_code, d.agency, d.report_id"
_JOINED = "search_grams g JOIN search_docs d ON d.doc = g.rowid WHERE search_grams MATCH ?"
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
    newest year first, then by division code and body. ``limit`` is how many hits are wanted, 0 or None for
    all. UsageError for a query without a character and for a limit below 0.
    """
    plain = folded(query)
    if not plain:
        raise UsageError("the query is empty: name the words to look for")
    if limit is not None and limit < 0:
        raise UsageError(f"limit is {limit}: name how many hits to show, or 0 for all")
    wanted = _Wanted(selection or Selection(), folded(agency), parts)
    with moment(db):
        total, rows = _rows(db, plain, wanted, limit or None)
        hits = tuple(_hit(db, row[1], _PLACES[row[0]], plain) for row in rows)
    return Found(query, total, hits)


def found_ids(db: Database, query: str, selection: Selection | None = None, *, agency: str = "") -> set[int]:
    """The ids of all reports that hold a query; see ``search``."""
    plain = folded(query)
    wanted = _Wanted(selection or Selection(), folded(agency), _PLACES)
    with moment(db):
        return {row[1] for row in _rows(db, plain, wanted, None)[1]} if plain else set()


def _rows(db: Database, plain: str, wanted: _Wanted, limit: int | None) -> tuple[int, list[Cells]]:
    """How many hits there are, and the first of them."""
    where, values = wanted.where()
    tiers = _tiers(plain, wanted.parts)
    more = [*_across(db, plain, wanted.parts, where, values), *_read(db, plain, wanted.parts, where, values)]
    if not more:
        rows = _indexed(db, tiers, where, values, limit)
        return (len(rows) if limit is None else _count(db, tiers, where, values)), rows
    rows = _indexed(db, tiers, where, values, None)
    known = {row[1] for row in rows}
    rows = sorted([*rows, *(row for row in more if row[1] not in known)], key=_key)
    return len(rows), rows[:limit]


def _key(row: Cells) -> tuple[Any, ...]:
    place, report_id, year, division, agency = row
    return place, year is None, -(year or 0), division is not None, division or "", agency or "", report_id


def _tiers(plain: str, parts: Sequence[Part]) -> list[tuple[int, str, str]]:
    """For each part asked for: its place, the expression of its hits, and that of hits no earlier one has."""
    by_part = {
        place: [words for own, words in phrases(plain) if own is part] for place, part in enumerate(_PLACES)
    }
    found: list[tuple[int, str, str]] = []
    for place, part in enumerate(_PLACES):
        if part in parts:
            own, earlier = " OR ".join(by_part[place]), " OR ".join(words for _, words, _ in found)
            found.append((place, own, f"({own}) NOT ({earlier})" if earlier else own))
    return found


def _indexed(
    db: Database, tiers: Sequence[tuple[int, str, str]], where: str, values: list[Any], limit: int | None
) -> list[Cells]:
    """Hits of the index: place, report id, year, division code, folded agency."""
    rows: list[Cells] = []
    for place, _, expression in tiers:
        if limit is None or len(rows) < limit:
            rows += db.conn.execute(
                f"SELECT {place}, d.report_id, d.year, d.division_code, d.agency FROM {_JOINED} AND {where} "
                f"ORDER BY {_ORDER} LIMIT ?",
                [expression, *values, -1 if limit is None else limit - len(rows)],
            ).fetchall()
    return rows


def _count(db: Database, tiers: Sequence[tuple[int, str, str]], where: str, values: list[Any]) -> int:
    """Number of hits of the index; the join leaves out documents of texts that are there no more."""
    if not tiers:
        return 0
    expression = " OR ".join(words for _, words, _ in tiers)
    found = db.conn.execute(f"SELECT count(*) FROM {_JOINED} AND {where}", [expression, *values])
    return int(found.fetchone()[0])


def _across(
    db: Database, plain: str, parts: Sequence[Part], where: str, values: list[Any]
) -> Iterator[Cells]:
    """Long queries that begin in prose and end in a table, or the other way: candidates are read."""
    expression = crossing(plain)
    if expression is None or Part.TABLES not in parts:
        return
    candidates = db.conn.execute(
        "SELECT d.report_id, d.year, d.division_code, d.agency, "
        f"(SELECT text FROM reports WHERE id = d.report_id) FROM {_JOINED} AND {where}",
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
