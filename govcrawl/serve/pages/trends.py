"""Trends of a region: a plot, the table behind it, and both of the regions in it; as csv too."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from govcrawl.export.cells import harmless
from govcrawl.serve.asking import Ask, Context, Missing, page, raw
from govcrawl.serve.covered import Covered, covered
from govcrawl.serve.trends import MEASURES, Sum, Sums, over, regions_in, series_of, sums, years_in

_PLOT: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
_RECEIVED: Final = ("received", "received_2014")
_MOST = 8  # lines that can be told apart


def trends(ask: Ask) -> Context:
    """A measure over a region by year, and its headline by the regions in it."""
    measure, region = _asked(ask)
    found, known = sums(ask.site), covered(ask.site)
    years = years_in(found, region, measure)
    return {
        "measure": measure,
        "measures": tuple(MEASURES),
        "region": region,
        "name": known.name_of(region) if region else "",
        "trail": [
            (code, known.name_of(code)) for code in (region[:2], region[:4]) if code and code != region
        ],
        "years": years,
        "series": series_of(found, region, measure),
        "headline": _headline(measure),
        "below": _below(found, known, region, measure),
        "most": _MOST,
        "query": urlencode({"measure": measure, "region": region}),
    }


def _asked(ask: Ask) -> tuple[str, str]:
    measure, region = ask.word("measure") or "applications", ask.word("region")
    if measure not in MEASURES:
        raise Missing("no such measure")
    return measure, region if region.isascii() and region.isdigit() and len(region) <= 6 else ""


def _headline(measure: str) -> list[str]:
    """The series that stand for a measure where regions are compared: no carried-over case twice."""
    return list(_RECEIVED) if measure == "applications" else list(MEASURES[measure])


def _summed(found: Sums, region: str, year: int, measure: str) -> Sum:
    """A measure over a region in a year; a report has received applications in the one form or the other."""
    series = [MEASURES[measure][name] for name in _headline(measure)]
    if measure != "applications":
        return over(found, region, year, [fact for facts in series for fact in facts])
    sums_ = [over(found, region, year, facts) for facts in series]
    return Sum(sum(one.value for one in sums_), sum(one.reports for one in sums_))


def _below(found: Sums, known: Covered, region: str, measure: str) -> list[dict[str, Any]]:
    """The regions in a region with their sums by year, those with the largest first."""
    lines = []
    for code in regions_in(found, region):
        sums_ = {year: _summed(found, code, year, measure) for year in years_in(found, code, measure)}
        told: Mapping[int, Sum] = {year: one for year, one in sums_.items() if one.reports}
        if told:
            lines.append({"code": code, "name": _name(known, code), "years": told})
    return sorted(lines, key=lambda line: -sum(one.value for one in line["years"].values()))


def _name(known: Covered, code: str) -> str:
    own = next((place.name for place in known.within(code)), "") if len(code) == 6 else ""
    return own or known.name_of(code)


def plot(ask: Ask) -> Response:
    """The plot of a measure over a region, or with ``by=region`` of the regions in it."""
    from govcrawl.serve import plots

    measure, region = _asked(ask)
    found = sums(ask.site)
    years = years_in(found, region, measure)
    if ask.word("by") == "region":
        below = _below(found, covered(ask.site), region, measure)[:_MOST]
        drawn = [{year: float(one.value) for year, one in line["years"].items()} for line in below]
        made = plots.lines([year for year in years if any(year in line for line in drawn)], drawn)
    else:
        series = series_of(found, region, measure).values()
        made = plots.bars(years, [{year: float(one.value) for year, one in by.items()} for by in series])
    return Response(made, content_type="image/svg+xml", headers={"content-security-policy": _PLOT})


def table(ask: Ask) -> Response:
    """The numbers behind both plots, one row for each region, year and series."""
    measure, region = _asked(ask)
    found, known = sums(ask.site), covered(ask.site)
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(("region", "name", "year", "measure", "series", "value", "reports"))
    for code in (region, *regions_in(found, region)):
        name = harmless(_name(known, code) if code else "")
        for series, by_year in series_of(found, code, measure).items():
            for year, one in by_year.items():
                if one.reports:
                    sheet.writerow((code, name, year, measure, series, one.value, one.reports))
    return Response(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="govcrawl-{measure}-{region or "all"}.csv"'},
    )


TRENDS, PLOT, TABLE = page("trends.html", trends), raw(plot), raw(table)
