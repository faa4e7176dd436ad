"""Archives (.zip, .rar) of several reports: each document in one is an entry of its own, ``address#name``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from govcrawl.counting import counted
from govcrawl.crawl.reading import Reading, place_of
from govcrawl.documents import BUNDLES, Member, documents_among, source_type
from govcrawl.model import Given, Source
from govcrawl.reading import Task, task_of
from govcrawl.reports.titles import report_title
from govcrawl.store.clock import now

if TYPE_CHECKING:
    from scrapy.http import Response

    from govcrawl.crawl.session import PortalCrawl, Session
    from govcrawl.model import Entry


async def documents_in(session: Session, content: bytes) -> list[Member]:
    """The documents of an archive, empty for anything else and for one that cannot be opened."""
    if source_type(content) not in BUNDLES:
        return []
    answer = await session.stop.unless_hurried(session.readers.reading(Task(content, unpack=True)))
    return documents_among(answer.members)


async def unpacked(session: Session, reading: Reading, response: Response) -> list[Reading]:
    """The reading itself; of an archive of several documents, those of them all in its place."""
    found = await documents_in(session, response.body) if reading.report is None else []
    if len(found) < 2:
        return [reading]
    url = reading.entry.url.partition("#")[0]
    return await each_of(session, reading, url, found)


async def each_of(session: Session, reading: Reading, url: str, found: Sequence[Member]) -> list[Reading]:
    """The readings of all documents of the archive at ``url``; what led to it is noted to be no report."""
    entry, crawl = reading.entry, reading.crawl
    if "#" not in entry.url:
        where = "an archive" if url == entry.url else f"its attachment {url}: an archive"
        reason = f"{where} of {counted(len(found), 'document')}, each of which has an entry of its own"
        session.store.reject(entry, crawl.portal.key, reason, run_id=session.run_id)
        crawl.counts["rejected"] += 1
    return [await _one(session, crawl, entry, url, member) for member in found]


async def _one(session: Session, crawl: PortalCrawl, entry: Entry, url: str, member: Member) -> Reading:
    portal, own = crawl.portal, f"{url}#{quote(member.name)}"
    stem = PurePosixPath(member.name).stem
    title = stem if report_title(stem) is not None else ""
    made = replace(entry, url=own, title=title, reason=f"in the archive {url}")
    record = session.archive.add(own, member.content, known=session.store.record)
    place = place_of(portal)
    given = Given(
        own, own, title=title or None, published=entry.published, place=astuple(place) if place else None
    )
    source = Source(own, portal.key, portal.division_code, record.sha256, now(), record, given)
    answer = await session.stop.unless_hurried(session.readers.reading(task_of(member.content, source)))
    return Reading(made, crawl, source, answer.report, answer.reason, answer.failed)
