"""Every refusal system on a host of its own: recognised by a real crawl, asked once, written down, left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.crawl.test_crawl import Ended, crawl
from tests.portals.refusing import REFUSING, SHELLS
from tests.portals.server import PortalServer
from tests.portals.style import Page
from tests.portals.world import BRIEF, Portal

SYSTEMS = {
    "瑞数": ("rivers", "rivers_202", "rivers_200"),
    "加速乐": ("jiasule", "jiasule_512", "chuangyu"),
    "360/奇安信": ("wzws", "qianxin"),
    "云锁": ("yunsuo", "yunsuo_302"),
    "cookie shell": ("c3vk", "ct6t"),
    "安全狗": ("safedog",),
    "阿里云": ("aliyun", "aliyun_shell"),
    "腾讯云": ("tencent", "tencent_501"),
    "华为云": ("huawei",),
    "百度云加速": ("baidu",),
    "SafeLine": ("safeline", "safeline_403"),
    "宝塔": ("bt",),
    "安恒/绿盟/盛邦": ("dbapp", "nsfocus", "webray", "bdwaf", "yxlink"),
    "verification": ("captcha",),
    "login wall": ("login",),
}
_WAITED_FOR = {"too_many", "unavailable"}  # they say when to come again: politeness, not refusal
WALLS = {**REFUSING, "login": SHELLS["login"]}
CASES = [(system, name) for system, names in SYSTEMS.items() for name in names]


def host(name: str) -> str:
    return f"www.{name.replace('_', '')}wall.gov.cn"


def registry(output: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Arguments of a crawl of these hosts, in one registry of their own."""
    file, rows = output / "own.csv", {name: host(name).split(".")[1] for name in names}
    lines = [f",{name},http://{host(name)}/,{key}" for name, key in rows.items()]
    file.write_text("\n".join(["code,name,url,key", *lines]), encoding="utf-8")
    return ("-a", f"portals={','.join(rows.values())}", "-s", f"REGISTRY_FILE={file}")


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ended, Path, PortalServer]]:
    """One crawl of all refusing hosts together."""
    output = tmp_path_factory.mktemp("refused")
    own = registry(output, [name for _, name in CASES])
    with PortalServer([], refusals={host(name): WALLS[name] for _, name in CASES}) as server:
        yield (
            crawl(output, *own, "-s", "RETRY_TIMES=2", proxy=server.proxy_url),
            output / "govcrawl.db",
            server,
        )


def test_every_imitation_is_here() -> None:
    assert {name for _, name in CASES} == WALLS.keys() - _WAITED_FOR


@pytest.mark.parametrize(("system", "name"), CASES)
def test_a_system_is_recognised_with_its_evidence(
    system: str, name: str, refused: tuple[Ended, Path, PortalServer]
) -> None:
    with closing(sqlite3.connect(refused[1])) as db, db:
        ((found, status, evidence, headers, sha256),) = db.execute(
            "SELECT system, status, evidence, headers, sha256 FROM refusals WHERE url = ?",
            (f"http://{host(name)}/",),
        ).fetchall()
        outcome, reason = db.execute(
            "SELECT outcome, reason FROM portal_runs WHERE name = ?", (name,)
        ).fetchone()
    assert (found, status) == (system, WALLS[name].status)
    assert str(status) in evidence
    assert {header.lower() for header in WALLS[name].headers} <= set(headers.lower().split(", "))
    assert len(sha256) == 64
    assert outcome == "blocked"
    assert f"refused by {system}" in reason


@pytest.mark.parametrize("name", [name for _, name in CASES])
def test_nothing_is_tried_to_get_around_it(name: str, refused: tuple[Ended, Path, PortalServer]) -> None:
    asked = [entry for entry in refused[2].log if entry.host == host(name)]
    assert sorted(entry.path for entry in asked) == ["/", "/robots.txt"]
    assert {entry.method for entry in asked} == {"GET"}
    assert {entry.agent.partition("/")[0] for entry in asked} == {"govcrawl"}


def test_nothing_could_be_read(refused: tuple[Ended, Path, PortalServer]) -> None:
    ended = refused[0]
    assert ended.status == 5, ended.errors
    assert f"{len(CASES)} portals blocked" in ended.errors
    assert "Nothing could be read." in ended.errors
    assert "Traceback" not in ended.errors


class Tiring(Portal):
    """Answers a number of reports and then sends everybody to a wall."""

    left = 7

    def answer(self, method: str, path: str, query: str = "", form: str = "", host: str = "") -> Page:
        if self.left == 0:
            wall = REFUSING["rivers"]
            return Page(wall.body.encode(), "text/html", wall.status, headers=wall.headers)
        self.left -= "/art_" in path
        return super().answer(method, path, query, form, host)


def test_a_wall_in_the_middle_of_a_crawl(tmp_path: Path) -> None:
    portal = Tiring(BRIEF[1])
    with PortalServer([portal]) as server:
        ended = crawl(tmp_path, "-a", f"url={portal.spec.home}", proxy=server.proxy_url)
        refused_ = [entry for entry in server.log if entry.status == 412]
    assert ended.status == 3, ended.errors
    assert "3 refusals in a row, the last: refused by 瑞数" in ended.errors
    assert len(refused_) == 3
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        states = dict(db.execute("SELECT state, count(*) FROM entries GROUP BY state"))
        refusals = db.execute("SELECT system, status FROM refusals").fetchall()
    assert states["stored"] == 7
    assert refusals == [("瑞数", 412)] * 3
    assert states["blocked"] <= 3
    assert states["pending"] > 10


def test_start_pages_that_are_no_portals(tmp_path: Path) -> None:
    told = {
        "app": "needs a browser",
        "moved": "www.chengzhoushi.gov.cn/yt/",
        "closed": "已下线",
        "empty": "no annual report was found",
        "refresh": "no annual report was found",
    }
    own = registry(tmp_path, told)
    with PortalServer([], refusals={host(name): SHELLS[name] for name in told}) as server:
        ended = crawl(tmp_path, *own, proxy=server.proxy_url)
        hosts = [entry.host for entry in server.log if ":" not in entry.host]
    assert ended.status == 3, ended.errors
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        outcomes = {
            name: (outcome, reason)
            for name, outcome, reason in db.execute("SELECT name, outcome, reason FROM portal_runs")
        }
    for name, words in told.items():
        assert outcomes[name][0] == "empty"
        assert words in outcomes[name][1]
        assert hosts.count(host(name)) < 30
    assert set(hosts) == {host(name) for name in told}
