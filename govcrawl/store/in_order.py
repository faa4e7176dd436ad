"""Reports one by one in the order of a dataset, and their facts in the order of the form."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlite_utils import Database

from govcrawl.store.beside import rows_of
from govcrawl.store.columns import Column
from govcrawl.store.fact_columns import PLAIN, FactColumns
from govcrawl.store.facts import FactRow, cells_in, columns_of
from govcrawl.store.queries import Row, Selection
from govcrawl.store.sqlite import rows

_FORMS = 512  # remembered


def ids_in_order(db: Database, selection: Selection) -> array[int]:
    """Keys of the selected reports by year, division, body and address, whenever they were stored.

    Only the keys: to sort the rows with their texts would take a second database.
    """
    where, parameters = selection.where()
    found = db.conn.execute(
        f"SELECT r.id FROM reports r WHERE {where} "
        "ORDER BY r.year IS NULL, r.year, r.division_code, r.agency_norm, r.url",
        parameters,
    )
    return array("q", (key for (key,) in found))


def reports_in_order(db: Database, keys: array[int]) -> list[Row]:
    """Rows of ``reports``, with their text, by their keys."""
    among = "SELECT * FROM reports WHERE id IN (SELECT value FROM json_each(?))"
    found = {row["id"]: row for row in rows(db, among, (json.dumps(list(keys)),))}
    return [found[key] for key in keys]


def facts_in_order(
    db: Database, places: Mapping[str, int]
) -> Callable[[Sequence[int]], dict[int, Sequence[FactRow]]]:
    """A function that gives the facts of reports, ordered by ``places``, others last by name."""
    known: dict[tuple[tuple[int, int], ...], _Form] = {}

    def in_order(lists: Sequence[Any]) -> Sequence[FactRow]:
        key = tuple((form, first) for form, first, _ in lists)
        form = known.get(key)
        if form is None:  # the same for the same forms, whatever is in their cells
            if len(known) > _FORMS:
                known.clear()
            form = known[key] = _Form.of(db, key, places)
        return form.facts(db, [written for *_, written in lists])

    def of_reports(report_ids: Sequence[int]) -> dict[int, Sequence[FactRow]]:
        written = rows_of(db, "fact_lists", "form_id, first_table, list", "part", report_ids)
        return {
            report_id: in_order(written[report_id]) if report_id in written else ()
            for report_id in report_ids
        }

    return of_reports


@dataclass(frozen=True, slots=True)
class _Form:
    """What the lists of a report say of each cell, in the order of the dataset; where it stands in them.

    ``order`` is empty where it is theirs.
    """

    told: tuple[Column, ...]
    order: tuple[int, ...]
    statuses: Column
    notes: Column

    @classmethod
    def of(cls, db: Database, forms: Sequence[tuple[int, int]], places: Mapping[str, int]) -> _Form:
        told = [
            tuple(chain.from_iterable(own)) for own in zip(*(columns_of(db, *f) for f in forms), strict=True)
        ]
        number = len(told[0])
        order = sorted(range(number), key=lambda n: (places.get(told[0][n], len(places)), told[0][n]))
        columns = tuple(Column([column[place] for place in order]) for column in told)
        own = () if order == list(range(number)) else tuple(order)
        return cls(columns, own, Column([PLAIN] * number), Column([None] * number))

    def facts(self, db: Database, lists: Sequence[str]) -> FactColumns:
        """The facts of a report with these lists of cells."""
        written = lists[0] if len(lists) == 1 else f"[{','.join([own[1:-1] for own in lists])}]"
        values, raws, statuses, notes, odd = cells_in(db, written)
        if self.order:
            values, raws = [values[place] for place in self.order], [raws[place] for place in self.order]
            if odd:
                statuses = [statuses[place] for place in self.order]
                notes = [notes[place] for place in self.order]
                among = set(odd)
                odd = [place for place, own in enumerate(self.order) if own in among]
        names, units, sources, tables, rows_, columns = self.told
        held = statuses if odd else self.statuses
        said = self.notes if notes.count(None) == len(notes) else notes
        return FactColumns((names, values, raws, held, units, sources, said, tables, rows_, columns), odd)
