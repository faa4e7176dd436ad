"""Which addresses are those of attached files, by how they are written; what a viewer shows."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

ENDINGS = (
    r"\.(?:pdf|doc[xm]?|dot[xm]?|wp[st]|xls[xmb]?|xlt[xm]?|ett?|ofd|rtf|mht(?:ml)?"
    r"|f?od[ts]|ot[ts]|uo[fts]|csv|zip|rar|7z)"
)
"""Endings of the files that offices attach, as a pattern: templates and files with macros too,
since an office saves its report under whatever its program offers."""

DOCUMENT = re.compile(ENDINGS + r"(?:[?#;!&,]|$)", re.IGNORECASE)
IMAGE = re.compile(r"\.(?:jpe?g|png|tiff?|bmp|webp|gif)(?:[?#!]|$)", re.IGNORECASE)
_SCRIPT = re.compile(
    r"down(?:load|file|attach|annex)\w*(?:\.\w+)?(?:[/?]|$)|(?:file|attach(?:ment)?|annex|appendix)down\w*"
    r"|/(?:get|read|show|view|open|preview)_?(?:file|attach(?:ment)?|doc|annex)\w*(?:\.\w+)?(?:[/?]|$)"
    r"|downloadattachurl|/attach(?:ment)?s?/(?:[^?]*[/?])?\w|/group\d/m\d\d/|[?&]file_?(?:name|path|url|id)?=|[?&]wbfileid=",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\.(?:s?html?|css|js|json|xml|exe|apk|dmg|msi|mp4|mp3|swf|avi)(?:[?#]|$)", re.IGNORECASE)
_VIEWED = (
    "file",
    "url",
    "src",
    "furl",
    "fileurl",
    "file_url",
    "filepath",
    "pdf",
    "pdfurl",
    "path",
    "doc",
    "u",
    "data",
)
_VIEWER = re.compile(
    r"viewer|preview|pdfjs|pdf\.js|/generic/web/|view\.officeapps|onlinepreview|weboffice|/op/(?:view|embed)|read(?:er)?\b"
    r"|pdf[-_]?(?:view|read|show|web)|(?:view|read|show|open|play)\w*(?:pdf|doc|ofd|file)|flexpaper|ofd",
    re.IGNORECASE,
)


def is_file(url: str) -> bool:
    """Whether an address has the ending of a document, in its path or in what it asks for."""
    return DOCUMENT.search(unquote(url)) is not None


def is_download(url: str) -> bool:
    """Whether an address is a download script's: it names one thing by a parameter or number."""
    if _SCRIPT.search(url) is None:
        return False
    path, _, asked = url.partition("#")[0].partition("?")
    return bool(asked) or (_PAGE.search(path) is None and any(map(str.isdigit, path.rpartition("/")[2])))


def is_viewer(url: str) -> bool:
    """Whether an address is a page that shows a document inside itself."""
    return _VIEWER.search(url) is not None


def shown_by(url: str, base: str) -> str | None:
    """Address of the document that a viewer's address names (``viewer.html?file=%2Fa.pdf``), else None.

    Relative addresses start from ``base``, or from the viewer where they begin with a point.
    """
    try:
        parts = urlsplit(url)
        given = parse_qsl(parts.query) + parse_qsl(parts.fragment)
    except ValueError:
        return None
    viewer = is_viewer(url)
    for name, value in given:
        value = unquote(value) if "%" in value else value
        named = name.lower() in _VIEWED and (viewer or name.lower() != "path")
        address = "/" in value or DOCUMENT.search(value) is not None
        if named and address and (is_file(value) or (viewer and is_download(value))):
            return urljoin(url if value.startswith(".") else base, value.strip())
    return None
