"""A page and its attached files read as one report: what the page lacks is taken from the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from govcrawl.attachments.choice import Need, need_of, tables_of
from govcrawl.attachments.disagreements import disagreements, same_subject
from govcrawl.attachments.joining import described_by, with_tables_of
from govcrawl.documents import BUNDLES, documents_among, members, read_document, source_type
from govcrawl.documents.scanned import read_image
from govcrawl.errors import CutShort, NotAReport, UnreadableDocument
from govcrawl.model import Attachment, Document, FetchedFile, Finding, Report
from govcrawl.reports import Place, read_report
from govcrawl.reports.attached import attached

UNREAD = "attachment_unread"
"""Kind of the finding on a report whose file could not be read."""

_ENOUGH_SECTIONS = 3
_Troubles = dict[str, NotAReport | UnreadableDocument]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the listing and the registry say of a report; see ``read_report``."""

    title: str | None = None
    published: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class _Standing:
    """The report so far, the document it was read from, and which files it was taken from."""

    report: Report
    document: Document
    main: FetchedFile
    parts: tuple[FetchedFile, ...] = ()


def read_attached(page: FetchedFile, files: Sequence[FetchedFile], hints: Hints = Hints()) -> Report:
    """The report of a page with the files attached to it, in the order in which they were fetched.

    It is the page's own where that is whole; else that of the first file which is one, with the page's title
    and date of publication; tables that it lacks are taken from the others. ``attachments`` names every file
    with its role and hash, findings tell what could not be read and where page and files disagree.
    Raises UnreadableDocument where no report was found and something could not be read, else NotAReport.
    """
    troubles: _Troubles = {}
    described = _document(page, troubles)
    standing = _alone(page, described, hints, troubles) if described else None
    others: list[tuple[FetchedFile, Report]] = []
    for file, document in _documents(
        [one for packed in files for one in _opened(packed, troubles)], troubles
    ):
        own = _alone(file, described_by(document, described), hints, troubles)
        following = _better(standing, own, file, document, hints)
        if following is standing:
            others += [(file, own.report)] if own is not None else []
        elif standing is not None and following is not None and following.main is not standing.main:
            others.append((standing.main, standing.report))
        standing = following
    if standing is None:
        raise _no_report(troubles, page)
    return _finished(standing, page, files, described, others, troubles)


def with_unread(report: Report, unread: Sequence[tuple[str, str]]) -> Report:
    """A report with a finding for each attached file that could not be had, with the reason."""
    told = tuple(Finding(UNREAD, url, why) for url, why in unread)
    return replace(report, findings=(*report.findings, *told)) if told else report


def missing(unread: Sequence[tuple[str, str]], reason: str) -> str:
    """Why there is no report where files could not be had, and why what was read is none."""
    told = (f"its attachment {url}: {why}" for url, why in unread)
    return "; ".join((*told, reason))


def file_read(report: Report) -> str | None:
    """Address of the attached file that a report was read from, None where that is its page."""
    return report.evidence.get("attachment", "").partition("#")[0] or None


def _opened(file: FetchedFile, troubles: _Troubles) -> list[FetchedFile]:
    """The file itself, or the documents in it where it is an archive of several, as ``address#name``."""
    if source_type(file.content) not in BUNDLES:
        return [file]
    try:
        found = documents_among(list(members(file.content)))
    except UnreadableDocument as error:
        troubles[file.url] = error
        return []
    if len(found) < 2:
        return [file]
    return [FetchedFile(one.content, f"{file.url}#{quote(one.name)}", one.name) for one in found]


def _documents(files: Sequence[FetchedFile], troubles: _Troubles) -> Iterator[tuple[FetchedFile, Document]]:
    """Each file with its document; pictures are the pages of one document, under the first of them."""
    pictures = [file for file in files if source_type(file.content) == "image"]
    for file in files:
        if file not in pictures and (document := _document(file, troubles)) is not None:
            yield file, document
    if (whole := _pages_of_one(pictures)) is not None:
        yield pictures[0], whole
        return
    pages = [(file, page) for file in pictures if (page := _document(file, troubles)) is not None]
    if pages:
        blocks = tuple(block for _, page in pages for block in page.blocks)
        defects = tuple(defect for _, page in pages for defect in page.defects)
        yield pages[0][0], replace(pages[0][1], blocks=blocks, defects=defects)


def _pages_of_one(pictures: Sequence[FetchedFile]) -> Document | None:
    """The document whose pages are several pictures, None where one of them cannot be read."""
    if len(pictures) < 2:
        return None
    try:
        return read_image(*(file.content for file in pictures))
    except UnreadableDocument:
        return None  # they are read one by one then, and it is said of each what is wrong with it


def _document(file: FetchedFile, troubles: _Troubles) -> Document | None:
    try:
        return read_document(file.content, name=file.url, media_type=file.media_type, charset=file.charset)
    except UnreadableDocument as error:
        troubles[file.url] = error
        return None


def _alone(file: FetchedFile, document: Document, hints: Hints, troubles: _Troubles) -> _Standing | None:
    try:
        report = read_report(
            document, url=file.url, title=hints.title, published=hints.published, place=hints.place
        )
    except NotAReport as error:
        troubles[file.url] = error
        return None
    return _Standing(report, document, file)


def _better(
    known: _Standing | None, own: _Standing | None, file: FetchedFile, document: Document, hints: Hints
) -> _Standing | None:
    """The report once a further file is there: its own, the known one with its tables, or as before."""
    if known is None or need_of(known.report) is Need.NOTHING:
        return known or own
    held = tables_of(known.report)
    if own is not None and _is_whole(own.report) and tables_of(own.report) > held:
        return own
    joined = with_tables_of(known.document, document)
    if joined is None:
        return known
    try:
        report = read_report(
            joined, url=known.main.url, title=hints.title, published=hints.published, place=hints.place
        )
    except NotAReport:
        return known
    if not tables_of(report) > held:
        return known
    return _Standing(report, joined, known.main, (*known.parts, file))


def _is_whole(report: Report) -> bool:
    """Whether a report has its sections, and is no sheet of tables alone."""
    return len({section.number for section in report.sections if section.number}) >= _ENOUGH_SECTIONS


def _finished(
    standing: _Standing,
    page: FetchedFile,
    files: Sequence[FetchedFile],
    described: Document | None,
    others: Sequence[tuple[FetchedFile, Report]],
    troubles: _Troubles,
) -> Report:
    """The report with its attachments, and what is to be said of them."""
    report, main = standing.report, standing.main
    findings = [
        Finding(UNREAD, file.url, str(error))
        for file in files
        if isinstance(error := troubles.get(file.url), UnreadableDocument)
    ]
    others = [(other, own) for other, own in others if same_subject(report, own)]
    for other, own in others:
        findings += disagreements(report, own, other.url)
    parts = [file.url for file in standing.parts]
    read_from = parts if main is page else [main.url, *parts]
    evidence = {**report.evidence, "url": page.url}
    if main is not page:
        evidence["attachment"] = main.url
    if parts:
        evidence["tables_from"] = " ".join(parts)
    named = attached(described, (), bool(tables_of(report)), (), page.url) if described else ()
    rows = {row.url: row for row in (*(report.attachments if main is page else ()), *named)}
    roles = (("only_source", _bare(read_from)), ("twin", _bare(other.url for other, _ in others)))
    drawn = any(file.url in read_from and source_type(file.content) == "image" for file in files)
    for file in files:
        role = next((role for role, urls in roles if file.url in urls), "other")
        if role == "other" and drawn and source_type(file.content) == "image":
            role = "only_source"  # a further page of the one that the report was read from
        digest = hashlib.sha256(file.content).hexdigest()
        rows[file.url] = Attachment(file.url, file.name or file.url, file.media_type, digest, role)
    return replace(
        report,
        findings=(*report.findings, *findings),
        attachments=tuple(rows.values()),
        evidence=evidence,
    )


def _bare(urls: Iterable[str]) -> set[str]:
    """Addresses of fetched files, those of archives for their members."""
    return {url.partition("#")[0] for url in urls}


def _no_report(troubles: _Troubles, page: FetchedFile) -> NotAReport | UnreadableDocument:
    """Why neither page nor files are a report: what could not be read counts more than what is none."""
    own = troubles.get(page.url)
    files = [(url, error) for url, error in troubles.items() if url != page.url]
    told = "; ".join(f"its attachment {url}: {str(error).removeprefix(f'{url}: ')}" for url, error in files)
    unread = any(isinstance(error, UnreadableDocument | CutShort) for _, error in files) or not files
    if isinstance(own, NotAReport) and not files:
        return own
    words = "; ".join(filter(None, (str(own) if own and not unread else "", told))) or str(own)
    return UnreadableDocument(words) if unread else NotAReport(words)


__all__ = ["UNREAD", "Hints", "file_read", "missing", "read_attached", "with_unread"]
