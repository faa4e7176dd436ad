"""What the index finds, in its order and no further than asked: its numbers say where a report stands."""
# ruff: noqa: S608 - only words and conditions of ours are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.store import Selection
from govcrawl.store.grams import agencies, forms
from govcrawl.store.ranks import ORDERED, REST, SPILLED, Span, group_of, spans, year_key, year_of

Cells = tuple[Any, ...]
_FROM = (
    "FROM {0} g CROSS JOIN search_docs d ON d.doc = g.rowid WHERE {0} MATCH ? AND g.rowid BETWEEN ? AND ? AND"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report must be besides holding the query; ``agency`` is folded."""

    selection: Selection
    agency: str

    def where(self, *, indexed: bool = False) -> tuple[str, list[Any]]:
        """A condition on a row with report_id, year, division_code and folded agency (alias d).

        ``indexed``: what a narrowed expression leaves to be asked of what it finds.
        """
        conditions, values = ["1"], list[Any]()
        chosen = self.selection
        if chosen.region:
            conditions.append("substr(d.division_code, 1, ?) = ?")
            values += [len(chosen.region), chosen.region]
        if chosen.years:
            conditions.append(f"d.year IN ({', '.join('?' * len(chosen.years))})")
            values += chosen.years
        if chosen.agency_types or chosen.quality or (chosen.templates and not indexed):
            where, more = chosen.where()
            conditions.append(f"EXISTS (SELECT 1 FROM reports r WHERE r.id = d.report_id AND {where})")
            values += more
        if self.agency:
            conditions.append("instr(d.agency, ?)")
            values.append(self.agency)
        return " AND ".join(conditions), values

    def narrowed(self, expression: str) -> str:
        """An expression for the index without what the form and the body's name rule out."""
        own = [agencies(self.agency), forms(self.selection.templates)]
        return " AND ".join(f"({one})" for one in (expression, *own) if one)


class Index:
    """The indexed reports that are wanted; of single characters there is another index."""

    def __init__(self, db: Database, wanted: Wanted, *, letters: bool = False) -> None:
        self._db, self._wanted = db, wanted
        self._from = _FROM.format("search_letters" if letters else "search_grams")
        self._where, self._values = wanted.where(indexed=True)
        self._spilled = db.conn.execute("SELECT 1 FROM search_docs WHERE doc >= ?", (SPILLED,)).fetchone()
        self._ordered = list(self._spans())

    def first(self, expression: str, limit: int | None) -> list[Cells]:
        """The first that an expression finds, and perhaps some behind them.

        Report id, year, division code and folded agency, without order among themselves.
        """
        found = [row[1:] for row in self._rows(expression, REST)] if self._spilled else []
        ordered = (row for span in self._ordered for row in self._rows(expression, span))
        return found + enough(ordered, limit)

    def read(self, expression: str, holds: Callable[[str], bool], most: int | None) -> list[Cells]:
        """As ``first``, of those alone whose text says so; all texts that an expression finds are read."""
        spans = [REST, *self._ordered] if self._spilled else self._ordered
        rows = (row for span in spans for row in self._rows(expression, span) if holds(self._text(row[1])))
        return enough(rows, most)

    def count(self, expression: str, most: int) -> int:
        """How many an expression finds; nothing is counted beyond ``most``."""
        found = 0
        for span in [*self._ordered, REST] if self._spilled else self._ordered:
            if found < most:
                sql = f"SELECT count(*) FROM (SELECT 1 {self._from} {self._where} LIMIT ?)"
                counted = self._db.conn.execute(sql, [*self._bound(expression, span), most - found])
                found += counted.fetchone()[0]
        return found

    def _rows(self, expression: str, span: Span) -> Iterator[Cells]:
        sql = f"SELECT d.doc, d.report_id, d.year, d.division_code, d.agency {self._from} {self._where} "
        yield from self._db.conn.execute(f"{sql} ORDER BY g.rowid", self._bound(expression, span))

    def _text(self, report_id: int) -> str:
        found = self._db.conn.execute("SELECT text FROM reports WHERE id = ?", (report_id,)).fetchone()
        return str(found[0])

    def _bound(self, expression: str, span: Span) -> list[Any]:
        return [self._wanted.narrowed(expression), *span, *self._values]

    def _spans(self) -> Iterable[Span]:
        """Where the documents of the wanted years and region are."""
        chosen = self._wanted.selection
        if not chosen.years and not chosen.region:
            return [ORDERED]
        return spans([year_key(year) for year in chosen.years] or list(self._years()), chosen.region)

    def _years(self) -> Iterator[int]:
        """The keys of the years that there are; one seek each."""
        sql = "SELECT min(doc) FROM search_docs WHERE doc BETWEEN ? AND ?"
        start = 0
        while (found := self._db.conn.execute(sql, (start, ORDERED[1])).fetchone()[0]) is not None:
            yield year_of(found)
            ((_, end),) = spans([year_of(found)], None)
            start = end + 1


def enough(rows: Iterable[Cells], limit: int | None) -> list[Cells]:
    """The first of ordered rows (document, ...) without it, to the end of the group of the last one."""
    found: list[Cells] = []
    last = None
    for document, *row in rows:
        own = group_of(document)
        if limit is not None and len(found) >= limit and own != last:
            break
        last = own
        found.append(tuple(row))
    return found
