"""A page that waits for the files attached to it, and what comes of both."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from govcrawl.attachments.choice import Need, need_of
from govcrawl.attachments.reading import file_read, missing, with_unread
from govcrawl.model import EntryState, GivenFile

if TYPE_CHECKING:
    from govcrawl.attachments.candidates import Candidate
    from govcrawl.crawl.reading import Reading
    from govcrawl.model import ArchiveRecord, FetchedFile, Report, Source
    from govcrawl.reading import Answer

_PASSING = frozenset({EntryState.FAILED, EntryState.BLOCKED})


@dataclass(slots=True)
class Pursuit:
    """A page that waits for its files: those still to be asked for, those that came, those that failed.

    ``asked`` is the one under way. ``troubles`` holds for each file that did not come the state that this
    leaves its entry in, and why; ``inner`` are the files on a page that came in place of one.
    """

    content: bytes
    reading: Reading
    need: Need
    waiting: list[Candidate]
    asked: Candidate | None = None
    files: list[FetchedFile] = field(default_factory=list)
    records: list[ArchiveRecord] = field(default_factory=list)
    troubles: dict[str, tuple[EntryState, str]] = field(default_factory=dict)
    hops: int = 0
    inner: list[Candidate] = field(default_factory=list)
    answer: Answer | None = None


def settled(pursuit: Pursuit) -> Reading:
    """What came of a page and its files."""
    reading, answer = pursuit.reading, pursuit.answer
    report = answer.report if answer is not None and answer.report is not None else reading.report
    unread = tuple((url, why) for url, (_, why) in pursuit.troubles.items())
    source = _source(pursuit, report, unread)
    if report is None:
        read, failed = (reading.reason, reading.failed) if answer is None else (answer.reason, answer.failed)
        return replace(
            reading,
            source=source,
            reason=missing(unread, read),
            failed=bool(unread) or failed,
            state=_state(pursuit, failed=failed),
        )
    passing = any(state in _PASSING for state, _ in pursuit.troubles.values())
    lacks = passing and pursuit.need is not Need.NOTHING and need_of(report) is not Need.NOTHING
    told = "; ".join(f"its attachment {url}: {why}" for url, why in unread)
    return replace(
        reading,
        source=source,
        report=with_unread(report, unread),
        reason=told if lacks else "",
        failed=False,
    )


def _state(pursuit: Pursuit, *, failed: bool) -> EntryState:
    """The state of a page without a report: what all its files came to, where nothing else went wrong."""
    states = {state for state, _ in pursuit.troubles.values()}
    if states == {EntryState.BLOCKED} and pursuit.answer is None:
        return EntryState.BLOCKED
    return EntryState.GONE if states == {EntryState.GONE} and not failed else EntryState.FAILED


def _source(pursuit: Pursuit, report: Report | None, unread: tuple[tuple[str, str], ...]) -> Source:
    """Where the report came from: its page's address, and the bytes of the file where it is that file's."""
    source, main = pursuit.reading.source, file_read(report) if report is not None else None
    records = list(zip(pursuit.files, pursuit.records, strict=True))
    files = tuple(
        GivenFile(record.sha256, file.url, file.name, file.media_type, file.charset)
        for file, record in records
    )
    given = replace(source.given, files=files, unread=unread) if source.given is not None else None
    record = next((record for file, record in records if file.url == main), None)
    if record is None:
        return replace(source, given=given)
    return replace(source, given=given, sha256=record.sha256, record=record, page_sha256=source.sha256)
