"""One crawl of portals whose servers attack it: each answer is refused with its reason, the rest is stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.crawl.manners import Ended, ask, crawl, registry, small
from tests.crawl.network import Answer, Asked, Network, Site, site
from tests.hostile.answers import ANSWERS, HTML, STORED, endless
from tests.portals.world import Portal

SETTINGS = ("RETRY_TIMES=0", "DOWNLOAD_TIMEOUT=3", "DOWNLOAD_MAXSIZE=3000000", "PORTAL_REQUEST_BUDGET=25")
ROBOTS = {
    "without end": lambda: endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"Disallow: /x\n" * 5_000),
    "of a server in trouble": lambda: Answer(status=500),
    "as a page": lambda: Answer(b"<html><p>User-agent: *<p>Disallow: /</html>", headers=HTML),
}  # fmt: skip
UNREAD = frozenset(("without end", "of a server in trouble"))


def trap(asked: Asked) -> Answer:
    """A site without end: each page leads to ten new ones, each list to a next page with new rows."""
    number = sum(map(ord, asked.path + asked.query)) + len(asked.path) * 7
    if asked.path == "/robots.txt":
        return Answer(status=404)
    days = "".join(f"<a href='/day/{number}/{n}/?sid={number}x{n}'>{2000 + n}年</a>" for n in range(10))
    links = f"<a href='/zwgk/{number}/'>政府信息公开</a><a href='/nb/{number}/'>政府信息公开年报</a>{days}"
    rows = "".join(
        f"<li><a href='/c/{number}{n}.html?sid={number}'>关于第{number}{n}号事项的公告</a>2024-01-02</li>"
        for n in range(20)
    )
    following = f"<a href='?page={number + 1}'>下一页</a>"
    return Answer(
        f"<html><title>石坞县人民政府</title><ul>{rows}</ul>{links}{following}主办：石坞县人民政府</html>".encode(),
        headers=HTML,
    )


class Attack:
    """The portals, and which report of the first is attacked how."""

    def __init__(self) -> None:
        self.portal: Portal = small("hurt", 91, departments=20, towns=6)
        self.urls = [urlsplit(report.urls[0]).path for report in self.portal.truth]
        self.of = dict(zip(self.urls[::1], ANSWERS, strict=False))
        assert len(self.of) == len(ANSWERS) < len(self.urls) - 3
        self.robots = {name: small(f"robots{n}", 60 + n) for n, name in enumerate(ROBOTS)}
        self.trap: Portal = small("trap", 92)

    def special(self, asked: Asked) -> Answer | None:
        found = self.of.get(asked.path)
        return found and found.make(self.portal.answer("GET", asked.path, "", "").body)

    def sites(self) -> dict[str, Site]:
        made = {self.portal.host: site(self.portal, self.special), self.trap.host: trap}
        for name, portal in self.robots.items():
            made[portal.host] = site(
                portal, lambda asked, name=name: ROBOTS[name]() if asked.path == "/robots.txt" else None
            )  # type: ignore[misc]
        return made

    def portals(self) -> list[Portal]:
        return [self.portal, self.trap, *self.robots.values()]


@pytest.fixture(scope="module")
def attack() -> Attack:
    return Attack()


@pytest.fixture(scope="module")
def ended(
    attack: Attack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, Ended, list[Asked]]]:
    output = tmp_path_factory.mktemp("attack")
    with Network(attack.sites()) as network:
        file = registry(output, attack.portals())
        keys = ",".join(portal.key for portal in attack.portals())
        yield (
            output,
            crawl(output / "o", "-a", f"portals={keys}", settings=(*SETTINGS, file), network=network),
            network.log,
        )


def test_each_answer_is_refused_with_its_reason(
    attack: Attack, ended: tuple[Path, Ended, list[Asked]]
) -> None:
    output, run, asked = ended
    assert run.status == 3, run.errors
    rows = ask(output / "o", "SELECT url, state, last_error FROM entries WHERE portal = ?", attack.portal.key)
    states = {urlsplit(str(url)).path: (state, str(error)) for url, state, error in rows}
    wrong = []
    for path, one in attack.of.items():
        state, error = states[path]
        refused = state in {"failed", "rejected", "gone"} and error and one.told in error
        if not (state == STORED if one.told == STORED else refused):
            wrong.append((one.name, state, error))
    assert not wrong, "\n".join(map(str, wrong))
    assert all(states[path][0] == STORED for path in attack.urls if path not in attack.of)
    assert {one.host for one in asked} == {portal.host for portal in attack.portals()}


def test_nothing_unexpected_is_logged(ended: tuple[Path, Ended, list[Asked]]) -> None:
    _, run, _ = ended
    assert "Traceback" not in run.errors, run.errors


@pytest.mark.parametrize("name", ROBOTS)
def test_a_robots_txt_that_is_none(name: str, attack: Attack, ended: tuple[Path, Ended, list[Asked]]) -> None:
    output, _, _ = ended
    portal = attack.robots[name]
    ((outcome, reason),) = ask(
        output / "o", "SELECT outcome, reason FROM portal_runs WHERE portal = ?", portal.key
    )
    stored = ask(output / "o", "SELECT count(*) FROM reports WHERE portal = ?", portal.key)
    if name in UNREAD:
        assert outcome != "complete"
        assert "robots.txt" in str(reason)
        assert stored == [(0,)]
    else:
        assert (outcome, stored) == ("complete", [(len(portal.truth),)])


def test_a_site_without_end_ends(attack: Attack, ended: tuple[Path, Ended, list[Asked]]) -> None:
    output, _, asked = ended
    assert sum(one.host == attack.trap.host for one in asked) < 150
    ((outcome, reason),) = ask(
        output / "o", "SELECT outcome, reason FROM portal_runs WHERE portal = ?", attack.trap.key
    )
    assert outcome == "incomplete", reason
    assert "request budget of 25 spent" in str(reason)
