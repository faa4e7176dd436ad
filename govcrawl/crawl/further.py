"""Whether a list that a page belongs to has further pages to come, for a run that dies before it has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.discovery.memory import PAGING
from govcrawl.discovery.paging import is_doubtful, shortfall
from govcrawl.store.shortfalls import Paging

if TYPE_CHECKING:
    from govcrawl.crawl.session import PortalCrawl
    from govcrawl.discovery import Step
    from govcrawl.discovery.steps import Chain


def paging_of(crawl: PortalCrawl, step: Step, url: str) -> Paging | None:
    """What is to be written down of the paging of a list, of which the page ``url`` has just been read.

    None where no further page of it was ever asked for, and where its end leaves something open: the end of
    the run says what.
    """
    discovery = crawl.discovery
    chains = [chain for chain in discovery.chains if chain is step.chain or chain.listing == url]
    if not chains:
        return None
    lists = frozenset({step.listing, *(chain.listing for chain in chains)})
    going_on = any(discovery.frontier.holds(chain) for chain in chains)
    if not going_on and (lists & discovery.gaps.unread.keys() or any(map(_leaves_doubt, chains))):
        return None
    return Paging(crawl.portal.key, lists, PAGING, going_on)


def _leaves_doubt(chain: Chain) -> bool:
    return shortfall(chain) is not None or is_doubtful(chain)
