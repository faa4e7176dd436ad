"""The first page: what the database holds, and the way to everything else."""

from __future__ import annotations

from collections import Counter, defaultdict

from govcrawl.coverage import Status
from govcrawl.serve.asking import Ask, Context, page
from govcrawl.serve.covered import covered, due

TEMPLATES = ("2014", "2019", "2021", "free")


def home(ask: Ask) -> Context:
    """Reports by year and template, beside what was due; the last run."""
    db = ask.store.db
    known = covered(ask.site)
    by_year: dict[int | None, Counter[str]] = defaultdict(Counter)
    for year, template, number in db.conn.execute(
        "SELECT year, template, count(*) FROM reports GROUP BY year, template"
    ):
        by_year[year][template] += number
    judged = known.summed(known.places.values())
    lines = [
        {
            "year": year,
            "templates": [by_year[year][name] for name in TEMPLATES],
            "reports": by_year[year].total(),
            "found": judged.get(year or 0, Counter())[Status.FOUND],
            "due": due(judged.get(year or 0, Counter())),
        }
        for year in sorted({*by_year, *known.years}, key=lambda year: -(year or 0))
    ]
    runs = ask.store.runs(1)
    failed, reports_with = db.conn.execute(
        "SELECT count(*), count(DISTINCT report_id) FROM checks WHERE outcome = 'fail'"
    ).fetchone()
    return {
        "lines": lines,
        "templates": TEMPLATES,
        "reports": sum(counter.total() for counter in by_year.values()),
        "places": len(known.places),
        "bodies": sum(len(bodies) for bodies in known.by_place.values()),
        "failed": failed,
        "reports_with": reports_with,
        "run": runs[0] if runs else None,
        "covered": known,
    }


HOME = page("home.html", home)
