"""The nouns of coverage: places, the bodies that owe reports there, and where each body-year stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

GOVERNMENT = "人民政府"
"""The government itself among the bodies of its place: see ``reports.agency_norm``."""


class Status(StrEnum):
    """Where the report of a body about a fiscal year stands."""

    FOUND = "found"
    SUMMED = "summed"  # no report of its own, but the government's report is a sum over its bodies
    PENDING = "pending"  # a link is known and waits to be fetched
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"  # its document was fetched and could not be read
    OVERDUE = "overdue"  # of the newest year that is due
    MISSING = "missing"  # of an earlier year
    NOT_DUE = "not_due"
    NOT_LOOKED = "not_looked"  # nobody has looked since it was due


@dataclass(frozen=True, slots=True)
class Look:
    """A run that visited a portal: the day it began, what came of it, and the fiscal years it asked for."""

    day: date
    outcome: str
    reason: str = ""
    years: range | None = None

    @property
    def read(self) -> bool:
        """Whether pages of the portal were read."""
        return self.outcome in {"complete", "incomplete", "empty"}


@dataclass(frozen=True, slots=True)
class Town:
    """A town, township or street office of today's register; ``norm`` is its name for comparison."""

    code: str
    name: str
    norm: str


@dataclass(frozen=True, slots=True)
class Territory:
    """A place with a government and a portal; ``since`` and ``until`` are the years of its code's life.

    ``looks`` are in the order in which they happened; None years mean since ever, and until today.
    """

    portal: str
    name: str
    code: str | None = None
    level: str | None = None
    since: int | None = None
    until: int | None = None
    towns: Sequence[Town] = ()
    looks: Sequence[Look] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """A stored report: the portal whose place it belongs to, its body, year and address."""

    portal: str
    norm: str
    name: str
    kind: str | None
    town: str | None
    year: int
    aggregate: bool
    url: str


@dataclass(frozen=True, slots=True)
class Known:
    """A link without a stored report; ``state`` is the ledger's, ``bytes_came`` whether it was fetched."""

    portal: str
    norm: str
    year: int
    state: str
    reason: str
    url: str
    bytes_came: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A body that a portal's column names, seen there first when reports about ``year`` were due."""

    portal: str
    norm: str
    name: str
    kind: str | None
    year: int


@dataclass(frozen=True, slots=True)
class Body:
    """A body that owes a report each year from ``first`` to ``last``, None meaning no bound."""

    norm: str
    name: str
    kind: str
    town: str | None = None
    first: int | None = None
    last: int | None = None

    def owes(self, year: int) -> bool:
        """Whether it existed, as far as is known, when the report about a year was due."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class BodyYear:
    """A body's report about one fiscal year: its status, and the address or reason that shows it."""

    territory: Territory
    body: Body
    year: int
    due: date
    status: Status
    url: str = ""
    reason: str = ""
