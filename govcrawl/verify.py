"""Whether an output folder is whole: its database, its archive, and what each says of the other."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from govcrawl.archive import Archive, DamagedArchive
from govcrawl.counting import counted
from govcrawl.model import ArchiveRecord, EntryState
from govcrawl.store import Store
from govcrawl.store.archived import records
from govcrawl.store.earlier import STANDS
from govcrawl.store.intact import altered
from govcrawl.store.sqlite import DatabaseError
from govcrawl.store.stale import OVERTAKEN, STALE

CONTRACT: Mapping[str, str] = {
    "reports": "id, url, portal, division_code, agency, year, title, published, template, text, source_type, "
    "sha256, extractor, first_seen, fetched_at",
    "sections": "report_id, number, heading, text",
    "tables": "report_id, number, caption, grid",
    "attachments": "report_id, url, filename, media_type, sha256, role",
    "versions": "report_id, sha256, text, fetched_at",
    "facts": "report_id, fact, value, raw, status",
    "statements": "report_id, fact, value, sentence",
    "checks": "report_id, rule, subject, outcome, expected, actual",
    "entries": "url, portal, title, year, state, attempts, last_error",
    "runs": "id, started, finished, verdict",
}
"""Tables and views that users rely on, with their columns."""

_RESTORE = "restore govcrawl.db from a backup, or keep the archive and crawl into a new folder"
_FETCH = "crawl its portal with -s RECHECK_DAYS=0 to fetch it again"
_INGEST = "restore it from a backup, or ingest the file again"
_OLD = "restore the archive from a backup: this version is not on the web any more"
_NOTHING = "no report was read from it: nothing needs to be done"
_READ = "run govcrawl reextract"
_CRAWL = "run the crawl of its portal again"
_REPORT = "please report this"
_ALTERED = "what is stored of the report is not what was read from it"

_STATES = ", ".join(f"'{state}'" for state in EntryState)

# (rows that should not be, what is wrong with each, what to do)
_RULES: tuple[tuple[str, str, str], ...] = (
    (
        "SELECT url FROM reports r WHERE NOT EXISTS (SELECT 1 FROM records a WHERE a.sha256 = r.sha256)",
        "the report's bytes are not in the archive",
        _FETCH,
    ),
    (
        "SELECT url FROM sources s WHERE NOT EXISTS (SELECT 1 FROM records a WHERE a.sha256 = s.sha256) "
        "AND url NOT IN (SELECT url FROM reports)",
        "the bytes of this further address of a report are not in the archive",
        _FETCH,
    ),
    (
        "SELECT r.url FROM versions v JOIN reports r ON r.id = v.report_id "
        "WHERE NOT EXISTS (SELECT 1 FROM records a WHERE a.sha256 = v.sha256)",
        "the bytes of an earlier version are not in the archive",
        "restore the archive from a backup",
    ),
    (
        "SELECT url FROM reports WHERE url NOT IN (SELECT url FROM readings)",
        "it is not known what the report was read from",
        _FETCH,
    ),
    (
        "SELECT url FROM reports WHERE url NOT IN (SELECT url FROM sources)",
        "the report has no row in sources",
        _READ,
    ),
    (
        "SELECT r.url FROM reports r WHERE r.template <> 'free' "
        "AND NOT EXISTS (SELECT 1 FROM fact_lists c WHERE c.report_id = r.id)",
        "the report has tables and no facts",
        _READ,
    ),
    (f"SELECT url FROM entries WHERE state NOT IN ({_STATES})", "its state is none that there is", _CRAWL),
    (
        "SELECT url FROM entries WHERE state = 'stored' AND report_id IS NULL",
        "stored without a report",
        _READ,
    ),
    (
        "SELECT e.url FROM entries e WHERE e.state = 'stored' AND e.report_id IS NOT NULL AND e.attempts > 0 "
        "AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.url = e.url AND s.report_id = e.report_id)",
        "stored, but its report does not name it as a source",
        _CRAWL,
    ),
    (
        "SELECT s.url FROM sources s JOIN entries e ON e.url = s.url "
        f"WHERE e.state = 'stored' AND e.doubted IS NULL AND {STALE}",
        "its report reads otherwise now than it did here, and nobody has looked since",
        _CRAWL,
    ),
    (
        "SELECT s.url FROM sources s JOIN reports r ON r.id = s.report_id JOIN readings g ON g.url = s.url "
        f"WHERE {OVERTAKEN}",
        "its report was changed at another address by an older govcrawl, which may have lost this one's",
        _READ,
    ),
    (
        "SELECT url FROM entries WHERE state IN ('rejected', 'failed') AND last_error IS NULL",
        "gave no report and nobody knows why",
        _CRAWL,
    ),
    (
        f"SELECT url FROM reports WHERE gone_since IS NOT NULL AND {STANDS}",
        "the report counts as gone although an address still has it",
        _CRAWL,
    ),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be, with what a person can do about it."""

    subject: str
    what: str
    next_step: str
    harmless: bool = False
    """That nothing needs to be done: lost bytes that no report was read from."""

    def __str__(self) -> str:
        return f"{self.subject}: {self.what}; {self.next_step}"


def verify(store: Store, archive: Archive, moved: Callable[[], None] = lambda: None) -> Iterator[Fault]:
    """Every fault of an output folder; ``moved`` is called for each archived record that was read."""
    try:
        yield from _database(store)
        for sql, what, next_step in _RULES:
            yield from (Fault(url, what, next_step) for (url,) in store.db.conn.execute(sql))
        yield from (Fault(url, _ALTERED, _READ) for url in altered(store.db))
        yield from _archive(store, archive, moved)
    except DatabaseError as error:
        yield Fault(str(store.path), f"cannot be read further ({error})", _RESTORE)


def _database(store: Store) -> Iterator[Fault]:
    path, execute = str(store.path), store.db.conn.execute
    for (told,) in execute("PRAGMA integrity_check").fetchall():
        if told != "ok":
            yield Fault(path, " ".join(str(told).split()), _RESTORE)
    for table, number, other, _ in execute("PRAGMA foreign_key_check").fetchall():
        yield Fault(path, f"row {number} of {table} points to no row of {other}", _READ)
    for name, columns in CONTRACT.items():
        try:
            execute(f"SELECT {columns} FROM [{name}] LIMIT 1").fetchall()
        except DatabaseError as error:
            yield Fault(path, f"{name} cannot be asked ({error})", _RESTORE)


def _archive(store: Store, archive: Archive, moved: Callable[[], None]) -> Iterator[Fault]:
    """Records that cannot be read back; one whose bytes were archived again since does no harm.

    A file that is not there is told once, not once for each of its records.
    """
    needed = _Needed(store)
    for name, held in groupby(records(store.db), key=lambda record: record.file):
        path = archive.folder / name
        lost: list[Fault] = []
        for record in held:
            moved()
            try:
                archive.read(record)
            except DamagedArchive as error:
                if store.record(record.sha256) == record:
                    next_step = needed.next_step(record)
                    lost.append(Fault(record.url, str(error), next_step or _NOTHING, next_step is None))
        if path.exists():
            yield from lost
        elif lost:
            yield from _missing(str(path), lost)


def _missing(path: str, lost: Sequence[Fault]) -> Iterator[Fault]:
    """A file that is not there, with what its records ask for that reports need; else all it held."""
    needed = [fault for fault in lost if not fault.harmless]
    if not needed:
        yield from lost
        return
    steps = sorted({fault.next_step for fault in needed} - {_OLD, _INGEST})
    steps += ["ingest its files again"] if any(fault.next_step == _INGEST for fault in needed) else []
    held = f"the file is not there, and {counted(len(needed), 'record')} in it that reports need"
    yield Fault(path, held, "; or ".join(("restore it from a backup", *steps)))


class _Needed:
    """The bytes that reports need, asked for where some are lost: then for many, as a rule."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _versions(self) -> frozenset[str]:
        return self._of("SELECT sha256 FROM versions")

    @cached_property
    def _now(self) -> frozenset[str]:
        return self._of("SELECT sha256 FROM readings UNION SELECT sha256 FROM reports")

    def _of(self, sql: str) -> frozenset[str]:
        return frozenset(sha256 for (sha256,) in self._store.db.conn.execute(sql))

    def next_step(self, record: ArchiveRecord) -> str | None:
        """What to do about lost bytes, None where nothing is lost by it.

        The bytes of a page on the way to reports are fetched at every crawl.
        """
        if record.sha256 in self._versions:
            return _OLD
        if record.sha256 not in self._now:
            return None
        return _INGEST if record.url.startswith("file:") else _FETCH
