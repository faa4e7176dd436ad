"""The reports of some bodies for some years, asked for at once and kept while more of them are written."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Report, Source

_PLACES = ("portal", "division_code")
_FOUND = " UNION ".join(
    f"""
    SELECT r.id, r.url, r.portal, r.division_code, r.agency_norm, r.scope, r.year
    FROM json_each(:wanted) w CROSS JOIN reports r ON r.{column} = json_extract(w.value, '$[{place}]')
    AND r.agency_norm = json_extract(w.value, '$[2]') AND r.scope = json_extract(w.value, '$[3]')
    AND r.year = json_extract(w.value, '$[4]')
    """
    for place, column in enumerate(_PLACES)
)
_Key = tuple[Any, ...]


_NONE: dict[int, str] = {}
_NO_YEARS: dict[int, dict[int, str]] = {}


class Near:
    """Reports (id and address) by body and year, as ``bodies.SAME_BODY`` tells which is the same."""

    def __init__(self, db: Database, wanted: Iterable[tuple[Report, Source]]) -> None:
        asked = {(*_body(report, source), year) for report, source in wanted for year in _years(report)}
        self._known: dict[_Key, dict[int, dict[int, str]]] = {}
        for report_id, url, *body, year in db.conn.execute(
            _FOUND, {"wanted": json.dumps(sorted(asked, key=repr))}
        ):
            self._add(report_id, url, body, year)

    def before(self, report: Report, source: Source) -> list[tuple[int, str]] | None:
        """The same body's reports for the year before; None where it has some for this year or the next."""
        if report.year is None or report.agency_norm is None:
            return []
        known = [years for key in _keys(_body(report, source)) if (years := self._known.get(key)) is not None]
        if not known:
            return []
        if any(years.get(report.year + later) for years in known for later in (0, 1)):
            return None
        return _sorted(known, report.year - 1)

    def of_year(self, report: Report, source: Source, later: int) -> list[tuple[int, str]]:
        """The same body's reports for a report's year, the one before (-1) or the next (1)."""
        if report.year is None or report.agency_norm is None:
            return []
        known = [self._known.get(key, _NO_YEARS) for key in _keys(_body(report, source))]
        return _sorted(known, report.year + later)

    def add(self, report_id: int, report: Report, source: Source) -> None:
        """Keep a report that was written since."""
        if report.year is not None and report.agency_norm is not None:
            self._add(report_id, source.url, _body(report, source), report.year)

    def _add(self, report_id: int, url: str, body: Sequence[Any], year: int) -> None:
        for key in _keys(body):
            self._known.setdefault(key, {}).setdefault(year, {})[report_id] = url


def _sorted(known: Sequence[dict[int, dict[int, str]]], year: int) -> list[tuple[int, str]]:
    found: dict[int, str] = {}
    for years in known:
        found |= years.get(year, _NONE)
    return sorted(found.items())


def _body(report: Report, source: Source) -> tuple[Any, ...]:
    return source.portal, source.division_code, report.agency_norm, report.scope


def _years(report: Report) -> tuple[int, ...]:
    year = report.year
    return () if year is None or report.agency_norm is None else (year - 1, year, year + 1)


def _keys(body: Sequence[Any]) -> list[_Key]:
    places, rest = body[: len(_PLACES)], body[len(_PLACES) :]
    named = zip(_PLACES, places, strict=True)
    return [(column, place, *rest) for column, place in named if place is not None]
