"""Redirects that go round are left after the second time; a round for a cookie is gone once."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from govcrawl.crawl.challenges import Challenges

HERE, THERE = "http://www.qipi.gov.cn/nb/1.html", "http://www.qipi.gov.cn/nb/1.html?t=1"


def follow(request: Request, places: dict[str, str]) -> int:
    """How many requests are made along a chain of redirects until one answers or Scrapy gives up."""
    redirects, made = RedirectMiddleware.from_crawler(get_crawler()), 0
    while made < 40:
        made += 1
        where = places.get(request.url)
        if where is None:
            return made
        response = Response(request.url, status=302, headers={"Location": where}, request=request)
        Challenges().process_response(request, response)
        followed = redirects.process_response(request, response)
        assert isinstance(followed, Request)
        request = followed
    return made


def test_a_round_without_end() -> None:
    asked: list[str] = []

    class Noted(dict[str, str]):
        def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
            asked.append(key)
            return super().get(key, default)

    with pytest.raises(IgnoreRequest, match="max redirections"):
        follow(Request(HERE), Noted({HERE: THERE, THERE: HERE}))
    assert len(asked) == 4


def test_a_chain_that_ends_is_followed() -> None:
    chain = {f"{HERE}?n={number}": f"{HERE}?n={number + 1}" for number in range(8)}
    assert follow(Request(f"{HERE}?n=0"), chain) == 9
