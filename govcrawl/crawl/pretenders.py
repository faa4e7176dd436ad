"""Pages at a report's address that are something else: the home page, an error page, a wall, a way on.

Asked only about pages that were read and hold no report, so that a report's page costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govcrawl.crawl.failures import headers_of
from govcrawl.discovery import Kind, Page, Step, Target
from govcrawl.discovery.refusals import Refusal, recognise
from govcrawl.discovery.urls import page_key
from govcrawl.hosts import host_of
from govcrawl.model import EntryState
from govcrawl.store.empty_handed import HOME

if TYPE_CHECKING:
    from scrapy.http import Response

    from govcrawl.crawl.session import PortalCrawl

MAX_HOPS = 3
"""Pages in a row that may send a browser on; more is a loop."""

_ERROR_TITLE = re.compile(
    r"^\W*(?:error\s*)?404\b|页面(?:不存在|未找到|找不到|没有找到|已删除|已失效)|找不到(?:该|您|网|页|文件)|(?:访问|请求)的页面"
)
_ALIKE = 0.8  # share of the home page's links that stand on a copy of it
_SENT_ON = "sent on by the page at "


@dataclass(frozen=True, slots=True)
class Front:
    """What a portal's home page is known by."""

    title: str
    links: frozenset[str]

    @classmethod
    def of(cls, page: Page) -> Front:
        """The front that a page is."""
        return cls(page.title, frozenset(page_key(link.url) for link in page.links))


@dataclass(frozen=True, slots=True)
class Pretence:
    """What a page is instead of a report: the state its entry takes, or the step to where it sends on."""

    state: EntryState
    reason: str
    refusal: Refusal | None = None
    onward: Step | None = None


def pretence(crawl: PortalCrawl, step: Step, page: Page, response: Response) -> Pretence | None:
    """What a page without a report is instead, None when it is just no report."""
    if (url := page.redirect()) is not None:
        return _sent_on(crawl, step, page, url)
    if (gone := not_there(crawl, step, page)) is not None:
        return Pretence(EntryState.GONE, gone)
    refusal = recognise(
        response.status, headers_of(response), page.text, wordless=len(page.visible_text) < 600
    )
    if refusal is not None:
        return Pretence(EntryState.BLOCKED, str(refusal), refusal)
    return None


def not_there(crawl: PortalCrawl, step: Step, page: Page) -> str | None:
    """Why a page says that what was asked for is not there: it is the home page, or an error's."""
    if _leads_home(step, page) or _is_front(crawl.front, page):
        return HOME
    if _ERROR_TITLE.search(page.title):
        return f"the page says that it does not exist: «{page.title}»"
    return None


def note_front(crawl: PortalCrawl, step: Step, page: Page) -> None:
    """Remember the home page, to know it again at other addresses."""
    if step.kind in {Kind.START, Kind.SPLASH} and len(page.links) > 10:
        crawl.front = Front.of(page)


def _leads_home(step: Step, page: Page) -> bool:
    home = page_key(f"http://{host_of(page.url)}/")
    return page_key(page.url) == home != page_key(step.target.url)


def _is_front(front: Front | None, page: Page) -> bool:
    if front is None or page.title != front.title:
        return False
    links = {page_key(link.url) for link in page.links}
    return len(links & front.links) >= _ALIKE * len(front.links)


def _sent_on(crawl: PortalCrawl, step: Step, page: Page, url: str) -> Pretence:
    """A page without content that sends browsers on: followed inside the portal, and not for ever."""
    hops = sum(label == _SENT_ON for label in step.trail)
    if hops >= MAX_HOPS or page_key(url) == page_key(page.url):
        return Pretence(EntryState.FAILED, f"the page sends browsers on and on, at last to {url}")
    if not crawl.discovery.scope.allows(url):
        return Pretence(EntryState.REJECTED, f"the page sends browsers out of the portal, to {url}")
    target, reason = Target(url, referer=page.url), f"{_SENT_ON}{page.url}"
    onward = replace(step, target=target, reason=reason, trail=(*step.trail, _SENT_ON))
    return Pretence(EntryState.PENDING, reason, onward=onward)
