"""Columns on the bodies' own pages, asked for directly: where two bodies have theirs, the others will too.

A body with pages of its own costs its front page and its column. When the columns of two bodies lie at the
same place seen from their front pages, the others' are asked for at that place, and the front page only where
nothing is found there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import combinations, count

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.shortcuts import differences, swap
from govcrawl.discovery.steps import BODIES, Kind, Step, Target
from govcrawl.hosts import host_of

_MISSES = 2  # columns beyond those found that may not stand where they were looked for
_FARTHEST = 1000  # between the numbers of a body's front page and of its column
_RUN = re.compile(r"[A-Za-z]+|\d+")
_Place = tuple[int, Label]
_CONFIRMING = 3  # columns whose numbers tell how they grow
_ANNUAL = "年报"
_BY_PLACE = "at the place where other bodies have theirs"


@dataclass(slots=True)
class Siblings:
    """Front pages of bodies by name, and for each page on the way from them (page, column that held reports).

    Pages are told apart by how far they are from the front page, and by what their label promises.
    ``columns`` are the (number of the body in its list, front page, column) as they were found, by the page
    that has the list.
    """

    fronts: dict[str, str] = field(default_factory=dict)
    pairs: dict[_Place, list[tuple[str, Step]]] = field(default_factory=lambda: defaultdict(list))
    columns: dict[str, list[tuple[int, str, str]]] = field(default_factory=lambda: defaultdict(list))
    settled: set[str] = field(default_factory=set)
    misses: int = 0
    hits: int = 0
    _places: dict[str, _Place] = field(default_factory=dict)
    _unproven: int = 0
    _above: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, tuple[str, int]] = field(default_factory=dict)

    def learn(self, step: Step) -> None:
        """Take note of a column that held reports, once for each body."""
        if not step.annual or step.body not in self.fronts or step.body in self.settled:
            return
        self.settled.add(step.body)
        shown, number = self._numbers[step.body]
        self.columns[shown].append((number, self.fronts[step.body], step.listing))
        if step.original is not None:
            self.hits += 1
            self._unproven = 0
            return
        page = self._above.get(step.listing)
        while page is not None and page in self._places:
            self.pairs[self._places[page]].append((page, step))
            page = self._above.get(page)

    def missed(self) -> None:
        """Take note that nothing was found where a body's column was looked for."""
        self.misses += 1

    def instead(self, step: Step) -> Step:
        """The step to a body's column where its place can be told, else the step on the way to it."""
        url = step.target.url
        if not step.body or not self._note(step) or self.misses >= _MISSES + self.hits:
            return step
        address, label = self._column(self.pairs[self._places[url]], url) or self._counted(step)
        if not address:
            return step
        return replace(
            step,
            target=Target(address, referer=url),
            kind=Kind.COLUMN,
            reason=f"«{step.body}», {_BY_PLACE}",
            annual=True,
            trail=(*step.trail, label),
            original=step,
        )

    def _note(self, step: Step) -> bool:
        """Take note of a page on the way; whether one may lead to a body's column."""
        url, above = step.target.url, step.target.referer
        if step.family.endswith(BODIES):
            self._places[url] = (0, Label.BODY)
            before = sum(shown == (above or "") for shown, _ in self._numbers.values())
            self._numbers.setdefault(step.body, (above or "", before))
            return self.fronts.setdefault(step.body, url) == url
        if step.chain is None and above is not None and url != above:
            self._above.setdefault(url, above)
        if step.kind is not Kind.SECTION or above not in self._places:
            return False
        self._places.setdefault(url, (self._places[above][0] + 1, classify(step.trail[-1])))
        return self._places[url][1] in {Label.DISCLOSURE, Label.BODY}

    def _column(self, pairs: list[tuple[str, Step]], page: str) -> tuple[str, str] | None:
        """Where the column of a page's body should be as two others have theirs, with the label of one."""
        for (one, column), (other, confirmed) in combinations(pairs, 2):
            for rule in (_swapped, _shifted):
                url = rule(one, column.listing, page)
                if url is not None and rule(one, column.listing, other) == confirmed.listing:
                    return url, column.trail[-1]
        return None

    def _counted(self, step: Step) -> tuple[str, str]:
        """Where a body's column should be by the order of the last three; empty for nowhere."""
        front = self.fronts[step.body]
        shown, number = self._numbers[step.body]
        known = self.columns[shown][-_CONFIRMING:]
        if front != step.target.url or len(known) < _CONFIRMING or self._unproven >= _MISSES:
            return "", ""
        url = _counted(known, (number, front))
        self._unproven += bool(url)
        return url, _ANNUAL


def _counted(known: list[tuple[int, str, str]], body: tuple[int, str]) -> str:
    """A column by its number, where the numbers of three others grow evenly with their bodies' order."""
    (first, one, oldest), (second, two, older), (third, three, last) = known
    place, front = body
    if third == second:
        return ""
    for at, (run, before) in enumerate(zip(_RUN.findall(last), _RUN.findall(older), strict=False)):
        grown = int(run) - int(before) if run.isdecimal() and before.isdecimal() and run[0] != "0" else 0
        each, rest = divmod(grown, third - second)
        if not grown or rest or run in _RUN.findall(three) or _raised(two, older, three, at, grown) != last:
            continue
        if _raised(one, oldest, two, at, each * (second - first)) == older:
            return _raised(three, last, front, at, each * (place - third))
    return ""


def _raised(front: str, column: str, sibling: str, at: int, by: int) -> str:
    """A column with one of its numbers raised, and what names the body put in place of its sibling's."""
    place = count()
    raised = _RUN.sub(
        lambda found: f"{int(found[0]) + by}" if next(place) == at and found[0].isdecimal() else found[0],
        column,
    )
    return swap(raised, differences(front, sibling))


def _swapped(front: str, column: str, sibling: str) -> str | None:
    """A body's column made one of its sibling's by what differs in their front pages' addresses."""
    changed = differences(front, sibling)
    url = swap(column, changed) if changed else None
    return url if url is not None and host_of(url) == host_of(sibling) else None


def _shifted(front: str, column: str, sibling: str) -> str | None:
    """The same where columns have running numbers: as far behind the front page's as its sibling's is."""
    host, other = host_of(front), host_of(sibling)
    front, column = front.replace(host, other, 1), column.replace(host, other, 1)
    ours, theirs = _RUN.findall(front), _RUN.findall(sibling)
    if _RUN.sub("", front) != _RUN.sub("", sibling) or len(ours) != len(theirs):
        return None
    differing = {(old, new) for old, new in zip(ours, theirs, strict=True) if old != new}
    if len(differing) != 1:
        return None
    old, new = next(iter(differing))
    if not (old.isdecimal() and new.isdecimal()):
        return None

    def moved(found: re.Match[str]) -> str:
        number = found[0]
        if not number.isdecimal() or number[0] == "0" or abs(int(number) - int(old)) > _FARTHEST:
            return number
        return f"{int(number) + int(new) - int(old)}" if number == old or number not in ours else number

    return _RUN.sub(moved, column)
