"""Pages that are empty until scripts have run, drawn by a browser that has no network of its own.

Every request of the browser is answered here: by Scrapy's engine, so that scope, robots.txt, delays, the one
connection, TLS exceptions, proxies and the request log hold for it too, or not at all. This is why it is
Playwright alone: scrapy-playwright lets the browser open its own connections.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import HtmlResponse, Request, Response
from scrapy.http.request import NO_CALLBACK

from govcrawl.crawl.failures import NO_ANSWER
from govcrawl.crawl.reading import content_type
from govcrawl.crawl.session import Session
from govcrawl.discovery import Page
from govcrawl.discovery.outlook import is_shell
from govcrawl.hosts import host_of

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright, ProxySettings, Route
    from scrapy.crawler import Crawler

log = logging.getLogger(__name__)

_WANTED = frozenset({"document", "script", "xhr", "fetch"})  # pictures, fonts and styles hold no links
_MOST = 20  # requests that the scripts of one page may make
_PASSED_ON = ("accept", "content-type", "x-requested-with")
_ARGUMENTS = [
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--disable-gpu",
]
_NOWHERE: ProxySettings = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}
"""The browser's proxy: what is not answered here goes nowhere."""
_INSTALLED = ("chromium", "chromium-browser", "google-chrome")


class BrowserMiddleware:
    """Replaces the empty page of a portal by what its scripts make of it; off without the setting BROWSER."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler, self.session = crawler, Session.of(crawler)
        self.seconds = crawler.settings.getfloat("BROWSER_TIMEOUT")
        self.executable = crawler.settings.get("BROWSER_EXECUTABLE")
        self._one_page = asyncio.Semaphore()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._missing = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware, closed with the spider."""
        if not crawler.settings.getbool("BROWSER"):
            raise NotConfigured
        made = cls(crawler)
        crawler.signals.connect(made.close, signal=signals.spider_closed)
        return made

    async def process_response(self, request: Request, response: Response) -> Response:
        """The page as its scripts draw it, when it is empty without them."""
        if request.meta.get("portal") is None or request.meta.get("kind") == "browser" or self._missing:
            return response
        if request.method != "GET" or response.status != 200 or not isinstance(response, HtmlResponse):
            return response
        if not is_shell(Page.parse(response.url, response.body, content_type(response)[1])):
            return response
        async with self._one_page:
            return await self._drawn(request, response)

    async def _drawn(self, request: Request, response: Response) -> Response:
        from playwright.async_api import Error
        from playwright.async_api import TimeoutError as NotReady

        try:
            browser = await self._started()
        except Error as error:
            self._missing = True
            first = str(error).strip().splitlines()[0]
            told = f"no browser starts ({first}): playwright install chromium, or set BROWSER_EXECUTABLE"
            self.session.hosts.note("browser", told)
            return response
        context = await browser.new_context(
            user_agent=self.crawler.settings["USER_AGENT"], locale="zh-CN", service_workers="block",
            accept_downloads=False,
        )  # fmt: skip
        try:
            page = await context.new_page()
            answers = _Answers(self.crawler, self.session, request, response)
            await page.route("**/*", answers.answer)
            try:
                await page.goto(response.url, wait_until="networkidle", timeout=self.seconds * 1000)
            except NotReady:
                log.warning("%s: its scripts did not end within BROWSER_TIMEOUT", response.url)
            body = (await page.content()).encode("utf-8", "replace")
        except Error as error:
            log.warning("%s: the browser gave up: %s", response.url, str(error).splitlines()[0])
            return response
        finally:
            await context.close()
        host = host_of(response.url)
        self.session.hosts.note(
            f"browser {host}", f"{host}: pages drawn by a browser, empty until scripts have run"
        )
        headers = {"Content-Type": "text/html; charset=utf-8", "X-Drawn-By": "Chromium"}
        return response.replace(body=body, headers=headers, encoding="utf-8")

    async def _started(self) -> Browser:
        """The browser, started at the first page that needs it."""
        if self._browser is None:
            from playwright.async_api import async_playwright

            self._playwright = await async_playwright().start()
            chromium = self._playwright.chromium
            executable = self.executable
            if not executable and not Path(chromium.executable_path).exists():
                executable = next(filter(None, map(shutil.which, _INSTALLED)), None)
            self._browser = await chromium.launch(
                executable_path=executable, args=_ARGUMENTS, proxy=_NOWHERE,
                chromium_sandbox=os.geteuid() != 0,  # Chromium has none for root
            )  # fmt: skip
        return self._browser

    async def close(self) -> None:
        """Stop the browser."""
        if self._browser is not None:
            await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()


class _Answers:
    """What the browser gets for the requests of one page."""

    def __init__(self, crawler: Crawler, session: Session, request: Request, response: Response) -> None:
        self.crawler, self.request, self.response = crawler, request, response
        self.scope = session.crawls[request.meta["portal"]].discovery.scope
        self.asked = 0
        self.opened = False

    async def answer(self, route: Route) -> None:
        """Answer one request of the browser, or abort it."""
        wanted = route.request
        if wanted.is_navigation_request() and not self.opened:
            self.opened = True
            kind = (self.response.headers.get("Content-Type") or b"text/html").decode("latin-1")
            await route.fulfill(status=200, headers={"Content-Type": kind}, body=self.response.body)
            return
        self.asked += 1
        if self.asked > _MOST or wanted.resource_type not in _WANTED or not self.scope.allows(wanted.url):
            log.debug("%s: not asked for by the browser: %s", self.response.url, wanted.url)
            await route.abort()
            return
        assert self.crawler.engine is not None
        headers = {name: value for name, value in wanted.headers.items() if name in _PASSED_ON}
        meta = {
            "portal": self.request.meta["portal"],
            "kind": "browser",
            "reason": f"asked for by the scripts of {self.response.url}",
        }
        asked = Request(
            wanted.url, method=wanted.method, body=wanted.post_data_buffer or b"", meta=meta,
            headers={**headers, "Referer": self.response.url}, callback=NO_CALLBACK,
        )  # fmt: skip
        try:
            answer = await self.crawler.engine.download_async(asked)
        except (IgnoreRequest, *NO_ANSWER) as error:
            log.info("%s: %s", wanted.url, error)
            await route.abort()
            return
        kind = (answer.headers.get("Content-Type") or b"").decode("latin-1")
        await route.fulfill(status=answer.status, headers={"Content-Type": kind}, body=answer.body)
