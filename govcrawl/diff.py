"""What a corrected report says otherwise than before: which numbers, which sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from govcrawl.again import task_again
from govcrawl.archive import Archive, DamagedArchive
from govcrawl.errors import UsageError
from govcrawl.explain import on_disk
from govcrawl.model import Report, Source
from govcrawl.reading import Readers
from govcrawl.reports.concerned import label_of
from govcrawl.store import Store
from govcrawl.store.archived import source_of
from govcrawl.store.queries import Row
from govcrawl.store.spellings import known_as, spelling
from govcrawl.store.sqlite import row

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]*")


@dataclass(frozen=True, slots=True)
class Version:
    """What a report's page said from one look to the next; ``replaced_at`` None for the present one.

    ``report`` is read from the archived bytes by today's extractor; None where they cannot be read any more:
    ``text`` is then as it was read at the time.
    """

    fetched_at: str
    replaced_at: str | None
    sha256: str
    title: str
    text: str
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A cell that reads otherwise, as printed; None where the version has no such cell."""

    fact: str
    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One version of a report against the next; ``numbers`` None where one of the two could not be read."""

    before: Version
    after: Version
    numbers: Sequence[NumberChange] | None
    removed: Sequence[str]
    added: Sequence[str]


def differences(
    store: Store, archive: Archive, readers: Readers, address: str
) -> tuple[Row, list[Difference]]:
    """(a report's row, what changed from each of its versions to the next), the oldest first.

    Raises UsageError for an address that no report has.
    """
    report = _report(store, address)
    known = list(store.db.query("SELECT * FROM versions WHERE report_id = ? ORDER BY rowid", (report["id"],)))
    if not known:
        return report, []
    versions = [_read(store, archive, readers, report, one) for one in [*known, report]]
    return report, [_difference(*pair) for pair in pairwise(versions)]


def _report(store: Store, address: str) -> Row:
    url = address if address.startswith("file:") else on_disk(address) or spelling(address) or address
    known = known_as(store.db, url)
    sql = "SELECT r.* FROM reports r JOIN sources s ON s.report_id = r.id WHERE s.url = ?"
    found = row(store.db, sql, (known[1],)) if known else None
    if found is None:
        raise UsageError(f"{address}: no report has this address; `govcrawl explain {address}` says more")
    return found


def _read(store: Store, archive: Archive, readers: Readers, report: Row, known: Row) -> Version:
    version = Version(
        known["fetched_at"], known.get("replaced_at"), known["sha256"], known["title"], known["text"]
    )
    source = source_of(store.db, report["url"])
    if source is None:
        return version
    try:
        task = task_again(
            store, archive, source if known is report else _earlier(store, report, source, known["sha256"])
        )
    except DamagedArchive:
        return version
    read = readers.read(task).report if task is not None else None
    return version if read is None else replace(version, title=read.title, text=read.text, report=read)


def _earlier(store: Store, report: Row, source: Source, sha256: str) -> Source:
    """The source of an earlier version; of one that was an attached file the file's bytes alone are known.

    One that stood at another address is as that was read.
    """
    sql = "SELECT url FROM sources WHERE report_id = ? AND url <> ? AND sha256 = ?"
    other = row(store.db, sql, (report["id"], report["url"], sha256))
    elsewhere = source_of(store.db, other["url"]) if other is not None else None
    if elsewhere is not None:
        return elsewhere
    given = source.given
    if given is not None and given.files:
        given = replace(given, media_type=None, charset=None, files=(), unread=())
    return replace(source, sha256=sha256, record=store.record(sha256), given=given)


def _difference(before: Version, after: Version) -> Difference:
    numbers = None
    if before.report is not None and after.report is not None:
        numbers = _numbers(before.report, after.report)
    removed, added = _sentences(before.text, after.text)
    return Difference(before, after, numbers, removed, added)


def _numbers(before: Report, after: Report) -> list[NumberChange]:
    was, is_now = ({fact.fact: fact for fact in report.facts} for report in (before, after))
    changed = []
    for name in dict.fromkeys((*was, *is_now)):
        old, new = was.get(name), is_now.get(name)
        if old is None or new is None or (old.value, old.status) != (new.value, new.status):
            cells = (cell.raw if cell is not None else None for cell in (old, new))
            changed.append(NumberChange(name, label_of(name), *cells))
    return changed


def _sentences(before: str, after: str) -> tuple[list[str], list[str]]:
    """(sentences only in the first text, those only in the second); the tables' rows are numbers."""
    was, is_now = _split(before), _split(after)
    removed: list[str] = []
    added: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        if kind != "equal":
            removed += was[start:end]
            added += is_now[first:last]
    return removed, added


def _split(text: str) -> list[str]:
    prose = "\n".join(line for line in text.splitlines() if not line.startswith("|"))
    return [sentence for found in _SENTENCE.findall(prose) if (sentence := found.strip())]
