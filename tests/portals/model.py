"""The nouns of the imitation world: who publishes, what is published, and what is true about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PortalSpec:
    """A portal in a few figures; everything it serves follows from them.

    ``shape`` names the column shape of the reports (``shapes.py``), ``style`` the CMS (``styles/``);
    ``others`` is how many articles that are no reports it publishes, ``missing`` the share of body-years
    without a report. ``menu`` is how a page offers its sub-columns (``menus.py``), ``traps`` what else is odd
    about the site (``traps/``), each a name or ``name=value``.
    """

    host: str
    place: str
    code: str
    style: str
    shape: str
    seed: int
    province: str = "南岭省"
    prefecture: str = "澄州市"
    departments: int = 12
    towns: int = 8
    years: tuple[int, ...] = (2019, 2020, 2021, 2022, 2023)
    old_years: tuple[int, ...] = (2012, 2015, 2017)
    others: int = 440
    missing: float = 0.05
    menu: str = "links"
    traps: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The registry key: the host without ``www.`` and ``.gov.cn``."""
        return self.host.removeprefix("www.").removesuffix(".gov.cn")

    @property
    def home(self) -> str:
        return f"http://{self.host}/"

    def trap(self, name: str) -> str | None:
        """The value of a trap that the site has (empty where it takes none), None where it has it not."""
        for entry in self.traps:
            key, _, value = entry.partition("=")
            if key == name:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Body:
    """A body that owes a report every year; ``kind`` is county, department or town."""

    slug: str
    name: str
    short: str
    kind: str

    @property
    def aliases(self) -> frozenset[str]:
        """Every name that its documents use for it."""
        return frozenset({self.name, self.short, self.short.removesuffix("人民政府")} - {""})


@dataclass(frozen=True, slots=True)
class FactTruth:
    """What a cell really holds: the value in the column's unit, the status, the characters printed."""

    value: int | float | None
    status: str
    raw: str


@dataclass(frozen=True, slots=True)
class ReportTruth:
    """What a reader must know about a report after reading its page.

    ``paragraphs`` must be kept in the text, ``residue`` (left by the word processor) must not; ``failing`` are
    the identities (A1, A2, A3, C1) that the printed numbers break.
    """

    title: str
    body: Body
    year: int
    published: date
    template: str
    facts: Mapping[str, FactTruth]
    paragraphs: tuple[str, ...]
    failing: frozenset[str]
    residue: tuple[str, ...]
    html: str = field(repr=False, compare=False)


@dataclass(eq=False, slots=True)
class Article:
    """A page of content; ``report`` is set for an annual report, ``decoy`` when it only looks like one."""

    number: int
    title: str
    published: date
    source: str
    html: str = field(repr=False)
    report: ReportTruth | None = None
    decoy: bool = False


@dataclass(eq=False, slots=True)
class Column:
    """A column of the site: sub-columns, then articles, newest first.

    ``role`` marks the columns that templates must know (``nav``, ``disclosure``, ``reports``, ``group``); the page
    of a column with the role ``report`` is its only article;
    ``alias`` is another column whose page this one's links lead to; ``href`` is an address elsewhere. The
    articles of a ``loose`` column have pages, but neither it nor a list of them is linked from anywhere.
    """

    slug: str
    name: str
    children: list[Column] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    role: str = ""
    alias: Column | None = None
    href: str = ""
    parent: Column | None = field(default=None, repr=False)
    number: int = 0
    loose: bool = False

    def add(self, child: Column) -> Column:
        """Append a sub-column and return it."""
        child.parent = self
        self.children.append(child)
        return child

    def walk(self) -> list[Column]:
        """This column and all below it that have pages of their own."""
        found = [] if self.alias or self.href else [self]
        for child in self.children:
            found += child.walk()
        return found

    @property
    def trail(self) -> list[Column]:
        """From the top column down to this one, the invisible root left out."""
        above = self.parent.trail if self.parent else []
        return [*above, self] if self.slug else above


@dataclass(eq=False, slots=True)
class Site:
    """All content of a portal before any CMS has touched it.

    ``satellites`` are bodies' own sites, ``foreign`` the reports of higher bodies that the county put up again.
    """

    spec: PortalSpec
    bodies: tuple[Body, ...]
    root: Column
    reports: tuple[Article, ...]
    satellites: tuple[Site, ...] = ()
    foreign: tuple[Article, ...] = ()

    def column(self, role: str) -> Column:
        """The first column with that role."""
        return next(column for column in self.root.walk() if column.role == role)


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """In the order of every list on such a site."""
    return sorted(articles, key=lambda a: (a.published, a.number), reverse=True)
