"""A PDF with text to a Document: the glyphs and ruled lines of its pages, or what is recognised on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from govcrawl.documents.pdf_fonts import one_font_for_all
from govcrawl.documents.pdf_misnamed import take_misnamed
from govcrawl.documents.pdf_page import UNNAMED, pdf_page, signs_on
from govcrawl.documents.printed import PrintedPage, blocks_of_pages
from govcrawl.documents.scanned import (
    is_available,
    next_step,
    recognised_pages,
    recognition_findings,
    require,
    scanned_pages,
)
from govcrawl.documents.titles import title_candidates
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Document, Finding, Paragraph

MAX_PAGES = 300
_SHOWN_BY_ADOBE = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
_NOTE = 400  # characters: that another program is needed
_TOP = 8


def read_pdf(content: bytes) -> Document:
    """Paragraphs and tables of all pages, page numbers and running heads left out.

    Raises UnreadableDocument for a damaged or protected file and for one without text (a scan).
    """
    with one_font_for_all(), closing(_opened(content)) as file:
        count, form = len(file), file.get_formtype()
        read = [pdf_page(file, number) for number in range(min(count, MAX_PAGES))]
    read = list(_with_lone_signs(content, read))
    pages = [page for page, _ in read]
    if form in _SHOWN_BY_ADOBE and sum(len(page.glyphs) for page in pages) < _NOTE:
        raise UnreadableDocument("PDF is a form (XFA) that only Adobe's programs show; print it to PDF there")
    noted = list(_recognise(content, pages, take_misnamed(pages, UNNAMED)))
    blocks, removed = blocks_of_pages(pages)
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    defects = (*_defects(count, sum(unseen for _, unseen in read)), *noted)
    return Document(
        "pdf", tuple(blocks), titles=title_candidates(first), defects=defects, removed=tuple(removed)
    )


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        protected = "password" in str(error).lower()
        reason = "password-protected; ask the office for an open copy" if protected else f"damaged ({error})"
        raise UnreadableDocument(f"PDF {reason}") from error
    file.init_forms()
    return file


def _with_lone_signs(
    content: bytes, read: list[tuple[PrintedPage, int]]
) -> Iterator[tuple[PrintedPage, int]]:
    """The pages; one with texts that have no place is read again where these are more than lone spaces."""
    if not any(unseen for _, unseen in read):
        yield from read
        return
    with one_font_for_all(spaces=True), closing(_opened(content)) as file:
        for number, (page, unseen) in enumerate(read):
            more = unseen and signs_on(file, number) > len(page.glyphs) + len(page.watermark)
            yield pdf_page(file, number) if more else (page, 0)


def _defects(pages: int, lost: int) -> Iterator[Finding]:
    if pages > MAX_PAGES:
        yield Finding("page_cut", "document", f"read up to page {MAX_PAGES} of {pages}")
    if lost:
        told = (
            f"{lost} characters of fonts that are not in the file are lost; ask the office for one with them"
        )
        yield Finding("characters_without_font", "document", told)


def _recognise(content: bytes, pages: list[PrintedPage], misnamed: int) -> Iterator[Finding]:
    """Put pages that are pictures of text in place of those without it, and say so.

    ``misnamed`` characters have names that are not theirs: without them the others can still be read.
    """
    glyphs = sum(len(page.glyphs) for page in pages)
    private = sum("\ue000" <= glyph.text <= "\uf8ff" for page in pages for glyph in page.glyphs)
    unnamed = (private if is_available() else private - misnamed) * 20 > glyphs > 0
    lone = 0 if unnamed else sum(glyph.text == UNNAMED for page in pages for glyph in page.glyphs)
    if lone:
        told = f"{lone} of {glyphs} characters, which their fonts do not name, are written as U+E000"
        yield Finding("characters_without_font", "document", told)
    scans = list(range(len(pages))) if unnamed else scanned_pages(pages)
    if not scans or (not glyphs and not any(page.pictures or page.drawn for page in pages)):
        return
    if glyphs and not unnamed and not is_available():
        told = ", ".join(str(number + 1) for number in scans)
        yield Finding("scanned_pages", "document", f"not read: page {told}; {next_step()}")
        for number in scans:  # what a program once recognised on them
            pages[number].glyphs = [glyph._replace(uncertain=True) for glyph in pages[number].glyphs]
        return
    require(f"PDF without names for {private} of its {glyphs} characters" if unnamed else "PDF")
    with closing(_opened(content)) as file:
        read = recognised_pages(file, scans)
    for number, result in read.items():
        pages[number] = result.page
    yield from recognition_findings(list(read.values()))
    if len(read) < len(scans):
        yield Finding("page_cut", "document", f"{len(read)} of {len(scans)} scanned pages read")
