"""A page saved with its images in one mail-like file (.mht), which Word and WPS also save under .doc."""

from __future__ import annotations

import email
import email.errors
import email.policy
from dataclasses import replace
from email.message import Message

from govcrawl.documents.encoding import decode
from govcrawl.documents.html import read_html
from govcrawl.documents.incomplete import cut_short
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Document

MAX_PARTS = 2_000


def read_mht(content: bytes) -> Document:
    """The document of the file's page. Raises UnreadableDocument for a file without one."""
    message = email.message_from_bytes(content.lstrip(b"\xef\xbb\xbf\r\n\t "), policy=email.policy.compat32)
    page = _page(message)
    if page is None:
        raise UnreadableDocument("saved web archive (MHT) without a page in it; save it as HTML again")
    payload = page.get_payload(decode=True)
    body = payload if isinstance(payload, bytes) else b""
    if not body.strip():
        raise UnreadableDocument("saved web archive (MHT) whose page is empty; save it as HTML again")
    document = read_html(decode(body, page.get_content_charset()))
    if any(isinstance(defect, email.errors.CloseBoundaryNotFoundDefect) for defect in message.defects):
        return replace(
            document, defects=(cut_short("the file ends before its closing boundary"), *document.defects)
        )
    return document


def _page(message: Message) -> Message | None:
    """The part that the others belong to: named as the start, else the first page, the longest of frames."""
    start = str(message.get_param("start") or "").strip("<> ")
    pages: list[Message] = []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            raise UnreadableDocument(f"saved web archive (MHT) with more than {MAX_PARTS:,} parts")
        if part.is_multipart() or part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        if start and str(part.get("Content-ID") or "").strip("<> ") == start:
            return part
        pages.append(part)
    framed = [page for page in pages if b"<frameset" not in _head(page)]
    return next(iter(framed or pages), None)


def _head(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload[:4096].lower() if isinstance(payload, bytes) else b""
