"""The door of the room: an open database, what can be written to it and what can be asked of it."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from govcrawl import EXTRACTOR
from govcrawl.model import (
    ArchiveRecord,
    Declined,
    Entry,
    EntryState,
    HostException,
    Listing,
    Portal,
    Report,
    Source,
    Validators,
    Visit,
)
from govcrawl.store import archived, defects, hosts, ledger, listings, paths, queries, runs, writing
from govcrawl.store.defects import EVERYTHING, Wanted
from govcrawl.store.migrations import migrate
from govcrawl.store.queries import Row, Selection
from govcrawl.store.sqlite import connect, memory, write
from govcrawl.store.writing import Saved

ALL = Selection()


class Store:
    """An open govcrawl database; a context manager that closes it.

    Every writing method is one transaction: when it returns the change is on disk, when the process dies
    before that nothing of it is.
    """

    def __init__(self, path: Path, db: Database, *, readonly: bool = False) -> None:
        self.path = path
        self.readonly = readonly
        self.db = db

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True) -> Self:
        """The database at ``path``, brought to the newest layout; made if absent and ``create``.

        Raises UsageError, in one line, for a file that is no SQLite database or not ours, for one written
        by a newer govcrawl, and for a missing or unwritable folder.
        """
        path = Path(path)
        db = connect(path, create=create)
        try:
            migrate(db, path)
        except BaseException:
            db.close()
            raise
        return cls(path, db)

    @classmethod
    def in_memory(cls) -> Self:
        """A database that is gone when it is closed."""
        path, db = Path(":memory:"), memory()
        migrate(db, path)
        return cls(path, db)

    def close(self) -> None:
        """Close the connection."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- runs and portals

    def start_run(self, command: str, arguments: Mapping[str, str]) -> int:
        """Write down that a run began; ``finished`` stays NULL if it dies. The id of its row."""
        return runs.start_run(self.db, command, arguments)

    def finish_run(
        self,
        run_id: int,
        *,
        verdict: str,
        exit_status: int,
        counts: Mapping[str, int],
        detail: Mapping[str, object],
    ) -> None:
        """Write down how a run ended; ``counts`` are named as columns of ``runs``, others go to detail."""
        runs.finish_run(
            self.db, run_id, verdict=verdict, exit_status=exit_status, counts=counts, detail=detail
        )

    def note_portal(self, portal: Portal, run_id: int) -> None:
        """Remember a portal and the run that visits it."""
        with write(self.db):
            runs.note_portal(self.db, portal, run_id)

    def note_portal_run(
        self,
        run_id: int,
        portal: Portal,
        *,
        outcome: str,
        reason: str | None = None,
        counts: Mapping[str, int],
    ) -> None:
        """Write down what a run found at a portal; ``counts`` are named as the columns of ``portal_runs``."""
        runs.note_portal_run(self.db, run_id, portal, outcome=outcome, reason=reason, counts=counts)

    # --- the ledger

    def note_entries(self, entries: Iterable[Entry], run_id: int, seen: Validators | None = None) -> int:
        """Put links into the ledger; the number of those that are new or have to be fetched again.

        ``seen`` is what the listing that they stand on is known by: both are written, or none.
        """
        return ledger.note_entries(self.db, entries, run_id, seen)

    def pending_entries(self, portal: str) -> list[Entry]:
        """The links of a portal that wait to be fetched, in order of discovery."""
        return ledger.pending_entries(self.db, portal)

    def unfinished_entries(self, portal: str, run_id: int) -> list[Entry]:
        """The links of a portal that wait, or that failed in a run before this one and are due."""
        return ledger.unfinished_entries(self.db, portal, run_id)

    def entry_states(self, portal: str) -> dict[str, EntryState]:
        """Where each link of a portal stands, by its address."""
        return ledger.entry_states(self.db, portal)

    def states_of(self, urls: Sequence[str]) -> dict[str, EntryState]:
        """Where some links stand, by their address."""
        return ledger.states_of(self.db, urls)

    def close_entry(
        self, url: str, state: EntryState, reason: str | None = None, *, run_id: int | None = None,
        unlisted: bool = False,
    ) -> EntryState:  # fmt: skip
        """Move a known link to another state after an attempt; KeyError for an unknown one."""
        return ledger.close_entry(self.db, url, state, reason, run_id, unlisted=unlisted)

    def fail(
        self, entry: Entry, reason: str, source: Source | None = None, *, run_id: int | None = None,
        state: EntryState = EntryState.FAILED,
    ) -> EntryState:  # fmt: skip
        """Write down that a link, known or not, could not be fetched or, where it has a source, not read."""
        return writing.dismiss(self.db, entry, state, reason, source, run_id)

    # --- the memory of discovery

    def remember_listings(self, portal: str, found: Iterable[Listing], run_id: int) -> None:
        """Replace what is remembered of a portal's pages by what a full discovery has just seen."""
        listings.remember(self.db, portal, found, run_id)

    def look_again_at_listings(self, portal: str, found: Iterable[Listing]) -> None:
        """Note a later look at some of the pages that are remembered of a portal."""
        listings.look_again(self.db, portal, found)

    def remembered_listings(self, portal: str, days: int) -> list[Listing]:
        """What a full discovery of the last ``days`` days saw of a portal's pages."""
        return listings.remembered(self.db, portal, days)

    def forget_listings(self, portal: str) -> None:
        """Drop what is remembered of a portal whose site has changed."""
        listings.forget(self.db, portal)

    # --- the ways to reports

    def note_visit(self, visit: Visit, run_id: int, *, again: bool = False) -> None:
        """Write down a page and the way to it; ``again`` keeps the way that is known already."""
        paths.note_visit(self.db, visit, run_id, again=again)

    def note_refusal(self, declined: Declined, run_id: int) -> None:
        """Write down a refusal with its evidence."""
        paths.note_refusal(self.db, declined, run_id)

    # --- hosts

    def note_exception(self, found: HostException, run_id: int) -> None:
        """Remember an exception that a host needs."""
        hosts.note_exception(self.db, found, run_id)

    def host_exceptions(self, days: int) -> list[HostException]:
        """The exceptions that hosts needed in the last ``days`` days."""
        return hosts.exceptions(self.db, days)

    def host_requests(self, day: str) -> dict[str, int]:
        """Requests that each host got on a day (ISO date)."""
        return hosts.requests_of(self.db, day)

    def add_host_requests(self, day: str, counts: Mapping[str, int]) -> None:
        """Add to the requests that hosts got on a day."""
        hosts.add_requests(self.db, day, counts)

    # --- reports

    def save_report(
        self,
        report: Report,
        source: Source,
        *,
        entry: Entry | None = None,
        run_id: int,
        extractor: str = EXTRACTOR,
        lacks: str | None = None,
    ) -> Saved:
        """Store a report under ``source.url``, all of it and its link's new state, or nothing."""
        return writing.save_report(
            self.db, report, source, entry=entry, run_id=run_id, extractor=extractor, lacks=lacks
        )

    def reject(
        self,
        entry: Entry | str,
        portal: str,
        reason: str,
        source: Source | None = None,
        run_id: int | None = None,
    ) -> EntryState:
        """Write down that a document is no report; an address alone gives a link that nobody listed."""
        known = Entry(url=entry, portal=portal) if isinstance(entry, str) else entry
        return writing.dismiss(self.db, known, EntryState.REJECTED, reason, source, run_id)

    def note_record(self, record: ArchiveRecord) -> None:
        """Write down where archived bytes lie, apart from any report."""
        with write(self.db):
            archived.note_record(self.db, record)

    # --- questions

    def count_reports(self, portal: str, years: range | None = None) -> int:
        """Number of reports of a portal, of some fiscal years or of all."""
        return queries.count_reports(self.db, portal, years)

    @contextmanager
    def snapshot(self) -> Iterator[Self]:
        """Let all questions asked inside see the same moment, whatever others write meanwhile."""
        self.db.conn.execute("BEGIN")
        try:
            yield self
        finally:
            self.db.conn.rollback()

    def record(self, sha256: str) -> ArchiveRecord | None:
        """Where bytes with this hash lie in the archive; None when they were never archived."""
        return archived.record_of(self.db, sha256)

    def reports(self, selection: Selection = ALL) -> Iterator[Row]:
        """Rows of ``reports`` one at a time, ordered by address."""
        return queries.reports(self.db, selection)

    def parts(self, table: str, report_id: int) -> list[Row]:
        """A report's ``sections``, ``tables``, ``attachments``, ``statements``, ``checks``, ``findings``,
        ``removals`` or ``sources``."""
        return queries.parts(self.db, table, report_id)

    def facts(self, report_id: int) -> list[Row]:
        """A report's facts, ordered by their id."""
        return queries.facts(self.db, report_id)

    def runs(self, limit: int = 10) -> list[Row]:
        """The last runs, newest first."""
        return queries.runs(self.db, limit)

    def portal_runs(self, run_id: int) -> list[Row]:
        """What one run found, portal by portal."""
        return queries.portal_runs(self.db, run_id)

    def portal_states(self) -> list[Row]:
        """For each portal: reports stored, their years, and its links by state."""
        return queries.portal_states(self.db)

    def unsettled_entries(self) -> list[Row]:
        """Links that gave no report: failed, blocked, gone or pending."""
        return queries.unsettled_entries(self.db)

    def rejected_entries(self) -> list[Row]:
        """Links whose documents were found to be no reports, with the reason."""
        return queries.rejected_entries(self.db)

    def defects(self, outcome: str, selection: Selection = ALL, wanted: Wanted = EVERYTHING) -> Iterator[Row]:
        """Checks with an outcome and, beside failed ones, the findings, with the cells concerned."""
        return defects.defects(self.db, outcome, selection, wanted)

    def count(self, table: str) -> int:
        """Number of rows of a table or view."""
        return int(self.db.conn.execute(f"SELECT count(*) FROM [{table}]").fetchone()[0])
