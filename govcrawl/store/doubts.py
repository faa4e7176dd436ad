"""Stored reports whose pages are in doubt: which are due for a second look, what must not replace them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database

from govcrawl.model import Entry, Report, Source
from govcrawl.store.bodies import twin_of
from govcrawl.store.evidence import settled_by
from govcrawl.store.ledger import entry_of
from govcrawl.store.sqlite import row

_DUE = """
    SELECT e.* FROM entries e WHERE e.portal = :portal AND e.state = 'stored' AND e.doubted <= :due
    AND e.looked_run IS NOT :run ORDER BY e.doubted, e.rowid
"""
_CUT = "page_breaks_off"


def doubtful(db: Database, portal: str, run_id: int) -> list[Entry]:
    """Stored reports' links whose pages had none at the last look, and for which a second look is due."""
    found = db.query(_DUE, {"portal": portal, "run": run_id, "due": settled_by(datetime.now(UTC))})
    return [entry_of(known) for known in found]


def objection(db: Database, report: Report, source: Source) -> str | None:
    """Why what an address reads as now must not replace the report stored from there; None where it may.

    That is the report of another body or year that is stored from its own address, and half a page.
    """
    known = row(db, "SELECT id, agency_norm, scope, year FROM reports WHERE url = ?", (source.url,))
    if known is None:
        return None
    same = (known["agency_norm"], known["scope"], known["year"]) == (
        report.agency_norm,
        report.scope,
        report.year,
    )
    if not same and (twin := twin_of(db, report, source)) is not None and twin.report_id != known["id"]:
        other = row(db, "SELECT url FROM reports WHERE id = ?", (twin.report_id,))
        return f"its page now shows the report of {other and other['url']}; the one stored from here is kept"
    if any(finding.kind == _CUT for finding in report.findings) and not _is_cut(db, known["id"]):
        return "its page breaks off now; the report stored from here is kept"
    return None


def _is_cut(db: Database, report_id: int) -> bool:
    found = row(db, "SELECT 1 FROM findings WHERE report_id = ? AND kind = ?", (report_id, _CUT))
    return found is not None
