"""govcrawl coverage: which reports are there, which are missing, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from govcrawl import registry
from govcrawl.cli.options import (
    format_option,
    opened,
    output_option,
    region_option,
    registry_option,
    selection,
    year_option,
)
from govcrawl.cli.output import show
from govcrawl.counting import counted
from govcrawl.coverage import BodyYear, Status, coverage, gather, years_of
from govcrawl.coverage.shares import by_region, share, totals, years_in
from govcrawl.crawl.hours import BEIJING
from govcrawl.errors import UsageError
from govcrawl.terminal import say

_COLUMNS = (
    "division_code", "place", "portal", "body", "agency_norm", "kind", "township_code", "year", "due",
    "status", "url", "reason",
)  # fmt: skip
_MEANING = {
    Status.FOUND: "found",
    Status.SUMMED: "only within the government's sum",
    Status.PENDING: "known, still to be fetched",
    Status.BLOCKED: "blocked",
    Status.UNREACHABLE: "unreachable",
    Status.UNREADABLE: "fetched, not readable",
    Status.OVERDUE: "overdue",
    Status.MISSING: "missing",
    Status.NOT_DUE: "not due yet",
    Status.NOT_LOOKED: "not looked for since it was due",
}


@click.command(name="coverage")
@region_option
@year_option
@click.option("--bodies", is_flag=True, help="List every body with its years, not only the shares of places.")
@registry_option
@format_option
@output_option
def coverage_command(
    region: str | None,
    years: tuple[str, ...],
    bodies: bool,
    extra: Path | None,
    format_: str,
    output: Path,
) -> None:
    """Show which annual reports were found and which are missing, overdue, blocked or not due.

    The law makes the denominator: the government, its towns and departments, each year. Without --region the
    places of the database are judged, with it all of the registry's there. csv and json have a row for every
    body and fiscal year, with the report's address or the last error.
    """
    chosen = selection(region, years)
    today = datetime.now(BEIJING).date()
    with opened(output) as store, store.snapshot():
        material = gather(store, registry.load(extra), region)
    rows = list(
        coverage(
            material.places, material.reports, material.links, material.mentions,
            years=years_of(material, chosen.years, today), today=today,
        )
    )  # fmt: skip
    if region is not None and not material.places:
        raise UsageError(
            f"--region {region!r}: no portal's division code begins so; look for one with: "
            "govcrawl portals --search WORD"
        )
    if format_ != "table":
        show(map(_row, rows), _COLUMNS, format_)
        return
    _shares(rows)
    if bodies:
        _bodies(rows)
    _footer(rows, material.unassigned)


def _row(row: BodyYear) -> dict[str, Any]:
    place, body = row.territory, row.body
    cells = (
        place.code, place.name, place.portal, body.name, body.norm, body.kind, body.town, row.year,
        row.due.isoformat(), row.status.value, row.url or None, row.reason or None,
    )  # fmt: skip
    return dict(zip(_COLUMNS, cells, strict=True))


def _shares(rows: Sequence[BodyYear]) -> None:
    """Found of due, places (or prefectures, or provinces) by years."""
    counts = by_region(rows)
    years = years_in(counts.values())
    names = _names(rows, counts)
    columns = ("region", "name", *map(str, years))
    lines = [_line(code, names[code], counts[code], years) for code in counts]
    if len(lines) > 1:
        lines.append(_line("", "all", totals(counts.values()), years))
    show(lines, columns, "table", title="Reports found of those due, by fiscal year")


def _line(
    code: str, name: str, counts: Mapping[int, Counter[Status]], years: Sequence[int]
) -> dict[str, Any]:
    return {"region": code, "name": name, **{str(year): share(counts.get(year, Counter())) for year in years}}


def _names(rows: Sequence[BodyYear], codes: Mapping[str, object]) -> dict[str, str]:
    own = {row.territory.code or row.territory.portal: row.territory.name for row in rows}
    known = registry.load()
    found = {}
    for code in codes:
        division = known.division(code.ljust(6, "0")) if code.isdigit() else None
        found[code] = own.get(code) or (division.name if division else "")
    return found


def _bodies(rows: Sequence[BodyYear]) -> None:
    """A line for each body: the years in each status."""
    years: dict[tuple[str, str, str], dict[Status, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        place = row.territory
        years[place.name, row.body.name, row.body.kind][row.status].append(row.year)
    told = [
        {"place": place, "body": body, "kind": kind, "years": "; ".join(_spans(by_status))}
        for (place, body, kind), by_status in years.items()
    ]
    show(told, ("place", "body", "kind", "years"), "table", below=("years",), title="\nBodies")


def _spans(by_status: Mapping[Status, Sequence[int]]) -> Iterator[str]:
    for status in Status:
        if years := by_status.get(status):
            spans: list[list[int]] = []
            for year in sorted(years):
                if spans and spans[-1][1] == year - 1:
                    spans[-1][1] = year
                else:
                    spans.append([year, year])
            told = ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in spans)
            yield f"{status.value} {told}"


def _footer(rows: Sequence[BodyYear], unassigned: int) -> None:
    statuses = Counter(row.status for row in rows)
    say("" if rows else "No place is known: run a crawl, or name a --region.")
    for status in Status:
        if statuses[status]:
            say(f"{statuses[status]:>8}  {_MEANING[status]}")
    if unassigned:
        told = counted(unassigned, "link")
        say(f"{told} without a report tell no body or year: see govcrawl status --all")
