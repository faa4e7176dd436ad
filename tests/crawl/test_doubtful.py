"""Large pages are parsed by a reader first, which can be ended."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import cast

import pytest
from scrapy.http import HtmlResponse, Response

from govcrawl.crawl.portal import DOUBTFUL, try_parsing
from govcrawl.crawl.session import Session
from govcrawl.crawl.stop import Stop
from govcrawl.crawl.watch import TookTooLong
from govcrawl.reading import Limits, Readers

URL = "http://www.hurt.gov.cn/"
ATTRIBUTES = b"<html><body><a " + b"".join(b"a%d " % number for number in range(150_000)) + b">x</a>"
PLAIN = b"<html><body>" + b"<p>x</p>" * DOUBTFUL


def _tried(response: Response) -> None:
    with Readers(Limits(seconds=2.0), processes=1) as readers:
        session = cast(Session, SimpleNamespace(stop=Stop(), readers=readers))
        asyncio.run(try_parsing(session, response))


def test_a_page_that_takes_a_parser_too_long_is_given_up() -> None:
    with pytest.raises(TookTooLong, match="too long to parse"):
        _tried(HtmlResponse(URL, body=ATTRIBUTES))


@pytest.mark.parametrize(
    "response",
    [
        HtmlResponse(URL, body=PLAIN),
        HtmlResponse(URL, body=ATTRIBUTES[:DOUBTFUL]),
        Response(URL, body=ATTRIBUTES),
    ],
    ids=["plain", "small", "no page"],
)
def test_others_are_not(response: Response) -> None:
    _tried(response)
