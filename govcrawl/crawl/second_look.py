"""Reports that were withdrawn answer 403 one by one: before the portal is left, one page is looked at again.

A bare 403, without the mark of any system, to a single report on a host that has answered well is that
page's own. Where REFUSALS of them come in a row, one page that answered before tells whether the host
itself declines now; when it answers, as many further refusals in a row end the crawl for this run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.spidermiddlewares.httperror import HttpError

from govcrawl.discovery import Kind, Step, Target

if TYPE_CHECKING:
    from twisted.python.failure import Failure

    from govcrawl.crawl.failures import Trouble
    from govcrawl.crawl.session import PortalCrawl

WELL = 5
"""Pages that a portal must have answered before a 403 may be a single page's."""

LOOKS = 5
"""Second looks of one crawl; a portal that needs more is left."""

_SCORE = 200.0  # before everything else


def is_single(crawl: PortalCrawl, step: Step, why: Trouble, failure: Failure) -> bool:
    """Whether a refusal may be one report's alone."""
    if step.entry is None or why.refusal is None or not isinstance(failure.value, HttpError):
        return False
    return why.refusal.system == "unnamed" and failure.value.response.status == 403 and crawl.read >= WELL


def look_again(crawl: PortalCrawl, step: Step) -> None:
    """Plan a look at a page that answered before, when only single pages have refused since."""
    known = crawl.answered or (step.entry.listing if step.entry else None)
    if not crawl.about_to_leave() or crawl.looked or crawl.looks >= LOOKS or known is None:
        return
    crawl.looked, crawl.looks = True, crawl.looks + 1
    crawl.refused -= 1  # the answer to the look decides
    reason = "refusals of single reports: does a page that was read still answer?"
    crawl.discovery.frontier.again(Step(Target(known), Kind.LOOK, _SCORE, reason))
