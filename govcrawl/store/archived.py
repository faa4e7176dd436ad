"""What the database knows of the archive: where bytes lie, how they were read, how to ask for news."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from operator import attrgetter
from typing import Any

from sqlite_utils import Database

from govcrawl.model import ArchiveRecord, Given, GivenFile, Source, Validators
from govcrawl.store.clock import utc
from govcrawl.store.sqlite import not_yet, row, with_next, write

_RECORD = ("sha256", "file", "offset", "length", "url", "media_type", "status", "fetched_at")
_record = attrgetter(*_RECORD)
_NOTE_RECORD = (
    f"INSERT INTO records ({', '.join(f'[{name}]' for name in _RECORD)}) "  # noqa: S608 - names of ours
    f'VALUES ({", ".join(f":{name}" for name in _RECORD)}) ON CONFLICT (file, "offset") DO NOTHING'
)
NOTE_READING = """
    INSERT INTO readings (url, portal, division_code, sha256, fetched_at, name, answered, media_type, charset,
                          title, published, place, files, unread, extractor, reading)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (url) DO UPDATE SET portal=excluded.portal, division_code=excluded.division_code,
        sha256=excluded.sha256, fetched_at=excluded.fetched_at, name=excluded.name,
        answered=excluded.answered, media_type=excluded.media_type, charset=excluded.charset,
        title=excluded.title, published=excluded.published, place=excluded.place,
        files=excluded.files, unread=excluded.unread, extractor=excluded.extractor, reading=excluded.reading
"""


def note_record(db: Database, record: ArchiveRecord | None) -> None:
    """Write down where archived bytes lie (inside a transaction); a record already known stays."""
    if record is not None:
        db.conn.execute(_NOTE_RECORD, _told(record))


def note_new_record(db: Database, record: ArchiveRecord) -> None:
    """Have it written down with the next transaction where bytes lie that were just archived.

    ``record_of`` and ``record_at`` know it at once. What a page led to is never written before its record; a
    death before that leaves bytes in the archive that nothing points to, and the page is fetched again.
    """
    with_next(db, _NOTE_RECORD, _told(record))


def _told(record: ArchiveRecord) -> dict[str, Any]:
    return dict(zip(_RECORD, _record(record), strict=True))  # a tenth of the time of ``asdict``


def record_of(db: Database, sha256: str) -> ArchiveRecord | None:
    """Where bytes with this hash lie, the record written last; None when they were never archived."""
    for new in reversed(not_yet(db, _NOTE_RECORD)):
        if new["sha256"] == sha256:
            return ArchiveRecord(**new)
    found = row(db, "SELECT * FROM records WHERE sha256 = ? ORDER BY id DESC LIMIT 1", (sha256,))
    return None if found is None else ArchiveRecord(**{name: found[name] for name in _RECORD})


def record_at(db: Database, url: str) -> ArchiveRecord | None:
    """Where the bytes lie that an address sent last, as far as no other one had sent them before."""
    for new in reversed(not_yet(db, _NOTE_RECORD)):
        if new["url"] == url:
            return ArchiveRecord(**new)
    found = row(db, "SELECT * FROM records WHERE url = ? ORDER BY id DESC LIMIT 1", (url,))
    return None if found is None else ArchiveRecord(**{name: found[name] for name in _RECORD})


def records(db: Database) -> Iterator[ArchiveRecord]:
    """All records in the order of their files."""
    found = db.query('SELECT * FROM records ORDER BY file, "offset"')
    return (ArchiveRecord(**{name: known[name] for name in _RECORD}) for known in found)


# --- how documents were read


def note_reading(db: Database, source: Source, extractor: str, reading: str | None) -> None:
    """Write down what a document was read from and with (inside a transaction).

    ``reading`` is the digest of what was read, None when it was no report.
    """
    db.conn.execute(NOTE_READING, reading_row(source, extractor, reading))


def reading_row(source: Source, extractor: str, reading: str | None) -> tuple[Any, ...]:
    """The row for ``NOTE_READING``."""
    given = source.given or Given(source.url, source.url)
    return (
        *(source.url, source.portal, source.division_code, page_of(source), utc(source.fetched_at)),
        *("" if own == source.url else own for own in (given.name, given.answered)),
        *(given.media_type, given.charset, given.title, given.published),
        *(_json(given.place), _json([astuple(file) for file in given.files]), _json(given.unread)),
        *(extractor, reading),
    )


def page_of(source: Source) -> str:
    """Hash of what stands at a source's own address: its page's, where the report is an attached file's."""
    return source.page_sha256 or source.sha256


def source_of(db: Database, url: str) -> Source | None:
    """What the document at an address was last read from and with, None when it never was."""
    found = row(db, "SELECT * FROM readings WHERE url = ?", (url,))
    return None if found is None else as_source(db, found)


def as_source(db: Database, found: dict[str, Any]) -> Source:
    """The source that a row of ``readings`` tells of."""
    names = ("media_type", "charset", "title", "published")
    place, files, unread = (json.loads(found[name] or "[]") for name in ("place", "files", "unread"))
    given = Given(
        found["name"] or found["url"],
        found["answered"] or found["url"],
        **{name: found[name] for name in names},
        place=tuple(place) or None,
        files=tuple(GivenFile(*file) for file in files),
        unread=tuple((url, why) for url, why in unread),
    )
    keys = ("url", "portal", "division_code", "sha256", "fetched_at")
    record = record_of(db, found["sha256"])
    return Source(**{name: found[name] for name in keys}, record=record, given=given)


def readings(db: Database, *, extractor: str, only_stale: bool, since: int) -> list[str]:
    """The addresses whose bytes are to be read again: those that reports stand under first, in their order.

    ``only_stale``: those that another extractor read last. What a run from ``since`` on has read again is
    left out.
    """
    found = db.conn.execute(
        "SELECT g.url FROM readings g LEFT JOIN reports r ON r.url = g.url "
        "WHERE (NOT ? OR ? NOT IN (g.extractor, coalesce(r.extractor, g.extractor)) "
        "OR coalesce(r.extractor, g.extractor) <> g.extractor) AND coalesce(g.reread_run, 0) < ? "
        "ORDER BY r.id IS NULL, r.id, g.url",
        (only_stale, extractor, since),
    )
    return [url for (url,) in found]


def note_reread(db: Database, url: str, run_id: int) -> None:
    """Write down that a run has read a document again (inside a transaction)."""
    db.conn.execute("UPDATE readings SET reread_run = ? WHERE url = ?", (run_id, url))


def _json(value: Sequence[object] | None) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


# --- what conditional requests are made of


def note_validators(db: Database, seen: Validators | None) -> None:
    """Write down what a page is known by (inside a transaction); one that gives nothing is forgotten."""
    if seen is None:
        return
    if not (seen.etag or seen.last_modified):
        db.conn.execute("DELETE FROM validators WHERE url = ?", (seen.url,))
        return
    db.conn.execute(
        "INSERT OR REPLACE INTO validators (url, etag, last_modified, content_type, sha256, asked_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (seen.url, seen.etag, seen.last_modified, seen.content_type, seen.sha256, seen.asked_at),
    )


def validators_of(db: Database, url: str, days: float) -> Validators | None:
    """What a page is known by, unless all of it was sent more than ``days`` ago.

    A server that says that nothing has changed, whatever has, is found out so.
    """
    found = row(
        db,
        "SELECT * FROM validators WHERE url = ? AND abs(julianday('now') - julianday(asked_at)) < ?",
        (url, days),
    )
    return None if found is None else Validators(**found)


def forget_validators(db: Database, urls: Iterable[str]) -> None:
    """Have pages sent whole at the next request for them."""
    with write(db):
        db.conn.executemany("DELETE FROM validators WHERE url = ?", [(url,) for url in urls])
