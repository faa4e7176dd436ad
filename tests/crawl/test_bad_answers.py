"""Stored reports whose addresses answer badly once: they stay, and are had again when the pages are back."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from govcrawl.cli import main
from tests.crawl.manners import ask, crawl, small
from tests.portals.server import PortalServer
from tests.portals.style import Page

pytestmark = pytest.mark.soak

LOGIN = "<html><title>登录</title><form><input type=password name=p></form>请登录</html>"
MISSING = "<html><title>提示</title><body>您访问的页面不存在</body></html>"


def test_one_bad_evening(tmp_path: Path) -> None:
    portal = small("yiwan", 96, departments=3)
    urls = [report.urls[0] for report in portal.truth]
    paths = [urlsplit(url).path for url in urls]
    arguments = ("-a", f"url={portal.spec.home}")
    with PortalServer([portal]) as server:
        assert crawl(tmp_path, *arguments, network=server).status == 0
        rows = "SELECT url, agency, year, text, gone_since FROM reports ORDER BY url"
        stored = ask(tmp_path, rows)
        half = portal.answer("GET", paths[3]).body
        answers = {
            paths[0]: Page(b"<h1>404</h1>", "text/html", 404),
            paths[1]: Page(MISSING.encode(), "text/html; charset=utf-8", 200),
            paths[2]: Page(LOGIN.encode(), "text/html; charset=utf-8", 200),
            paths[3]: Page(half[: len(half) // 2], "text/html", 200),
            paths[4]: portal.answer("GET", paths[5]),
        }
        portal.overrides |= answers
        evening = crawl(tmp_path, *arguments, settings=["RECHECK_DAYS=0"], network=server)
        assert evening.status == 3, evening.errors
        assert ask(tmp_path, rows) == stored
        states = dict(ask(tmp_path, "SELECT url, state FROM entries"))  # type: ignore[arg-type]
        assert [states[url] for url in urls[:5]] == ["stored", "stored", "blocked", "failed", "stored"]
        reused = ask(tmp_path, "SELECT f.detail FROM findings f WHERE f.kind = 'address_reused'")
        assert [urls[5] in str(detail) for (detail,) in reused] == [True]
        told = CliRunner().invoke(main, ["status", "--output", str(tmp_path)]).stdout
        assert "Stored reports whose pages were without them at the last look" in told
        assert urls[0] in told
        for path in answers:
            del portal.overrides[path]
        morning = crawl(tmp_path, *arguments, settings=["RECHECK_DAYS=0"], network=server)
        assert morning.status == 0, morning.errors
        assert ask(tmp_path, rows) == stored
        assert ask(tmp_path, "SELECT count(*) FROM findings WHERE kind = 'address_reused'") == [(0,)]
        assert ask(tmp_path, "SELECT count(*) FROM entries WHERE doubted IS NOT NULL") == [(0,)]
