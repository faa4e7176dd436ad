"""Coverage from the country down to a body: shares by region and year, bodies by year, one body's reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from govcrawl.coverage import BodyYear, Status, Territory
from govcrawl.serve.asking import Ask, Context, Missing, page
from govcrawl.serve.covered import Covered, covered, due, step
from govcrawl.store import Store

_DIGITS = (2, 4)
_MANY = 900  # addresses asked for at once, within SQLite's limit of bound values


def region(ask: Ask) -> Context:
    """A region's places or the regions in it, by year."""
    known, code = covered(ask.site), ask.parts.get("region", "")
    places = known.within(code)
    if code and not places:
        raise Missing(f"no place of the database has a code that begins with {code}")
    lines = [_line(known, *child) for child in _children(known, code, places)]
    return {
        "code": code,
        "name": known.name_of(code) if code else "",
        "trail": _trail(known, code),
        "lines": lines,
        "total": _cells(known, known.summed(places)),
        "years": known.years[::-1],
        "covered": known,
        "reports": bool(next(ask.store.db.query("SELECT EXISTS (SELECT 1 FROM reports) AS there"))["there"]),
    }


def _children(
    known: Covered, code: str, places: Sequence[Territory]
) -> Iterator[tuple[int, str, str, str, list[Territory]]]:
    """(depth, code, name, address, places) of what a region consists of.

    A region that is the only one in its place is opened at once: a click that chooses nothing is saved.
    """
    depth = 0
    for digits in _DIGITS:
        if digits <= len(code):
            continue
        groups: dict[str, list[Territory]] = {}
        for place in places:
            groups.setdefault((place.code or "")[:digits], []).append(place)
        without = groups.pop("", [])
        for prefix, members in groups.items():
            yield depth, prefix, known.name_of(prefix), f"/coverage/{prefix}", members
        if len(groups) != 1 or without:
            yield from (_place(depth, place) for place in without)
            return
        depth += 1
    yield from (_place(depth, place) for place in places)


def _place(depth: int, place: Territory) -> tuple[int, str, str, str, list[Territory]]:
    return depth, place.code or "", place.name, _address(place), [place]


def _address(place: Territory) -> str:
    from govcrawl.serve.shown import segment

    return f"/place/{segment(place.portal)}"


def _line(
    known: Covered, depth: int, code: str, name: str, address: str, places: list[Territory]
) -> dict[str, Any]:
    return {
        "depth": depth, "code": code, "name": name, "address": address,
        "cells": _cells(known, known.summed(places)),
    }  # fmt: skip


def _cells(known: Covered, by_year: Any) -> list[dict[str, Any]]:
    cells = []
    for year in reversed(known.years):  # the newest first: what a narrow screen shows of them
        statuses = by_year.get(year, Counter())
        cells.append(
            {"step": step(statuses), "found": statuses[Status.FOUND], "due": due(statuses), "year": year}
        )
    return cells


def _trail(known: Covered, code: str) -> list[tuple[str, str]]:
    """(address, name) of the regions above and of this one."""
    return [
        (f"/coverage/{code[:digits]}", known.name_of(code[:digits]))
        for digits in (2, 4)
        if digits <= len(code)
    ]


def above(known: Covered, place: Territory) -> list[tuple[str, str]]:
    """(address, name) of the regions that a place lies in."""
    code = place.code or ""
    return _trail(known, code[:4]) if code.isdigit() else []


def place(ask: Ask) -> Context:
    """The bodies of a place, by year."""
    known, portal = covered(ask.site), ask.parts["portal"]
    found = known.places.get(portal)
    if found is None:
        raise Missing(f"no place of the database has the portal {portal}")
    bodies = known.by_place[portal]
    ids = report_ids(ask.store, (row.url for years in bodies.values() for row in years.values()))
    lines = []
    for key, years in bodies.items():
        body = next(iter(years.values())).body
        cells = [_cell(years.get(year), ids) for year in reversed(known.years)]
        lines.append({"key": key, "body": body, "cells": cells})
    counts = known.summed([found])
    return {
        "place": found,
        "trail": above(known, found),
        "lines": lines,
        "years": known.years[::-1],
        "total": _cells(known, counts),
        "statuses": [status for status in Status if any(counts[year][status] for year in counts)],
        "covered": known,
    }


def _cell(row: BodyYear | None, ids: dict[str, int]) -> dict[str, Any]:
    if row is None:
        return {"status": None}
    return {"status": row.status.value, "report": ids.get(row.url), "row": row}


def report_ids(store: Store, urls: Iterable[str]) -> dict[str, int]:
    """The ids of the reports at some addresses."""
    wanted = [url for url in urls if url]
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        sql = f"SELECT url, id FROM reports WHERE url IN ({', '.join('?' * len(some))})"  # noqa: S608
        found.update(store.db.conn.execute(sql, some).fetchall())
    return found


def body(ask: Ask) -> Context:
    """One body's years: where each report stands, and what was wrong with it."""
    known, portal = covered(ask.site), ask.parts["portal"]
    years = known.by_place.get(portal, {}).get(ask.parts["body"])
    if years is None:
        raise Missing("no body of the database has this address")
    ids = report_ids(ask.store, (row.url for row in years.values()))
    reports = {key: ask.store.db.query(_SUMMARY, (key,)) for key in ids.values()}
    told = {key: next(iter(rows)) for key, rows in reports.items()}
    lines = [
        {"year": year, "row": years.get(year), "report": told.get(ids.get(years[year].url, 0))}
        for year in reversed(known.years)
        if year in years
    ]
    first = next(iter(years.values()))
    return {
        "place": first.territory,
        "body": first.body,
        "trail": above(known, first.territory),
        "lines": lines,
        "covered": known,
    }


_SUMMARY = """
    SELECT r.id, r.url, r.title, r.template, r.published, r.scope,
           (SELECT count(*) FROM checks c WHERE c.report_id = r.id AND c.outcome = 'fail') AS failed
    FROM reports r WHERE r.id = ?
"""

REGION = page("coverage.html", region)
PLACE = page("place.html", place)
BODY = page("body.html", body)
