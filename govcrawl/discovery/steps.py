"""What discovery asks for next: an address, why, and in which part of the portal it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from govcrawl.discovery.strays import Looks
from govcrawl.model import Entry

SEARCHED = "站内搜索"
"""What the trail of a page of search results holds."""

BODIES = " bodies"
"""End of the family of steps to the own pages of bodies."""

OTHER_FILE = "other file"
"""Family of the step from a folder's page to another file of the folder, which is no twin of it."""


class Kind(StrEnum):
    """What a request is for."""

    START = "start"  # the page somebody named
    SPLASH = "splash"  # where a page without content leads
    SECTION = "section"  # on the way to the column
    COLUMN = "column"  # the 年报 column or a part of it
    LISTING = "listing"  # a further page of a listing
    GUESS = "guess"  # an address that no link named
    SITEMAP = "sitemap"  # sitemap.xml
    SEARCH = "search"  # results of the site's own search
    REPORT = "report"  # a report's own page
    LOOK = "look"  # a page that answered before: does its host still answer?
    ATTACHMENT = "attachment"  # a file attached to a report's page


@dataclass(frozen=True, slots=True)
class Target:
    """An address to request, with the form that a list query posts.

    ``fallback`` is asked for when this one is refused or answers nothing.
    """

    url: str
    method: str = "GET"
    body: str = ""
    referer: str | None = None
    fallback: Target | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes two targets the same request."""
        return (self.url, self.body)


@dataclass(slots=True, eq=False)
class Chain:
    """The further pages of one listing, asked for one after the other while they bring something.

    ``barren`` counts pages in a row that brought nothing new, half for one whose reports were all known;
    ``patience`` is how many may. ``promised`` is the number of rows that the listing says it has, None when
    it says nothing; ``seen`` are the rows that it gave, ``pages`` how many came with each page. ``empty``
    counts pages in a row without any, ``stubs`` those that were no page of the site. ``leaf`` says that its
    pages lead to no further parts of the column. ``told`` is how many pages the pager's words name, 0 when
    they name none; ``lacking`` that they name more rows than the page has links. ``reports`` are the report
    links on each page that has some, ``answered`` the rows that came as data, ``total`` how many the data say
    that there are, 0 when they say nothing. ``drawn`` says how the
    listing's scripts put a row's address together. ``turned`` says that of the two ways to its pages the
    first failed last. ``leaping`` says that pages may be left out; ``days`` are then the newest and the
    oldest day on each page asked for (the first is 0), None for one that failed. ``rows`` is how many the
    words name, 0 when they name none; ``looks`` is how its pages look and which of them look otherwise.
    ``bodies`` are names by their keys that an answer gave, whose lists are asked for likewise.
    """

    listing: str
    dialect: str
    targets: list[Target]
    next: int = 0
    barren: float = 0
    promised: int | None = None
    seen: set[str] = field(default_factory=set)
    fruitful: bool = False
    leaf: bool = True
    patience: int = 2
    pages: list[int] = field(default_factory=list)
    empty: int = 0
    stubs: int = 0
    told: int = 0
    lacking: bool = False
    reports: list[int] = field(default_factory=list)
    drawn: tuple[str, ...] | None = None
    answered: int = 0
    total: int = 0
    turned: bool = False
    leaping: bool = False
    days: dict[int, tuple[date, date] | None] = field(default_factory=dict)
    rows: int = 0
    looks: Looks = field(default_factory=Looks)
    bodies: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One request of the plan: ``score`` orders the plan, ``reason`` says why it is made.

    ``annual`` is true inside the 年报 column; ``trail`` holds the labels that led here; ``family`` groups
    steps of one kind from one place, whose worth is learned together; ``credit`` holds the families of the
    steps that led here, which share in what this one brings. ``body`` names the body on whose own pages it
    lies, outside the column. ``original`` is the step in whose place this one is tried: it is made when this
    one brings nothing. ``choice`` is the page on whose form it was chosen. ``answered`` says that another way
    to the same has answered, and had nothing. ``calls`` are (label, call) of the clicks that a script file is
    fetched for, ``fields`` the form fields of the page that such a file reads.
    """

    target: Target
    kind: Kind
    score: float
    reason: str
    annual: bool = False
    trail: tuple[str, ...] = ()
    family: str = ""
    credit: tuple[str, ...] = ()
    entry: Entry | None = None
    chain: Chain | None = field(default=None, compare=False)
    body: str = ""
    original: Step | None = None
    choice: str = ""
    answered: bool = False
    calls: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def searching(self) -> bool:
        """Whether the step asks for a page of the site's own search: its results lie anywhere."""
        return SEARCHED in self.trail

    @property
    def listing(self) -> str:
        """Address of the listing that the requested page belongs to: its first page."""
        return self.choice or (self.chain.listing if self.chain else self.target.url)

    @property
    def instead(self) -> Target | None:
        """The page whose place a data request takes: it is asked when that gives nothing."""
        other = self.target.fallback
        while other is not None and other.fallback is not None:
            other = other.fallback
        return other if self.chain is not None and other is not None and other.url == self.listing else None
