"""A reader's refusal of an old office format is not the last word: LibreOffice may still open the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from govcrawl.documents.docx import read_docx
from govcrawl.documents.libreoffice import converted, is_allowed
from govcrawl.documents.sheets import read_sheets
from govcrawl.errors import ProtectedDocument, UnreadableDocument
from govcrawl.model import Document, Finding

# Kind of file, the ending that it is converted under, what it is converted to.
_CONVERTED = {
    "doc": ("doc", "docx"),
    "ole": ("wps", "docx"),
    "rtf": ("rtf", "docx"),
    "wordml": ("doc", "docx"),
    "xls": ("xls", "xlsx"),
    "xlsx": ("xlsx", "xlsx"),
    "odt": ("odt", "docx"),
    "ods": ("ods", "xlsx"),
    "uot": ("uot", "docx"),
    "uos": ("uos", "xlsx"),
}


def read_or_convert(kind: str, content: bytes, read: Callable[[], Document]) -> Document:
    """What ``read`` makes of the file, or of its conversion where it refuses an old format.

    The document's ``source_type`` stays the file's own. Raises UnreadableDocument where nothing reads it.
    """
    try:
        return _read(kind, read)
    except ProtectedDocument:
        raise
    except UnreadableDocument as error:
        if kind not in _CONVERTED or not is_allowed():
            raise
        return _converted(kind, content, str(error))


def _read(kind: str, read: Callable[[], Document]) -> Document:
    try:
        return read()
    except UnicodeDecodeError as error:  # an XML parser that recovers keeps bytes that are no characters
        reason = f"damaged {kind} file ({error.reason} in its text); fetch it again"
        raise UnreadableDocument(reason) from error


def _converted(kind: str, content: bytes, refusal: str) -> Document:
    source, target = _CONVERTED[kind]
    try:
        made = converted(content, source, target)
        document = read_docx(made) if target == "docx" else read_sheets(made, target)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{refusal}; {error}") from error
    if not document.blocks:
        raise UnreadableDocument(f"{refusal}; LibreOffice finds no text in it either")
    note = Finding("converted", "document", f"read through LibreOffice: {refusal}")
    kept = "doc" if kind == "ole" else kind
    return replace(document, source_type=kept, defects=(note, *document.defects))
