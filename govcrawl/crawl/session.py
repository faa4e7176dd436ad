"""What the parts of one crawl share: the plan, the open database and archive, each portal's state."""

from __future__ import annotations

import logging
import weakref
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from govcrawl.archive import Archive
from govcrawl.attachments.choice import Wanted
from govcrawl.crawl.ending import Ending
from govcrawl.crawl.exchanges import Exchanges
from govcrawl.crawl.guard import Guard
from govcrawl.crawl.hosts import Hosts
from govcrawl.crawl.options import readers_of
from govcrawl.crawl.outages import Outage
from govcrawl.crawl.pace import Pace
from govcrawl.crawl.part import Part
from govcrawl.crawl.plan import Plan, plan
from govcrawl.crawl.remembering import memory_of
from govcrawl.crawl.requests import RequestLog
from govcrawl.crawl.stop import Stop
from govcrawl.discovery import Discovery
from govcrawl.discovery.memory import SHARE
from govcrawl.discovery.sightings import nothing_found
from govcrawl.discovery.urls import same_host
from govcrawl.disk import identity
from govcrawl.errors import GovcrawlError
from govcrawl.model import Entry, EntryState, Portal
from govcrawl.one_writer import OneWriter
from govcrawl.reading import Readers
from govcrawl.store import Store
from govcrawl.store.sqlite import DatabaseError, write_rest

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from govcrawl.crawl.pretenders import Front
    from govcrawl.crawl.pursuits import Pursuit
    from govcrawl.crawl.rests import HostRests

log = logging.getLogger(__name__)

DATABASE = "govcrawl.db"
_UNWRITABLE: tuple[type[Exception], ...] = (GovcrawlError, *DatabaseError)
REFUSALS = 3
SETTLED = frozenset({EntryState.STORED, EntryState.REJECTED})
LEFT_ALONE = SETTLED | {EntryState.GONE}  # as long as a portal is remembered, what is gone stays gone
_SESSIONS: weakref.WeakKeyDictionary[Crawler, Session] = weakref.WeakKeyDictionary()


@dataclass(slots=True)
class PortalCrawl:
    """One portal's crawl: its discoverer, what is under way, and what came of it.

    ``stopped`` says why no further request is made; ``unreachable`` and ``blocked`` describe a portal of
    which no page could be read; ``postponed`` is true where our own rules stopped it. ``later`` is how many
    entries failed so often that this run left them alone, and the day on which the first is due; ``declined``
    is what it saw less of than earlier runs, ``absent`` tells of links that brought no report,
    ``overlong`` counts pages that took too long to look through.
    ``withdrawn`` counts refusals in a row that may be single pages' own, ``answered`` is a report that was
    read; for ``looked`` and ``looks`` see second_look.py. ``known`` is how many reports were stored before,
    ``new`` the addresses of new ones; ``rechecks`` are stored ones still to be looked at, ``looked_again``
    those asked for that are not gone,
    ``landed`` the addresses to which unchanged ones have led, with their bytes' hash,
    ``unlisted`` those that a list has dropped, ``control`` the one that was there lately; ``exchanges`` tells
    of pages that show another stored report.
    """

    portal: Portal
    discovery: Discovery
    counts: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    ended: bool = False
    read: int = 0
    refused: int = 0
    withdrawn: int = 0
    answered: str | None = None
    looked: bool = False
    looks: int = 0
    stopped: str | None = None
    unreachable: str | None = None
    blocked: str | None = None
    postponed: bool = False
    skipped_years: int = 0
    later: tuple[int, str] = (0, "")
    declined: list[str] = field(default_factory=list)
    absent: str | None = None
    lists_failed: int = 0
    overlong: int = 0
    problems: list[str] = field(default_factory=list)
    leftovers_planned: bool = False
    rechecks_planned: bool = False
    rechecks: deque[Entry] = field(default_factory=deque)
    looked_again: set[str] = field(default_factory=set)
    unlisted: set[str] = field(default_factory=set)
    landed: dict[str, str] = field(default_factory=dict)
    control: str | None = None
    known: int = 0
    new: set[str] = field(default_factory=set)
    outage: Outage = field(default_factory=Outage)
    short_lists: set[str] = field(default_factory=set)
    exchanges: Exchanges = field(default_factory=Exchanges)
    front: Front | None = None
    pursuits: dict[str, Pursuit] = field(default_factory=dict)

    def refuse(self, reason: str, *, single: bool = False) -> None:
        """Take note of a refusal, ``single`` where it may be one page's; REFUSALS in a row end the crawl."""
        self.refused += 1
        self.withdrawn = self.withdrawn + 1 if single else 0
        self.blocked = reason

    def answer(self, *, looked: bool) -> None:
        """Take note of a page that was read, ``looked`` where it tells whether the host still answers."""
        self.read += 1
        self.refused = self.withdrawn = 0
        self.looked = looked

    def not_there(self, entry: Entry, reached: EntryState, reason: str, *, moved: bool = False) -> None:
        """Take note that a link gave no report, ``reached`` being the state that it is in for that.

        ``moved``: its page has another report, so the server has reports.
        """
        stayed = reached is EntryState.STORED
        self.counts["doubted" if stayed else reached.value] += 1
        if not moved and entry.url in self.looked_again and (stayed or reached is EntryState.GONE):
            self.outage.missed(reason, control=entry.url == self.control)

    def about_to_leave(self) -> bool:
        """Whether as many refusals as end the crawl have come in a row, each of which may be one page's."""
        return self.refused >= REFUSALS and self.withdrawn >= REFUSALS

    def refused_too_often(self) -> bool:
        """Whether the portal has declined so often that asking on would be impolite."""
        if self.refused >= REFUSALS and self.stopped is None:
            self.stopped = f"{self.refused} refusals in a row, the last: {self.blocked}"
        return self.stopped is not None

    def postpone(self, url: str, rest: HostRests) -> None:
        """Take note that a host is not asked in this run; the portal's own host ends its crawl."""
        self.unreachable = self.unreachable or f"{url}: {rest}"
        home = (self.portal.url, self.portal.start or self.portal.url)
        if rest.ours or (rest.whole and any(same_host(url, own) for own in home)):
            self.stopped = self.stopped or str(rest)
            self.postponed = self.postponed or rest.ours

    def _missed(self) -> list[str]:
        """What this run knows to be unfinished, in words."""
        told = []
        if failed := self.counts["failed"] + self.counts["blocked"]:
            told.append(f"{failed} reports could not be fetched or read")
        if self.counts["pending"]:
            told.append(f"{self.counts['pending']} reports still to be fetched: run again to go on")
        if self.later[0]:
            told.append(
                f"{self.later[0]} that failed before are asked for again later, from {self.later[1]} on"
            )
        if self.lists_failed:
            told.append(f"{self.lists_failed} list pages could not be read, so there may be more reports")
        told += self.outage.told() + self.declined + self.discovery.shortfalls()
        if told and self.problems:
            told.append(f"the last: {self.problems[-1]}")
        return told

    @property
    def out_of_order(self) -> bool:
        """Whether a portal that had reports answers the same to everything."""
        return self.known > 0 and not self.discovery.finds.entries and self.outage.everywhere

    def outcome(self) -> tuple[str, str | None]:
        """(complete, incomplete, empty, blocked or unreachable; the reason)."""
        if not self.read and not self.postponed:
            if self.blocked:
                return "blocked", self.blocked
            return "unreachable", self.unreachable or "no page could be read"
        if self.out_of_order:
            return "unreachable", "every page of it is the same today; its reports are kept as they were"
        if self.stopped:
            return "incomplete", self.stopped
        notes = [*filter(None, (self.absent,)), *self.discovery.gaps.notes()]
        if told := self._missed():
            return "incomplete", "; ".join([*told, *notes])
        reports = self.counts["reports_new"] + self.counts["reports_changed"] + self.counts["unchanged"]
        if not reports and not self.skipped_years:
            return "empty", self.discovery.outlook or nothing_found(self.discovery)
        return "complete", "; ".join(notes) or None


@dataclass(slots=True)
class Session:
    """One run of the spider; ``exit_status`` is what the command ends with.

    ``part`` is this process's where several make a run together, ``database`` tells the file that was opened.
    """

    plan: Plan
    store: Store
    archive: Archive
    output: Path
    run_id: int
    hosts: Hosts
    pace: Pace
    requests: RequestLog
    readers: Readers
    guard: Guard
    attachments: Wanted = Wanted.NEEDED
    crawls: dict[str, PortalCrawl] = field(default_factory=dict)
    right: OneWriter | None = None
    stop: Stop = field(default_factory=Stop)
    closed: bool = False
    part: Part | None = None
    database: tuple[int, int] | None = None
    ending: Ending = field(default_factory=Ending)
    exit_status: int = 1
    verdict: str = "aborted"

    @classmethod
    def of(cls, crawler: Crawler) -> Session:
        """The session of a crawler, opened at the first call.

        UsageError for wrong arguments, an unwritable output folder or a database that is not ours.
        """
        if crawler not in _SESSIONS:
            raise LookupError("the session is opened by the spider, which was not made by this crawler")
        return _SESSIONS[crawler]

    @classmethod
    def open(cls, crawler: Crawler, arguments: dict[str, str]) -> Session:
        """Open the session that a crawler's parts will share, and put its run into the database."""
        settings = crawler.settings
        made = plan(arguments, settings.get("REGISTRY_FILE"))
        output = Path(settings["OUTPUT_DIR"])
        right = OneWriter.of(output, command="scrapy crawl", wait=settings.getfloat("WAIT_FOR_LOCK"))
        readers = readers_of(settings)  # before the database is open: nothing of it is to be inherited
        store = Store.open(output / DATABASE)
        part = Part.of(settings)
        run_id = store.start_run("crawl", arguments) if part is None else part.run_id
        session = cls.on(store, made, output, run_id, settings, readers)
        session.right, session.part, session.database = right, part, identity(output / DATABASE)
        _SESSIONS[crawler] = session
        return session

    @classmethod
    def on(
        cls, store: Store, plan: Plan, output: Path, run_id: int, settings: BaseSettings,
        readers: Readers | None = None,
    ) -> Session:  # fmt: skip
        """A session on an open database, for a run that is in it; without readers where nothing is read."""
        together = max(1, settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        return cls(
            plan,
            store,
            Archive(output / "archive"),
            output,
            run_id,
            Hosts(store, run_id, settings),
            Pace(settings.getfloat("RETRY_BACKOFF"), together),
            RequestLog(output / "logs", run_id, settings.getint("REQUEST_LOG_BYTES"), Part.of(settings)),
            readers or Readers(processes=0),
            Guard.of(settings),
            Wanted.of(settings.get("ATTACHMENTS", Wanted.NEEDED)),
        )

    @classmethod
    def lend(cls, crawler: Crawler, session: Session) -> None:
        """Let a crawler's parts share a session that somebody else opened."""
        _SESSIONS[crawler] = session

    def close(self) -> None:
        """Close the readers, the request log, the archive and the database, and let others write."""
        self.readers.close()
        self.requests.close()
        self.archive.close()
        try:
            write_rest(self.store.db)
        except _UNWRITABLE as error:  # costs no report, only requests
            log.warning("the rest of the run was not written: %s", error)
        self.store.close()
        if self.right is not None:
            self.right.close()

    def crawl_of(self, portal: Portal, budget: int, memory_days: int, share: float = SHARE) -> PortalCrawl:
        """The state of a portal's crawl, made at the first call with what earlier crawls remember.

        An address given on the command line is always looked at itself.
        """
        if portal.key not in self.crawls:
            memory = memory_of(self.store, portal, memory_days, share, LEFT_ALONE)
            discovery = Discovery(portal, budget, memory)
            known = self.store.count_reports(portal.key)
            self.crawls[portal.key] = PortalCrawl(portal, discovery, known=known)
            self.store.note_portal(portal, self.run_id)
        return self.crawls[portal.key]
