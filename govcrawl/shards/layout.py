"""Every table of the layout, and how it is carried from one database into another."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

BY_PORTAL = ("portal_runs", "listings", "pages", "shortfalls", "refusals", "entries", "readings")
"""Tables whose rows belong to a portal; ``portals`` itself has its key under another name."""

BY_REPORT = (
    *("sources", "versions", "section_places", "table_places", "attachments", "statements"),
    *("check_lists", "findings", "removals", "fact_lists"),
)
"""Tables whose rows belong to a report."""

NUMBERS = (
    *("fact_ids", "fact_statuses", "fact_units", "fact_prints", "fact_forms", "fact_places"),
    *("check_ids", "check_forms", "check_places"),
)
"""Tables of numbers that stand for names: another database has others for them."""

OF_ALL = ("runs", "portals", "reports", "records", "validators", "host_exceptions", "host_days")
DERIVED = (
    "search_grams",
    "search_letters",
    "search_docs",
    "search_pending",
    "fact_sums",
    "fact_sums_pending",
)
"""Tables that are made of others: the search index."""

CARRIED = frozenset({*BY_PORTAL, *BY_REPORT, *NUMBERS, *OF_ALL})

RUNS: Mapping[str, tuple[str, ...]] = {
    "portals": ("last_run",),
    "portal_runs": ("run_id",),
    "reports": ("run_id",),
    "entries": ("run_id", "seen_run", "looked_run"),
    "listings": ("run_id",),
    "pages": ("run_id",),
    "refusals": ("run_id",),
    "host_exceptions": ("run_id",),
    "shortfalls": ("run_id",),
    "readings": ("reread_run",),
}
"""The columns of each table that hold a run's id."""


def columns(db: Database, table: str) -> list[str]:
    """The columns of a table in their order."""
    return [str(found[1]) for found in db.conn.execute(f"PRAGMA table_info([{table}])")]
