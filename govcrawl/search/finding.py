"""Which reports hold a query: from the index, and by reading those that are not in it yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.errors import UsageError
from govcrawl.search.ranked import Cells, Index, Wanted
from govcrawl.search.snippets import Snippet, snippet
from govcrawl.search.waiting import read_waiting
from govcrawl.store import Selection
from govcrawl.store.grams import Part, crossing, phrases, single
from govcrawl.store.sqlite import moment
from govcrawl.text import folded

COUNTED, COUNTED_OF_MANY = 25_000, 10_000
"""So many hits are counted, the latter among more reports than the former; that there are more is told."""

_PLACES = tuple(Part)


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
    """The answer to a query: ``total`` reports hold it, ``hits`` are the first of them.

    With ``more`` there are more than ``total``: so many were counted, and not those behind them.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    more: bool = False


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
    all; else hits are counted up to 25,000, or 10,000 among more reports than that. UsageError for a query
    without a character and for a limit below 0.
    """
    plain = folded(query)
    if not plain:
        raise UsageError("the query is empty: name the words to look for")
    if limit is not None and limit < 0:
        raise UsageError(f"limit is {limit}: name how many hits to show, or 0 for all")
    with moment(db):
        most = max(_counted(db), limit) if limit else None
        total, rows = _rows(
            db, plain, Wanted(selection or Selection(), folded(agency)), parts, limit or None, most
        )
        hits = tuple(_hit(db, row[1], _PLACES[row[0]], plain) for row in rows)
    return Found(query, total if most is None else min(total, most), hits, most is not None and total > most)


def found_ids(db: Database, query: str, selection: Selection | None = None, *, agency: str = "") -> set[int]:
    """The ids of all reports that hold a query; see ``search``."""
    plain = folded(query)
    wanted = Wanted(selection or Selection(), folded(agency))
    with moment(db):
        return {row[1] for row in _rows(db, plain, wanted, _PLACES, None, None)[1]} if plain else set()


def _rows(
    db: Database, plain: str, wanted: Wanted, parts: Sequence[Part], limit: int | None, most: int | None
) -> tuple[int, list[Cells]]:
    """How many hits there are, but no exact number above ``most``, and the first of them."""
    index, tiers = Index(db, wanted, letters=single(plain)), _tiers(plain, parts)
    every = " OR ".join(words for _, words, _ in tiers)
    more = [*_across(index, plain, parts, every, most), *read_waiting(db, plain, wanted, parts)]
    rows: list[Cells] = []
    for place, _, expression in tiers:
        if limit is None or len(rows) < limit:
            left = None if limit is None else limit - len(rows)
            rows += [(place, *row) for row in index.first(expression, left)]
    if limit is None or most is None or len(rows) < limit:  # those are all
        total = len(rows) + len(more)
    else:
        total = len(more) + (index.count(every, most + 1) if tiers else 0)
    return total, sorted([*rows, *more], key=_key)[:limit]


def _counted(db: Database) -> int:
    """How many hits are counted at most."""
    (newest,) = db.conn.execute("SELECT max(id) FROM reports").fetchone()
    return COUNTED if (newest or 0) <= COUNTED else COUNTED_OF_MANY


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


def _across(index: Index, plain: str, parts: Sequence[Part], known: str, most: int | None) -> Iterator[Cells]:
    """Long queries that begin in prose and end in a table, or the other way: candidates are read.

    Those of an expression are known already.
    """
    expression = crossing(plain)
    if expression is None or Part.TABLES not in parts:
        return
    for row in index.read(f"({expression}) NOT ({known})", lambda text: plain in folded(text), most):
        yield _PLACES.index(Part.TABLES), *row


def _hit(db: Database, report_id: int, part: Part, plain: str) -> Hit:
    url, title, text, agency, division, year = db.conn.execute(
        "SELECT url, title, text, agency, division_code, year FROM reports WHERE id = ?", (report_id,)
    ).fetchone()
    shown: Snippet = snippet(title if part is Part.TITLE else text, plain, part)
    return Hit(report_id, url, title, agency, division, year, part, shown.text, shown.start, shown.end)
