"""What a crawl takes over from earlier ones of a portal, and what it leaves to the next.

A look at a whole portal is remembered also where something is known to be missing: the next crawl asks
for the lists that could not be read, says the rest again, and looks at the whole portal after OPEN_DAYS.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from govcrawl.crawl.hours import BEIJING
from govcrawl.discovery.memory import PAGING, Memory, in_season
from govcrawl.discovery.missing import open_questions
from govcrawl.discovery.overcounts import HABIT, habits
from govcrawl.discovery.paging import is_doubtful, shortfall
from govcrawl.discovery.urls import page_key
from govcrawl.model import EntryState, Portal
from govcrawl.store import Store, shortfalls
from govcrawl.store.archived import forget_validators

if TYPE_CHECKING:
    from collections.abc import Container

    from govcrawl.crawl.session import PortalCrawl

log = logging.getLogger(__name__)

OPEN_DAYS = 7
"""Days after which a portal of which something is known to be missing is looked at anew."""


def memory_of(
    store: Store, portal: Portal, days: int, share: float, left_alone: Container[EntryState]
) -> Memory:
    """What earlier crawls remember of a portal; nothing for an address with a page of its own.

    Nor where a run ended in the midst of a list that is not remembered: only a whole look finds it for sure.
    """
    season, kept = in_season(datetime.now(BEIJING).date()), shortfalls.kept(store.db, portal.key)
    known = frozenset((url, said) for url, said in kept if said.startswith(HABIT))
    if portal.start:
        return Memory(season=season, share=share, habits=known)
    missing = tuple(one for one in kept if one not in known)
    listings = tuple(
        store.remembered_listings(
            portal.key, min(days, OPEN_DAYS) if any(said not in ("", PAGING) for _, said in missing) else days
        )
    )
    if not {url for url, said in missing if said == PAGING} <= {listing.url for listing in listings}:
        listings = ()
    states = store.entry_states(portal.key) if listings else {}
    settled = frozenset(page_key(url) for url, state in states.items() if state in left_alone)
    return Memory(listings, settled, season, share, missing if listings else (), known)


def remember(store: Store, crawl: PortalCrawl, run_id: int, *, finished: bool) -> None:
    """Keep what a look at the portal has found out; drop what has turned out to be old.

    ``finished`` says that the run came to its end by itself.
    """
    if crawl.out_of_order:
        return
    discovery, key = crawl.discovery, crawl.portal.key
    forget_short_lists(store, crawl)
    if discovery.changed is not None and crawl.read:  # a site that cannot be read has not changed
        log.warning("%s: the site has changed: %s", key, discovery.changed)
        store.forget_listings(key)
    whole = finished and crawl.stopped is None
    if crawl.portal.start is not None or not crawl.read:
        if whole and crawl.read:
            shortfalls.end_paging(store.db, key, PAGING, run_id)
            shortfalls.keep(store.db, key, habits(discovery), run_id, begins=HABIT)
        return
    if discovery.recalling:
        store.look_again_at_listings(key, discovery.visited.values())
    elif whole and any(listing.rows for listing in discovery.visited.values()):
        store.remember_listings(key, discovery.visited.values(), run_id)
    if whole:
        shortfalls.keep(store.db, key, [*open_questions(discovery), *habits(discovery)], run_id)


def forget_short_lists(store: Store, crawl: PortalCrawl) -> None:
    """Have the next run ask for all of the lists that gave less than they promise, changed or not."""
    chains = crawl.discovery.chains
    short = [chain for chain in chains if is_doubtful(chain) or shortfall(chain) is not None]
    pages = [url for chain in short for url in (chain.listing, *(target.url for target in chain.targets))]
    forget_validators(store.db, pages)
