"""All that is fetched is kept; what a server says is unchanged is not sent again, and nothing is lost by it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from scrapy.http import HtmlResponse, Request, Response
from warcio.archiveiterator import ArchiveIterator

from govcrawl.archive import Archive
from govcrawl.crawl.conditional import Conditional, validators_in
from govcrawl.crawl.keeping import Keeping, KeepingRedirects, kept
from govcrawl.crawl.remembering import forget_short_lists
from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.discovery import Discovery, Target
from govcrawl.discovery.steps import Chain
from govcrawl.model import Entry, EntryState, Validators
from govcrawl.model import Portal as Named
from govcrawl.store import Store
from govcrawl.store.archived import records
from govcrawl.store.clock import now
from govcrawl.store.sqlite import write
from tests.crawl.manners import crawl, small
from tests.crawl.network import Answer, Asked, Network
from tests.portals.world import Portal


class Server:
    """A portal whose pages are known by a tag each; it notes what it answered, and may lie."""

    def __init__(self, portal: Portal) -> None:
        self.portal, self.told = portal, Counter[tuple[str, int]]()

    def __call__(self, asked: Asked) -> Answer:
        page = self.portal.answer("GET", asked.path, asked.query)
        tag = f'"{hashlib.sha256(page.body).hexdigest()[:12]}"'
        conditional = asked.headers.get("If-None-Match")
        status = page.status
        if page.modified and conditional == tag:
            status = 304
        self.told[asked.path, status] += 1
        if status == 304:
            return Answer(status=304, headers={"ETag": tag})
        return Answer(
            page.body, status, {"Content-Type": "text/html", **({"ETag": tag} if page.modified else {})}
        )


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Server, Server]:
    """A portal crawled two times, with what was answered at each."""
    output = tmp_path_factory.mktemp("twice")
    servers = []
    for _ in range(2):
        server = Server(small("shouci", 71, style="trs"))
        with Network({"www.shouci.gov.cn": server}) as network:
            assert crawl(output, "-a", "url=http://www.shouci.gov.cn/", network=network).status == 0
        servers.append(server)
    return output, servers[0], servers[1]


def archived(output: Path) -> list[tuple[str, str, str | None]]:
    """(type, target, status of the answer) of every record."""
    found = []
    for path in sorted(output.rglob("*.warc.gz")):
        with path.open("rb") as file:
            for r in ArchiveIterator(file, check_digests="raise"):
                r.content_stream().read()
                status = r.http_headers.get_statuscode() if r.http_headers else None
                found.append((r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), status))
    return found


def test_every_answer_is_kept_with_its_request(twice: tuple[Path, Server, Server]) -> None:
    output, first, second = twice
    found = archived(output)
    answers = Counter(url for kind, url, _ in found if kind in {"response", "revisit"})
    told = Counter(path for server in (first, second) for path, _ in server.told.elements())
    assert answers == Counter({f"http://www.shouci.gov.cn{path}": count for path, count in told.items()})
    assert Counter(url for kind, url, _ in found if kind == "request") == answers
    assert ("response", "http://www.shouci.gov.cn/robots.txt", "200") in found


def test_the_database_points_to_whole_records(twice: tuple[Path, Server, Server]) -> None:
    output, *_ = twice
    archive = Archive(output / "archive")
    with Store.open(output / "govcrawl.db") as store:
        kept = list(records(store.db))
        assert len(kept) == len({record.sha256 for record in kept}) > 10
        assert all(archive.read(record) for record in kept)


def test_an_unchanged_portal_costs_one_conditional_request_a_listing(
    twice: tuple[Path, Server, Server],
) -> None:
    output, first, second = twice
    pages = {path for path, status in first.told if status == 200}
    asked = Counter(path for path, _ in second.told.elements())
    assert {path for path, status in second.told if status == 200} == {"/robots.txt"}
    assert max(asked.values()) == 1
    assert set(asked) - {"/robots.txt"} <= pages
    revisits = {url for kind, url, status in archived(output) if status == "304"}
    assert revisits == {f"http://www.shouci.gov.cn{path}" for path, status in second.told if status == 304}


URL = "http://www.shouci.gov.cn/nb/"


@pytest.fixture
def conditional(tmp_path: Path) -> Iterator[Conditional]:
    """The middleware on a session of which no more is there than it needs, the page of ``URL`` being known."""
    with Store.in_memory() as store, Archive(tmp_path) as archive:
        run = store.start_run("crawl", {})
        record = archive.add(URL, b"<a href='1.html'>x</a>")
        store.note_record(record)
        known = Validators(URL, '"1"', None, "text/html; charset=gbk", record.sha256, now())
        store.note_entries([], run, known)
        yield Conditional(cast("Session", SimpleNamespace(store=store, archive=archive)), 30)


def asked_for(conditional: Conditional, kind: str = "column", **meta: object) -> Request:
    request = Request(URL, meta={"kind": kind, **meta})
    conditional.process_request(request)
    return request


def test_an_unchanged_page_is_the_archived_one(conditional: Conditional) -> None:
    request = asked_for(conditional)
    assert request.headers["If-None-Match"] == b'"1"'
    page = conditional.process_response(request, Response(URL, status=304, request=request))
    assert isinstance(page, HtmlResponse)
    assert (page.status, page.encoding, page.css("a::text").get()) == (200, "gb18030", "x")
    assert validators_in(page, "") is None
    conditional.session.archive.close()
    kinds = [status for _, _, status in archived(conditional.session.archive.folder)]
    assert kinds == [None, "200", "304", "/nb/"]


def test_no_condition_when_all_of_a_page_was_sent_long_ago(conditional: Conditional) -> None:
    conditional.days = 0
    assert "If-None-Match" not in asked_for(conditional).headers
    assert "If-None-Match" in asked_for(conditional, "report").headers
    assert "If-None-Match" in asked_for(conditional, "attachment").headers
    with write(conditional.session.store.db) as db:
        db.conn.execute("UPDATE validators SET asked_at=datetime('now', '-366 days')")
    assert "If-None-Match" not in asked_for(conditional, "report").headers


def test_no_condition_when_the_listing_words_a_report_anew(conditional: Conditional) -> None:
    link = Entry(URL, "shouci", "2023年年报", listing="http://www.shouci.gov.cn/")
    for title, conditions in (("2023年年报", True), ("2023年年报（更正）", False)):
        conditional.session.store.note_entries([replace(link, title=title)], 1)
        conditional.session.store.close_entry(URL, EntryState.STORED)
        assert ("If-None-Match" in asked_for(conditional, "report").headers) is conditions


@pytest.mark.parametrize("lie", ["unasked", "damaged"])
def test_a_304_without_a_page_behind_it_is_asked_again_and_then_an_error(
    conditional: Conditional, lie: str
) -> None:
    if lie == "damaged":
        for path in conditional.session.archive.folder.glob("*.warc.gz"):
            path.write_bytes(path.read_bytes()[:100])
        request = asked_for(conditional)
    else:
        request = asked_for(conditional, "robots")
        assert "If-None-Match" not in request.headers
    again = conditional.process_response(request, Response(URL, status=304, request=request))
    assert isinstance(again, Request)
    conditional.process_request(again)
    assert "If-None-Match" not in again.headers
    answer = Response(URL, status=304, request=again)
    assert conditional.process_response(again, answer) is answer
    assert "If-None-Match" not in asked_for(conditional).headers


def test_a_redirection_is_kept_and_a_drawn_page_beside_what_was_sent(conditional: Conditional) -> None:
    session = conditional.session
    request = Request(URL, meta={"kind": "column"})
    moved = Response(URL, status=302, headers={"Location": "/nb/2024/"}, request=request)
    assert KeepingRedirects(session).process_response(request, moved) is moved
    assert Keeping(session).process_response(request, moved) is moved
    sent = Response(URL, body=b"<script>", request=request)
    assert KeepingRedirects(session).process_response(request, sent) is sent
    assert Keeping(session).process_response(request, sent) is sent
    first = kept(session, sent)
    drawn = kept(session, sent.replace(body=b"<p>drawn</p>"))
    assert (session.archive.read(first), session.archive.read(drawn)) == (b"<script>", b"<p>drawn</p>")
    session.archive.close()
    told = [status for kind, _, status in archived(session.archive.folder) if kind == "response"]
    assert told == ["200", "302", "200", "200"]


def test_a_list_that_ended_early_is_asked_for_without_condition(conditional: Conditional) -> None:
    store = conditional.session.store
    portal = Named("shouci", "首次县", "http://www.shouci.gov.cn/")
    crawl_ = PortalCrawl(portal, Discovery(portal))
    chain = Chain(URL, "generic", [Target(f"{URL}index_1.html")], promised=40, seen={"a"}, fruitful=True)
    crawl_.discovery.chains.append(chain)
    assert crawl_.discovery.shortfalls()
    forget_short_lists(store, crawl_)
    assert "If-None-Match" not in asked_for(conditional).headers
