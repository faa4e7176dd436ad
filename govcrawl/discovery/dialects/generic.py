"""The system nobody has seen: pages by the links that lead on, articles by the look of their address."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute, directory, page_key, same_host
from govcrawl.discovery.widgets import widget_pages
from govcrawl.hosts import bare_host, host_of
from govcrawl.text import folded

_PAGE_NUMBER = re.compile(r"^(?:第?([2-9]|[1-9]\d)页?|\[([2-9]|[1-9]\d)\])$")
_BEYOND = re.compile(r"^\[?(?:\.{2,3}|…+)\]?$")  # behind the numbers of a pager: its next ten pages
_NEXT = re.compile(
    r"^\W?(?:下一?页|后一?页|(?:点击)?加载更多|(?:较早|较旧|更早)的?文章|next|>|>>|›|»)[>›»]*\W?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:/page/|[?&](?:page|paged|p|page_?no|page_?num|page_?index|cur_?page)=)(\d{1,3})/?", re.I
)


_WHOLE = re.compile(r"<(?:html|body|head|!doctype)\b|^\s*[\[{]", re.IGNORECASE)  # no piece of markup
_PAGER_CALL = re.compile(
    r"(?<!function )\b(?:show_?page\w*|pager?\w*|page_?list|fenye|n?set_?page)"
    r"\(\s*['\"]([^'\"]+[=_/-])['\"]\s*,\s*(\d{1,4})\s*,\s*(\d{1,4})",
    re.IGNORECASE,
)


class Generic(Dialect):
    """Recognises everything; asked last."""

    name = "generic"
    rank = 99
    marks = re.compile("")
    article = re.compile(
        r"/(?P<y>(?:19|20)\d\d)/(?P<md>\d{4})/(?P<id>\d+)\.s?html?$"
        r"|/(?P<ymd>(?:19|20)\d{6})/(?:\d+|[0-9a-f]{32}|[0-9a-f-]{36})\.p?s?html?$"
        r"|/(?:article|content|info|show|detail|view)s?/(?:\d+/)*\d{3,}\.s?html?$"
        r"|(?:content|post|article|show|detail|info|view|news)[_-]?\d{3,}(?:_\d+)?\.s?html?$"
        r"|/pnidpv\w+\.html$"  # a query in disguise: pn is &, pv is =
        r"|/[0-9a-f]{24,32}\.s?html?$|/\d{5,}\.s?html?$"
        r"|(?:show|view|detail|content|article|info)(?!\w*(?:list|class|column|catalog))\w*\.(?:php|jsp|aspx?|action)"
        r"\?(?:.*&)?(?!class|col|cat|type|channel|menu|node|the)\w*id=\w+",
        re.IGNORECASE,
    )
    listing = re.compile(
        r"/(?:index|list)(?:_\d+)?\.(?:s?html?|jsp|aspx?|php)(?:\?.*)?$|/[^/.?]*$|/\w*list\w*\.(?:s?html?|jsp|aspx?|php)",
        re.IGNORECASE,
    )

    def following(self, page: Page, base: str) -> list[Target]:
        here = (page_key(page.url), page.form)
        links = [
            link
            for link in page.links
            if same_host(link.url, base) and (page_key(link.url), link.form) != here
        ]
        onward = [link for link in links if _NEXT.match(folded(link.label) or folded(link.title))]
        for link in onward:
            if link.form is None:
                return [Target(link.url, referer=page.url)]
        if url := _marked_next(page, base):
            return [Target(url, referer=page.url)]
        alike = [link for link in links if _alike(link.url, base) and not _is_day(link)]
        numbered = [link for link in alike if _PAGE_NUMBER.match(folded(link.label))]
        numbered.sort(key=lambda link: int(re.sub(r"\D", "", folded(link.label))))
        beyond = [link for link in alike if _BEYOND.match(link.label)]
        behind = [link for link in links if link.form is None and _is_after(link.url, page.url)]
        if not numbered and (written := _written(page)):
            return written
        chosen = [*numbered, *beyond[-1:]] or onward[:1] or behind[:1]
        return [_target(link, page) for link in chosen] or _behind_fragment(page)


def _is_day(link: PageLink) -> bool:
    """Whether a number is a day of a calendar: its address names the date of that day."""
    number = folded(link.label)
    if not number.isdigit():
        return False
    return re.search(rf"(?:19|20)\d\d[-/]?[01]?\d[-/]?0?{number}(?!\d)", link.url) is not None


def _target(link: PageLink, page: Page) -> Target:
    method = "GET" if link.form is None else "POST"
    return Target(link.url, method, link.form or "", page.url)


def _written(page: Page) -> list[Target]:
    """The pages of a pager that a call writes: ``showpage("list.asp?id=7&page=", 1, 4)``."""
    found = _PAGER_CALL.search(page.text)
    if found is None:
        drawn = (absolute(page.base, address) for address in widget_pages(page.functions))
        return [Target(url, referer=page.url) for url in drawn if url and page_key(url) != page_key(page.url)]
    one, two = int(found[2]), int(found[3])
    last = two if one == 1 else one if two <= 1 else -(-one // two) if one > two else two
    urls = (
        absolute(page.base, f"{html.unescape(found[1])}{number}")
        for number in range(2, min(last, MAX_PAGES) + 1)
    )
    return [Target(url, referer=page.url) for url in urls if url and page_key(url) != page_key(page.url)]


def _behind_fragment(page: Page) -> list[Target]:
    """The page after a piece of markup that 加载更多 has asked for: there is one as long as rows come."""
    found = _COUNTED.search(page.url)
    if found is None or page.form is not None or not page.links or _WHOLE.search(page.text[:2_000]):
        return []
    number = f"{page.url[: found.start(1)]}{int(found[1]) + 1}{page.url[found.end(1) :]}"
    return [Target(number, referer=page.url)]


def _is_after(url: str, own: str) -> bool:
    """Whether an address is a listing's own with the next page's number in it, whatever its label says."""
    stem, number = _counted(url)
    before, current = _counted(own)
    return number == current + 1 and stem == before


def _counted(url: str) -> tuple[str, int]:
    """An address without its page number, and that number; 1 where it has none."""
    found = _COUNTED.search(url)
    stem = (
        url
        if found is None
        else url[: found.start()] + url[found.end() :].replace("&", "?", found[0][0] == "?")
    )
    return page_key(stem), int(found[1]) if found else 1


def _marked_next(page: Page, base: str) -> str | None:
    """The page that the standard's own mark, rel=next, calls the next of this listing."""
    for href in page.root.xpath("//a[@rel='next']/@href | //link[@rel='next']/@href"):
        url = absolute(page.base, str(href))
        if url is not None and page_key(url) != page_key(page.url) and _stands_under(url, base):
            return url
    return None


def _alike(url: str, base: str) -> bool:
    """Whether an address may be another page of a listing: in its folder, or under its name."""
    return directory(url) == directory(base) or _stands_under(url, base)


def _stands_under(url: str, base: str) -> bool:
    stem = re.sub(r"(?:[_-]?\d+)?\.\w+$", "", base.split("?")[0].partition("://")[2].removeprefix("www."))
    return f"{bare_host(host_of(url))}{urlsplit(url).path}".startswith(stem)


DIALECT = Generic()
