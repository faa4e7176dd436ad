"""Bytes to Document, whatever the container: everything after this door knows nothing of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from govcrawl.documents.bundles import BUNDLES, Member, documents_among, members
from govcrawl.documents.comma_rows import read_comma_rows
from govcrawl.documents.converting import read_or_convert
from govcrawl.documents.cut import breaks_off
from govcrawl.documents.docx import read_docx
from govcrawl.documents.dump import read_dump
from govcrawl.documents.encoding import decode
from govcrawl.documents.html import read_html
from govcrawl.documents.incomplete import missing_parts, ole_refusal
from govcrawl.documents.left_out import telling, what_is_left_out, with_cuts
from govcrawl.documents.mht import read_mht
from govcrawl.documents.ofd import read_ofd
from govcrawl.documents.office_xml import read_flat_package, read_sheet_xml, read_word_xml
from govcrawl.documents.pdf import read_pdf
from govcrawl.documents.pdf_attached import files_within, is_cover
from govcrawl.documents.rtf import read_rtf
from govcrawl.documents.scanned import read_image
from govcrawl.documents.sheets import read_sheets
from govcrawl.documents.sniff import source_type
from govcrawl.documents.word97 import read_doc
from govcrawl.documents.zipped import Zipped
from govcrawl.errors import ProtectedDocument, UnreadableDocument
from govcrawl.model import Document, Finding

__all__ = ["BUNDLES", "Member", "documents_among", "members", "read_document", "source_type"]

_DEEPEST = 4  # files within files
MAX_MARKUP = 8 * 2**20
_MARKUP = frozenset(("html", "txt"))
_IMAGE = re.compile(rb"data:image/[a-z+.-]{1,20};base64,[A-Za-z0-9+/=\s]+")
_BREAKS_OFF = Finding(
    "page_breaks_off", "document", "ends in the midst of its text, so there may have been more"
)


@dataclass(frozen=True, slots=True)
class _Source:
    content: bytes
    name: str
    charset: str | None


def read_document(
    content: bytes, *, name: str = "", media_type: str | None = None, charset: str | None = None
) -> Document:
    """The document in ``content``: its blocks in reading order, what it says about itself, its links.

    ``name`` is used in messages only; the kind is told by the content. ``media_type`` is what the transport
    said, ``charset`` the encoding it declared; both may be wrong.
    Raises UnreadableDocument, with one line saying what was found, when there is nothing that can be read.
    """
    label = name or "document"
    if not content:
        raise UnreadableDocument(f"{label}: empty file; fetch or export it again")
    if not content.strip(b"\x00"):
        raise UnreadableDocument(f"{label}: only NUL bytes in the file, its text is lost; fetch it again")
    if not content.strip(b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf"):
        raise UnreadableDocument(f"{label}: only white space in the file; fetch or export it again")
    kind = source_type(content)
    if kind in BUNDLES:
        return _only_document(content, label, kind)
    reader = _READERS.get(kind)
    if reader is None:
        raise UnreadableDocument(f"{label}: {_refusal(kind, media_type)}")
    try:
        _refuse_large(kind, content)
        read = partial(reader, _Source(content, label, charset))
        document = telling(partial(read_or_convert, kind, content, read))
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{label}: {error}") from error
    if not document.blocks and not document.links:
        cuts = "".join(f"; {defect.detail}" for defect in document.defects if defect.kind == "page_cut")
        raise UnreadableDocument(f"{label}: no text in this {kind} file{cuts}; open it to see what it shows")
    if kind == "pdf" and label.count("#") < _DEEPEST and is_cover(document):
        files, told = what_is_left_out(partial(files_within, content))
        if found := documents_among(files):
            within = _only_one(found, label, "PDF with", "save them from it and ingest each")
            return with_cuts(within, told)
        document = with_cuts(document, told)
    defects = (*_damage(document), *missing_parts(kind, content), *document.defects)
    return replace(document, defects=defects)


def _refuse_large(kind: str, content: bytes) -> None:
    """Raise UnreadableDocument for markup larger than any page, the images written into it not counted."""
    if kind not in _MARKUP or len(content) <= MAX_MARKUP:
        return
    size = len(_IMAGE.sub(b"", content))
    if size > MAX_MARKUP:
        raise UnreadableDocument(f"{kind} of {size:,} bytes, at most {MAX_MARKUP:,} are read; split it")


def _only_document(content: bytes, label: str, kind: str) -> Document:
    """The document of an archive that holds just one; several are read one by one through ``members``."""
    try:
        found = list(members(content))
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{label}: {error}") from error
    documents = documents_among(found)
    if documents:
        return _only_one(documents, label, f"{kind.upper()} archive of", "ingest it to read each")
    problem = next((member for member in found if member.problem), None)
    reason = (
        f"{problem.name}: {problem.problem}" if problem else f"none of its {len(found)} files is a document"
    )
    raise UnreadableDocument(f"{label}: {kind.upper()} archive: {reason}")


def _only_one(documents: list[Member], label: str, what: str, step: str) -> Document:
    if len(documents) > 1:
        raise UnreadableDocument(f"{label}: {what} {len(documents)} documents; {step}")
    return read_document(documents[0].content, name=f"{label}#{documents[0].name}")


def _damage(document: Document) -> Iterator[Finding]:
    if "+" in (document.charset or ""):
        yield Finding("mixed_encodings", "document", f"parts in {document.charset}")
    if document.replaced:
        yield Finding("undecodable_bytes", "document", f"{document.replaced} characters cannot be read")


def _html(source: _Source) -> Document:
    document = read_html(decode(source.content, source.charset))
    return (
        replace(document, defects=(_BREAKS_OFF, *document.defects))
        if breaks_off(source.content)
        else document
    )


def _txt(source: _Source) -> Document:
    decoded = decode(source.content, source.charset)
    return read_comma_rows(decoded) or read_dump(decoded)


def _ole(source: _Source) -> Document:
    raise ole_refusal(source.content)


def _open_document(source: _Source) -> Document:
    parts = Zipped(source.content)
    if b"encryption-data" in (parts.read("META-INF/manifest.xml") or b""):
        raise ProtectedDocument("password-protected; ask the office for an open copy")
    parts.read("content.xml")  # says so where it is damaged
    raise UnreadableDocument(
        "an OpenDocument file, which only LibreOffice reads; or save it as .docx or .xlsx"
    )


def _uniform_format(_: _Source) -> Document:
    raise UnreadableDocument("a file in UOF, which only LibreOffice reads; or save it as .docx or .xlsx")


_READERS: dict[str, Callable[[_Source], Document]] = {
    "html": _html,
    "txt": _txt,
    "pdf": lambda source: read_pdf(source.content),
    "ole": _ole,
    "odt": _open_document,
    "ods": _open_document,
    "uot": _uniform_format,
    "uos": _uniform_format,
    "ofd": lambda source: read_ofd(source.content),
    "doc": lambda source: read_doc(source.content),
    "docx": lambda source: read_docx(source.content),
    "image": lambda source: read_image(source.content),
    "rtf": lambda source: read_rtf(source.content),
    "mht": lambda source: read_mht(source.content),
    "wordml": lambda source: read_word_xml(source.content),
    "flat opc": lambda source: read_flat_package(source.content),
    "excel xml": lambda source: read_sheet_xml(source.content),
    "xls": lambda source: read_sheets(source.content, "xls"),
    "xlsx": lambda source: read_sheets(source.content, "xlsx"),
}

_SPOKEN = {"binary": "binary data of no known kind"}


def _refusal(kind: str, media_type: str | None) -> str:
    stated = f" (served as {media_type})" if media_type else ""
    if kind in _SPOKEN:
        return f"{_SPOKEN[kind]}{stated}; nothing to read"
    if kind in ("7z", "gzip"):
        return f"{kind.upper()} archive{stated}; unpack it and ingest the files"
    return f"{kind.upper()}{stated} is not read; save it as PDF, Word or HTML to ingest it"
