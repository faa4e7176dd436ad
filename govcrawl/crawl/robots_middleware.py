"""robots.txt as RFC 9309 has it: a server that cannot give it now is not asked for anything else either."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from protego import Protego
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from govcrawl.crawl.failures import NO_ANSWER, headers_of, in_words, text_of
from govcrawl.crawl.rests import HostRests
from govcrawl.crawl.session import Session
from govcrawl.crawl.watch import TookTooLong, Watch
from govcrawl.discovery.refusals import challenge, recognise
from govcrawl.discovery.urls import same_host

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

_LONGEST = 512 * 1024  # bytes that are read of it; RFC 9309 wants 500 KiB at least
_REDIRECTS = 5
_SLOW_DOWN = 429


class Robots(RobotsTxtMiddleware):
    """Scrapy's robots.txt middleware with Crawl-delay, Request-rate and the answers that mean: not now.

    A 5xx or 429 answer postpones the host, no answer at all the scheme; 4xx and web pages mean that there is
    none. Rules of a host hold for both schemes.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.hosts = Session.of(crawler).hosts
        self._rules: dict[str, asyncio.Future[RobotParser | None]] = {}

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what the rules do not allow, also where they take too long to be read."""
        try:
            Watch().over(super().process_request_2, rp, request)
        except TookTooLong as error:
            raise IgnoreRequest("the rules of its robots.txt cannot be told apart in time") from error

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for a request's host, fetched once; HostRests when they cannot be had now."""
        netloc = urlparse_cached(request).netloc
        if netloc not in self._rules:
            self._rules[netloc] = asyncio.ensure_future(self._fetch(request))
        rules = self._rules[netloc]
        try:
            return await asyncio.shield(rules)
        except HostRests:
            if self._rules.get(netloc) is rules:  # the other scheme may give them
                del self._rules[netloc]
            raise

    async def _fetch(self, request: Request) -> RobotParser | None:
        url = urljoin(request.url, "/robots.txt")
        assert self._stats is not None
        self._stats.inc_value("robotstxt/request_count")
        try:
            response = await self._ask(url, request)
        except HostRests:
            raise
        except IgnoreRequest:  # it led out of the portal: there is none here
            return None
        except NO_ANSWER as error:
            reason = (
                f"robots.txt cannot be had ({in_words(error)}), so nothing else is asked for: run again later"
            )
            raise HostRests(self.hosts.rest(url, reason, whole=False).reason, whole=False) from error
        if _is_wall(response):  # stands before every page: whoever asks for one will recognise it there
            return None
        if response.status >= 500 or response.status == _SLOW_DOWN:
            reason = f"robots.txt answers {response.status}, so nothing else is asked for: run again later"
            raise HostRests(self.hosts.rest(url, reason).reason)
        if response.status != 200 or response.body.lstrip()[:1] == b"<":
            return None
        told = response.body[:_LONGEST]
        try:
            rules: RobotParser = Watch().over(build_from_crawler, self._parserimpl, self.crawler, told)
        except TookTooLong as error:
            raise HostRests(self.hosts.rest(url, f"its robots.txt {error}").reason) from error
        self.hosts.set_delay(url, wanted_delay(rules, self._robotstxt_useragent or self._default_useragent))
        return rules

    async def _ask(self, url: str, request: Request) -> Response:
        """The answer to robots.txt; redirections are followed on the host itself only."""
        assert self.crawler.engine is not None
        meta = {
            "dont_obey_robotstxt": True,
            "dont_redirect": True,
            "kind": "robots",
            "download_maxsize": 16 * _LONGEST,
            "reason": "robots.txt before anything else",
            "robots_of": request.meta.get("portal"),
        }
        for _ in range(_REDIRECTS):
            asked = Request(url, priority=self.DOWNLOAD_PRIORITY, meta=dict(meta), callback=NO_CALLBACK)
            response = await self.crawler.engine.download_async(asked)
            target = urljoin(url, (response.headers.get("Location") or b"").decode("latin-1"))
            if not 300 <= response.status < 400 or not same_host(target, request.url):
                return response
            if challenge(response.url, headers_of(response)) is not None:
                return response
            url = target
        return response


def _is_wall(response: Response) -> bool:
    """Whether a refusal system answers in the server's place: its 521 says nothing of the server."""
    refusal = recognise(response.status, headers_of(response), text_of(response))
    return refusal is not None and (refusal.system != "unnamed" or response.status != _SLOW_DOWN)


def wanted_delay(rules: RobotParser, agent: str | bytes) -> float:
    """Seconds between two requests that robots.txt wants: the larger of Crawl-delay and Request-rate."""
    parsed, name = getattr(rules, "rp", None), agent.decode() if isinstance(agent, bytes) else agent
    if not isinstance(parsed, Protego):  # another ROBOTSTXT_PARSER
        return 0.0
    rate = parsed.request_rate(name)
    by_rate = rate.seconds / rate.requests if rate is not None and rate.requests else 0.0
    return max(parsed.crawl_delay(name) or 0.0, by_rate)
