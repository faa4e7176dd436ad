"""What the database is asked by the command line and the export: small queries, rows as dictionaries."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.store.quality import QUALITIES

Row = dict[str, Any]

PARTS = {
    "sections": "number, heading, text",
    "tables": "number, caption, grid, kind, aligned",
    "attachments": "url, filename, media_type, sha256, role",
    "statements": "fact, value, sentence",
    "checks": "rule, subject, outcome, expected, actual",
    "findings": "kind, subject, detail",
    "removals": "rule, line",
    "sources": "url, sha256, source_type, first_seen, fetched_at, reason",
}

ORDER = {"sections": "place", "tables": "place", "checks": "place"}
"""What tells the order of a report's rows where it is not that of writing them."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reports: a prefix of the division code, fiscal years, types of bodies, forms; none means all.

    ``quality`` names conditions of ``govcrawl.store.quality``, which all have to hold.
    """

    region: str | None = None
    years: tuple[int, ...] = ()
    agency_types: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()

    def where(self) -> tuple[str, tuple[Any, ...]]:
        """An SQL condition on ``reports`` (alias r) and its parameters."""
        conditions, parameters = ["1"], list[Any]()
        if self.region:
            conditions.append("substr(r.division_code, 1, ?) = ?")
            parameters += [len(self.region), self.region]
        named = {"year": self.years, "agency_type": self.agency_types, "template": self.templates}
        for column, values in named.items():
            if values:
                conditions.append(f"r.{column} IN ({', '.join('?' * len(values))})")
                parameters += values
        conditions += [QUALITIES[name] for name in self.quality]
        return " AND ".join(conditions), tuple(parameters)


def reports(db: Database, selection: Selection) -> Iterator[Row]:
    """Reports with their text, one at a time, in an order that does not depend on when they were stored."""
    where, parameters = selection.where()
    yield from db.query(f"SELECT r.* FROM reports r WHERE {where} ORDER BY r.url", parameters)


def parts(db: Database, table: str, report_id: int) -> list[Row]:
    """The rows of one of a report's tables (``sections``, ``checks`` ...) as they stand in the report."""
    columns = PARTS[table]
    names = columns.split(", ")
    order = ORDER.get(table, "rowid")
    found = db.conn.execute(
        f"SELECT {columns} FROM {table} WHERE report_id = ? ORDER BY {order}", (report_id,)
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def facts(db: Database, report_id: int) -> list[Row]:
    """The facts of a report, ordered by their id."""
    return list(
        db.query(
            'SELECT fact, value, raw, status, unit, unit_source, note, table_number, "row", col '
            "FROM facts WHERE report_id = ? ORDER BY fact",
            (report_id,),
        )
    )


def runs(db: Database, limit: int) -> list[Row]:
    """The last runs, newest first."""
    return list(db.query("SELECT * FROM runs ORDER BY id DESC LIMIT ?", (limit,)))


def portal_runs(db: Database, run_id: int) -> list[Row]:
    """What one run found, portal by portal."""
    return list(db.query("SELECT * FROM portal_runs WHERE run_id = ? ORDER BY portal", (run_id,)))


def portal_states(db: Database) -> list[Row]:
    """For each portal: reports stored, their years, and how many of its links stand in each state."""
    states = ", ".join(
        f"sum(state = '{state}') AS {state}"
        for state in ("pending", "stored", "rejected", "failed", "blocked")
    )
    states += ", sum(state = 'gone' AND report_id IS NULL) AS gone"
    return list(
        db.query(
            f"""
            WITH e AS (SELECT portal, {states} FROM entries GROUP BY portal),
                 r AS (SELECT portal, count(*) AS reports, min(year) AS first_year, max(year) AS last_year
                       FROM reports GROUP BY portal),
                 p AS (SELECT key AS portal FROM portals UNION SELECT portal FROM e
                       UNION SELECT portal FROM r)
            SELECT p.portal, portals.name, coalesce(r.reports, 0) AS reports, r.first_year, r.last_year,
                   coalesce(e.pending, 0) AS pending, coalesce(e.stored, 0) AS stored,
                   coalesce(e.rejected, 0) AS rejected, coalesce(e.failed, 0) AS failed,
                   coalesce(e.blocked, 0) AS blocked, coalesce(e.gone, 0) AS gone
            FROM p LEFT JOIN portals ON portals.key = p.portal
            LEFT JOIN e ON e.portal = p.portal LEFT JOIN r ON r.portal = p.portal
            ORDER BY p.portal
            """
        )
    )


def unsettled_entries(db: Database) -> list[Row]:
    """Links that gave no report through no decision of ours: failed, blocked, gone or still pending.

    One that is gone since its report was stored did give one.
    """
    rows = _entries(db, "failed", "blocked", "gone", "pending")
    return [row for row in rows if row["state"] != "gone" or row["report_id"] is None]


def gone_reports(db: Database) -> list[Row]:
    """Reports that no address has any more, those found out last first."""
    return list(
        db.query(
            "SELECT portal, agency, year, gone_since, url FROM reports WHERE gone_since IS NOT NULL "
            "ORDER BY gone_since DESC, url"
        )
    )


def doubted_entries(db: Database) -> list[Row]:
    """Links of stored reports whose pages were without them at the last look, the oldest doubts first."""
    return list(
        db.query(
            "SELECT portal, doubted, last_error, url FROM entries WHERE doubted IS NOT NULL "
            "AND state = 'stored' ORDER BY doubted, url"
        )
    )


def rejected_entries(db: Database) -> list[Row]:
    """Links whose documents were found to be no reports; ``last_error`` says why."""
    return _entries(db, "rejected")


def _entries(db: Database, *states: str) -> list[Row]:
    marks = ", ".join("?" * len(states))
    return list(
        db.query(f"SELECT * FROM entries WHERE state IN ({marks}) ORDER BY portal, state, url", states)
    )


def count_reports(db: Database, portal: str, years: range | None) -> int:
    """Number of reports of a portal, of some fiscal years or of all."""
    first, last = (years[0], years[-1]) if years else (None, None)
    found = db.conn.execute(
        "SELECT count(*) FROM reports WHERE portal = ? AND (? IS NULL OR year BETWEEN ? AND ?)",
        (portal, first, first, last),
    )
    return int(found.fetchone()[0])
