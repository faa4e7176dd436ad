"""Stored reports looked at again: by their age, and when their listings show them no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govcrawl.crawl.keeping import kept
from govcrawl.crawl.outages import LOST
from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.discovery import Found, Kind, Page, Step
from govcrawl.discovery.dialects import dialect_of
from govcrawl.discovery.pager import pages_told
from govcrawl.discovery.paging import named
from govcrawl.model import Entry, EntryState
from govcrawl.store.doubts import answers, control_of, doubtful, empty_handed
from govcrawl.store.lasting import aged, note_unchanged, share_of, unlisted
from govcrawl.store.republished import rivals
from govcrawl.store.stale import stale

if TYPE_CHECKING:
    from scrapy.http import Response

_FEW = 20  # reports that one run looks at because their listing shows them no more, or in doubt, at least
_SHARE = 4  # or this part of what the portal has: a list half read must not cost a look at everything


def wanted_rechecks(session: Session, crawl: PortalCrawl, days: float) -> bool:
    """Plan the next stored report that is to be looked at again; whether there is one.

    ``days`` after the last look, 0 for all of them now; a run takes no more than its share. None is looked
    at any more where one that was there lately is not there either.
    """
    if not crawl.read or crawl.outage.over or crawl.out_of_order:
        return False
    if not crawl.rechecks_planned:
        crawl.rechecks_planned = True
        wanted = [*_doubted(session, crawl), *_empty_handed(session, crawl, days)]
        wanted += [*_unlisted(session, crawl), *_rivals(session, crawl), *_aged(session, crawl, days)]
        crawl.rechecks.extend({entry.url: entry for entry in wanted}.values())
    if crawl.outage.lost >= LOST and (control := _control(session, crawl)) is not None:
        crawl.outage.lost = 0
        crawl.rechecks.appendleft(control)
    if not crawl.rechecks:
        crawl.rechecks.extend([*crawl.exchanges.wanted(session), *_stale(session, crawl)])
    while crawl.rechecks:
        entry = crawl.rechecks.popleft()
        if session.plan.wants(entry.year) and not _is_seen(session, crawl, entry):
            state = session.store.states_of([entry.url]).get(entry.url)
            if state is EntryState.STORED:
                crawl.looked_again.add(entry.url)  # that what is gone is so still tells nothing
            elif state is EntryState.REJECTED and crawl.discovery.planned(entry):
                crawl.counts["rejected"] -= 1  # its list counted it; what it is now counts
            crawl.discovery.want(entry, last=True)
            return True
    return False


def note_short(crawl: PortalCrawl, step: Step, page: Page, found: Found) -> None:
    """Take note of a listing that is all on one page: what stood on it and does no more was taken away."""
    if step.chain is not None or not found.entries or step.searching:
        return
    paged = any(named(name).following(page, page.url) for name in {dialect_of(page).name, "generic"})
    if not paged and pages_told(page.visible_text) == 1:
        crawl.short_lists.add(page.url)


def saw_all(crawl: PortalCrawl) -> bool:
    """Whether all lists of a portal were read, so that what none of them showed is not listed any more."""
    discovery = crawl.discovery
    whole = not discovery.recalling and not discovery.shortfalls() and not crawl.lists_failed
    return whole and bool(discovery.finds.entries)  # a look that saw none was at no list


def is_unchanged(session: Session, crawl: PortalCrawl, step: Step, response: Response) -> bool:
    """Whether a report's page is as it was when its report was stored, which is written down."""
    if step.kind is not Kind.REPORT or step.entry is None:
        return False
    sha256 = kept(session, response).sha256
    same = note_unchanged(session.store.db, step.entry, sha256, session.run_id)
    if same:
        crawl.outage.there()
        if response.url != step.entry.url:
            crawl.landed[response.url] = sha256
    return same


def _is_seen(session: Session, crawl: PortalCrawl, entry: Entry) -> bool:
    """Whether another link has just led to this one's page, which is as it was: a site that has moved."""
    sha256 = crawl.landed.get(entry.url)
    return sha256 is not None and note_unchanged(session.store.db, entry, sha256, session.run_id)


def _doubted(session: Session, crawl: PortalCrawl) -> list[Entry]:
    """Second looks, behind one at a report that was there lately."""
    found = doubtful(session.store.db, crawl.portal.key, session.run_id)[: _most(session, crawl)]
    again = [replace(entry, reason="its page had no report at the last look") for entry in found]
    if not again or answers(session.store.db, crawl.portal.key, session.run_id):
        return again
    control = _control(session, crawl)
    return again if control is None else [control, *again]


def _empty_handed(session: Session, crawl: PortalCrawl, days: float) -> list[Entry]:
    found = empty_handed(session.store.db, crawl.portal.key, session.run_id, everything=not days)
    found = found[: _most(session, crawl)] if days else found
    return [replace(entry, reason="it brought no report at the last look") for entry in found]


def _control(session: Session, crawl: PortalCrawl) -> Entry | None:
    found = control_of(session.store.db, crawl.portal.key)
    if found is None:
        return None
    crawl.control = found.url
    return replace(found, reason="it was there lately: does the server have any report today?")


def _unlisted(session: Session, crawl: PortalCrawl) -> list[Entry]:
    if session.plan.years is not None:
        return []
    found = unlisted(
        session.store.db, crawl.portal.key, session.run_id, whole=saw_all(crawl), short=crawl.short_lists
    )
    found = found[: _most(session, crawl)]
    crawl.unlisted = {entry.url for entry in found}
    return [replace(entry, reason="its listing shows it no more") for entry in found]


def _rivals(session: Session, crawl: PortalCrawl) -> list[Entry]:
    found = rivals(session.store.db, crawl.portal.key, session.run_id)[: _most(session, crawl)]
    return [replace(entry, reason="another text of its body and year was found") for entry in found]


def _stale(session: Session, crawl: PortalCrawl) -> list[Entry]:
    found = stale(session.store.db, crawl.portal.key, session.run_id)
    reason = "its report reads otherwise at another address"
    return [replace(entry, reason=reason) for entry in found if entry.url not in crawl.looked_again]


def _most(session: Session, crawl: PortalCrawl) -> int:
    return max(_FEW, session.store.count_reports(crawl.portal.key) // _SHARE)


def _aged(session: Session, crawl: PortalCrawl, days: float) -> list[Entry]:
    db, key, run_id = session.store.db, crawl.portal.key, session.run_id
    most = share_of(db, key, run_id, days) if days else None
    reason = f"not looked at for RECHECK_DAYS ({days:g})" if days else "all reports are looked at again"
    return [replace(entry, reason=reason) for entry in aged(db, key, run_id, days, most)]
