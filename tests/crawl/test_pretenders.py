"""Answers at a report's address that are something else: told apart, and each link left in the right state."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.crawl.test_crawl import crawl
from tests.portals.server import PortalServer
from tests.portals.style import Page
from tests.portals.world import BRIEF, Portal

SHELL = "<html><head><meta http-equiv='refresh' content='0;url={}'></head><body></body></html>"
CASES = (
    "soft 404", "short chrome", "redirect to home", "copy of home", "404 in full dress", "wall in full dress",
    "shell", "script shell", "loop", "way out",
)  # fmt: skip


def page(text: str, status: int = 200, **headers: str) -> Page:
    return Page(text.encode(), "text/html", status, headers=headers)


def disguise(portal: Portal, paths: dict[str, str]) -> None:
    """Put another answer at the address of ten reports."""
    style = portal.style.charset
    home = portal.answer("GET", "/").body.decode(style)
    body = portal.answer("GET", paths["shell"])
    script = portal.answer("GET", paths["script shell"])
    title = home[home.index("<title>") : home.index("</title>")]
    lost = home.replace(title, "<title>404 页面不存在")
    filler = "<script>" + "var a=1;" * 1000 + "</script>"
    answers = {
        "soft 404": page("<html><title>提示</title><body>您访问的页面不存在</body></html>"),
        "short chrome": page(
            "<html><title>提示</title><body><a href='/'>首页</a>该信息不存在或已删除</body></html>"
        ),
        "redirect to home": page("", 302, Location="/"),
        "copy of home": page(home),
        "404 in full dress": page(lost),
        "wall in full dress": page(f"<html>{filler}<body>请完成安全验证<br>请输入验证码</body></html>"),
        "shell": page(SHELL.format("/moved/1.html")),
        "script shell": page("<html><script>window.location.href='/moved/2.html'</script></html>"),
        "loop": page(SHELL.format("/loop/1.html")),
        "way out": page(SHELL.format("http://www.elsewhere.gov.cn/x.html")),
    }
    portal.overrides |= {paths[name]: answer for name, answer in answers.items()}
    portal.overrides |= {"/moved/1.html": body, "/moved/2.html": script}
    portal.overrides |= {f"/loop/{n}.html": page(SHELL.format(f"/loop/{n + 1}.html")) for n in range(1, 9)}


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    output = tmp_path_factory.mktemp("pretenders")
    portal = Portal(BRIEF[1])
    urls = dict(zip(CASES, (report.urls[0] for report in portal.truth[3:]), strict=False))
    disguise(portal, {name: urlsplit(url).path for name, url in urls.items()})
    with PortalServer([portal]) as server:
        ended = crawl(output, "-a", f"url={portal.spec.home}", proxy=server.proxy_url)
        asked = [(entry.host, entry.path) for entry in server.log]
    assert ended.status == 3, ended.errors
    assert "Traceback" not in ended.errors
    assert {host for host, _ in asked} == {portal.spec.host}
    assert sum(path.startswith("/loop/") for _, path in asked) == 3
    with closing(sqlite3.connect(output / "govcrawl.db")) as db, db:
        known = {
            url: (state, error)
            for url, state, error in db.execute("SELECT url, state, last_error FROM entries")
        }
        (stored,) = db.execute("SELECT count(*) FROM reports").fetchone()
    assert stored == len(portal.truth) - len(CASES) + 2
    return {name: known[url] for name, url in urls.items()}


@pytest.mark.parametrize(
    ("name", "state", "words"),
    [
        ("soft 404", "gone", "does not exist"),
        ("short chrome", "gone", "does not exist"),
        ("redirect to home", "failed", "home page"),
        ("copy of home", "failed", "home page"),
        ("404 in full dress", "gone", "404 页面不存在"),
        ("wall in full dress", "blocked", "verification"),
        ("shell", "stored", ""),
        ("script shell", "stored", ""),
        ("loop", "failed", "on and on"),
        ("way out", "rejected", "http://www.elsewhere.gov.cn/x.html"),
    ],
)
def test_what_stands_at_a_reports_address(
    name: str, state: str, words: str, states: dict[str, tuple[str, str]]
) -> None:
    assert states[name][0] == state, states[name]
    assert words in (states[name][1] or "")
