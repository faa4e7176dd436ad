"""One document to be read, and what came of it: the two values that travel between the processes."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, replace

from govcrawl.attachments.reading import Hints, missing, read_attached, with_unread
from govcrawl.discovery.page import Page
from govcrawl.documents import Member, members, read_document
from govcrawl.documents.cut import breaks_off
from govcrawl.documents.patience import extra_seconds
from govcrawl.errors import CutShort, NotAReport, UnreadableDocument
from govcrawl.model import FetchedFile, Given, Report, Source
from govcrawl.reading.limits import MAX_BYTES
from govcrawl.reports import Place, read_report

PARSING = 1.0
"""Seconds; a call into a parser cannot be stopped, and the crawl of all hosts would wait for its end."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document's bytes with what is known of them; see ``read_document`` and ``read_report``.

    ``name`` names the document in messages, ``url`` is its address; ``files`` are attached to it, ``unread``
    the addresses of others that could not be had, each with the reason. With ``unpack`` it is an archive
    whose members are wanted, up to the limits of ``documents.members`` instead of MAX_BYTES.
    With ``look`` a page is only parsed, to see whether that takes longer than ``PARSING`` seconds.
    """

    content: bytes
    name: str = ""
    media_type: str | None = None
    charset: str | None = None
    url: str = ""
    title: str | None = None
    published: str | None = None
    place: Place | None = None
    files: tuple[FetchedFile, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    unpack: bool = False
    look: bool = False

    def extra_seconds(self) -> float:
        """Seconds beyond the usual limit that reading may take by the clock."""
        return sum(
            extra_seconds(content) for content in (self.content, *(file.content for file in self.files))
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A report or the ``members`` of an archive, or the reason why there is none.

    ``failed`` tells a document that could not be read from one that was read and is no report. ``fault`` is
    the traceback of an error that no document should be able to cause.
    """

    report: Report | None = None
    reason: str = ""
    failed: bool = False
    fault: str = ""
    members: tuple[Member, ...] = ()


def task_of(content: bytes, source: Source, files: tuple[FetchedFile, ...] = ()) -> Task:
    """The task to read bytes with all that is known of where they are from: the same whenever it is made.

    ``files`` are those of ``source.given.files`` with their bytes.
    """
    given = source.given or Given(source.url, source.url)
    return Task(
        content,
        name=given.name,
        media_type=given.media_type,
        charset=given.charset,
        url=given.answered,
        title=given.title,
        published=given.published,
        place=Place(*given.place) if given.place else None,  # type: ignore[arg-type]  # all but code are text
        files=files,
        unread=given.unread,
    )


def read_here(task: Task) -> Answer:
    """Read a document in this process."""
    if too_large := over_limit(task):
        return too_large
    try:
        if task.look:
            return _parsed(task)
        if task.unpack:
            return Answer(members=tuple(members(task.content)))
        report = _read(task)
    except NotAReport as error:
        answer = _no_report(task, missing(task.unread, str(error)))
        return replace(answer, failed=True) if isinstance(error, CutShort) else answer
    except UnreadableDocument as error:
        return Answer(reason=missing(task.unread, str(error)), failed=True)
    return Answer(with_unread(report, task.unread))


def _no_report(task: Task, reason: str) -> Answer:
    """The answer of a document that was read and holds no report; half a page is no document."""
    if breaks_off(task.content):
        return Answer(reason=f"its page breaks off; what there is of it: {reason}", failed=True)
    return Answer(reason=reason, failed=bool(task.unread))


def _parsed(task: Task) -> Answer:
    """An answer that has failed where a page takes its parser too long."""
    began = time.process_time()
    Page.parse(task.url, task.content, task.charset)
    return Answer(failed=time.process_time() - began > PARSING)


def _read(task: Task) -> Report:
    if task.files:
        page = FetchedFile(task.content, task.url, task.name, task.media_type, task.charset)
        return read_attached(page, task.files, Hints(task.title, task.published, task.place))
    document = read_document(task.content, name=task.name, media_type=task.media_type, charset=task.charset)
    return read_report(document, url=task.url, title=task.title, published=task.published, place=task.place)


def over_limit(task: Task) -> Answer | None:
    """The refusal of a document that is too large to be looked at, None for all others."""
    if (size := len(task.content)) <= MAX_BYTES or task.unpack:
        return None
    reason = f"{task.name or 'document'}: has {size:,} bytes, at most {MAX_BYTES:,} are read; split it"
    return Answer(reason=reason, failed=True)


def fault_of(task: Task, error: Exception) -> Answer:
    """The answer where a reader broke down: the document is set aside, the fault is ours."""
    reason = f"{task.name or 'document'}: the reader broke down ({type(error).__name__}); please report it"
    return Answer(reason=reason, failed=True, fault="".join(traceback.format_exception(error)))
