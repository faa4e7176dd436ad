"""A PDF with text to a Document: the glyphs and ruled lines of its pages, or what is recognised on them."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from govcrawl.documents.pdf_page import pdf_page
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
_TOP = 8


def read_pdf(content: bytes) -> Document:
    """Paragraphs and tables of all pages, page numbers and running heads left out.

    Raises UnreadableDocument for a damaged or protected file and for one without text (a scan).
    """
    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        protected = "password" in str(error).lower()
        reason = "password-protected; ask the office for an open copy" if protected else f"damaged ({error})"
        raise UnreadableDocument(f"PDF {reason}") from error
    try:
        file.init_forms()
        count = len(file)
        read = [pdf_page(file, number) for number in range(min(count, MAX_PAGES))]
        pages = [page for page, _ in read]
        noted = list(_recognise(file, pages))
    finally:
        file.close()
    blocks, removed = blocks_of_pages(pages)
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    defects = (*_defects(count, sum(unseen for _, unseen in read)), *noted)
    return Document(
        "pdf", tuple(blocks), titles=title_candidates(first), defects=defects, removed=tuple(removed)
    )


def _defects(pages: int, unseen: int) -> Iterator[Finding]:
    if pages > MAX_PAGES:
        yield Finding("page_cut", "document", f"read up to page {MAX_PAGES} of {pages}")
    if unseen:
        told = f"{unseen} characters lost; install a Chinese font (Debian: fonts-noto-cjk) and read it again"
        yield Finding("characters_without_font", "document", told)


def _recognise(file: pypdfium2.PdfDocument, pages: list[PrintedPage]) -> Iterator[Finding]:
    """Put pages that are pictures of text in place of those without it, and say so."""
    glyphs = sum(len(page.glyphs) for page in pages)
    private = sum("\ue000" <= glyph.text <= "\uf8ff" for page in pages for glyph in page.glyphs)
    unnamed = private * 20 > glyphs > 0
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
    read = recognised_pages(file, scans)
    for number, result in read.items():
        pages[number] = result.page
    yield from recognition_findings(list(read.values()))
    if len(read) < len(scans):
        yield Finding("page_cut", "document", f"{len(read)} of {len(scans)} scanned pages read")
