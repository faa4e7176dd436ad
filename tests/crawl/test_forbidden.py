"""What robots.txt forbids, or what is gone, is left alone, and the rest of the portal is crawled."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from tests.crawl.test_crawl import crawl
from tests.portals.server import PortalServer
from tests.portals.style import Page
from tests.portals.world import Portal, PortalSpec

SPEC = PortalSpec(
    "www.liaopu.gov.cn", "蓼浦县", "990122", "hanweb", "flat", 23, departments=3, towns=2, others=30
)


def test_forbidden_reports_do_not_end_the_crawl(tmp_path: Path) -> None:
    portal = Portal(SPEC)
    newest = sorted(portal.truth, key=lambda expected: expected.truth.published, reverse=True)[:5]
    paths = {urlsplit(url).path for expected in newest for url in expected.urls}
    rules = "".join(f"Disallow: {path}\n" for path in sorted(paths))
    portal.overrides["/robots.txt"] = Page(f"User-agent: *\n{rules}".encode(), "text/plain")
    with PortalServer([portal]) as server:
        ended = crawl(tmp_path, "-a", f"url={SPEC.home}", proxy=server.proxy_url)
    assert not paths & {entry.path for entry in server.log}
    assert ended.status == 3, ended.errors
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        states = dict(db.execute("SELECT state, count(*) FROM entries GROUP BY state"))
        (outcome, reason) = db.execute("SELECT outcome, reason FROM portal_runs").fetchone()
    assert states == {"stored": len(portal.truth) - 5, "blocked": 5}
    assert outcome == "incomplete"
    assert "robots.txt does not allow" in reason


def test_a_portal_that_is_forbidden_altogether_is_blocked(tmp_path: Path) -> None:
    portal = Portal(SPEC)
    portal.overrides["/robots.txt"] = Page(b"User-agent: *\nDisallow: /\n", "text/plain")
    with PortalServer([portal]) as server:
        ended = crawl(tmp_path, "-a", f"url={SPEC.home}", proxy=server.proxy_url)
    assert {entry.path for entry in server.log} == {"/robots.txt"}
    assert ended.status == 5, ended.errors
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        (outcome, reason) = db.execute("SELECT outcome, reason FROM portal_runs").fetchone()
    assert outcome == "blocked"
    assert "robots.txt does not allow" in reason


def test_what_is_gone_is_not_asked_for_again_while_the_portal_is_remembered(tmp_path: Path) -> None:
    portal = Portal(SPEC)
    gone = {urlsplit(expected.urls[0]).path for expected in portal.truth[:2]}
    portal.overrides |= {path: Page(b"<h1>404</h1>", status=404) for path in gone}
    with PortalServer([portal]) as server:
        first = crawl(tmp_path, "-a", f"url={SPEC.home}", proxy=server.proxy_url)
        before = len(list(server.log))
        again = crawl(tmp_path, "-a", f"url={SPEC.home}", proxy=server.proxy_url)
        asked = [entry.path for entry in list(server.log)[before:]]
    assert first.status == again.status == 0, again.errors
    assert not gone & set(asked)
    assert len(asked) <= 3
