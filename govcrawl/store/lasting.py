"""What becomes of stored reports: looked at again, unchanged, gone, moved to another address."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from govcrawl import EXTRACTOR
from govcrawl.model import Entry, EntryState, Report, Source
from govcrawl.store.bodies import note_reused
from govcrawl.store.earlier import earlier_at, is_earlier, mark_earlier, mark_left
from govcrawl.store.ledger import entry_of, note_there
from govcrawl.store.parts import Parts
from govcrawl.store.report_rows import keep_version
from govcrawl.store.retries import note_outcome
from govcrawl.store.reworded import reworded
from govcrawl.store.sqlite import row, write
from govcrawl.store.stale import is_stale, note_changed, note_left
from govcrawl.store.versions import is_version
from govcrawl.store.writing import take_over

LATELY = 180
"""Days after its publication in which a report is more likely to be corrected."""

SOONER = 3
"""How many times as often such a report is looked at."""

_FEWEST = 3  # reports that a run may look at again however few a portal has
_AGED = f"""
    SELECT e.*, julianday('now') - julianday(l.started) AS age,
           CASE WHEN julianday('now') - julianday(r.published) < {LATELY} THEN {SOONER} ELSE 1 END AS times
    FROM entries e LEFT JOIN reports r ON r.id = e.report_id
    LEFT JOIN runs l ON l.id = coalesce(e.looked_run, e.run_id)
    WHERE e.portal = :portal AND e.looked_run IS NOT :run AND (
        (e.state = 'stored' AND r.id IS NOT NULL)
        OR (e.state = 'gone' AND (:days = 0 OR e.seen_run = :run)))
"""  # noqa: S608 - numbers of ours
DROPPED = """
    :whole
    OR e.listing IN (SELECT value FROM json_each(:short))
    OR e.published > (SELECT min(o.published) FROM entries o
                      WHERE o.listing = e.listing AND o.seen_run = :run AND o.portal = e.portal)
"""
"""That the lists which a run has read show a link ``e`` no more, which it has not seen on any."""

_UNLISTED = f"""
    SELECT e.* FROM entries e
    WHERE e.portal = :portal AND e.state = 'stored' AND e.report_id IS NOT NULL
    AND e.seen_run < :run AND coalesce(e.looked_run, 0) <= e.seen_run AND ({DROPPED}
        OR EXISTS (SELECT 1 FROM sources s JOIN entries o ON o.url = s.url
                   WHERE s.report_id = e.report_id AND s.url <> e.url AND o.run_id = :run)
    ) ORDER BY e.rowid
"""  # noqa: S608 - a text of ours
_HEIRS = f"""
    SELECT r.id, (SELECT s.url FROM sources s JOIN entries o ON o.url = s.url
                  WHERE s.report_id = r.id AND o.state = 'stored'
                  AND (o.seen_run = :run OR NOT {is_earlier("s")})
                  ORDER BY {is_earlier("s")}, s.first_seen DESC, s.url LIMIT 1) AS heir
    FROM reports r JOIN entries e ON e.url = r.url
    WHERE r.portal = :portal AND e.state = 'gone' AND heir IS NOT NULL ORDER BY r.id
"""  # noqa: S608 - a text of ours
_SUCCESSORS = f"""
    SELECT r.id, (SELECT s.url FROM sources s JOIN entries o ON o.url = s.url JOIN readings g ON g.url = s.url
                  WHERE s.report_id = r.id AND s.url <> r.url AND o.state = 'stored' AND o.doubted IS NULL
                  AND o.attempts > 0 AND o.seen_run = :run AND g.reading <> r.reading
                  AND NOT {is_earlier("s")}
                  ORDER BY s.first_seen DESC, s.url LIMIT 1) AS heir
    FROM reports r WHERE r.portal = :portal AND r.url IN (SELECT value FROM json_each(:dropped))
    AND heir IS NOT NULL ORDER BY r.id
"""  # noqa: S608 - a text of ours


def aged(db: Database, portal: str, run_id: int, days: float, most: int | None) -> list[Entry]:
    """Reports' links that nobody has looked at for ``days`` days, the longest unseen first, ``most`` at most.

    Reports published lately are due sooner. What is gone is asked for again where a listing still shows it,
    and when all is (``days`` 0). A look in the future, which a clock that was wrong has left behind, is none.
    """
    found = db.query(
        f"SELECT * FROM ({_AGED}) WHERE age IS NULL OR age < 0 OR age * times >= :days "  # noqa: S608
        "ORDER BY (age IS NULL OR age < 0) DESC, age * times DESC, url LIMIT :most",
        {"portal": portal, "run": run_id, "days": days, "most": -1 if most is None else most},
    )
    return [entry_of(known) for known in found]


def share_of(db: Database, portal: str, run_id: int, days: float) -> int:
    """How many of a portal's reports a run may look at again so that all have their turn within ``days``."""
    stored, since = db.conn.execute(
        "SELECT (SELECT count(*) FROM entries WHERE portal = :portal AND state = 'stored'), "
        "(SELECT julianday('now') - julianday(max(r.started)) FROM portal_runs p "
        "JOIN runs r ON r.id = p.run_id WHERE p.portal = :portal AND p.run_id < :run "
        "AND julianday(r.started) <= julianday('now'))",
        {"portal": portal, "run": run_id},
    ).fetchone()
    return max(_FEWEST, -int(-stored * min(1.0, (since or 0.0) / days) // 1))


def unlisted(
    db: Database, portal: str, run_id: int, *, whole: bool, short: Iterable[str] = ()
) -> list[Entry]:
    """Reports' links that a run should have seen on their listings and has not, and not looked at since.

    ``whole``: it has looked at all of the portal; else only links tell that stood on one of the ``short``
    listings, which have one page only, that are newer than the oldest on their listing, or whose report was
    just found at another address.
    """
    found = db.query(
        _UNLISTED, {"portal": portal, "run": run_id, "whole": whole, "short": json.dumps(sorted(short))}
    )
    return [entry_of(known) for known in found]


def note_unchanged(db: Database, entry: Entry, sha256: str, run_id: int) -> bool:
    """Write down that a report's page was looked at and has not changed; False when it has to be read.

    That is so for other bytes, for a listing that words its link otherwise, after another extractor, and
    where files are attached to it, which may have changed, or come back, while the page is the same.
    """
    if _unchanged(db, entry, sha256) is None:  # nearly always, so no transaction is begun for it
        return False
    with write(db):
        report_id = _unchanged(db, entry, sha256)
        if report_id is None:
            return False
        db.conn.execute(
            "UPDATE entries SET state='stored', last_error=NULL, doubted=NULL, looked_run=?, report_id=? "
            "WHERE url=?",
            (run_id, report_id, entry.url),
        )
        note_outcome(db, entry.url, EntryState.STORED)
        note_reused(db, entry.url)
        note_there(db, report_id, entry.url)
    return True


def _unchanged(db: Database, entry: Entry, sha256: str) -> int | None:
    """The report that a page with these bytes was read as, in the way in which it would be read now."""
    known = row(
        db,
        "SELECT s.report_id, g.* FROM sources s JOIN readings g ON g.url = s.url WHERE s.url = ?",
        (entry.url,),
    )
    if known is None or (known["sha256"], known["extractor"]) != (sha256, EXTRACTOR):
        return None
    if known["files"] or known["unread"] or is_stale(db, entry.url):
        return None
    if (known["title"], known["published"]) != (entry.title or None, entry.published):
        return None
    return int(known["report_id"])


def heirs(db: Database, portal: str, run_id: int) -> list[tuple[int, str]]:
    """(id of a report whose own address is gone, another address that still has it), the latest found.

    One that has an earlier version of it only counts where a list shows it in this run.
    """
    found = db.query(_HEIRS, {"portal": portal, "run": run_id})
    return [(one["id"], one["heir"]) for one in found]


def successors(db: Database, portal: str, run_id: int, dropped: Iterable[str]) -> list[tuple[int, str]]:
    """(id of a report whose own address its list shows no more, a listed one where it reads otherwise)."""
    given = {"portal": portal, "run": run_id, "dropped": json.dumps(sorted(dropped))}
    return [(found["id"], found["heir"]) for found in db.query(_SUCCESSORS, given)]


def move(
    db: Database, report_id: int, report: Report, source: Source, run_id: int, dropped: Iterable[str] = ()
) -> bool:
    """Let a report stand under another address of its own, as it reads there; whether that is a new version.

    It is one where it reads otherwise and an earlier version stood there or its sentences are other ones.
    """
    with write(db):
        known = row(db, "SELECT * FROM reports WHERE id = ?", (report_id,))
        back = known is not None and earlier_at(db, source.url) == report_id
        otherwise = known is not None and (back or reworded(known["text"], report.text))
        changed = known is not None and otherwise and is_version(db, known, report, source)
        if known is not None and changed:
            keep_version(db, known)
        take_over(db, report_id, report, source, run_id=run_id, extractor=EXTRACTOR)
        if back:
            mark_earlier(db, report_id, source.url)
        elif known is not None and changed:
            mark_left(db, report_id, known["reading"], source.url, dropped)
            note_changed(db, report_id, source.url, Parts.of(report).digest)
        elif known is not None:
            note_left(db, report_id, known["reading"], source.url)
        note_there(db, report_id)
    return changed


def gone_of(db: Database, portal: str, run_id: int, years: range | None) -> tuple[int, int]:
    """(reports of a portal that no address has any more, those of them that a run found out)."""
    first, last = (years[0], years[-1]) if years else (None, None)
    gone, now_gone = db.conn.execute(
        "SELECT count(*), coalesce(sum(gone_since >= (SELECT started FROM runs WHERE id = ?)), 0) "
        "FROM reports WHERE portal = ? AND gone_since IS NOT NULL AND (? IS NULL OR year BETWEEN ? AND ?)",
        (run_id, portal, first, first, last),
    ).fetchone()
    return int(gone), int(now_gone)
