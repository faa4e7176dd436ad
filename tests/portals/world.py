"""The portals of the imitation world: each one its specification, its pages and its truth."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html

from tests.portals import menus
from tests.portals.fold import folded
from tests.portals.model import Article, Column, PortalSpec, ReportTruth, Site
from tests.portals.site import build_site
from tests.portals.style import Page, Request, styles
from tests.portals.traps import through, traps_of

SPECS = (
    PortalSpec("www.yunting.gov.cn", "云汀县", "990121", "trs", "body_type", 11),
    PortalSpec("www.liaopu.gov.cn", "蓼浦县", "990122", "hanweb", "flat", 23, departments=11, towns=9),
    PortalSpec(
        "www.qipi.gov.cn", "栖陂县", "990123", "plain", "body", 37, departments=10, towns=8, missing=0.03
    ),
)
BRIEF = tuple(
    replace(spec, departments=4, towns=3, years=(2021, 2022, 2023), old_years=(2015,), others=150)
    for spec in SPECS
)
"""The same portals with fewer bodies and years, for what can be seen on a few reports as well."""

_COLUMNS = ("code", "name", "level", "province", "prefecture", "url", "disclosure_url", "access", "checked")


@dataclass(frozen=True, slots=True)
class Expected:
    """A report that a crawl must find: its addresses (the first is canonical) and its truth."""

    urls: tuple[str, ...]
    truth: ReportTruth


class Portal:
    """A portal that answers requests and knows what is true about its reports.

    ``overrides`` replaces the answer to single paths: a page that was changed, withdrawn or refused since.
    ``satellites`` are the sites of bodies on hosts of their own, which belong to it.
    """

    def __init__(self, spec: PortalSpec, site: Site | None = None) -> None:
        self.spec = spec
        kind = styles()[spec.style]
        self.site = site or build_site(spec, kind.markup)
        self.style = kind(self.site)
        self.satellites = tuple(Portal(own.spec, own) for own in self.site.satellites)
        self.overrides: dict[str, Page] = {}
        self._routes = self.style.routes()
        self._drawn: dict[str, Page] = {}
        self._columns = self.site.root.walk()[1:]
        self.places = self._places()
        self._loosen()
        self._show_as_columns()
        self._traps = traps_of(self.spec)

    @property
    def host(self) -> str:
        return self.spec.host

    @property
    def key(self) -> str:
        return self.spec.key

    @property
    def hosts(self) -> dict[str, Portal]:
        """Every host of the place with the site behind it, its own first."""
        return {self.host: self} | {own.host: own for own in self.satellites}

    def _places(self) -> dict[str, tuple[Column, Article]]:
        """Column and article behind every article's address."""
        found = {}
        for column in self._columns:
            for entry in column.articles:
                found[self.style.url(self._path(column, entry))] = (column, entry)
        return found

    def _path(self, column: Column, entry: Article) -> str:
        alone = self._is_shown(column)
        return self.style.column_path(column) if alone else self.style.article_path(column, entry)

    def _is_shown(self, column: Column) -> bool:
        """Whether a column's own page is its only article."""
        return column.role == "report" and not self.style.rows_only

    def _show_as_columns(self) -> None:
        """Let the columns that are reports show them, at the column's own address alone."""
        for column in self._columns:
            if self._is_shown(column):
                (entry,) = column.articles
                self._routes[self.style.column_path(column)] = partial(
                    self.style.article, column, entry, entry.html
                )
                self._routes.pop(self.style.article_path(column, entry), None)

    def _loosen(self) -> None:
        """Take the columns out of the tree that nothing links to, and their lists out of the pages."""
        for column in self._columns:
            if column.loose and column.parent:
                column.parent.children.remove(column)
                for page in range(self.style.pages(column)):
                    del self._routes[self.style.column_path(column, page)]

    @cached_property
    def truth(self) -> tuple[Expected, ...]:
        """Every report that a crawl of the place must find."""
        own = [site for site in self.satellites if self._is_below(site)]
        listed = [a for a in self.site.reports if id(a) in self._listed]
        return self._expected(listed) + tuple(e for site in own for e in site.truth)

    @cached_property
    def tolerated(self) -> tuple[Expected, ...]:
        """Reports that are right when found, but that no crawl needs to find.

        They stand on names that are not the place's, or are of higher bodies and were only put up again here, or
        stand only on list pages that are stubs or broken.
        """
        off = [site for site in self.satellites if not self._is_below(site)]
        lost = [a for a in self.site.reports if id(a) not in self._listed]
        return self._expected([*self.site.foreign, *lost]) + tuple(e for site in off for e in site.truth)

    @cached_property
    def _listed(self) -> set[int]:
        """Articles that stand on a page of a list that can be read: stubs and broken pages show none."""
        stubs, broken = self.spec.trap("stubs"), self.spec.trap("broken")
        shut = set() if broken is None else {int(broken or 2) - 1}
        end = 10**6 if stubs is None else int(stubs or 2)
        return {
            id(article)
            for column in self._columns
            for place, article in enumerate(column.articles)
            if (page := place // self.style.per_page) < end and page not in shut
        }

    def _is_below(self, site: Portal) -> bool:
        return site.host.endswith(f".{self.key}.gov.cn")

    def _expected(self, articles: Iterable[Article]) -> tuple[Expected, ...]:
        urls: dict[int, list[str]] = {}
        for url, (_, entry) in self.places.items():
            urls.setdefault(entry.number, []).append(url)
        return tuple(Expected(tuple(urls[a.number]), a.report) for a in articles if a.report)

    @cached_property
    def other_pages(self) -> int:
        """How many pages it serves that are no reports."""
        own = len(self._routes) - sum(len(e.urls) for e in self._expected(self.site.reports))
        return own + sum(site.other_pages for site in self.satellites)

    @property
    def paths(self) -> list[str]:
        """Every static path of its own host."""
        return list(self._routes)

    def boilerplate(self, url: str) -> frozenset[str]:
        """Folded lines of that article's page that belong to the site and not to the article."""
        site = self.hosts.get(urlsplit(url).netloc, self)
        column, entry = site.places[url]
        lines = _lines(site.style.article(column, entry, ""))
        content = folded("".join(_lines(f"<div>{entry.html}</div>")) + entry.title)
        residue = {folded(line) for line in (entry.report.residue if entry.report else ())}
        around = {line for line in map(folded, lines) if any(map(str.isalnum, line)) and line not in content}
        return frozenset(around | residue)

    def answer(self, method: str, path: str, query: str = "", form: str = "", host: str = "") -> Page:
        """The page behind a request; unknown paths get the site's own 404 page.

        ``host`` is the one asked for, the portal's own where it is left out.
        """
        site = self.hosts.get(host, self)
        request = Request(method, path, query, form, host or self.host)
        return through(site._traps, request, site._plain, site)

    def _plain(self, request: Request) -> Page:
        """The answer of the CMS alone."""
        path, asked = request.path, f"{request.path}?{request.query}" if request.query else request.path
        if path in self.overrides:
            return self.overrides[path]
        if path == "/robots.txt":
            text = self.style.robots()
            return self._absent() if text is None else Page(text.encode(), "text/plain")
        if asked in self._routes:
            if asked not in self._drawn:
                modified = datetime(2024, 3, 5, 8, 0, len(asked) % 60, tzinfo=UTC)
                self._drawn[asked] = self._encode(self._routes[asked](), modified=modified)
            return self._drawn[asked]
        made = self.style.dynamic(request) or menus.tree_page(request, self.site, self.style.href)
        return made or self._absent()

    def _absent(self) -> Page:
        return self._encode(self.style.missing(), status=404)

    def _encode(self, text: str, status: int = 200, modified: datetime | None = None) -> Page:
        return Page(text.encode(self.style.charset), self.style.content_type, status, modified)


def default_world() -> list[Portal]:
    """The three portals of the demo."""
    return [Portal(spec) for spec in SPECS]


def write_registry(path: Path, portals: Iterable[Portal]) -> None:
    """A registry CSV with a row for each portal, in the columns of the shipped one."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_COLUMNS)
        for portal in portals:
            spec = portal.spec
            rows.writerow(
                (
                    spec.code,
                    spec.place,
                    "county",
                    spec.province,
                    spec.prefecture,
                    spec.home,
                    "",
                    "direct",
                    "2026-04-26",
                )
            )


def _lines(page: str) -> list[str]:
    tree = html.fromstring(page)
    etree.strip_elements(tree, "script", "style", "head", with_tail=False)
    return [line.strip() for text in tree.itertext() for line in str(text).splitlines() if line.strip()]
