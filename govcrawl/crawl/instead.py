"""Pages that come in the place of a report's file: itself as HTML, a viewer, a notice, another page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from govcrawl.attachments.addresses import is_file
from govcrawl.attachments.candidates import Candidate, How, candidates
from govcrawl.discovery.rows import reads_like_report
from govcrawl.documents.answers import article_in_answer
from govcrawl.reports.titles import ReportTitle, report_title
from govcrawl.text import folded

if TYPE_CHECKING:
    from govcrawl.discovery import Page

_WORDY = 1_500  # characters; a viewer has fewer
_SUBJECT = "信息公开"
_MENU = 3  # links; a word processor's HTML has none to other pages
_CELLS = re.compile("本年新收|不予公开|制发件数|结果维持|主动公开(?:政府)?信息数")


def is_document(asked: Candidate | None, page: Page) -> bool:
    """Whether a page is itself what was asked for: a report in a frame, or a word processor's HTML.

    What a link led to that does not look like a file's is another page of the site, perhaps another report. A
    few words that have nothing to do with one are a notice in the file's place: of maintenance, of a wall.
    """
    if asked is not None and asked.how is How.ANSWER:
        return article_in_answer(page.text) is not None
    if asked is None or not (asked.how in (How.FRAME, How.VIEWER) or is_file(asked.url)):
        return False
    if _is_of_site(asked, page):
        return _holds_report(page)
    if len(page.visible_text) >= _WORDY:
        return True
    return not inner(page) and (page.root.find(".//table") is not None or _SUBJECT in page.visible_text)


def is_elsewhere(asked: Candidate | None, page: Page) -> bool:
    """Whether a page that is no document is a full page of the site, whose files are those of others."""
    return asked is not None and _is_of_site(asked, page) and len(page.visible_text) >= _WORDY


def _is_of_site(asked: Candidate, page: Page) -> bool:
    shown = asked.how in (How.FRAME, How.VIEWER)
    return not shown and is_file(asked.url) and len(page.links) >= _MENU


def _holds_report(page: Page) -> bool:
    return reads_like_report(page.visible_text) or _CELLS.search(page.visible_text) is not None


def inner(page: Page) -> list[Candidate]:
    """The files that a page shows or leads to for sure."""
    found = candidates(page.root, page.url, page.text)
    return [one for one in found if one.sure and not one.aside and one.how is not How.IMAGE]


def is_of_another(asked: Candidate | None, page: Page, told: ReportTitle | None) -> bool:
    """Whether a page that came for a file is titled as the report of another body or year.

    ``told`` is the title of the report that the file belongs to. A word processor's HTML is often titled as
    the document that it was made from, which it does not show.
    """
    own = report_title(page.title)
    if told is None or own is None:
        return False
    if len(page.links) < _MENU and not _shows(page, own):
        return False
    if asked is None or asked.how in (How.FRAME, How.VIEWER) or not is_file(asked.url):
        return False
    return _differ(own, told)


def not_of_another(found: Iterable[Candidate], told: ReportTitle | None) -> list[Candidate]:
    """The files of a page but those that are named as the report of another body or year than ``told``."""
    named = [(one, report_title(one.name)) for one in found]
    return [one for one, own in named if own is None or told is None or not _differ(own, told)]


def _differ(own: ReportTitle, told: ReportTitle) -> bool:
    if None not in (own.year, told.year) and own.year != told.year:
        return True
    names = [folded(title.agency) for title in (own, told) if title.agency]
    return len(names) == 2 and names[0] not in names[1] and names[1] not in names[0]


def _shows(page: Page, title: ReportTitle) -> bool:
    return folded(title.title) in folded(page.visible_text)
