"""Long lists: what a reader chose to see of them, and one page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlite_utils import Database

from govcrawl.serve.asking import Ask
from govcrawl.store.queries import Row, Selection

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the query says: a region, a year, and further conditions of a page."""

    region: str
    year: int | None

    @classmethod
    def of(cls, ask: Ask) -> Chosen:
        """The choice of a request; a region that is no beginning of a division code is none."""
        region = ask.word("region")
        return cls(
            region if region.isascii() and region.isdigit() and len(region) <= 12 else "", ask.number("year")
        )

    def selection(self, *, templates: tuple[str, ...] = ()) -> Selection:
        """The reports chosen, of some forms alone where there are any."""
        return Selection(self.region or None, (self.year,) if self.year else (), templates=templates)

    def where(self) -> tuple[str, tuple[Any, ...]]:
        """An SQL condition on ``reports`` (alias r) and its parameters."""
        return self.selection().where()


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of one page, with the addresses of the pages around it, None where there is none."""

    rows: Sequence[Row]
    before: str | None
    after: str | None
    first: int


def sliced(ask: Ask, address: str, sql: str, parameters: Sequence[Any]) -> Slice:
    """The page that the query asks for of what a SELECT gives."""
    start = ask.number("from") or 0
    found = list(ask.store.db.query(f"{sql} LIMIT ? OFFSET ?", [*parameters, SHOWN + 1, start]))
    before, after = turned(ask, address, start, more=len(found) > SHOWN)
    return Slice(found[:SHOWN], before, after, start)


def turned(ask: Ask, address: str, start: int, *, more: bool) -> tuple[str | None, str | None]:
    """The addresses of the pages before and after the one that begins at a row, None for no such page."""
    kept = {name: value for name, value in ask.args.items() if name not in ("from", "lang") and value}

    def at(begin: int) -> str:
        return f"{address}?{urlencode({**kept, 'from': begin} if begin else kept)}"

    return at(max(0, start - SHOWN)) if start else None, at(start + SHOWN) if more else None


def years_of(db: Database) -> list[int]:
    """The fiscal years that reports are about, newest first."""
    found = db.conn.execute("SELECT DISTINCT year FROM reports WHERE year IS NOT NULL ORDER BY year DESC")
    return [year for (year,) in found]
