"""The further pages of a listing: asked for one after the other while they bring something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from govcrawl.discovery.dialects import Dialect, dialect_of, dialects
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Chain, Kind, Step

BARREN_PAGES = 2
"""Pages in a row that may bring nothing new before the rest of a listing is given up."""

_SCORE = 85.0


def open_chain(
    page: Page, base: str, links: Iterable[PageLink], scope: Scope, *, fruitful: bool
) -> Chain | None:
    """The chain of a listing's further pages, None when there are none.

    A listing without rows of its own (not ``fruitful``) may be filled by a script: one page tells.
    """
    for dialect in dict.fromkeys((dialect_of(page), named("generic"))):
        targets = [target for target in dialect.following(page, base) if scope.allows(target.url)]
        if targets:
            barren = 0 if fruitful else BARREN_PAGES - 1
            rows, promised = _rows(links), dialect.promised(page)
            return Chain(base, dialect.name, targets, 0, barren, promised, set(rows), fruitful)
    return None


def note_page(chain: Chain, page: Page, links: Iterable[PageLink], *, fruitful: bool) -> None:
    """Take note of what a page of the chain brought, and of pages that only it knows of."""
    rows = _rows(links)
    repeated = bool(rows) and rows <= chain.seen
    chain.barren = 0 if fruitful and not repeated else chain.barren + 1
    chain.seen |= rows
    chain.fruitful |= fruitful
    if chain.next >= len(chain.targets):
        known = {target.key for target in chain.targets}
        further = named(chain.dialect).following(page, chain.listing)
        chain.targets += [target for target in further if target.key not in known]


def next_page(step: Step, chain: Chain, scope: Scope) -> Step | None:
    """The step to the chain's next page, None at its end or when it has become barren."""
    if chain.next >= len(chain.targets) or chain.barren >= BARREN_PAGES:
        return None
    target = chain.targets[chain.next]
    chain.next += 1
    if not scope.allows(target.url):
        return None
    reason, family = f"page {chain.next + 1} of {chain.listing}", f"chain {chain.listing}"
    credit = step.credit if step.chain else (*step.credit, step.family)
    return replace(
        step,
        target=target,
        kind=Kind.LISTING,
        score=_SCORE,
        reason=reason,
        family=family,
        credit=credit,
        entry=None,
        chain=chain,
    )


def shortfall(chain: Chain) -> str | None:
    """What a listing said to have and did not give, in words; None when nothing is known to be missing."""
    if chain.promised is not None and chain.fruitful and len(chain.seen) < chain.promised:
        return f"{chain.listing} says that it has {chain.promised} rows and gave {len(chain.seen)}"
    return None


def named(name: str) -> Dialect:
    """The dialect of a name; KeyError when there is none."""
    return {dialect.name: dialect for dialect in dialects()}[name]


def _rows(links: Iterable[PageLink]) -> frozenset[str]:
    return frozenset(link.url for link in links if link.date or link.row)
