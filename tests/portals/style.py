"""What every CMS style shares: addresses in, pages out. A style is one file in ``styles/``."""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import ClassVar
from urllib.parse import urljoin

from tests.portals.model import Article, Column, Site


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of the server; ``modified`` None means that it is made on request and has no validators.

    ``headers`` are sent besides the usual ones; ``delay`` is how many seconds the server takes for it.
    """

    body: bytes
    media_type: str = "text/html"
    status: int = 200
    modified: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Request:
    """What a style sees of a request: ``query`` as sent, ``form`` the decoded body."""

    method: str
    path: str
    query: str
    form: str
    host: str = ""


class Style(ABC):
    """A CMS: it gives every column and article an address and draws their pages.

    Subclasses set ``name`` and register themselves by existing; ``site`` must not change afterwards.
    """

    name: ClassVar[str] = ""
    charset: ClassVar[str] = "utf-8"
    suffix: ClassVar[str] = "html"
    markup: ClassVar[str | None] = None
    content_type: ClassVar[str] = "text/html"
    scripted: ClassVar[bool] = False  # its lists exist only after scripts have run
    rows_only: ClassVar[bool] = False  # no column has a page that could be a report: all it has are rows
    known: ClassVar[dict[str, type[Style]]] = {}

    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__(**options)
        if cls.name:
            Style.known[cls.name] = cls

    def __init__(self, site: Site) -> None:
        self.site, self.spec = site, site.spec
        self.rng = Random(f"style:{site.spec.host}:{site.spec.seed}")
        self.per_page = 15

    @abstractmethod
    def column_path(self, column: Column, page: int = 0) -> str:
        """Absolute path of a page (from 0) of a column."""

    @abstractmethod
    def article_path(self, column: Column, article: Article) -> str:
        """Absolute path of an article of a column."""

    @abstractmethod
    def home(self) -> str:
        """The home page."""

    @abstractmethod
    def listing(self, column: Column, page: int) -> str:
        """A page of a column."""

    @abstractmethod
    def article(self, column: Column, article: Article, content: str) -> str:
        """The page of an article around ``content``."""

    def missing(self) -> str:
        """The page served with status 404."""
        declared = "utf-8" if self.charset == "utf-8" else "gb2312"
        return (
            f"<html><head><meta charset='{declared}'><title>{self.spec.place}人民政府</title></head><body>"
            "<div class='err'><h2>404</h2><p>很抱歉，您访问的页面不存在或已删除！</p>"
            "<a href='/'>返回首页</a></div></body></html>"
        )

    def robots(self) -> str | None:
        """Text of robots.txt, None where there is none."""
        return None

    def dynamic(self, request: Request) -> Page | None:
        """Answer to a request that no static page matches."""
        return None

    def pages(self, column: Column) -> int:
        """How many pages a column has."""
        return max(1, -(-len(column.articles) // self.per_page))

    def rows(self, column: Column, page: int) -> list[Article]:
        """The articles on a page of a column."""
        return column.articles[page * self.per_page : (page + 1) * self.per_page]

    def href(self, column: Column) -> str:
        """Where links labelled with this column lead."""
        return column.href or self.column_path(column.alias or column)

    def url(self, path: str) -> str:
        """Absolute address of a path."""
        return urljoin(self.spec.home, path)

    def routes(self) -> dict[str, Callable[[], str]]:
        """Every static page by path, drawn when asked for."""
        found: dict[str, Callable[[], str]] = {"/": self.home, f"/index.{self.suffix}": self.home}
        for column in self.site.root.walk()[1:]:
            for page in range(self.pages(column)):
                found[self.column_path(column, page)] = lambda c=column, p=page: self.listing(c, p)  # type: ignore[misc]
            for entry in column.articles:
                path = self.article_path(column, entry)
                found[path] = lambda c=column, a=entry: self.article(c, a, a.html)  # type: ignore[misc]
        return found

    def neighbours(self, column: Column, article: Article) -> tuple[Article | None, Article | None]:
        """The articles before and after it in its list."""
        place = column.articles.index(article)
        before = column.articles[place - 1] if place else None
        after = column.articles[place + 1] if place + 1 < len(column.articles) else None
        return before, after

    def crumbs(self, column: Column) -> list[tuple[str, str]]:
        """Names and addresses from the home page down to the column."""
        return [("首页", "/"), *((c.name, self.column_path(c)) for c in column.trail if not c.loose)]


def cut(title: str, width: int) -> str:
    """A title as a narrow list shows it."""
    return title if len(title) <= width else title[: width - 1] + "…"


def styles() -> dict[str, type[Style]]:
    """Every style by name: the files of ``styles/`` are imported once."""
    package = importlib.import_module("tests.portals.styles")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"tests.portals.styles.{module.name}")
    return Style.known
