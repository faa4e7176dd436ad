"""A document and the files attached to it, taken out of the archive to be read once more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govcrawl.attachments.reading import file_read
from govcrawl.model import FetchedFile
from govcrawl.reading import Task, task_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govcrawl.archive import Archive
    from govcrawl.model import ArchiveRecord, Report, Source
    from govcrawl.store import Store


def task_again(store: Store, archive: Archive, source: Source) -> Task | None:
    """The task to read a source as it was read before; None where some of its bytes were never archived.

    Raises DamagedArchive where they cannot be read any more.
    """
    records = records_of(store, source)
    return None if records is None else task_from(archive, source, records)


def records_of(store: Store, source: Source) -> tuple[ArchiveRecord, ...] | None:
    """Where a page and the files that were read with it lie; None where one was never archived."""
    given = source.given.files if source.given is not None else ()
    records = [source.record, *(store.record(file.sha256) for file in given)]
    known = tuple(record for record in records if record is not None)
    return known if len(known) == len(records) else None


def task_from(archive: Archive, source: Source, records: Sequence[ArchiveRecord]) -> Task:
    """The task to read a source whose bytes, and those of its files, lie there; DamagedArchive as above."""
    given = source.given.files if source.given is not None else ()
    contents = [archive.read(record) for record in records]
    files = (
        FetchedFile(content, file.url, file.name, file.media_type, file.charset)
        for content, file in zip(contents[1:], given, strict=True)
    )
    return task_of(contents[0], source, tuple(files))


def as_read(store: Store, source: Source, report: Report) -> Source:
    """A page's source with the hash of the attached file that its report was read from, if it was."""
    main, given = file_read(report), source.given.files if source.given is not None else ()
    sha256 = next((file.sha256 for file in given if file.url == main), None)
    if sha256 is None:
        return source
    return replace(source, sha256=sha256, record=store.record(sha256), page_sha256=source.sha256)
