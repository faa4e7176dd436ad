"""Renames of bodies that somebody vouches for: nothing else joins two names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from govcrawl.registry.rows import read_rows
from govcrawl.text import folded

_COLUMNS = ("division_code", "old", "new")


@dataclass(frozen=True, slots=True)
class Rename:
    """A body that is called otherwise now, in the divisions whose code starts with ``code``."""

    code: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Renames:
    """Renames in the order in which they are tried, the most local first."""

    rows: tuple[Rename, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]]) -> Renames:
        """Of (beginning of a division code, old name, new name); names as in ``reports.agency_norm``."""
        known = [Rename(code, folded(old), folded(new)) for code, old, new in rows]
        return cls(tuple(sorted(known, key=lambda row: -len(row.code))))

    @classmethod
    def read(cls, file: Path) -> Renames:
        """Of a CSV file with the columns division_code, old and new; UsageError names line and fault."""
        found = []
        for row in read_rows(file, _COLUMNS):
            code, old, new = (row.cells[name] for name in _COLUMNS)
            if not old or not new or (code and not code.isdigit()):
                raise row.error("a division code (or nothing), the old and the new name are wanted")
            found.append((code, old, new))
        return cls.of(found)

    def newest(self, code: str, name: str) -> str:
        """The name that a body of a division has today; a name is taken up once only."""
        seen = {name}
        while True:
            found = next(
                (row.new for row in self.rows if code.startswith(row.code) and row.old == name), None
            )
            if found is None or found in seen:
                return name
            seen.add(found)
            name = found
