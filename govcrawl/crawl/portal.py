"""The steps of a portal's crawl between discovery and Scrapy: requests made, pages judged, troubles noted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from scrapy.http import Request, Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from govcrawl.crawl.conditional import validators_in
from govcrawl.crawl.failures import Trouble, headers_of, trouble
from govcrawl.crawl.further import paging_of
from govcrawl.crawl.keeping import kept
from govcrawl.crawl.pretenders import pretence
from govcrawl.crawl.reading import content_type
from govcrawl.crawl.second_look import is_single, look_again
from govcrawl.crawl.seconds import settle_seconds
from govcrawl.crawl.session import LEFT_ALONE, SETTLED, PortalCrawl, Session
from govcrawl.crawl.watch import TookTooLong, Watch
from govcrawl.crawl.ways import note_refusal, note_unread
from govcrawl.crawl.whole import is_cut
from govcrawl.discovery import Found, Kind, Page, Step
from govcrawl.discovery.bounds import is_data, within_bytes
from govcrawl.discovery.dialects import dialect_of
from govcrawl.discovery.missing import leave_open
from govcrawl.discovery.refusals import Refusal, may_be_none, recognise, soft_404
from govcrawl.documents.encoding import decode
from govcrawl.model import Entry, EntryState
from govcrawl.reading import Task
from govcrawl.store.ledger import note_entries
from govcrawl.store.retries import RETRIED

log = logging.getLogger(__name__)

LARGEST_PAGE = 16 * 2**20
"""Bytes of a page that is looked through for links, unpacked; files may be as large as DOWNLOAD_MAXSIZE."""

DOUBTFUL = 64 * 2**10
"""Bytes of a page up to which no markup takes a parser long."""

OVERLONG = 3
"""Pages that take too long to look through, after which no more is asked for: each costs all portals time."""

_FILES = frozenset({Kind.REPORT, Kind.ATTACHMENT})


def request_for(
    crawl: PortalCrawl, step: Step, callback: Callable[..., Any], errback: Callable[..., Any]
) -> Request:
    """The Scrapy request of a step. Discovery has made sure that no page is asked for twice."""
    target = step.target
    log.debug("%s: %s %s because %s", crawl.portal.key, target.method, target.url, step.reason)
    return Request(
        target.url,
        callback=callback,
        errback=errback,
        method=target.method,
        body=target.body,
        headers=_headers(step),
        priority=int(step.score),
        dont_filter=True,
        meta={
            "portal": crawl.portal.key,
            "reason": step.reason,
            "kind": step.kind.value,
            **({} if step.kind in _FILES else {"download_maxsize": LARGEST_PAGE}),
        },
        cb_kwargs={"step": step, "portal": crawl.portal.key},
    )


def page_of(
    session: Session, crawl: PortalCrawl, step: Step, response: Response, watch: Watch
) -> Callable[[], Page] | None:
    """The page of a response, parsed when called for; None for a refusal or a page that says it is none.

    The call raises TookTooLong.
    """
    _, declared = content_type(response)
    if len(response.body) < 20_000:
        text = decode(response.body, declared).text
        refusal = recognise(response.status, headers_of(response), text)
        if refusal is not None:
            _refused(session, crawl, step, response, refusal)
            return None
        if step.entry is not None and may_be_none(text) and _says_so(text, response, declared):
            close(session, crawl, step.entry, EntryState.GONE, "the page says that it does not exist")
            return None
    crawl.answer(looked=step.kind is Kind.LOOK)
    if step.entry is not None:
        crawl.answered = response.url
    else:
        crawl.outage.page(response.url, response.body)
    if step.kind is Kind.LOOK:
        return None
    return partial(watch.over, _looked_at, response.url, response.body, declared)


def _says_so(text: str, response: Response, declared: str | None) -> bool:
    """Whether a page says that it is none."""
    return soft_404(text, Page.parse(response.url, response.body, declared).visible_text)


async def try_parsing(session: Session, response: Response) -> None:
    """Have a large page parsed by a reader first, which can be ended. TookTooLong where that takes long.

    A tag of 300,000 attributes takes a parser minutes.
    """
    content, _ = within_bytes(response.body)
    if is_data(content):
        return  # its own parser holds every answer of LARGEST_PAGE
    if len(content) <= DOUBTFUL or not session.readers.processes or not isinstance(response, TextResponse):
        return
    task = Task(content, response.url, charset=content_type(response)[1], look=True)
    answer = await session.stop.unless_hurried(session.readers.reading(task))
    if answer.failed:
        raise TookTooLong("takes too long to parse")


def _looked_at(url: str, content: bytes, declared: str | None) -> Page:
    """A page whose system is told, which takes time and is asked for everywhere."""
    page = Page.parse(url, content, declared)
    dialect_of(page)
    return page


def _refused(session: Session, crawl: PortalCrawl, step: Step, response: Response, refusal: Refusal) -> None:
    """Take note of a refusal that came with a status of success: what was asked for remains unread."""
    crawl.refuse(f"{refusal} at {response.url}")
    note_refusal(session, crawl, response, refusal)
    note_unread(session, crawl, step, str(refusal))
    if step.entry is not None:
        close(session, crawl, step.entry, EntryState.BLOCKED, str(refusal))
    elif crawl.read and _is_last_way(step):
        _note_lost(crawl, step, str(refusal))
    if step.kind is not Kind.START:
        crawl.discovery.failed(step)


def unmasked(
    session: Session, crawl: PortalCrawl, step: Step, page: Page, response: Response, watch: Watch
) -> bool:
    """Whether the page at a report's address is no document at all, and has been dealt with as such."""
    if step.entry is None or (found := watch.over(pretence, crawl, step, page, response)) is None:
        return False
    if found.onward is not None:
        crawl.discovery.frontier.again(found.onward)
    else:
        close(session, crawl, step.entry, found.state, found.reason)
    if found.refusal is not None:
        crawl.refuse(f"{found.refusal} at {response.url}")
        note_refusal(session, crawl, response, found.refusal)
    return True


def note_found(session: Session, crawl: PortalCrawl, step: Step, found: Found, response: Response) -> None:
    """Put new report links into the ledger, and onto the plan those that are not stored yet."""
    entries = [entry for entry in found.entries if session.plan.wants(entry.year)]
    crawl.skipped_years += len(found.entries) - len(entries)
    before = session.store.states_of([entry.url for entry in entries])
    seen = validators_in(response, kept(session, response).sha256)
    note_entries(session.store.db, entries, session.run_id, seen, paging_of(crawl, step, response.url))
    states = session.store.states_of([entry.url for entry in entries])
    settled = LEFT_ALONE if crawl.discovery.recalling else SETTLED
    for entry in entries:
        if states[entry.url] in settled:
            crawl.counts["rejected"] += states[entry.url] is EntryState.REJECTED
        elif states[entry.url] not in RETRIED and entry.url not in crawl.discovery.seconds.of:
            # those to be retried have failed just now, or are not due yet
            # what refused us in an earlier run must not end this one before the others were asked
            crawl.discovery.want(entry, last=before.get(entry.url) is EntryState.BLOCKED)


def wanted_leftovers(session: Session, crawl: PortalCrawl) -> bool:
    """Plan once what an earlier run discovered and never finished, then second addresses; whether any was."""
    if not crawl.read:
        return False
    if crawl.leftovers_planned:
        return settle_seconds(session.store, session.run_id, crawl.discovery)
    crawl.leftovers_planned = True
    leftovers = [
        entry
        for entry in session.store.unfinished_entries(crawl.portal.key, session.run_id)
        if session.plan.wants(entry.year) and not crawl.discovery.planned(entry)
    ]
    for entry in leftovers:
        crawl.discovery.want(entry)
    return bool(leftovers) or settle_seconds(session.store, session.run_id, crawl.discovery)


def note_trouble(session: Session, crawl: PortalCrawl, step: Step, failure: Failure) -> None:
    """Write down why a request brought nothing, and let discovery take another way."""
    why = trouble(failure)
    log.info("%s: %s: %s", crawl.portal.key, step.target.url, why.reason)
    note_unread(session, crawl, step, why.reason)
    if why.refused:
        crawl.refuse(f"{why.reason} at {step.target.url}", single=is_single(crawl, step, why, failure))
        look_again(crawl, step)
        if why.refusal is not None and isinstance(failure.value, HttpError):
            note_refusal(session, crawl, failure.value.response, why.refusal)
    elif not crawl.read and step.kind in {Kind.START, Kind.SPLASH}:
        if why.forbidden:
            crawl.blocked = f"{why.reason} at {step.target.url}"
        crawl.unreachable = crawl.unreachable or f"{step.target.url}: {why.reason}"
    if why.rest is not None:
        crawl.postpone(step.target.url, why.rest)
    if step.entry is not None:
        if why.rest is None:
            close(session, crawl, step.entry, why.state, why.reason)
    elif crawl.read and is_list_lost(step, why):
        _note_lost(crawl, step, why.reason)
    if why.rest is not None and (crawl.stopped or step.target.fallback is None):
        return  # not asked, so nothing was learned: what is remembered of the portal stays
    no = why.refused or why.forbidden
    if not (no and step.kind is Kind.START):  # a refusal over one scheme holds for the other
        crawl.discovery.failed(step)


def is_list_lost(step: Step, why: Trouble) -> bool:
    """Whether a part of the column cannot be read: no other way to it is left, or has answered."""
    return _is_last_way(step) and why.state is not EntryState.GONE


def _is_last_way(step: Step) -> bool:
    return step.annual and not (step.target.fallback or step.answered)


def _note_lost(crawl: PortalCrawl, step: Step, reason: str) -> None:
    """Write down that a page of a list could not be read."""
    crawl.lists_failed += 1
    leave_open(crawl.discovery, step, reason)
    crawl.problems.append(f"{step.target.url}: {reason}")


def note_overlong(session: Session, crawl: PortalCrawl, step: Step, url: str, reason: str) -> None:
    """Write down that a page was given up while it was looked through; OVERLONG of them end the crawl."""
    log.warning("%s: %s: %s", crawl.portal.key, url, reason)
    note_unread(session, crawl, step, reason)
    leave_open(crawl.discovery, step, reason)
    crawl.lists_failed += 1
    crawl.overlong += 1
    crawl.problems.append(f"{url}: {reason}")
    if crawl.overlong >= OVERLONG:
        crawl.stopped = crawl.stopped or f"{crawl.overlong} pages took too long, the last: {url} {reason}"
    crawl.discovery.failed(step)


def note_cut(crawl: PortalCrawl, step: Step, response: Response, found: Found) -> bool:
    """Write down that a list's page broke off, whose rows so far were taken; whether it did."""
    if not is_cut(response) or not (step.annual or found.entries):
        return False
    _note_lost(crawl, step, "it breaks off")
    return True


def close(session: Session, crawl: PortalCrawl, entry: Entry, state: EntryState, reason: str) -> None:
    """Move an entry that brought nothing to its state in the ledger."""
    unlisted = entry.url in crawl.unlisted
    reached = session.store.close_entry(entry.url, state, reason, run_id=session.run_id, unlisted=unlisted)
    if state in (EntryState.GONE, EntryState.REJECTED):
        crawl.not_there(entry, reached, reason)
    else:
        crawl.counts[state.value] += 1
    if EntryState.GONE not in (state, reached) or reached is EntryState.FAILED:
        crawl.problems.append(f"{entry.url}: {reason}")


def _headers(step: Step) -> dict[str, str]:
    headers = {"Referer": step.target.referer} if step.target.referer else {}
    if step.target.method == "POST":
        data = "json" if step.target.body.startswith("{") else "x-www-form-urlencoded"
        headers["Content-Type"] = f"application/{data}; charset=UTF-8"
        headers["X-Requested-With"] = "XMLHttpRequest"
    return headers
