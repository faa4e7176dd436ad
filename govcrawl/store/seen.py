"""What a run saw of a portal against what earlier runs saw: links listed, columns, numbers read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.reports.titles import report_title
from govcrawl.store.sqlite import row

_LOOKED_BACK = 3  # whole looks: what was said three times is how the portal is now
_TABLES_SINCE = 2019  # the fiscal years whose form is known to have its numbers in tables


_NEWLY = "AND coalesce(doubted >= (SELECT started FROM runs WHERE id = entries.run_id), 1)"
"""What an earlier run found to be none, and this one again, is no change."""

_NONE = "(state = 'rejected' OR (state = 'failed' AND doubted IS NOT NULL))"
"""What was read and had no report, if only at its first looks."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one run saw: report links that its lists showed, new or changed reports, and their numbers.

    ``measured`` counts those about 2019 and later, ``numbers`` the cells of their tables that hold a number.
    ``stored`` are links closed with a report, ``rejected`` those closed as none though titled as one.
    """

    listed: int = 0
    measured: int = 0
    numbers: int = 0
    stored: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier runs saw: the most that one of the last whole looks listed, and all that was measured.

    ``lost`` are links that it listed, or a later run did, and that are neither gone nor listed now.
    """

    run_id: int | None
    listed: int
    measured: int
    numbers: int
    lost: Sequence[str] = ()
    stored: int = 0
    rejected: int = 0


def seen_by(db: Database, portal: str, run_id: int) -> Seen:
    """What a run saw of a portal."""
    (listed,) = db.conn.execute(
        "SELECT count(*) FROM entries WHERE portal = ? AND seen_run = ? AND state <> 'rejected'",
        (portal, run_id),
    ).fetchone()
    measured, numbers = db.conn.execute(
        "SELECT count(*), sum((SELECT sum(l.numbers) FROM fact_lists l WHERE l.report_id = r.id)) "
        "FROM reports r WHERE r.portal = ? AND r.run_id = ? AND r.year >= ?",
        (portal, run_id, _TABLES_SINCE),
    ).fetchone()
    return Seen(listed, measured, numbers or 0, *_closed(db, portal, "run_id = ?", run_id, _NEWLY))


def seen_before(db: Database, portal: str, run_id: int) -> Before:
    """What the runs before one saw of a portal."""
    base = db.conn.execute(
        "SELECT run_id, listed FROM (SELECT run_id, listed FROM portal_runs WHERE portal = ? AND run_id < ? "
        "AND whole ORDER BY run_id DESC LIMIT ?) ORDER BY listed DESC, run_id DESC LIMIT 1",
        (portal, run_id, _LOOKED_BACK),
    ).fetchone()
    measured, numbers = db.conn.execute(
        "SELECT coalesce(sum(measured), 0), coalesce(sum(numbers), 0) FROM portal_runs "
        "WHERE portal = ? AND run_id < ?",
        (portal, run_id),
    ).fetchone()
    closed = _closed(db, portal, "run_id < ?", run_id)
    if base is None:
        return Before(None, 0, measured, numbers, (), *closed)
    lost = db.conn.execute(
        "SELECT url FROM entries WHERE portal = ? AND seen_run >= ? AND seen_run < ? "
        "AND state NOT IN ('gone', 'rejected') ORDER BY url",
        (portal, base[0], run_id),
    )
    return Before(base[0], base[1], measured, numbers, tuple(url for (url,) in lost), *closed)


def _closed(db: Database, portal: str, when: str, run_id: int, newly: str = "") -> tuple[int, int]:
    """(links closed with a report, links closed as none whose titles are those of reports)."""
    (stored,) = db.conn.execute(
        f"SELECT count(*) FROM entries WHERE portal = ? AND state = 'stored' AND {when}",  # noqa: S608
        (portal, run_id),
    ).fetchone()
    titles = db.conn.execute(
        f"SELECT title FROM entries WHERE portal = ? AND {_NONE} AND {when} {newly}",  # noqa: S608
        (portal, run_id),
    )
    named = (report_title(title) for (title,) in titles)
    return stored, sum(title is not None and None not in (title.agency, title.year) for title in named)


def columns_with_reports(db: Database, portal: str) -> Mapping[str, int]:
    """The remembered lists of a portal that showed reports, with how many."""
    rows = db.conn.execute("SELECT url, rows FROM listings WHERE portal = ? AND rows > 0", (portal,))
    return dict(rows)


def portal_before(db: Database, portal: str, run_id: int) -> dict[str, Any] | None:
    """What the run before one found at a portal; None when there was none."""
    return row(
        db,
        "SELECT * FROM portal_runs WHERE portal = ? AND run_id < ? ORDER BY run_id DESC LIMIT 1",
        (portal, run_id),
    )


def last_two(db: Database) -> dict[str, list[dict[str, Any]]]:
    """The last run of each portal and the one before it, newest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in db.query(
        "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY portal ORDER BY run_id DESC) AS place "
        "FROM portal_runs) WHERE place <= 2 ORDER BY portal, place"
    ):
        found.setdefault(one["portal"], []).append({name: one[name] for name in one if name != "place"})
    return found
