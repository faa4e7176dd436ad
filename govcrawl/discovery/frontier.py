"""The plan of one portal: the most promising request first, none twice, none beyond its worth."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from govcrawl.discovery.steps import BODIES, OTHER_FILE, Chain, Kind, Step
from govcrawl.discovery.urls import page_key

BARREN = {Kind.COLUMN: 6, Kind.SECTION: 3}
"""Steps of one family that may bring nothing before the rest of the family is given up."""

REPORTS_A_REQUEST = 4
"""Reports found that allow for one request more: a portal with many bodies has many pages between them."""

_SHORT = 55.0  # the ways that lead straight to the column: what else they show is little once that was found
_BEHIND = 27.0  # so that the bodies' own pages are tried before them


@dataclass(slots=True)
class Frontier:
    """Steps waiting, best score first and in the order found among equals.

    ``budget`` is the number of requests the portal may cost beyond one for each report found; ``refused``
    counts steps that it forbade. ``column`` says that the column was found.
    """

    budget: int
    spent: int = 0
    refused: int = 0
    reports: int = 0
    column: bool = False
    _heap: list[tuple[float, int, Step]] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _waiting: set[tuple[str, str]] = field(default_factory=set)
    _late: set[tuple[str, str]] = field(default_factory=set)
    _order: count[int] = field(default_factory=count)
    _tried: Counter[str] = field(default_factory=Counter)
    _paid: Counter[str] = field(default_factory=Counter)

    def add(self, step: Step) -> bool:
        """Put a step on the plan unless its page is or was on it; says whether it was new."""
        new = self.note(step)
        if new:
            self.again(step)
        return new

    def note(self, step: Step) -> bool:
        """Take note that a step's page is asked for; says whether it never was on the plan."""
        url = step.target.url
        key = (url if step.family == OTHER_FILE else page_key(url), step.target.body)
        new = key not in self._seen
        self._seen.add(key)
        return new

    def again(self, step: Step) -> None:
        """Put a step on the plan although its page was on it before (a fallback or a retry)."""
        heapq.heappush(self._heap, (-step.score, next(self._order), step))

    def rather(self, direct: Step, step: Step) -> Step:
        """A step that is tried in another one's place, unless its page was asked for before."""
        return direct if direct.original is None or self.note(direct) else step

    def mark(self, url: str) -> None:
        """Take note that a page is known, so that no step asks for it."""
        self._seen.add((page_key(url), ""))

    def knows(self, url: str) -> bool:
        """Whether a page is or was on the plan."""
        return (page_key(url), "") in self._seen

    def next(self, floor: float) -> Step | None:
        """The best step that is still worth its request; None when there is none.

        A step below ``floor`` is worth it only when others of its family have led to reports.
        """
        while self._heap:
            step = heapq.heappop(self._heap)[2]
            if step.kind in (Kind.REPORT, Kind.ATTACHMENT):
                return step
            if self._can_wait(step):
                heapq.heappush(self._heap, (-_BEHIND, next(self._order), step))
                continue
            if not self._worth(step, floor):
                self._put_off(step)
                continue
            if self.spent >= self.budget + self.reports // REPORTS_A_REQUEST:
                self.refused += 1
                continue
            self.spent += 1
            self._tried[step.family] += 1
            return step
        return None

    def _can_wait(self, step: Step) -> bool:
        """Whether a step is one of the ways to the column, which was found by another; true only once."""
        key = (step.target.url, step.target.body)
        way = self.column and step.kind is Kind.SECTION and step.score > _SHORT and not step.body
        if not way or key in self._waiting:
            return False
        self._waiting.add(key)
        return True

    def _put_off(self, step: Step) -> None:
        """Look once more at the end at a step whose family has brought nothing: what it led to may yet."""
        key = (step.target.url, step.target.body)
        if self._tried[step.family] and key not in self._late:
            self._late.add(key)
            heapq.heappush(self._heap, (0.0, next(self._order), step))

    def holds(self, chain: Chain) -> bool:
        """Whether a further page of a listing is on the plan."""
        return any(step.chain is chain for _, _, step in self._heap)

    def give_back(self, step: Step) -> None:
        """Take note that a step was not made after all."""
        self.spent -= 1
        self._tried[step.family] -= 1

    def learned(self, step: Step, reports: int) -> None:
        """Take note how many new report links a step brought, for its family and those that led to it."""
        self.reports += reports
        if reports:
            self.spent -= 1  # the budget is for requests that bring none
        for family in {step.family, *step.credit} - {""}:
            self._paid[family] += reports

    def _worth(self, step: Step, floor: float) -> bool:
        if step.family and self._paid[step.family]:
            return True
        if any(self._paid[family] for family in step.credit if family.endswith(BODIES)):
            return True  # on the own pages of a body, where those of another led to reports
        if step.score < floor:
            return False
        return not step.family or self._tried[step.family] < BARREN.get(step.kind, self.budget)

    def __len__(self) -> int:
        return len(self._heap)
