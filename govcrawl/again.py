"""A document and the files attached to it, taken out of the archive to be read once more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govcrawl.attachments.reading import file_read
from govcrawl.model import FetchedFile
from govcrawl.reading import Task, task_of

if TYPE_CHECKING:
    from govcrawl.archive import Archive
    from govcrawl.model import Report, Source
    from govcrawl.store import Store


def task_again(store: Store, archive: Archive, source: Source) -> Task | None:
    """The task to read a source as it was read before; None where some of its bytes were never archived.

    Raises DamagedArchive where they cannot be read any more.
    """
    given = source.given.files if source.given is not None else ()
    records = [source.record, *(store.record(file.sha256) for file in given)]
    known = [record for record in records if record is not None]
    if len(known) < len(records):
        return None
    contents = [archive.read(record) for record in known]
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
