"""Lists that lead to a page which shows no row: missing at the first look, their own error at the second.

Pagers that name one page too many are frequent, and so are pages that a server lacks for a moment: only
another run can tell them apart. What it agreed upon is kept as a habit of the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govcrawl.discovery.paging import few_of, is_doubtful, shortfall

if TYPE_CHECKING:
    from govcrawl.discovery.discovery import Discovery
    from govcrawl.discovery.steps import Chain

HABIT = "pages named beyond those shown: "
"""Begins what is kept of a list that a run has found to do so: how many, and beyond how many."""


def overcount(chain: Chain) -> int:
    """Pages that a list names beyond those that show rows, where nothing else tells that they are missing.

    None too many where it has given all the rows that it speaks of.
    """
    if not is_doubtful(chain) or shortfall(chain) is not None or 0 < chain.rows <= len(chain.seen):
        return 0
    return max(0, _claimed(chain) - len(chain.pages))


def overcounts(discovery: Discovery) -> Iterator[tuple[str, str]]:
    """(list, what it says to have, in words) of those that no earlier run has found to do the same."""
    for chain in discovery.chains:
        if overcount(chain) and not is_habit(discovery, chain):
            yield chain.listing, few_of(chain, _claimed(chain))


def is_habit(discovery: Discovery, chain: Chain) -> bool:
    """Whether an earlier run has seen a list end as this one did, and behind no more pages."""
    number, shown = overcount(chain), len(chain.pages)
    known = (
        said.removeprefix(HABIT).split(" ") for url, said in discovery.memory.habits if url == chain.listing
    )
    return any(number == int(then) and shown >= int(behind) for then, _, behind in known)


def habits(discovery: Discovery) -> list[tuple[str, str]]:
    """(list, in words) of what the next run is to compare with, those of lists not paged through included."""
    paged = {chain.listing for chain in discovery.chains}
    old = [(url, said) for url, said in sorted(discovery.memory.habits) if url not in paged]
    return old + [
        (chain.listing, f"{HABIT}{number} behind {len(chain.pages)}")
        for chain in discovery.chains
        if (number := overcount(chain))
    ]


def _claimed(chain: Chain) -> int:
    """How many pages a list speaks of; a link to a next page that shows the last one again is no word."""
    linked = len(chain.targets) + 1 if chain.looks.last or chain.dialect != "generic" else 0
    return max(chain.told, chain.looks.numbers, linked)
