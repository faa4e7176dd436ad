"""The ledger: one row for every report link ever discovered, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Entry, EntryState, Validators
from govcrawl.store.archived import note_validators
from govcrawl.store.bodies import note_reused
from govcrawl.store.clock import now
from govcrawl.store.earlier import STANDS, earlier_at
from govcrawl.store.empty_handed import at_first, note_empty_handed
from govcrawl.store.evidence import settled_by, weigh
from govcrawl.store.retries import RETRIED, note_outcome
from govcrawl.store.shortfalls import Paging, note_paging
from govcrawl.store.sqlite import row, write

_AT_ONCE = 500  # addresses in one statement; SQLite takes 999 in its oldest builds


def note_entries(
    db: Database,
    entries: Iterable[Entry],
    run_id: int,
    seen: Validators | None = None,
    paging: Paging | None = None,
) -> int:
    """Put links into the ledger; the number of those that have to be fetched because of it.

    An unknown link becomes pending. A known one becomes pending again when the listing it came from now
    states another title or date for it, or when a run after the one that failed on it sees it and it is due.
    ``seen`` is what the listing itself is known by, ``paging`` whether more of its pages are to come.
    """
    with write(db):
        if paging is not None:
            note_paging(db, paging, run_id)
        note_validators(db, seen)
        return sum(_note(db, entry, run_id) for entry in entries)


def pending_entries(db: Database, portal: str) -> list[Entry]:
    """The links of a portal that wait to be fetched, in order of discovery."""
    rows = db.query("SELECT * FROM entries WHERE portal = ? AND state = 'pending' ORDER BY rowid", (portal,))
    return [entry_of(found) for found in rows]


def unfinished_entries(db: Database, portal: str, run_id: int) -> list[Entry]:
    """The links of a portal that wait, or that failed in an earlier run and are due, as discovered."""
    rows = db.query(
        "SELECT * FROM entries WHERE portal = ? AND (state = 'pending' "
        "OR (state IN ('failed', 'blocked') AND run_id IS NOT ? AND coalesce(next_try, '') <= ?)) "
        "ORDER BY rowid",
        (portal, run_id, now()),
    )
    return [entry_of(found) for found in rows]


def entry_states(db: Database, portal: str) -> dict[str, EntryState]:
    """Where each link of a portal stands, by its address."""
    rows = db.conn.execute("SELECT url, state FROM entries WHERE portal = ?", (portal,))
    return {url: EntryState(state) for url, state in rows}


def states_of(db: Database, urls: Sequence[str]) -> dict[str, EntryState]:
    """Where some links stand, by their address; the unknown ones are left out."""
    found: dict[str, EntryState] = {}
    for start in range(0, len(urls), _AT_ONCE):
        part = urls[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        rows = db.conn.execute(f"SELECT url, state FROM entries WHERE url IN ({marks})", part)  # noqa: S608
        found |= {url: EntryState(state) for url, state in rows}
    return found


def close_entry(
    db: Database,
    url: str,
    state: EntryState,
    reason: str | None,
    run_id: int | None,
    *,
    unlisted: bool = False,
) -> EntryState:
    """Move a link to another state after an attempt, with the reason as its ``last_error``; which it is then.

    ``unlisted``: a list that showed it was read and does so no more.

    Raises KeyError for a link that the ledger does not know.
    """
    with write(db):
        state, reason = weigh(db, url, state, reason, run_id, unlisted=unlisted)
        if state is EntryState.GONE:  # where a page sends on to another site is its answer, the same tomorrow
            state = at_first(db, url, state, reason, settled_by(datetime.now(UTC)))
        changed = db.conn.execute(
            "UPDATE entries SET state=?, last_error=?, attempts=attempts+1, run_id=?, looked_run=?, "
            "last_seen=? WHERE url=?",
            (state.value, reason, run_id, run_id, now(), url),
        )
        if changed.rowcount != 1:
            raise KeyError(url)
        note_outcome(db, url, state)
        note_empty_handed(db, url, state)
        note_reused(db, url)
        if state is EntryState.GONE:
            note_gone(db, url)
        elif state is EntryState.STORED and reason:
            want_seconds(db, url)
    return state


def note_second(db: Database, url: str, first: str, run_id: int) -> None:
    """Write down that a link, which was not fetched, leads to the report that is stored from another one."""
    reason = f"not fetched: listed with the title and the date of {first}"
    with write(db):
        db.conn.execute(
            "UPDATE entries SET state='stored', last_error=?, run_id=?, last_seen=?, "
            "report_id=(SELECT report_id FROM entries WHERE url=?) WHERE url=?",
            (reason, run_id, now(), first, url),
        )


def settle(
    db: Database,
    entry: Entry,
    state: EntryState,
    *,
    reason: str | None = None,
    sha256: str | None = None,
    report_id: int | None = None,
    run_id: int | None = None,
) -> EntryState:
    """Write the state a link has reached, known or not, inside the caller's transaction; which it is then."""
    _insert(db, entry, run_id)
    state, reason = weigh(db, entry.url, state, reason, run_id)
    state = at_first(db, entry.url, state, reason, settled_by(datetime.now(UTC)))
    db.conn.execute(
        "UPDATE entries SET state=?, last_error=?, attempts=attempts+1, last_seen=?, run_id=?, "
        "looked_run=?, sha256=coalesce(?, sha256), report_id=coalesce(?, report_id) WHERE url=?",
        (state.value, reason, now(), run_id, run_id, sha256, report_id, entry.url),
    )
    note_outcome(db, entry.url, state)
    note_empty_handed(db, entry.url, state)
    note_reused(db, entry.url)
    if state is EntryState.GONE:
        note_gone(db, entry.url)
    elif state is EntryState.STORED and reason:
        want_seconds(db, entry.url)
    elif report_id is not None:
        note_there(db, report_id, entry.url)
    return state


_SETTLE_NEW = """
    INSERT INTO entries (url, portal, title, year, published, listing, reason, state, attempts, first_seen,
                         last_seen, sha256, report_id, run_id, looked_run)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'stored', 1, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (url) DO UPDATE SET state='stored', attempts=attempts+1, last_seen=excluded.last_seen,
        sha256=excluded.sha256, report_id=excluded.report_id, run_id=excluded.run_id,
        looked_run=excluded.looked_run, last_error=NULL, failures=0, next_try=NULL
"""


def settle_new(db: Database, entry: Entry, *, sha256: str, report_id: int, run_id: int) -> None:
    """As ``settle`` for a report that was written as a new one (``put_fresh``) under its link's own address.

    Of that the database knew nothing, so there is nothing to weigh: one statement instead of a dozen.
    """
    told = (entry.url, entry.portal, entry.title, entry.year, entry.published, entry.listing, entry.reason)
    moment = now()
    db.conn.execute(_SETTLE_NEW, (*told, moment, moment, sha256, report_id, run_id, run_id))


def note_there(db: Database, report_id: int, url: str | None = None) -> None:
    """Take back that a report is gone (inside a transaction), unless ``url`` has an earlier version only."""
    if url is not None and earlier_at(db, url) == report_id:
        return
    db.conn.execute("UPDATE reports SET gone_since=NULL WHERE id=? AND gone_since IS NOT NULL", (report_id,))


def note_gone(db: Database, url: str) -> None:
    """Mark the report of a page that is gone, when no other address has it (inside a transaction)."""
    want_seconds(db, url)
    db.conn.execute(
        "UPDATE reports SET gone_since=? WHERE gone_since IS NULL "  # noqa: S608 - a text of ours
        f"AND id IN (SELECT report_id FROM sources WHERE url=?) AND NOT {STANDS}",
        (now(), url),
    )


def want_seconds(db: Database, url: str) -> None:
    """Let second addresses be fetched that were not because this one was (inside a transaction)."""
    db.conn.execute(
        "UPDATE entries SET state='pending', last_error=NULL WHERE state='stored' AND attempts=0 "
        "AND report_id IN (SELECT report_id FROM sources WHERE url=?)",
        (url,),
    )


def note_rereading(
    db: Database, url: str, state: EntryState, reason: str | None, report_id: int | None = None
) -> None:
    """Write down what reading a link's bytes again has made of it, inside the caller's transaction.

    A link that waits, whose page was gone or refused at the last look, or which has another page in the place
    of its report since the last one, stays in that state.
    """
    db.conn.execute(
        "UPDATE entries SET report_id=coalesce(?1, report_id), "
        "doubted=CASE WHEN state IN ('failed', 'rejected') AND ?1 IS NOT NULL THEN NULL ELSE doubted END, "
        "last_error=CASE WHEN state IN ('failed', 'rejected') THEN ?2 ELSE last_error END, "
        "state=CASE WHEN state='failed' AND doubted IS NOT NULL AND ?1 IS NULL THEN state "
        "WHEN state IN ('failed', 'rejected') THEN ?3 ELSE state END WHERE url=?4",
        (report_id, reason, state.value, url),
    )
    if report_id is not None:
        note_outcome(db, url, state)


def _note(db: Database, entry: Entry, run_id: int) -> bool:
    known = row(db, "SELECT * FROM entries WHERE url = ?", (entry.url,))
    if known is None:
        _insert(db, entry, run_id, run_id)
        return True
    reopened = known["state"] != EntryState.PENDING and (
        _restated(known, entry) or (known["state"] in RETRIED and known["run_id"] != run_id and _due(known))
    )
    if _same_place(known, entry):
        db.conn.execute(
            "UPDATE entries SET title=coalesce(nullif(?, ''), title), published=coalesce(?, published), "
            "year=coalesce(?, year) WHERE url=?",
            (entry.title, entry.published, entry.year, entry.url),
        )
    if reopened:  # a server that says all the same that nothing has changed is not believed
        db.conn.execute("DELETE FROM validators WHERE url=?", (entry.url,))
    state = EntryState.PENDING.value if reopened else known["state"]
    db.conn.execute(
        "UPDATE entries SET state=?, last_seen=?, seen_run=? WHERE url=?", (state, now(), run_id, entry.url)
    )
    return reopened


def _restated(known: dict[str, Any], entry: Entry) -> bool:
    """Whether a listing changed its mind: two listings that word one link differently are no change."""
    if not _same_place(known, entry):
        return False
    retitled = bool(entry.title and known["title"]) and entry.title != known["title"]
    redated = bool(entry.published and known["published"]) and entry.published != known["published"]
    return retitled or redated


def _due(known: dict[str, Any]) -> bool:
    return (known["next_try"] or "") <= now()


def _same_place(known: dict[str, Any], entry: Entry) -> bool:
    return bool(known["listing"] == entry.listing)


def _insert(db: Database, entry: Entry, run_id: int | None, seen_run: int | None = None) -> None:
    moment = now()
    db.conn.execute(
        "INSERT INTO entries (url, portal, title, year, published, listing, reason, state, first_seen, "
        "last_seen, run_id, seen_run) VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?) "
        "ON CONFLICT (url) DO NOTHING",
        (
            entry.url,
            entry.portal,
            entry.title,
            entry.year,
            entry.published,
            entry.listing,
            entry.reason,
            moment,
            moment,
            run_id,
            seen_run,
        ),
    )


def entry_of(found: dict[str, Any]) -> Entry:
    """The link that a row of ``entries`` tells of."""
    names = ("url", "portal", "title", "year", "published", "listing", "reason")
    return Entry(**{name: found[name] for name in names})
