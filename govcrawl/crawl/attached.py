"""Files attached to report pages in the crawl: asked for where a page lacks its report or its tables.

A page waits in its portal's ``pursuits`` until its files are there or have failed; its entry's state is
written once, with what came of both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from scrapy.http import TextResponse
from scrapy.spidermiddlewares.httperror import HttpError

from govcrawl.attachments.candidates import Candidate, How, candidates
from govcrawl.attachments.choice import (
    TRIES,
    Need,
    Sought,
    Wanted,
    are_several,
    is_list,
    need_of,
    pictures_of,
    worth_asking,
)
from govcrawl.attachments.details import details
from govcrawl.attachments.names import file_name
from govcrawl.attachments.reading import missing
from govcrawl.crawl.conditional import validators_in
from govcrawl.crawl.failures import headers_of, trouble
from govcrawl.crawl.instead import inner, is_document, is_elsewhere, is_of_another, not_of_another
from govcrawl.crawl.keeping import UNCHANGED, kept
from govcrawl.crawl.portal import try_parsing
from govcrawl.crawl.pretenders import not_there
from govcrawl.crawl.pursuits import Pursuit, settled
from govcrawl.crawl.reading import Reading, content_type
from govcrawl.crawl.unpacked import documents_in, each_of
from govcrawl.crawl.watch import TookTooLong, Watch
from govcrawl.crawl.ways import note_refusal
from govcrawl.discovery import Kind, Page, Step, Target
from govcrawl.discovery.refusals import recognise, soft_404
from govcrawl.documents import source_type
from govcrawl.documents.scanned import is_available, next_step
from govcrawl.model import EntryState, FetchedFile, Status
from govcrawl.reading import task_of
from govcrawl.reports.titles import negative_class, report_title
from govcrawl.store.archived import note_validators, source_of
from govcrawl.store.sqlite import write

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.crawl.session import PortalCrawl, Session

MOST_OF_ALL = 10
"""Files of one page that are asked for when all are wanted."""

_HOPS = 2  # pages between a report's page and its file: a viewer, a page with the download's link
_BEFORE_ALL = 99.0  # the score: a page is settled before the next one is asked for
_SHORT = 20_000  # bytes; no refusal is longer


def pursue(
    session: Session, crawl: PortalCrawl, reading: Reading, page: Callable[[], Page], response: Response,
    watch: Watch,
) -> bool:  # fmt: skip
    """Ask for the files that a page's report is to be taken from; False where there are none or no need."""
    wanted, need = session.attachments, need_of(reading.report)
    if wanted is Wanted.NONE or not isinstance(response, TextResponse):
        return False
    if need is Need.NOTHING and wanted is Wanted.NEEDED:
        return False
    seen = page()
    found = watch.over(_chosen, seen, reading, need, wanted)
    inside = [one for one in found if crawl.discovery.scope.allows(one.url)]
    if not inside:
        _note_outside(crawl, reading, found, need)
        return False
    pursuit = crawl.pursuits[reading.entry.url] = Pursuit(response.body, reading, need, inside)
    _ask_next(crawl, pursuit)
    return True


async def received(session: Session, crawl: PortalCrawl, step: Step, response: Response) -> Sequence[Reading]:
    """A file came: the readings that this settles, the page's among them; none while another is awaited."""
    pursuit = _pursuit_of(crawl, step)
    crawl.read += 1
    watch = Watch()
    try:
        if source_type(response.body) == "html":
            await try_parsing(session, response)
        page = _no_file(session, crawl, pursuit, step, response, watch)
    except TookTooLong as error:
        pursuit.troubles[step.target.url] = (EntryState.FAILED, f"a page came instead of a file and {error}")
        return _and_next(crawl, pursuit)
    if page is None:
        found = await documents_in(session, response.body)
        if are_several([PurePosixPath(one.name).stem for one in found]):
            del crawl.pursuits[pursuit.reading.entry.url]
            return await each_of(session, pursuit.reading, step.target.url, found)
        _keep(session, pursuit, step, response)
        if pursuit.waiting and pursuit.asked is not None and pursuit.asked.how is How.IMAGE:
            return _and_next(crawl, pursuit)  # the pages of a scan are read together
        task = task_of(pursuit.content, pursuit.reading.source, tuple(pursuit.files))
        pursuit.answer = await session.stop.unless_hurried(session.readers.reading(task))
        enough = session.attachments is not Wanted.ALL and need_of(pursuit.answer.report) is Need.NOTHING
        pursuit.waiting = [] if enough else pursuit.waiting
    elif not pursuit.troubles.get(step.target.url):
        _look_inside(crawl, pursuit, page)
    return _and_next(crawl, pursuit)


def _and_next(crawl: PortalCrawl, pursuit: Pursuit) -> Sequence[Reading]:
    reading = _next(crawl, pursuit)
    return [reading] if reading is not None else []


def missed(session: Session, crawl: PortalCrawl, step: Step, failure: Failure) -> Reading | None:
    """A file could not be fetched: the page's reading when nothing is left to ask for."""
    pursuit, why = _pursuit_of(crawl, step), trouble(failure)
    if why.refused:
        crawl.refuse(f"{why.reason} at {step.target.url}")
        if why.refusal is not None and isinstance(failure.value, HttpError):
            note_refusal(session, crawl, failure.value.response, why.refusal)
    if why.rest is not None:  # not asked: the entry stays pending, and its page is read again in the next run
        crawl.postpone(step.target.url, why.rest)
        del crawl.pursuits[pursuit.reading.entry.url]
        return None
    pursuit.troubles[step.target.url] = (why.state, why.reason)
    return _next(crawl, pursuit)


def _chosen(page: Page, reading: Reading, need: Need, wanted: Wanted) -> list[Candidate]:
    found = candidates(page.root, page.url, page.text)
    if need is Need.REPORT and not any(one.sure and not one.aside for one in found):
        found += details(page)
    title = _title_of(page, reading)
    named, told = negative_class(title) is not None, report_title(title)
    drawn = _is_drawn(reading, need) and told is not None and not named
    chosen = worth_asking(found, Sought(need, told, named=named, pictures=drawn and is_available()))
    if drawn and need is Need.REPORT and not chosen:
        why = f"a picture, not asked for; {next_step()}"
        _leave(reading, [(one.url, why) for one in pictures_of(found)[:TRIES]])
    if wanted is Wanted.ALL and not is_list(found):
        others = [one for one in found if one.sure and not one.aside and one.how is not How.IMAGE]
        chosen = [*chosen, *(one for one in others if one not in chosen)][:MOST_OF_ALL]
    return chosen


def _is_drawn(reading: Reading, need: Need) -> bool:
    """Whether what a page lacks may stand on it as pictures."""
    facts = reading.report.facts if reading.report is not None else ()
    return need is Need.REPORT or any(fact.status is Status.IMAGE for fact in facts)


def _title_of(page: Page, reading: Reading) -> str:
    """The title of a report's page: as it was read, as its listing has it, or as its window says."""
    entry = reading.entry
    known = (reading.report.title if reading.report else "", entry.title, page.title)
    return next((title for title in known if report_title(title) is not None), entry.title or page.title)


def _note_outside(crawl: PortalCrawl, reading: Reading, found: list[Candidate], need: Need) -> None:
    """Say of a page whose only file lies on another host that its report was not read."""
    if not found or need is not Need.REPORT:
        return
    crawl.discovery.gaps.row(found[0].url)
    _leave(reading, [(found[0].url, "lies outside the portal; name its host under hosts in a registry row")])


def _leave(reading: Reading, unread: Sequence[tuple[str, str]]) -> None:
    """Say of a page why files that may hold its report were not asked for: it has failed."""
    if not unread:
        return
    if reading.source.given is not None:
        given = replace(reading.source.given, unread=tuple(unread))
        reading.source = replace(reading.source, given=given)
    reading.reason, reading.failed = missing(unread, reading.reason), True


def _ask_next(crawl: PortalCrawl, pursuit: Pursuit) -> None:
    one = pursuit.asked = pursuit.waiting.pop(0)
    entry = pursuit.reading.entry
    reason = f"attached to {entry.url}, which lacks {pursuit.need}: «{one.name or one.url}»"
    if pursuit.need is Need.NOTHING:
        reason = f"attached to {entry.url}: «{one.name or one.url}»"
    target = Target(one.url, referer=one.page)
    crawl.discovery.frontier.mark(one.url)
    crawl.discovery.frontier.again(
        Step(target, Kind.ATTACHMENT, _BEFORE_ALL, reason, annual=True, entry=entry)
    )


def _pursuit_of(crawl: PortalCrawl, step: Step) -> Pursuit:
    assert step.entry is not None
    return crawl.pursuits[step.entry.url]


def _no_file(
    session: Session, crawl: PortalCrawl, pursuit: Pursuit, step: Step, response: Response, watch: Watch
) -> Page | None:
    """The page that came instead of a file, with what that means noted in ``troubles``; None for a file."""
    if not isinstance(response, TextResponse) or source_type(response.body) != "html":
        return None
    page = watch.over(Page.parse, response.url, response.body, content_type(response)[1])
    refusal = (
        recognise(response.status, headers_of(response), page.text) if len(response.body) < _SHORT else None
    )
    if refusal is not None:
        crawl.refuse(f"{refusal} at {response.url}")
        note_refusal(session, crawl, response, refusal)
        pursuit.troubles[step.target.url] = (EntryState.BLOCKED, str(refusal))
        return page
    if watch.over(lambda: soft_404(page.text, page.visible_text)):
        pursuit.troubles[step.target.url] = (EntryState.GONE, "the page says that it does not exist")
        return page
    crawl.refused = 0
    belongs_to = report_title(_title_of(page, pursuit.reading))
    if is_of_another(pursuit.asked, page, belongs_to):
        told = f"the page of another report came: «{page.title[:100]}»"
        pursuit.troubles[step.target.url] = (EntryState.FAILED, told)
        return page
    if (gone := watch.over(not_there, crawl, step, page)) is not None:
        pursuit.troubles[step.target.url] = (EntryState.GONE, gone)
        return page
    if watch.over(is_document, pursuit.asked, page):
        return None
    if is_elsewhere(pursuit.asked, page):
        told = f"a page of the site came that is no report: «{page.title[:100]}»"
        pursuit.troubles[step.target.url] = (EntryState.FAILED, told)
    else:
        pursuit.inner = not_of_another(watch.over(inner, page), belongs_to)
    return page


def _look_inside(crawl: PortalCrawl, pursuit: Pursuit, page: Page) -> None:
    """Go on to the file that a viewer shows."""
    pursuit.hops += 1
    inside = [one for one in pursuit.inner if crawl.discovery.scope.allows(one.url)]
    if pursuit.hops > _HOPS or not inside:
        pursuit.troubles[page.url] = (EntryState.FAILED, "a page came that shows no file of this portal")
    else:
        pursuit.waiting.insert(0, inside[0])


def _keep(session: Session, pursuit: Pursuit, step: Step, response: Response) -> None:
    """Note where a file lies in the archive, and keep it for reading."""
    media_type, charset = content_type(response)
    label = pursuit.asked.name if pursuit.asked is not None else ""
    name = _known_name(session, pursuit, step.target.url) if UNCHANGED in response.flags else None
    name = name or file_name(label, "", response.headers.get("Content-Disposition") or b"", step.target.url)
    record = kept(session, response)
    with write(session.store.db):
        note_validators(session.store.db, validators_in(response, record.sha256))
    pursuit.records.append(record)
    pursuit.files.append(FetchedFile(response.body, step.target.url, name, media_type, charset))


def _known_name(session: Session, pursuit: Pursuit, url: str) -> str | None:
    """What an unchanged file was called when it was sent: a 304 comes without Content-Disposition."""
    known = source_of(session.store.db, pursuit.reading.entry.url)
    files = known.given.files if known is not None and known.given is not None else ()
    return next((file.name for file in files if file.url == url), None)


def _next(crawl: PortalCrawl, pursuit: Pursuit) -> Reading | None:
    """Ask for the next file, or settle the page."""
    if pursuit.waiting and not crawl.refused_too_often():
        _ask_next(crawl, pursuit)
        return None
    del crawl.pursuits[pursuit.reading.entry.url]
    return settled(pursuit)
