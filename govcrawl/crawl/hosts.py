"""What a run knows of each host: when it may be asked again, what it needs, why it rests."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from govcrawl.crawl.hours import BEIJING, Hours
from govcrawl.hosts import host_of
from govcrawl.model import HostException
from govcrawl.store import Store
from govcrawl.store.clock import now

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

log = logging.getLogger(__name__)

TIMEOUTS = 3
"""Timeouts in a row after which a host is left alone for this run."""

_FLUSH = 200  # requests between two writes of the day's counts


@dataclass(frozen=True, slots=True)
class Rest:
    """Why no request is made: see HostRests for the fields."""

    reason: str
    ours: bool = False
    whole: bool = True


class Hosts:
    """The hosts of one run; ``exceptions`` made in it or remembered, ``notes`` for its summary."""

    def __init__(self, store: Store, run_id: int, settings: BaseSettings) -> None:
        self.store, self.run_id = store, run_id
        hours = settings.get("CRAWL_HOURS")
        self.hours = Hours.parse(hours) if hours else None
        self.cap = settings.getint("HOST_REQUESTS_PER_DAY")
        self.longest_delay = settings.getfloat("CRAWL_DELAY_MAX")
        self.remembered = {
            (found.host, found.kind): found
            for found in store.host_exceptions(settings.getint("HOST_EXCEPTION_DAYS"))
        }
        self.used: dict[tuple[str, str], HostException] = {}
        self.notes: dict[str, str] = {}
        self._rests: dict[str, Rest] = {}
        self._timeouts: Counter[str] = Counter()
        self._delays: dict[str, float] = {}
        self._sharing: dict[str, set[str]] = {}
        self._day = self._today()
        self._asked = Counter(store.host_requests(self._day)) if self.cap else Counter[str]()
        self._unwritten: Counter[str] = Counter()

    # --- rests

    def rest_of(self, url: str) -> Rest | None:
        """Why an address is not asked for now, None when it may be."""
        if self.hours is not None and not self.hours.include(datetime.now(UTC)):
            return Rest(f"outside CRAWL_HOURS={self.hours} (Beijing time): run again within them", ours=True)
        host = host_of(url)
        if self.cap and self._asked_today(host) >= self.cap:
            reason = (
                f"{host} got the {self.cap} requests that HOST_REQUESTS_PER_DAY allows: run again tomorrow"
            )
            return Rest(reason, ours=True)
        return self._rests.get(host) or self._rests.get(origin(url))

    def rest(self, url: str, reason: str, *, whole: bool = True) -> Rest:
        """Leave a host, or only the scheme of an address, alone for the rest of this run."""
        rest = Rest(reason, whole=whole)
        self._rests[host_of(url) if whole else origin(url)] = rest
        log.warning("%s rests for this run: %s", host_of(url) if whole else origin(url), reason)
        return rest

    def timed_out(self, url: str) -> Rest | None:
        """Count a timeout; TIMEOUTS in a row make the host rest."""
        self._timeouts[origin(url)] += 1
        if self._timeouts[origin(url)] < TIMEOUTS:
            return None
        return self.rest(url, f"{origin(url)} did not answer {TIMEOUTS} times in a row", whole=False)

    def answered(self, url: str) -> None:
        """A host has answered, whatever it said."""
        del self._timeouts[origin(url)]

    def share(self, slot: str, url: str) -> bool:
        """Whether a slot serves other hosts or schemes beside that of an address."""
        served = self._sharing.setdefault(slot, set())
        served.add(origin(url))
        return len(served) > 1

    # --- the day's requests

    def count(self, url: str) -> None:
        """Count a request that is about to be made."""
        if not self.cap:
            return
        host = host_of(url)
        self._asked_today(host)
        self._asked[host] += 1
        self._unwritten[host] += 1
        if self._unwritten.total() >= _FLUSH:
            self.flush()

    def flush(self) -> None:
        """Write the day's counts down, so that they hold for the next run too."""
        if self._unwritten:
            self.store.add_host_requests(self._day, self._unwritten)
            self._unwritten.clear()

    def _asked_today(self, host: str) -> int:
        if (today := self._today()) != self._day:
            self.flush()
            self._day, self._asked = today, Counter(self.store.host_requests(today))
        return self._asked[host]

    @staticmethod
    def _today() -> str:
        return f"{datetime.now(BEIJING):%Y-%m-%d}"

    # --- what robots.txt asks for

    def delay_of(self, url: str) -> float:
        """Seconds that robots.txt wants between two requests; 0 when it says nothing."""
        return self._delays.get(host_of(url), 0.0)

    def set_delay(self, url: str, seconds: float) -> None:
        """Take over what a host's robots.txt wants, up to CRAWL_DELAY_MAX."""
        host = host_of(url)
        if seconds > self.longest_delay:
            self.note(
                host,
                f"robots.txt of {host} wants {seconds:g} s between requests; CRAWL_DELAY_MAX makes it "
                f"{self.longest_delay:g} s",
            )
        self._delays[host] = min(seconds, self.longest_delay)

    # --- exceptions

    def exception(self, host: str, kind: str) -> HostException | None:
        """The exception that a host needs, from this run or an earlier one; it counts as used now."""
        found = self.used.get((host, kind)) or self.remembered.get((host, kind))
        if found is not None:
            self.used[host, kind] = found
        return found

    def make_exception(self, host: str, kind: str, value: str, reason: str) -> None:
        """Make an exception for a host and remember it."""
        found = HostException(host, kind, value, reason, now())
        self.used[host, kind] = found
        log.warning("%s: %s", host, in_words(found))
        self.store.note_exception(found, self.run_id)

    def note(self, key: str, text: str) -> None:
        """Say something about a host in the run's summary, once."""
        if key not in self.notes:
            self.notes[key] = text
            log.warning("%s", text)


def in_words(found: HostException) -> str:
    """An exception as a line for a person."""
    done = {
        "unverified": "certificate not checked",
        "legacy": "old TLS allowed and certificate not checked",
        "http": "http instead of https",
        "https": "https instead of http",
    }[found.value]
    return f"{done} since {found.since[:10]}: {found.reason}"


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
