"""What fronts are made of: hosts, mounted sites, home pages of real size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from types import SimpleNamespace

from tests.portals import surroundings
from tests.portals.model import Article, Column, PortalSpec
from tests.portals.style import Page
from tests.portals.world import Portal

front_functions: dict[str, Callable[[], Fronted]] = {}
_ROOTED = re.compile(r"""((?:href|src|action|value)\s*=\s*["']?\s*)/(?!/)""")
_ROOTED_SCRIPT = re.compile(r"""(location\s*=\s*')/(?!/)""")


class Host:
    """A host name that answers: single pages, and whole sites under a folder."""

    def __init__(self, host: str, charset: str = "utf-8") -> None:
        self.host, self.charset = host, charset
        self.style = SimpleNamespace(
            charset="none"
        )  # no charset in the header: the page says it, or does not
        self.pages: dict[str, Page] = {}
        self.mounts: list[tuple[str, Portal]] = []
        self.hosts: dict[str, Host] = {}  # the server asks every portal which further hosts it has

    def put(self, path: str, markup: str, media_type: str = "text/html", status: int = 200) -> None:
        """Serve a page at a path, with its query if it has one."""
        self.pages[path] = Page(markup.encode(self.charset, "replace"), media_type, status)

    def lead(self, path: str, url: str) -> None:
        """Send whoever asks for a path elsewhere."""
        self.pages[path] = Page(b"", status=302, headers={"Location": url})

    def mount(self, portal: Portal, folder: str = "") -> Mount:
        """Serve a style's site below a folder of this host."""
        self.mounts.append((folder, portal))
        return Mount(self.host, folder, portal)

    def answer(self, method: str, path: str, query: str = "", form: str = "", host: str = "") -> Page:
        """What the server asks for."""
        asked = f"{path}?{query}" if query else path
        if (page := self.pages.get(f"{method} {asked}") or self.pages.get(asked)) is not None:
            return page
        for folder, portal in self.mounts:
            if path.startswith(f"{folder}/"):
                page = portal.answer(method, path[len(folder) :], query, form)
                return page if not folder else _moved(page, folder)
        return Page(b"<html><title>404</title><body>404 Not Found</body></html>", status=404)


@dataclass(frozen=True)
class Mount:
    """A style's site at its place."""

    host: str
    folder: str
    portal: Portal

    def url(self, path: str) -> str:
        return f"http://{self.host}{self.folder}{path}"

    def column(self, role: str = "reports") -> str:
        """Address of the first column of a role."""
        return self.url(self.portal.style.column_path(self.portal.site.column(role)))

    def named(self, slug: str) -> str:
        """Address of the column with a slug."""
        return self.url(
            self.portal.style.column_path(next(c for c in self.portal.site.root.walk() if c.slug == slug))
        )

    def article(self, column: Column, article: Article) -> str:
        return self.url(self.portal.style.article_path(column, article))

    def reports(self) -> list[tuple[str, Article]]:
        """(address, article) of every report."""
        style = self.portal.style
        return [
            (self.url(style.article_path(column, article)), article)
            for column in self.portal.site.root.walk()[1:]
            for article in column.articles
            if article.report is not None
        ]


@dataclass
class Fronted:
    """A world behind a front door.

    ``reports`` must be found (the ``tolerated`` may be), nothing may be asked of other addresses than those
    that begin with ``inside``; ``extra`` is how many requests may be made that are no list pages. ``outcome``
    are words that must be told. Where redirects lead outside (``needs_wall``) only the crawl itself can hold back.
    """

    home: str
    hosts: list[Host]
    reports: frozenset[str]
    inside: tuple[str, ...]
    name: str = "某县"
    code: str | None = None
    extra: int = 8
    further: tuple[str, ...] = ()
    tolerated: frozenset[str] = frozenset()
    outcome: str | None = None
    needs_wall: bool = False


def front(function: Callable[[], Fronted]) -> Callable[[], Fronted]:
    """Register a front under its name."""
    front_functions[function.__name__] = function
    return function


def spec(host: str, style: str, shape: str, seed: int, place: str = "栖陂县") -> PortalSpec:
    """A small county: the front is what matters."""
    return PortalSpec(
        host, place, f"9902{seed:02d}", style, shape, seed, departments=4, towns=3, years=(2020, 2021, 2022),
        old_years=(2015,), others=90,
    )  # fmt: skip


def urls(mount: Mount) -> frozenset[str]:
    """Addresses of a mounted site's reports."""
    return frozenset(url for url, _ in mount.reports())


def links(pairs: Iterable[tuple[str, str]], wrap: str = "<li>{}</li>") -> str:
    """Labels with their addresses as list items."""
    return "".join(wrap.format(f'<a href="{url}" target="_blank">{label}</a>') for label, url in pairs)


def news(mount: Mount, size: int, space: str = "") -> str:
    """Blocks of news links of about ``size`` characters, as they fill every home page."""
    portal = mount.portal
    columns = [c for c in portal.site.root.walk() if c.parent and c.parent.slug == "xwzx" and c.articles]
    rows = [
        f'<li class="clearfix"><i class="dot"></i><a href="{space}{mount.article(c, a)}{space}" target="_blank" '
        f'title="{escape(a.title)}" style="color:#333;font-size:14px;line-height:28px">{escape(a.title)}</a>'
        f'<span class="date">[{a.published:%m-%d}]</span></li>\n'
        for c in columns
        for a in c.articles
    ]
    blocks, length = [], 0
    while length < size:
        number = len(blocks)
        block = (
            f'<!-- 第{number}块 <a href="/old/{number}/;jsessionid=5D{number}">旧版</a> -->'
            f'<div class="box" id="tab{number}" style="display:{"none" if number % 3 else "block"}">'
            f"<ul>{''.join(rows)}</ul></div>\n"
        )
        blocks.append(block)
        length += len(block.encode())
    return "".join(blocks)


def footer(site: PortalSpec) -> str:
    """Links to other governments and the lines under every page."""
    friends = links(surroundings.friends(site), "{}&nbsp;")
    return f"<div class='yq'>{friends}</div><div class='foot'>{'<br>'.join(surroundings.footer(site))}</div>"


def rows(pairs: Iterable[tuple[str, str, str]]) -> str:
    """Rows of a list: title, address, date."""
    return "".join(
        f'<li><span>{day}</span><a href="{url}" title="{escape(title)}">{escape(title)}</a></li>\n'
        for title, url, day in pairs
    )


def _moved(page: Page, folder: str) -> Page:
    if page.media_type != "text/html":
        return page
    for charset in ("utf-8", "gb18030"):
        try:
            text = page.body.decode(charset)
        except UnicodeDecodeError:
            continue
        text = _ROOTED_SCRIPT.sub(rf"\g<1>{folder}/", _ROOTED.sub(rf"\g<1>{folder}/", text))
        return Page(text.encode(charset), page.media_type, page.status, page.modified)
    return page
