"""Reports one by one in the order of a dataset, and their facts in the order of the form."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from govcrawl.store.beside import rows_of
from govcrawl.store.facts import FactRow, as_facts
from govcrawl.store.queries import Row, Selection
from govcrawl.store.sqlite import rows


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
) -> Callable[[Sequence[int]], dict[int, list[FactRow]]]:
    """A function that gives the facts of reports as tuples, ordered by ``places``, others last by name."""

    orders: dict[tuple[int, ...], list[int]] = {}

    def rank(fact: FactRow) -> tuple[int, str]:
        return places.get(fact[0], len(places)), fact[0]

    def in_order(written: Sequence[Any]) -> list[FactRow]:
        forms = tuple(form for form, *_ in written)
        lists = [fact for own in written for fact in as_facts(db, *own)]
        order = orders.get(forms)
        if order is None:  # the same for the same forms, whatever is in their cells
            order = orders[forms] = sorted(range(len(lists)), key=lambda place: rank(lists[place]))
        return [lists[place] for place in order]

    def of_reports(report_ids: Sequence[int]) -> dict[int, list[FactRow]]:
        written = rows_of(db, "fact_lists", "form_id, first_table, list", "part", report_ids)
        return {report_id: in_order(written.get(report_id, ())) for report_id in report_ids}

    return of_reports
