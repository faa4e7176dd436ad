"""The kind of a file by its content: names and headers of uploaded reports lie too often."""

from __future__ import annotations

import io
import re
import zipfile

_HEAD = 4096
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "bmp?"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
_ZIP_PARTS = (("ofd.xml", "ofd"), ("word/document", "docx"), ("xl/workbook.", "xlsx"), ("ppt/", "pptx"))
# An OpenDocument file begins with its media type as a part that is not packed.
_OPEN_DOCUMENT = re.compile(
    rb"PK\x03\x04.{26}mimetype.{0,64}?application/vnd\.oasis\.opendocument\.(text|spreadsheet)", re.DOTALL
)
_HTML_START = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]*\?>\s*)*<(?:!doctype\s+html|!--|[a-z][a-z0-9]*[\s>/])",
    re.I | re.S,
)
_HTML_TAGS = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta|title)\b", re.I)
_HTML_CLOSING = re.compile(rb"</(?:p|div|span|td|tr|table|li|a|h[1-6]|font|strong|b)\s*>", re.I)
# An answer of data that holds markup, escaped or not.
_ANSWER = re.compile(rb"\s*\{\s*\"[^\x00]{0,4000}?(?:<|\\u003[cC])(?:p|div|table|span|section|h[1-6])\b")
_MHT = re.compile(rb"multipart/related|Content-Location:|^Snapshot-Content", re.I | re.M)
_MAIL_HEADER = re.compile(rb"\s*[A-Za-z][A-Za-z-]{2,40}:[ \t<]")
_OFFICE_XML = (
    (re.compile(rb"<w:wordDocument\b"), "wordml"),
    (re.compile(rb"<pkg:package\b"), "flat opc"),
    (re.compile(rb"<office:document\b[^>]*opendocument\.text\""), "odt"),
    (re.compile(rb"<office:document\b[^>]*opendocument\.spreadsheet\""), "ods"),
    (re.compile(rb"<uof:UOF\b.{0,9000}\bvnd\.uof\.text\b", re.DOTALL), "uot"),
    (re.compile(rb"<uof:UOF\b.{0,9000}\bvnd\.uof\.spreadsheet\b", re.DOTALL), "uos"),
    (re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet"), "excel xml"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_WIDEST_BOMS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")  # the first begins as one of the above


def source_type(content: bytes) -> str:
    """One of html, txt, pdf, docx, doc, ofd, xls, xlsx, odt, ods, rtf, mht, wordml, flat opc, excel xml,
    uot, uos,
    zip, rar, image ... or ``binary``.

    Word and WPS binaries are both ``doc``: they are the same container.
    """
    head = content[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (kind != "bmp?" or _is_bmp(head)):
            return "image" if kind == "bmp?" else kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    if head.startswith(_OLE):
        return _ole_type(content)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if opened := _OPEN_DOCUMENT.match(head):
            return "odt" if opened[1] == b"text" else "ods"
        return _zip_type(content)
    return _text_type(content, _narrow(head))


def _is_bmp(head: bytes) -> bool:
    return len(head) > 14 and head[6:10] == b"\x00\x00\x00\x00"


def _ole_type(content: bytes) -> str:
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return kind
    return "ole"


def _zip_type(content: bytes) -> str:
    try:
        # Of names only the Latin ones are asked; this code page holds any others whatever they are in.
        with zipfile.ZipFile(io.BytesIO(content), metadata_encoding="latin-1") as archive:
            names = [name.replace("\\", "/").lower().lstrip("/") for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        # Cut off before its table of contents: the parts' own headers still name them.
        names = [
            part for part, _ in _ZIP_PARTS if re.search(re.escape(part.encode()), content, re.IGNORECASE)
        ]
    for part, kind in _ZIP_PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return "zip"


def _narrow(head: bytes) -> bytes:
    """The head of a text with ASCII as single bytes, so that the patterns also match UTF-16 and UTF-32."""
    if head.startswith(_WIDEST_BOMS):
        return head[: len(head) & ~3].decode("utf-32", "ignore").encode("utf-8", "ignore")
    if head.startswith(_WIDE_BOMS):
        return head[: len(head) & ~1].decode("utf-16", "ignore").encode("utf-8", "ignore")
    if head.count(0) * 5 >= len(head) > 8:
        return head.replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _text_type(content: bytes, head: bytes) -> str:
    damage = len(_CONTROL.findall(head))
    if damage * 50 > len(head) and (damage * 8 > len(head) or not _HTML_TAGS.search(head)):
        return "binary"
    if _MAIL_HEADER.match(head) and _MHT.search(head):
        return "mht"
    for sign, kind in _OFFICE_XML:
        if sign.search(head):
            return kind
    if _HTML_START.match(head) or _HTML_TAGS.search(head) or _ANSWER.match(head):
        return "html"
    return "html" if len(_HTML_CLOSING.findall(content, 0, 65536)) >= 6 else "txt"
