"""Columns on the bodies' own pages, asked for directly: where two bodies have theirs, the others will too.

A body with pages of its own costs its front page and its column. When the columns of two bodies lie at the
same place seen from their front pages, the others' are asked for at that place, and the front page only where
nothing is found there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from govcrawl.discovery.shortcuts import differences, swap
from govcrawl.discovery.steps import BODIES, Kind, Step, Target
from govcrawl.hosts import host_of

_MISSES = 2  # columns that may not stand where they were looked for before no more are
_BY_PLACE = "at the place where other bodies have theirs"


@dataclass(slots=True)
class Siblings:
    """Front pages of bodies by name, and (front page, column) of those whose column held reports."""

    fronts: dict[str, str] = field(default_factory=dict)
    pairs: list[tuple[str, Step]] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    misses: int = 0

    def learn(self, step: Step) -> None:
        """Take note of a column that held reports, once for each body."""
        front = self.fronts.get(step.body)
        if (
            front is None
            or step.kind is not Kind.COLUMN
            or step.original is not None
            or step.body in self.settled
        ):
            return
        self.settled.add(step.body)
        if step.listing != front:
            self.pairs.append((front, step))

    def missed(self) -> None:
        """Take note that nothing was found where a body's column was looked for."""
        self.misses += 1

    def instead(self, step: Step) -> Step:
        """The step to a body's column where its place can be told, else the step to the body's front page."""
        if step.kind is not Kind.SECTION or not step.family.endswith(BODIES) or not step.body:
            return step
        front = step.target.url
        if self.fronts.setdefault(step.body, front) != front or self.misses >= _MISSES:
            return step
        for place, (one, column) in enumerate(self.pairs):
            for other, confirmed in self.pairs[place + 1 :]:
                url = _column(one, column.listing, front)
                if url is None or _column(one, column.listing, other) != confirmed.listing:
                    continue
                return replace(
                    step,
                    target=Target(url, referer=front),
                    kind=Kind.COLUMN,
                    reason=f"«{step.body}», {_BY_PLACE}",
                    annual=True,
                    trail=(*step.trail, *column.trail[-1:]),
                    original=step,
                )
        return step


def _column(front: str, column: str, sibling: str) -> str | None:
    """A body's column made one of its sibling's by what differs in their front pages' addresses."""
    changed = differences(front, sibling)
    url = swap(column, changed) if changed else None
    return url if url is not None and host_of(url) == host_of(sibling) else None
