"""Everything that was read, read again from the archive: by the same extractor with the same result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from govcrawl import EXTRACTOR
from govcrawl.again import as_read, task_again
from govcrawl.archive import Archive, DamagedArchive
from govcrawl.errors import ContradictoryFacts
from govcrawl.model import EntryState, Report, Source
from govcrawl.reading import Answer, Readers, Task
from govcrawl.store import Store
from govcrawl.store.archived import note_reading, note_reread, readings, source_of
from govcrawl.store.earlier import earlier_at
from govcrawl.store.ledger import note_rereading
from govcrawl.store.parts import Parts
from govcrawl.store.queries import Row
from govcrawl.store.sqlite import row, write
from govcrawl.store.stale import is_overtaken, note_overtaken
from govcrawl.store.writing import put_report, rewrite, withdraw

INTERRUPTED = "interrupted"
"""How the verdict of a run begins that the next one goes on from."""

NOT_ARCHIVED = "its bytes are not in the archive"
FETCH = "crawl again with -s RECHECK_DAYS=0"

_COMMAND = "reextract"


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of one document: ``outcome`` is same, changed, found, withdrawn, none or failed.

    ``found``: a report where none was seen before; ``withdrawn``: no report where one was seen; ``none``: no
    report, as before; ``failed``: a stored report that could not be read again and stays as it was.
    """

    url: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    source: Source
    task: Task | None = None
    damage: str = ""


def begin(store: Store, *, only_stale: bool) -> tuple[int, list[str]]:
    """(id of a new run, addresses of the documents it has to read).

    What an interrupted run of the same kind has done already is left out. ``only_stale``: what another
    version of the extraction has read last.
    """
    last = row(store.db, "SELECT * FROM runs WHERE command = ? ORDER BY id DESC LIMIT 1", (_COMMAND,))
    since = _since(last, only_stale) if last is not None else None
    asked = {"only_stale": str(only_stale), "extractor": EXTRACTOR}
    run_id = store.start_run(_COMMAND, asked | ({"since": str(since)} if since else {}))
    urls = readings(store.db, extractor=EXTRACTOR, only_stale=only_stale, since=since or run_id)
    return run_id, urls


def reextract(
    store: Store, archive: Archive, readers: Readers, run_id: int, urls: Sequence[str]
) -> Iterator[Reread]:
    """Read documents again and write what is read of each in one transaction, telling what came of it."""
    items = (item for url in urls if (item := _item(store, archive, url)) is not None)
    answers = readers.over(items, lambda item: item.task)
    yield from settled(store, run_id, ((item.source, answer, item.damage) for item, answer in answers))


def settled(
    store: Store, run_id: int, answers: Iterable[tuple[Source, Answer | None, str]]
) -> Iterator[Reread]:
    """Write what was read of each source in one transaction, telling what came of it.

    Without an answer its bytes were not to be had, for the reason that comes with it.
    """
    for source, answer, damage in answers:
        if answer is None or answer.fault:
            yield Reread(source.url, "failed", answer.reason if answer else damage)
            continue
        try:
            with write(store.db):
                done = _settle(store, source, answer, run_id)
                note_reread(store.db, source.url, run_id)
        except ContradictoryFacts as error:
            done = Reread(source.url, "failed", str(error))
        yield done


def _since(last: Row, only_stale: bool) -> int | None:
    """The first of the runs that a new one goes on from, None where the last one came to its end."""
    told = json.loads(last["arguments"])
    alike = told.get("only_stale") == str(only_stale) and told.get("extractor") == EXTRACTOR
    ended = last["finished"] is not None and not last["verdict"].startswith(INTERRUPTED)
    return int(told.get("since", last["id"])) if alike and not ended else None


def _item(store: Store, archive: Archive, url: str) -> _Item | None:
    source = source_of(store.db, url)
    if source is None:
        return None
    try:
        task = task_again(store, archive, source)
    except DamagedArchive as error:
        return _Item(source, damage=f"{error}; {FETCH}")
    if task is None:
        return _Item(source, damage=f"{NOT_ARCHIVED}; {FETCH}")
    return _Item(source, task)


def _settle(store: Store, source: Source, answer: Answer, run_id: int) -> Reread:
    db, url = store.db, source.url
    reason = answer.reason.removeprefix(f"{url}: ")  # as the crawl writes it
    own = row(db, "SELECT id FROM reports WHERE url = ?", (url,))
    twin = row(db, "SELECT report_id FROM sources WHERE url = ?", (url,))
    if answer.failed and (own or twin):
        return Reread(url, "failed", reason)
    if earlier_at(db, url) is not None:
        return Reread(url, "changed" if _read_anew(store, source, answer.report) else "same")
    if answer.report is None:
        note_reading(db, source, EXTRACTOR, None)
        if own is not None:
            withdraw(db, own["id"])
        elif twin is not None:
            db.conn.execute("DELETE FROM sources WHERE url = ?", (url,))
            db.conn.execute("UPDATE entries SET state='rejected', report_id=NULL WHERE url = ?", (url,))
        state = EntryState.FAILED if answer.failed else EntryState.REJECTED
        note_rereading(db, url, state, reason)
        return Reread(url, "withdrawn" if own or twin else "none", reason)
    if own is not None:
        changed = rewrite(db, own["id"], answer.report, source, run_id=run_id)
        return Reread(url, "changed" if changed else "same")
    if twin is not None and is_overtaken(db, url):
        return _taken_apart(store, source, answer.report, twin["report_id"], run_id)
    if twin is not None and _as_before(store, source, answer.report):
        return Reread(url, "same")
    source = as_read(store, source, answer.report)
    report_id, _ = put_report(db, answer.report, source, run_id=run_id, extractor=EXTRACTOR)
    note_rereading(db, url, EntryState.STORED, None, report_id)
    return Reread(url, "changed" if twin else "found")


def _taken_apart(store: Store, source: Source, report: Report, known: int, run_id: int) -> Reread:
    """Give a further address, whose report became another body's or year's elsewhere, its own report again.

    What that report said is no version of the other. Where body and year are the same it may have been
    corrected here as well: then the next crawl looks.
    """
    db, url = store.db, source.url
    other = row(db, "SELECT agency_norm, scope, year FROM reports WHERE id = ?", (known,))
    if other == {name: getattr(report, name) for name in ("agency_norm", "scope", "year")}:
        note_overtaken(db, url)
        return Reread(url, "same")
    source = as_read(store, source, report)
    report_id, _ = put_report(db, report, source, run_id=run_id, extractor=EXTRACTOR)
    note_rereading(db, url, EntryState.STORED, None, report_id)
    if report_id != known:
        db.conn.execute(
            "DELETE FROM versions WHERE report_id=? AND (sha256=? OR text=?)",
            (known, source.sha256, report.text),
        )
    return Reread(url, "found")


def _read_anew(store: Store, source: Source, report: Report | None) -> bool:
    """Note how the address of an earlier version reads now, which goes on being one; whether otherwise."""
    digest = None if report is None else Parts.of(report).digest
    known = row(store.db, "SELECT reading FROM readings WHERE url = ?", (source.url,))
    note_reading(store.db, source, EXTRACTOR, digest)
    return known is None or known["reading"] != digest


def _as_before(store: Store, source: Source, report: Report) -> bool:
    """Whether a further address of a report gives what it gave when it was told to be one."""
    digest = Parts.of(report).digest
    known = row(store.db, "SELECT reading FROM readings WHERE url = ?", (source.url,))
    if known is None or known["reading"] not in (None, digest):
        return False
    note_reading(store.db, source, EXTRACTOR, digest)
    store.db.conn.execute("UPDATE sources SET source_type=? WHERE url=?", (report.source_type, source.url))
    return True
