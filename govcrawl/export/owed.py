"""Coverage and panel as tables, judged on the day of the last look: they never change by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from govcrawl import registry
from govcrawl.coverage import Material, coverage, gather, years_of
from govcrawl.crawl.hours import BEIJING
from govcrawl.export.files import Row
from govcrawl.export.rows import stable_id
from govcrawl.panel import LABELS
from govcrawl.panel import panel_rows as panel_cells
from govcrawl.store import Selection, Store

_AT_ONCE = 500
_URLS = "SELECT id, url FROM reports WHERE id IN (SELECT value FROM json_each(?))"


def as_of(store: Store) -> date:
    """The day of the last look at a portal, in Beijing; without one, of the newest report's bytes."""
    last = store.db.conn.execute(
        "SELECT coalesce((SELECT max(coalesce(finished, started)) FROM runs "
        "WHERE id IN (SELECT run_id FROM portal_runs)), (SELECT max(fetched_at) FROM reports))"
    ).fetchone()[0]
    return datetime.fromisoformat(last).astimezone(BEIJING).date()


def material_of(store: Store, selection: Selection) -> Material:
    """What both are judged by."""
    return gather(store, registry.load(), selection.region)


def coverage_rows(material: Material, selection: Selection, today: date) -> Iterator[Row]:
    """Every body and year of the places in the database (or of all places of the region).

    The filters for region and years hold; the others are about reports that are there.
    """
    years = years_of(material, selection.years, today)
    for item in coverage(
        material.places, material.reports, material.links, material.mentions, years=years, today=today
    ):
        place, body = item.territory, item.body
        yield (
            place.code, place.name, place.portal, body.name, body.norm, body.kind, body.town, item.year,
            item.due.isoformat(), item.status.value, item.url or None, item.reason or None,
        )  # fmt: skip


def panel_rows(store: Store, material: Material, selection: Selection, today: date) -> Iterator[Row]:
    """Every body, under an id that renames leave alone, and year; the report by its id in the dataset."""
    place = list(LABELS).index("report_id")
    waiting = panel_cells(
        store, registry.load(), region=selection.region, years=selection.years, today=today, material=material
    )
    while some := list(islice(waiting, _AT_ONCE)):
        keys = json.dumps([row[place] for row in some])
        urls = dict(store.db.conn.execute(_URLS, (keys,)).fetchall())
        for row in some:
            key = row[place]
            yield (*row[:place], None if key is None else stable_id(urls[key]), *row[place + 1 :])
