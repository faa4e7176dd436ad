"""Bodies of which one may be another's new name: for a person to look at, never applied by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govcrawl.panel.model import PanelRow

_GAP = 2  # years from the last report of the one to the first of the other


@dataclass(frozen=True, slots=True)
class Succession:
    """Two bodies of a place: the reports of one end where those of the other begin, and the names are akin.

    The first three columns are those of a file of renames.
    """

    division_code: str
    old: str
    new: str
    kind: str
    last: int
    first: int


@dataclass(frozen=True, slots=True)
class _Life:
    name: str
    kind: str
    first: int
    last: int


def successions(rows: Iterable[PanelRow]) -> Iterator[Succession]:
    """Candidates among the panel's rows, by place and name.

    The kind is the same, the first report of the new is of one of the two years after the last of the old,
    and the names have two neighbouring characters in common besides the last one.
    """
    years: dict[str, dict[str, list[PanelRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.report_id is not None and row.division_code is not None:
            years[row.division_code][row.body_id].append(row)
    for code in sorted(years):
        lives = [_life(found) for found in years[code].values()]
        pairs = ((old, new) for old in lives for new in lives)
        for old, new in sorted(filter(_follows, pairs), key=lambda pair: (pair[0].name, pair[1].name)):
            yield Succession(code, old.name, new.name, old.kind, old.last, new.first)


def _life(rows: list[PanelRow]) -> _Life:
    newest = max(rows, key=lambda row: row.year)
    return _Life(newest.body, newest.kind, min(row.year for row in rows), newest.year)


def _follows(pair: tuple[_Life, _Life]) -> bool:
    old, new = pair
    near = 0 < new.first - old.last <= _GAP
    return near and _rank(old.kind) == _rank(new.kind) and bool(_pieces(old.name) & _pieces(new.name))


def _rank(kind: str) -> str:
    return "township" if kind == "subdistrict" else kind


def _pieces(name: str) -> set[str]:
    return {name[n : n + 2] for n in range(len(name) - 2)}
