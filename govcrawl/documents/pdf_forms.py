"""Pages of a PDF whose fields hold text: what was typed into them is put among what is printed."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium

from govcrawl.documents.left_out import left_out

_MOST = 5_000  # fields and notes of a page


def page_as_filled_in(file: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """A page with its filled-in fields, stamps and notes as they are seen; in a file without fields as it is.

    Raises pypdfium2.PdfiumError for a page that cannot be loaded.
    """
    page = file[number]
    if file.formenv is None:
        return page
    count = pdfium.FPDFPage_GetAnnotCount(page.raw)
    if count > _MOST:
        left_out(f"fields of a page with more than {_MOST:,}")
        return page
    if not any(_is_field(page, index) for index in range(count)):
        return page
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return file[number]


def _is_field(page: pypdfium2.PdfPage, index: int) -> bool:
    note = pdfium.FPDFPage_GetAnnot(page.raw, index)
    if not note:
        return False
    try:
        return bool(pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET)
    finally:
        pdfium.FPDFPage_CloseAnnot(note)
