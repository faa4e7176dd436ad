"""What a crawl writes down about its way: each page that it looked at, and each refusal with its evidence."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.discovery import Kind, Page, Step
from govcrawl.discovery.dialects import dialect_of
from govcrawl.discovery.refusals import Refusal
from govcrawl.model import Declined, Visit

if TYPE_CHECKING:
    from scrapy.http import Response

_UNLABELLED = frozenset({Kind.START, Kind.SPLASH})
_EVIDENCE_BYTES = 500  # enough to tell one wall's page from another's


def note_page(session: Session, crawl: PortalCrawl, step: Step, page: Page) -> None:
    """Write down a page that was read, unless the ledger has it already as a report or a listing's page."""
    if step.kind not in {Kind.REPORT, Kind.LISTING}:
        _note(session, crawl, replace(_visit(crawl, step, page.url), dialect=dialect_of(page).name))


def note_unread(session: Session, crawl: PortalCrawl, step: Step, why: str) -> None:
    """Write down a page that could not be read, and why."""
    if step.kind not in {Kind.REPORT, Kind.LISTING}:
        _note(session, crawl, replace(_visit(crawl, step, step.target.url), trouble=why))


def note_refusal(session: Session, crawl: PortalCrawl, response: Response, refusal: Refusal) -> None:
    """Write down who refused a request and what told it."""
    declined = Declined(
        response.url,
        crawl.portal.key,
        refusal.system,
        response.status,
        refusal.evidence,
        tuple(sorted(name.decode("latin-1") for name in response.headers)),
        hashlib.sha256(response.body[:_EVIDENCE_BYTES]).hexdigest(),
    )
    session.store.note_refusal(declined, session.run_id)


def _visit(crawl: PortalCrawl, step: Step, url: str) -> Visit:
    label = step.trail[-1] if step.trail and step.kind not in _UNLABELLED else ""
    if step.instead is not None:  # a list got by its data request is the page that the list belongs to
        url, parent = step.listing, step.instead.referer
    else:
        parent = step.target.referer
    asked = step.target.url if step.target.url != url else None
    return Visit(url, crawl.portal.key, parent, label, step.kind.value, step.reason, asked)


def _note(session: Session, crawl: PortalCrawl, visit: Visit) -> None:
    session.store.note_visit(visit, session.run_id, again=crawl.discovery.recalling)
