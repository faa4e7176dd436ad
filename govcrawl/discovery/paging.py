"""The further pages of a listing: asked for one after the other while they bring something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.dialects import Dialect, dialect_of, dialects
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Chain, Kind, Step
from govcrawl.model import Entry

PATIENCE = 2
"""Pages in a row that may bring nothing new before the rest of a listing is given up."""

NOTICES = 100
"""Rows of a list of all notices that may hold no report: a year's reports stand together in it."""

_SCORE = 85.0
_STUB = 3  # links; a page of the site has its navigation even when its list is empty


@dataclass(frozen=True, slots=True)
class Brought:
    """What a page brought: how many report links stand on it, and those that were not known before."""

    rows: int
    new: Sequence[Entry]


def is_notices(step: Step) -> bool:
    """Whether a step leads to a list of notices of all kinds, in which a body's reports may stand."""
    return bool(step.trail) and classify(step.trail[-1]) is Label.NOTICES


def open_chain(
    step: Step, page: Page, links: Iterable[PageLink], scope: Scope, brought: Brought
) -> Chain | None:
    """The chain of a listing's further pages, None when there are none.

    A listing without rows of its own may be filled by a script: one page tells.
    """
    for dialect in dict.fromkeys((dialect_of(page), named("generic"))):
        targets = [target for target in dialect.following(page, page.url) if scope.allows(target.url)]
        if targets:
            chain = Chain(page.url, dialect.name, targets, promised=dialect.promised(page))
            dated = sum(link.date is not None for link in page.links)
            chain.patience = max(PATIENCE, NOTICES // max(dated, 8)) if is_notices(step) else PATIENCE
            chain.barren = 0 if brought.new else 0.5 if brought.rows else 1
            _count(chain, links, brought)
            return chain
    return None


def note_page(chain: Chain, page: Page, links: Iterable[PageLink], brought: Brought) -> None:
    """Take note of what a page of the chain brought, and of pages that only it knows of."""
    rows = _rows(links)
    repeated = bool(rows) and rows <= chain.seen
    if brought.new:
        chain.barren = 0
    else:
        chain.barren += 0.5 if brought.rows and not repeated else 1
    _count(chain, links, brought)
    chain.stubs += len(page.links) <= _STUB and not rows
    if chain.next >= len(chain.targets):
        known = {target.key for target in chain.targets}
        further = named(chain.dialect).following(page, chain.listing)
        chain.targets += [target for target in further if target.key not in known]


def _count(chain: Chain, links: Iterable[PageLink], brought: Brought) -> None:
    fresh = (_rows(links) | {entry.url for entry in brought.new}) - chain.seen
    chain.seen |= fresh
    chain.fruitful |= bool(brought.new)
    chain.empty = 0 if fresh else chain.empty + 1
    if fresh:
        chain.pages.append(len(fresh))


def next_page(step: Step, chain: Chain, scope: Scope) -> Step | None:
    """The step to the chain's next page, None at its end or when it has become barren."""
    if chain.next >= len(chain.targets) or chain.barren >= chain.patience:
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
    """What a listing said to have and did not give, in words; None when nothing is known to be missing.

    A page with fewer rows than the others is a list's last, however many pages the list claims; and one page
    too many is claimed by many. A stub in place of a page is none of this.
    """
    if not chain.fruitful:
        return None
    if chain.promised is not None:
        if len(chain.seen) < chain.promised:
            return f"{chain.listing} says that it has {chain.promised} rows and gave {len(chain.seen)}"
        return None
    if named(chain.dialect).blind:
        return None
    further = chain.pages[1:]
    cut_off = chain.empty > 1 and (not further or further[-1] >= max(further))
    if chain.stubs or cut_off:
        claimed = f"{len(chain.targets) + 1} pages"
        return f"{chain.listing} says that it has {claimed} and shows rows on {len(chain.pages)} of them"
    return None


def named(name: str) -> Dialect:
    """The dialect of a name; KeyError when there is none."""
    return {dialect.name: dialect for dialect in dialects()}[name]


def _rows(links: Iterable[PageLink]) -> frozenset[str]:
    return frozenset(link.url for link in links if link.date or link.row)
