"""Bodies that break off are no pages."""

import gzip
import random

import pytest
from scrapy.http import HtmlResponse, Request

from govcrawl.crawl.conditional import validators_in
from govcrawl.crawl.gzipped import MAX_MEMBERS, ends_properly, refusal
from govcrawl.crawl.portal import note_cut
from govcrawl.crawl.session import PortalCrawl
from govcrawl.crawl.whole import _KNOWN_SO, WholePages, is_cut
from govcrawl.discovery import Discovery, Found, Kind, Step, Target
from govcrawl.discovery.missing import open_questions
from govcrawl.documents.cut import breaks_in_row, breaks_off
from govcrawl.model import Portal

BODY = gzip.compress("政府信息公开".encode() * 5000)


@pytest.mark.parametrize("cut", [1, 4, 8, 30])
def test_a_stream_without_its_end(cut: int) -> None:
    assert ends_properly(BODY)
    assert not ends_properly(BODY[:-cut])


def test_rubbish() -> None:
    assert not ends_properly(BODY[:20] + b"\xff" * 50)
    assert ends_properly(b"<html>")


def test_what_takes_its_unpacking_too_long_is_refused() -> None:
    one = gzip.compress(b"a")
    assert not refusal(one * MAX_MEMBERS, [b"gzip"], 1 << 20)
    assert "members" in refusal(one * 300_000, [b"x-gzip"], 1 << 20)
    assert "2 times" in refusal(gzip.compress(BODY), [b"gzip, GZIP"], 1 << 20)
    assert not refusal(BODY, [b"identity", b"gzip"], 1 << 20)
    assert not refusal(one * 300_000, [b"utf-8"], 1 << 20)  # unknown, so not unpacked
    assert not refusal(gzip.compress(bytes(1 << 22)) * 300, [b"gzip"], 1 << 20)  # Scrapy refuses its size


def test_a_stream_of_several_pieces_ends() -> None:
    noise = random.Random(1).randbytes(300_000)
    assert ends_properly(gzip.compress(noise) + gzip.compress(noise))
    assert not refusal(gzip.compress(noise) * 3, [b"gzip"], 1 << 24)
    assert not ends_properly(gzip.compress(noise)[:200_000])


@pytest.mark.parametrize(
    ("page", "cut"),
    [
        (b"<html><body><p>a</p></body></html>", False),
        (b"<!DOCTYPE html><html><body><p>a</p></BODY>\n\n", False),
        (b"<html><body><p>a</p></div>\n", False),  # badly made, but made to its end
        (b"<html><body><p>a</p><!-- 0.1 s -->", False),
        (b"<p>a fragment of a page", False),
        (b"<html><body><p>a", True),
        (b"<html><body><table><tr><td>1", True),
        (b"<html><body><table><tr><td", True),
        (b"<html><body><table><tr><td>", True),
    ],
)
def test_a_page_without_its_end(page: bytes, cut: bool) -> None:
    assert breaks_off(page) is cut


@pytest.mark.parametrize(
    ("page", "inside"),
    [
        (b"<html><ul><li><a href='/1.html'>a</a></li><li><a hr", True),
        (b"<html><ul><li><a href='/1.html'>a</a></li><li><a href='/2.html'>b", True),
        (b"<html><ul><li><a href='/1.html'>a</a></li></ul><script>createPage", True),
        (b"<html><ul><li><a href='/1.html'>a</a></li></ul><p>b", False),  # nothing of the list is missing
    ],
)
def test_a_list_that_ends_in_a_row(page: bytes, inside: bool) -> None:
    assert breaks_off(page)
    assert breaks_in_row(page) is inside


LIST = "http://www.duanwei.gov.cn/nb/"
HALF, WITHOUT_END = b"<html><ul><li><a href='/1.html'>a", b"<html><ul><li>a</li></ul><p>b"


def answer(body: bytes, kind: Kind, known_so: bool | None) -> HtmlResponse:
    meta = {"kind": kind.value} | ({} if known_so is None else {_KNOWN_SO: known_so})
    return HtmlResponse(LIST, body=body, headers={"ETag": "1"}, request=Request(LIST, meta=meta))


@pytest.mark.parametrize(
    ("body", "kind", "known_so", "cut"),
    [
        (b"<html></html>", Kind.COLUMN, None, False),
        (WITHOUT_END, Kind.COLUMN, False, True),
        (WITHOUT_END, Kind.COLUMN, True, False),  # it is published so
        (HALF, Kind.LISTING, True, True),
        (HALF, Kind.REPORT, False, True),
        (HALF, Kind.REPORT, True, False),
    ],
)
def test_what_broke_off_is_asked_for_in_full(
    body: bytes, kind: Kind, known_so: bool | None, cut: bool
) -> None:
    response = answer(body, kind, known_so)
    assert is_cut(response) is cut
    assert (validators_in(response, "") is None) is cut


@pytest.mark.parametrize(
    ("told", "whole"),
    [
        ("bytes 0-30/31", True),
        ("bytes 0-15/31", False),
        ("bytes 5-30/31", False),
        ("bytes 0-30/*", False),
        ("", False),
    ],
)
def test_a_part_that_nobody_asked_for_is_no_page(
    told: str, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, request = WholePages.__new__(WholePages), Request(LIST, meta={"kind": Kind.REPORT.value})
    pages.ends, pages.hosts = {}, set()
    again = Request(LIST, dont_filter=True)
    monkeypatch.setattr(pages, "again", lambda _request, _reason: again)
    headers = {"Content-Range": told} if told else {}
    response = HtmlResponse(LIST, 206, headers=headers, body=WHOLE, request=request)
    assert pages.process_response(request, response) is (response if whole else again)


WHOLE, UNENDED = b"<html><ul><li>a</li></ul></html>", b"<html><ul><li>a</li>"


def looked_at(pages: list[tuple[bytes, Kind, bool]]) -> list[bool]:
    """Of each page in turn (its bytes, kind, whether its length was told) whether it counts as cut."""
    whole = WholePages.__new__(WholePages)
    whole.ends, whole.hosts = {}, set()
    cut = []
    for body, kind, measured in pages:
        request = Request(LIST, meta={"kind": kind.value})
        response = HtmlResponse(LIST, body=body, request=request, flags=[] if measured else ["partial"])
        lacking = whole.lacks_end(request, response)
        if lacking:  # and ends just so at the second look
            whole.settle(request, response)
        cut.append(lacking)
    return cut


def test_a_page_of_unknown_length_without_the_end_that_others_have() -> None:
    start = (WHOLE, Kind.START, False)
    assert looked_at([start, (UNENDED, Kind.COLUMN, False)]) == [False, True]
    assert looked_at([start, (UNENDED, Kind.COLUMN, True)]) == [False, False]  # the server told its length
    column = (WHOLE, Kind.LISTING, False)
    assert looked_at([column, (UNENDED, Kind.LISTING, False)] * 2) == [False, True] * 2


def test_pages_that_never_have_an_end_cost_one_second_look() -> None:
    assert looked_at([(UNENDED, Kind.START, False), (UNENDED, Kind.COLUMN, False)]) == [False, False]
    reports = [(UNENDED, Kind.REPORT, False)] * 3
    assert looked_at([(WHOLE, Kind.START, False), *reports]) == [False, True, False, False]


def test_a_list_that_broke_off_is_an_open_question() -> None:
    portal = Portal("duanwei", "断尾县", LIST)
    crawl = PortalCrawl(portal, Discovery(portal), read=1)
    step = Step(Target(LIST), Kind.COLUMN, 1.0, "", annual=True)
    assert not note_cut(crawl, step, answer(HALF, Kind.COLUMN, None), Found())
    assert note_cut(crawl, step, answer(HALF, Kind.COLUMN, False), Found())
    assert (LIST, f"{LIST} could not be read: it breaks off") in open_questions(crawl.discovery)
    outcome, why = crawl.outcome()
    assert outcome == "incomplete"
    assert why is not None
    assert f"{LIST}: it breaks off" in why
