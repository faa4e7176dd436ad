"""One crawl over hosts that each want something else: pauses, delays, old TLS, the other scheme, nothing at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.crawl.certificates import Authority
from tests.crawl.manners import Ended, ask, crawl, registry, small
from tests.crawl.network import Answer, Asked, Network, Site, site
from tests.portals.world import Portal

NAMES = (
    "calm", "pausing", "resting", "delaying", "postponed", "silent", "selfsigned", "oldtls", "trusted",
    "misnamed", "nameless", "httpsonly", "httponly",
)  # fmt: skip
HOST = {name: f"www.{name}.gov.cn" for name in NAMES}


class Special:
    """The hosts' own ways; an instance for each crawl fixture, since some change after the first request."""

    def __init__(self, portals: dict[str, Portal]) -> None:
        self.reports = {
            name: {url.split("gov.cn", 1)[1] for report in portal.truth for url in report.urls}
            for name, portal in portals.items()
        }
        self.paused = False
        self.reports_served = 0

    def pausing(self, asked: Asked) -> Answer | None:
        if asked.path in self.reports["pausing"] and not self.paused:
            self.paused = True
            return Answer(status=503, headers={"Retry-After": "2"})
        return None

    def resting(self, asked: Asked) -> Answer | None:
        if asked.path in self.reports["resting"]:
            self.reports_served += 1
            if self.reports_served > 2:
                return Answer(status=429, headers={"Retry-After": "86400"})
        return None

    def delaying(self, asked: Asked) -> Answer | None:
        if asked.path == "/robots.txt":
            return Answer(
                b"User-agent: *\nCrawl-delay: 0.2\nRequest-rate: 2/1s\n",
                headers={"Content-Type": "text/plain"},
            )
        return None

    def postponed(self, asked: Asked) -> Answer | None:
        return Answer(status=503) if asked.path == "/robots.txt" else None

    def silent(self, asked: Asked) -> Answer | None:
        return Answer(wait=3)

    def httpsonly(self, asked: Asked) -> Answer | None:
        return Answer(status=0) if asked.scheme == "http" else None

    def calm(self, asked: Asked) -> Answer | None:
        return None

    selfsigned = oldtls = trusted = misnamed = nameless = calm


def linking_to_https(portal: Portal) -> Site:
    """A site whose pages link to themselves over https, which it does not have."""
    plain = site(portal)

    def answer(asked: Asked) -> Answer:
        found = plain(asked)
        here = f"https://{portal.host}{asked.path}"

        def absolute(link: re.Match[bytes]) -> bytes:
            return b"href=" + link[1] + urljoin(here, link[2].decode()).encode() + link[1]

        return Answer(re.sub(rb"""href=(["'])(.*?)\1""", absolute, found.body), found.status, found.headers)

    return answer


@dataclass
class World:
    network: Network
    portals: dict[str, Portal]
    special: Special
    output: Path
    first: Ended
    second: Ended
    asked_first: list[Asked]

    def reports(self, name: str) -> int:
        [(count,)] = ask(self.output, "SELECT count(*) FROM reports WHERE portal = ?", self.portals[name].key)
        return int(str(count))

    def outcome(self, name: str, run: int = 1) -> tuple[object, ...]:
        sql = "SELECT outcome, reason FROM portal_runs WHERE portal = ? AND run_id = ?"
        return ask(self.output, sql, self.portals[name].key, run)[0]

    def exceptions(self) -> dict[tuple[object, object], tuple[object, object]]:
        rows = ask(self.output, "SELECT host, kind, value, reason FROM host_exceptions")
        return {(host, kind): (value, reason) for host, kind, value, reason in rows}

    def first_of(self, name: str) -> list[Asked]:
        return [asked for asked in self.asked_first if asked.host == HOST[name]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("manners")
    portals = {name: small(name, seed) for seed, name in enumerate(NAMES, start=31)}
    special = Special(portals)
    sites = {
        HOST[name]: linking_to_https(portal) if name == "httponly" else site(portal, getattr(special, name))
        for name, portal in portals.items()
    }
    authority = Authority(folder)
    tls = {
        HOST["selfsigned"]: authority.context([HOST["selfsigned"]], trusted=False),
        HOST["oldtls"]: authority.context([HOST["oldtls"]], trusted=False, old=True),
        HOST["trusted"]: authority.context([HOST["trusted"]]),
        HOST["misnamed"]: authority.context([HOST["misnamed"]], named=["www.other.gov.cn"]),
        HOST["nameless"]: authority.context([HOST["nameless"]], named=[]),
        HOST["httpsonly"]: authority.context([HOST["httpsonly"]]),
    }
    file = registry(folder, portals.values(), list(tls)[:-1])
    settings = (file, "DOWNLOAD_TIMEOUT=2", "RETRY_TIMES=2")
    trust = {"SSL_CERT_FILE": str(authority.file)}
    with Network(sites, tls) as network:
        keys = ",".join(portal.key for portal in portals.values())
        first = crawl(folder, "-a", f"portals={keys}", settings=settings, network=network, environment=trust)
        asked = list(network.log)
        network.log.clear()
        second = crawl(folder, "-a", f"portals={keys}", settings=settings, network=network, environment=trust)
        yield World(network, portals, special, folder, first, second, asked)


def test_the_crawl_ends_incomplete_without_unexpected_errors(world: World) -> None:
    assert world.first.status == 3, world.first.errors
    assert "Traceback" not in world.first.errors
    for log in (world.output / "logs").glob("*.log"):
        assert "Traceback" not in log.read_text(encoding="utf-8")


def test_never_two_requests_to_a_host_at_once(world: World) -> None:
    assert max(asked.together for asked in world.asked_first if asked.host != HOST["silent"]) == 1


def test_a_pause_is_kept_and_all_reports_come(world: World) -> None:
    assert world.reports("pausing") == len(world.portals["pausing"].truth)
    times = [asked.began for asked in world.first_of("pausing")]
    assert max(later - earlier for earlier, later in pairwise(times)) >= 2
    calm = [asked.began for asked in world.first_of("calm")]
    assert calm[-1] - calm[0] < times[-1] - times[0]


def test_too_long_a_pause_ends_the_portal_and_leaves_its_entries_pending(world: World) -> None:
    outcome, reason = world.outcome("resting")
    assert outcome == "incomplete"
    assert "asks for a pause of 86400 s" in str(reason)
    assert world.reports("resting") == 2
    states = dict(
        ask(world.output, "SELECT state, count(*) FROM entries WHERE portal = 'resting' GROUP BY state")
    )
    assert states == {"stored": 2, "pending": 2}  # what its first list page names
    refused = world.first_of("resting")[-1]
    assert (refused.path in world.special.reports["resting"], refused.number) == (True, 1)


def test_the_larger_of_crawl_delay_and_request_rate_is_kept(world: World) -> None:
    assert world.reports("delaying") == len(world.portals["delaying"].truth)
    times = [asked.began for asked in world.first_of("delaying")]
    gaps = [later - earlier for earlier, later in pairwise(times[1:])]
    assert len(gaps) >= 5
    assert min(gaps) >= 0.49


def test_a_robots_txt_that_fails_postpones_the_host(world: World) -> None:
    assert {asked.path for asked in world.first_of("postponed")} == {"/robots.txt"}
    outcome, reason = world.outcome("postponed")
    assert outcome == "unreachable"
    assert "robots.txt answers 503" in str(reason)


def test_three_timeouts_in_a_row_are_enough(world: World) -> None:
    assert len(world.first_of("silent")) == 3
    outcome, reason = world.outcome("silent")
    assert outcome == "unreachable"
    assert "did not answer 3 times in a row" in str(reason)


def test_tls_is_strict_where_that_works(world: World) -> None:
    assert world.reports("trusted") == len(world.portals["trusted"].truth)
    assert (HOST["trusted"], "tls") not in world.exceptions()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("selfsigned", "unverified", "certificate verify failed"),
        ("oldtls", "legacy", "protocol version"),
        ("misnamed", "unverified", "certificate verify failed: it names another host"),
        ("nameless", "unverified", "certificate verify failed: it names no host"),
    ],
)
def test_tls_that_fails_is_a_recorded_exception(world: World, name: str, value: str, told: str) -> None:
    assert world.reports(name) == len(world.portals[name].truth)
    found, reason = world.exceptions()[HOST[name], "tls"]
    assert found == value
    assert told in str(reason)
    assert HOST[name] in world.first.errors
    assert HOST[name] in world.second.errors  # remembered, and still said
    assert "not valid for hostname" not in world.first.errors
    assert world.outcome(name, run=2)[0] == "complete"


@pytest.mark.parametrize(("name", "scheme"), [("httpsonly", "https"), ("httponly", "http")])
def test_the_scheme_that_answers_is_remembered(world: World, name: str, scheme: str) -> None:
    assert world.reports(name) == len(world.portals[name].truth)
    assert world.exceptions()[HOST[name], "scheme"][0] == scheme
    again = world.network.of(HOST[name])
    assert {asked.scheme for asked in again} == {scheme}


def test_every_request_is_in_the_log_with_its_reason(world: World) -> None:
    lines = (world.output / "logs" / "000001-requests.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {row["kind"] for row in rows} >= {"start", "robots", "report"}
    assert all(row["reason"] for row in rows)
    [(detail,)] = ask(world.output, "SELECT detail FROM runs WHERE id = 1")
    assert sum(json.loads(str(detail))["requests"].values()) == len(rows)
