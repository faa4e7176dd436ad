"""Reports that were withdrawn one by one do not end a portal's crawl; a host that declines does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from govcrawl.crawl.second_look import LOOKS, look_again
from govcrawl.crawl.session import REFUSALS, PortalCrawl
from govcrawl.discovery import Discovery, Kind, Step, Target
from govcrawl.model import Entry, Portal
from tests.crawl.test_crawl import crawl
from tests.portals.server import PortalServer
from tests.portals.style import Page
from tests.portals.world import Portal as Imitation
from tests.portals.world import PortalSpec

SPEC = PortalSpec(
    "www.liaopu.gov.cn", "蓼浦县", "990122", "hanweb", "flat", 23, departments=3, towns=2, others=10
)
BARE = b"<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"


def test_withdrawn_reports_do_not_end_the_crawl(tmp_path: Path) -> None:
    portal = Imitation(SPEC)
    newest = sorted(portal.truth, key=lambda expected: expected.truth.published, reverse=True)
    withdrawn = {urlsplit(url).path for expected in newest[4 : 4 + REFUSALS] for url in expected.urls}
    portal.overrides |= {path: Page(BARE, status=403) for path in withdrawn}
    with PortalServer([portal]) as server:
        ended = crawl(tmp_path, "-a", f"url={SPEC.home}", proxy=server.proxy_url)
    assert ended.status == 3, ended.errors
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        states = dict(db.execute("SELECT state, count(*) FROM entries GROUP BY state"))
    assert states == {"stored": len(portal.truth) - REFUSALS, "blocked": REFUSALS}


def crawled() -> tuple[PortalCrawl, Step]:
    place = Portal("liaopu", "蓼浦县", SPEC.home)
    entry = Entry(f"{SPEC.home}nb/7.html", "liaopu", "教育局", listing=f"{SPEC.home}nb/")
    return PortalCrawl(place, Discovery(place), read=9), Step(
        Target(entry.url), Kind.REPORT, 90, "test", entry=entry
    )


def refuse(crawled: PortalCrawl, step: Step, times: int, *, single: bool = True) -> None:
    for _ in range(times):
        crawled.refuse("403", single=single)
        look_again(crawled, step)


def planned(crawled: PortalCrawl) -> Step:
    step = crawled.discovery.next()
    assert step is not None
    return step


def test_the_look_decides() -> None:
    left, step = crawled()
    refuse(left, step, REFUSALS)
    look = planned(left)
    assert (look.kind, look.target.url) == (Kind.LOOK, f"{SPEC.home}nb/")
    assert not left.refused_too_often()
    refuse(left, look, 1, single=False)
    assert left.refused_too_often()


def test_a_second_look_needs_a_page_that_was_read_since_the_first() -> None:
    left, step = crawled()
    refuse(left, step, REFUSALS)
    left.answer(looked=True)
    refuse(left, step, REFUSALS)
    assert left.refused_too_often()
    again, step = crawled()
    for _ in range(LOOKS):
        refuse(again, step, REFUSALS)
        assert planned(again).kind is Kind.LOOK
        again.answer(looked=True)
        again.answer(looked=False)
    refuse(again, step, REFUSALS)
    assert again.refused_too_often()


def test_a_wall_ends_the_crawl_at_once() -> None:
    left, step = crawled()
    refuse(left, step, REFUSALS, single=False)
    assert left.refused_too_often()
    mixed, step = crawled()
    refuse(mixed, step, 1, single=False)
    refuse(mixed, step, REFUSALS - 1)
    assert mixed.refused_too_often()
