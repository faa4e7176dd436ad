"""A fetched report page on its way from bytes to the database: archived first, read second."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.model import Entry, Portal, Report, Source
from govcrawl.reading import Task
from govcrawl.reports import Place
from govcrawl.store.clock import now

if TYPE_CHECKING:
    from scrapy.http import Response


@dataclass(slots=True)
class Reading:
    """The item of the pipelines: a report, or the reason why there is none.

    ``failed`` tells a document that could not be read from one that was read and is no report.
    """

    entry: Entry
    crawl: PortalCrawl
    source: Source
    report: Report | None = None
    reason: str = ""
    failed: bool = False


async def read(session: Session, crawl: PortalCrawl, entry: Entry, response: Response) -> Reading:
    """Archive a response's bytes, then have them read while the crawl goes on."""
    content, portal = response.body, crawl.portal
    sha256, fetched_at = hashlib.sha256(content).hexdigest(), now()
    media_type, charset = content_type(response)
    record = session.archive.add(
        response.url,
        content,
        media_type=media_type,
        status=response.status,
        headers=[
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ],
        fetched_at=fetched_at,
        known=session.store.record,
    )
    source = Source(entry.url, portal.key, portal.division_code, sha256, fetched_at, record)
    answer = await session.readers.reading(
        Task(
            content,
            name=response.url,
            media_type=media_type,
            charset=charset,
            url=response.url,
            title=entry.title or None,
            published=entry.published,
            place=_place(portal),
        )
    )
    return Reading(entry, crawl, source, answer.report, answer.reason, answer.failed)


def _place(portal: Portal) -> Place | None:
    if portal.division_code is None:
        return None
    return Place(portal.name, portal.prefecture, portal.province, portal.level or "", portal.division_code)


def content_type(response: Response) -> tuple[str | None, str | None]:
    """(media type, charset) that the answer declares."""
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    media_type, _, parameters = header.partition(";")
    _, _, charset = parameters.partition("charset=")
    return media_type.strip().lower() or None, charset.strip(" \"'").lower() or None
