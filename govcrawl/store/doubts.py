"""Pages in doubt: which are due for a further look, and what must not replace a stored report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from govcrawl.attachments.reading import UNREAD
from govcrawl.model import Entry, Report, Source, Status
from govcrawl.store.bodies import SHOWS, Twin, twin_of
from govcrawl.store.clock import now
from govcrawl.store.empty_handed import ought
from govcrawl.store.evidence import ANSWERS, HALF, settled_by
from govcrawl.store.facts import numbers_of
from govcrawl.store.ledger import entry_of
from govcrawl.store.sqlite import row
from govcrawl.store.stale import held_elsewhere, parted_from
from govcrawl.text import folded

_DUE = """
    SELECT e.* FROM entries e WHERE e.portal = :portal AND e.state = 'stored' AND e.doubted <= :due
    AND e.looked_run IS NOT :run ORDER BY e.looked_run, e.doubted, e.rowid
"""
_EMPTY_HANDED = """
    SELECT e.* FROM entries e WHERE e.portal = :portal AND e.state IN ('rejected', 'gone')
    AND e.looked_run IS NOT :run AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.url = e.url)
    AND (:everything OR e.next_try <= :now) ORDER BY e.looked_run, e.rowid
"""
_SOURCE = "only_source"  # the role of a file that a report was read from
_CONTROL = """
    SELECT e.* FROM entries e WHERE e.portal = ? AND e.state = 'stored' AND e.doubted IS NULL
    AND e.attempts > 0 AND e.report_id IS NOT NULL
    ORDER BY e.seen_run DESC, e.looked_run DESC, e.last_seen DESC, e.rowid LIMIT 1
"""
_READ_FROM = f"""
    SELECT r.url, r.agency, r.year FROM reports r JOIN attachments a ON a.report_id = r.id
    JOIN entries e ON e.url = r.url AND e.state = 'stored'
    WHERE r.portal = ? AND r.id <> ? AND a.role = '{_SOURCE}' AND a.sha256 IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - a word of ours
_CUT = "page_breaks_off"
_ENDS = 2  # lines where a page broke off that the whole one has otherwise: a row, and behind it half a tag


@dataclass(frozen=True, slots=True)
class Objection:
    """Why what an address reads as now must not replace the report stored from there.

    ``passing``: the page is likely to be had again; else it has another report now, or no files. ``shows`` is
    the id of that report.
    """

    reason: str
    passing: bool
    shows: int | None = None


def doubtful(db: Database, portal: str, run_id: int) -> list[Entry]:
    """Stored reports' links whose pages had none at the last look, and for which a second look is due.

    Those not looked at for longest come first.
    """
    found = db.query(_DUE, {"portal": portal, "run": run_id, "due": settled_by(datetime.now(UTC))})
    return [entry_of(known) for known in found]


def empty_handed(db: Database, portal: str, run_id: int, *, everything: bool = False) -> list[Entry]:
    """Links without a report that ought to lead to one and are due for a look, or ``everything`` of that.

    Those not looked at for longest come first.
    """
    given = {"portal": portal, "run": run_id, "everything": everything, "now": now()}
    return [entry_of(known) for known in db.query(_EMPTY_HANDED, given) if ought(known)]


def control_of(db: Database, portal: str) -> Entry | None:
    """The link of a stored report that was there lately, to tell whether the server has any; None without."""
    found = row(db, _CONTROL, (portal,))
    return None if found is None else entry_of(found)


def answers(db: Database, portal: str, run_id: int) -> bool:
    """Whether a run has had a report's page of a portal."""
    return row(db, ANSWERS, (portal, run_id, "")) is not None


def objection(db: Database, report: Report, source: Source, *, cut: bool = False) -> Objection | None:
    """The objection to what an address reads as now; None where it may replace what is stored from there.

    That is the report of another body or year that is stored from its own address, or was read from a file
    of its own, half a page (``cut``, or as its reader has found), and one without the files that its numbers
    stood in.
    """
    known = row(db, "SELECT id, portal, agency_norm, scope, year FROM reports WHERE url = ?", (source.url,))
    if known is None:
        return None
    same = (known["agency_norm"], known["scope"], known["year"]) == (
        report.agency_norm,
        report.scope,
        report.year,
    )
    twin = twin_of(db, report, source) if not same else None
    if twin is not None and twin.report_id != known["id"] and not _kept_anyway(db, known, source.url, twin):
        other = row(db, "SELECT url FROM reports WHERE id = ?", (twin.report_id,))
        return Objection(f"{SHOWS} {other and other['url']}", passing=False, shows=twin.report_id)
    half = cut or any(finding.kind == _CUT for finding in report.findings)
    if half and not _is_cut(db, known["id"]):
        return Objection("its page breaks off now; the report stored from here is kept", passing=True)
    if (whose := _whose_file(db, known, report)) is not None:
        return Objection(f"its file is now that of the report at {whose}", passing=True)
    return _without_files(db, known["id"], report)


def _whose_file(db: Database, known: Mapping[str, Any], report: Report) -> str | None:
    """The report that was read from the file that an address has newly, and whose that is by its words.

    Files of two reports that were mixed up and are put right say whose they are, too.
    """
    own = db.conn.execute("SELECT sha256 FROM attachments WHERE report_id = ?", (known["id"],)).fetchall()
    files = {one.sha256 for one in report.attachments if one.role == _SOURCE} - {digest for (digest,) in own}
    if not files:
        return None
    given = (known["portal"], known["id"], json.dumps(sorted(filter(None, files))))
    found = db.conn.execute(_READ_FROM, given).fetchall()
    return next((url for url, agency, year in found if _is_of(report, agency, year)), None)


def _is_of(report: Report, agency: str | None, year: int | None) -> bool:
    """Whether a report's text is rather that of another body, or of another year of the same body."""
    text = folded(report.text)
    mine, other = folded(report.agency or ""), folded(agency or "")
    if mine and other and mine != other:
        return other in text and mine not in text
    return text.count(f"{year}年") > text.count(f"{report.year}年")


def _without_files(db: Database, report_id: int, report: Report) -> Objection | None:
    """The objection to a report that has no numbers where it had some, its files not being there now."""
    missed = [f"its attachment {one.subject}: {one.detail}" for one in report.findings if one.kind == UNREAD]
    numbers = {fact.fact for fact in report.facts if fact.status is Status.NUMBER}
    if missed and numbers_of(db, report_id).keys() - numbers:
        return Objection("; ".join(missed), passing=False)
    return None


def _kept_anyway(db: Database, known: dict[str, Any], url: str, twin: Twin) -> bool:
    """Whether nothing is lost: another address has the report, or has just shown the other one too."""
    return held_elsewhere(db, known["id"], url) or parted_from(db, url, twin.report_id)


def was_half(db: Database, known: Mapping[str, Any], url: str, report: Report) -> bool:
    """Whether what is stored is only the first half of a report: its page broke off, and has been due since.

    ``known`` is the report's row, with its id and text; ``url`` is where it is stored from.
    """
    due = "SELECT 1 FROM entries WHERE url = ? AND (state <> 'stored' OR instr(last_error, ?))"
    if row(db, due, (url, HALF)) is None or not _is_cut(db, known["id"]):
        return False
    lines = [line for line in known["text"].splitlines() if line.strip()]
    whole = set(report.text.splitlines())
    return all(line in whole for line in lines[:-_ENDS])


def _is_cut(db: Database, report_id: int) -> bool:
    found = row(
        db,
        "SELECT 1 FROM findings WHERE report_id = ? AND kind = ? "
        "UNION ALL SELECT 1 FROM entries WHERE report_id = ? AND instr(last_error, ?)",
        (report_id, _CUT, report_id, HALF),
    )
    return found is not None
