"""What the database knows for coverage: looks at portals, reports, links without one, and named bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from govcrawl.discovery.columns import Label, classify
from govcrawl.reports.titles import report_title, title_year
from govcrawl.store.sqlite import rows

Row = dict[str, Any]
_DEEPEST = 6  # pages above a listing that are asked for the name of a body


def looks(db: Database) -> Iterator[Row]:
    """Every visit of a crawl to a portal, in the order of the runs; those that are yet to come are none."""
    yield from db.query(
        "SELECT p.portal, p.outcome, p.reason, r.started, r.finished, r.arguments "
        "FROM portal_runs p JOIN runs r ON r.id = p.run_id WHERE julianday(r.started) <= julianday('now') "
        "ORDER BY p.run_id"
    )


def reported(db: Database) -> Iterator[Row]:
    """Stored reports of known years, in the order in which they were stored, ingested ones last."""
    yield from rows(
        db,
        "SELECT portal, division_code, agency, agency_norm, agency_type, township_code, year, scope, url "
        "FROM reports WHERE year IS NOT NULL ORDER BY portal = 'file', id",
    )


def filed_under(db: Database) -> list[str]:
    """Division codes that ingested files were said to be of."""
    found = db.conn.execute(
        "SELECT DISTINCT division_code FROM reports "
        "WHERE portal = 'file' AND division_code IS NOT NULL ORDER BY 1"
    )
    return [code for (code,) in found]


def unsettled(db: Database) -> Iterator[Row]:
    """Links that gave no report, with ``agency`` and ``year`` of their title and the ``trail`` above them.

    The trail holds the names of bodies on the pages that lead to the link, the nearest first.
    """
    pages = _pages(db)
    for row in db.query(
        "SELECT portal, url, title, year, listing, state, last_error, sha256 FROM entries "
        "WHERE state IN ('pending', 'failed', 'blocked', 'gone') ORDER BY portal, url"
    ):
        title = report_title(row["title"])
        trail = [label for label in _above(pages, row["portal"], row["listing"]) if _is_body(label)]
        year = row["year"] or (title.year if title else title_year(row["title"]))
        yield {**row, "agency": title.agency if title else None, "trail": trail, "year": year}


def labels(db: Database) -> Iterator[Row]:
    """Pages below a column of annual reports that are named after a body: portal, label, first_seen."""
    pages = _pages(db)
    for row in db.query("SELECT portal, url, parent, label, first_seen FROM pages ORDER BY portal, url"):
        if not _is_body(row["label"]):
            continue
        above = list(_above(pages, row["portal"], row["parent"]))
        if any(classify(label) is Label.ANNUAL for label in above):
            yield row


def _pages(db: Database) -> dict[tuple[str, str], tuple[str, str | None]]:
    rows = db.conn.execute("SELECT portal, url, label, parent FROM pages")
    return {(portal, url): (label, parent) for portal, url, label, parent in rows}


def _above(
    pages: dict[tuple[str, str], tuple[str, str | None]], portal: str, url: str | None
) -> Iterator[str]:
    for _ in range(_DEEPEST):
        if url is None or (portal, url) not in pages:
            return
        label, url = pages[portal, url]
        yield label


def _is_body(label: str) -> bool:
    return classify(label) is Label.BODY
