"""The rows of the panel: coverage says what is owed and there, the identities say whose it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import groupby
from typing import Any

from govcrawl.coverage import BodyYear, Material, Status, Territory, coverage, gather, years_of
from govcrawl.coverage.bodies import key_of
from govcrawl.panel.divisions import today as today_of
from govcrawl.panel.identity import Identity, identify
from govcrawl.panel.model import PanelRow
from govcrawl.panel.renames import Renames
from govcrawl.registry import Registry
from govcrawl.store import Store

Cells = tuple[Any, ...]
_INGESTED = "ingested"
_NAMES = tuple(field.name for field in fields(PanelRow))
_FILES = (
    "SELECT id, url, agency, agency_norm, agency_type, township_code, year, scope FROM reports "
    "WHERE portal = 'file' AND division_code IS NULL AND year IS NOT NULL AND agency_norm IS NOT NULL "
    "ORDER BY url"
)


def panel_rows(
    store: Store, registry: Registry, *, region: str | None = None, years: Sequence[int] = (),
    renames: Renames = Renames(), today: date,  # noqa: B008 - frozen and empty
    material: Material | None = None,
) -> Iterator[Cells]:  # fmt: skip
    """Cells of ``PanelRow``, each body and year once, by place, body and year.

    A body-year is there when it is owed or found. Ingested files of no known place come last. ``material``
    is what coverage is judged by, where it is at hand.
    """
    material = material or gather(store, registry, region)
    judged = years_of(material, years, today)
    counts = Counter((r.portal, key_of(r.norm, r.town), r.year) for r in material.reports)
    files = _files(store, set(judged) if years else None, renames) if region is None else {}
    places = sorted(
        material.places, key=lambda place: (today_of(place.code) if place.code else "~", place.portal)
    )
    rows = coverage(places, material.reports, material.links, material.mentions, years=judged, today=today)
    for _, same in groupby(rows, key=lambda row: _division(row.territory)):
        group = _Group()
        for row in same:
            told = counts[row.territory.portal, key_of(row.body.norm, row.body.town), row.year]
            group.add(_of_coverage(store, row, max(told, int(row.status is Status.FOUND)), renames))
        yield from group.cells()
    for body_id in sorted(files):
        group = _Group()
        for found in files[body_id]:
            group.add(found)
        yield from group.cells()


@dataclass(slots=True)
class _Group:
    """The rows of one place by body and year; of two for one the one with a report stays, the first else."""

    rows: dict[tuple[str, int], PanelRow] = field(default_factory=dict)

    def add(self, row: PanelRow) -> None:
        key = (row.body_id, row.year)
        known = self.rows.get(key)
        if known is None:
            self.rows[key] = row
            return
        best = row if known.report_id is None and row.report_id is not None else known
        self.rows[key] = replace(best, reports=known.reports + row.reports)

    def cells(self) -> Iterator[Cells]:
        for key in sorted(self.rows):
            yield _cells(self.rows[key])


def _division(place: Territory) -> str:
    """What the places of one division have in common."""
    return today_of(place.code) if place.code else f"~{place.portal}"


def _of_coverage(store: Store, row: BodyYear, reports: int, renames: Renames) -> PanelRow:
    place, body = row.territory, row.body
    stored = None
    if row.status is Status.FOUND:
        stored = store.db.conn.execute(
            "SELECT id, scope, agency FROM reports WHERE url = ?", (row.url,)
        ).fetchone()
    report_id, scope, agency = stored or (None, None, None)
    who = identify(place.code, place.portal, body.norm, body.town, agency or body.name, renames)
    return PanelRow(
        body_id=who.body_id,
        division_code=who.code,
        place=place.name,
        body=who.norm,
        agency=agency,
        kind=body.kind,
        township_code=body.town,
        year=row.year,
        status=row.status.value,
        scope=scope,
        report_id=report_id,
        reports=reports,
        url=row.url,
        due=row.due.isoformat(),
        identity=who.told,
        reason=_INGESTED if (row.url or "").startswith("file:") else row.reason,
    )


def _files(store: Store, years: set[int] | None, renames: Renames) -> dict[str, list[PanelRow]]:
    """Ingested reports of no known place by their body."""
    found: dict[str, list[PanelRow]] = defaultdict(list)
    for report_id, url, agency, norm, kind, town, year, scope in store.db.conn.execute(_FILES):
        if years is not None and year not in years:
            continue
        who: Identity = identify(None, "file", norm, town, agency, renames)
        found[who.body_id].append(
            PanelRow(
                who.body_id, None, "", who.norm, agency, kind or "other", town, year,
                Status.FOUND.value, scope, report_id, 1, url, None, who.told, _INGESTED,
            )
        )  # fmt: skip
    return found


def _cells(row: PanelRow) -> Cells:
    return tuple(getattr(row, name) for name in _NAMES)
