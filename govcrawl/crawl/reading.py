"""A fetched report page on its way from bytes to the database: archived first, read second."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from govcrawl.crawl.conditional import validators_in
from govcrawl.crawl.keeping import kept
from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.crawl.whole import is_cut
from govcrawl.model import Entry, EntryState, Given, Portal, Report, Source
from govcrawl.reading import task_of
from govcrawl.reports import Place
from govcrawl.store.clock import now

if TYPE_CHECKING:
    from scrapy.http import Response


@dataclass(slots=True)
class Reading:
    """The item of the pipelines: a report, or the reason why there is none; with both, what it still lacks.

    ``failed`` tells a document that could not be read from one that was read and is no report; ``state``
    is what its entry is in then. ``cut``: its page broke off, so it is to be asked for
    again, whatever it gave.
    """

    entry: Entry
    crawl: PortalCrawl
    source: Source
    report: Report | None = None
    reason: str = ""
    failed: bool = False
    state: EntryState = EntryState.FAILED
    cut: bool = False

    def fail(self, why: str) -> None:
        """Take note of what could not be looked at; without a report the document counts as not read."""
        self.reason, self.failed = "; ".join(filter(None, (self.reason, why))), True


async def read(session: Session, crawl: PortalCrawl, entry: Entry, response: Response) -> Reading:
    """Archive a response's bytes, then have them read while the crawl goes on."""
    source = source_of(session, crawl.portal, entry, response)
    answer = await session.stop.unless_hurried(session.readers.reading(task_of(response.body, source)))
    reason = answer.reason.removeprefix(f"{entry.url}: ")  # who tells it names the address
    cut = is_cut(response)
    return Reading(entry, crawl, source, answer.report, reason, answer.failed or cut, cut=cut)


def source_of(session: Session, portal: Portal, entry: Entry, response: Response) -> Source:
    """Where a response's bytes are from, and what they are to be read with."""
    record, place = kept(session, response), place_of(portal)
    media_type, charset = content_type(response)
    given = Given(
        response.url,
        response.url,
        media_type,
        charset,
        entry.title or None,
        entry.published,
        astuple(place) if place else None,
    )
    return Source(
        entry.url,
        portal.key,
        portal.division_code,
        record.sha256,
        now(),
        record,
        given,
        validators_in(response, record.sha256),
    )


def place_of(portal: Portal) -> Place | None:
    """The division whose portal it is, as far as known."""
    if portal.division_code is None:
        return None
    return Place(portal.name, portal.prefecture, portal.province, portal.level or "", portal.division_code)


def content_type(response: Response) -> tuple[str | None, str | None]:
    """(media type, charset) that the answer declares."""
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    media_type, _, parameters = header.partition(";")
    _, _, charset = parameters.partition("charset=")
    return media_type.strip().lower() or None, charset.strip(" \"'").lower() or None
