"""How much longer than others a document may take: scans and what another program has to open."""

from __future__ import annotations

from govcrawl.documents import libreoffice
from govcrawl.documents.scanned import is_available
from govcrawl.documents.sniff import source_type

SCAN_SECONDS = 240.0
"""Added where pages may have to be recognised: some seconds a page."""

_OLD = frozenset(("doc", "ole", "rtf", "wordml", "xls", "odt", "ods"))


def extra_seconds(content: bytes) -> float:
    """Seconds beyond the usual limit that reading these bytes may take by the clock."""
    kind = source_type(content)
    if kind in ("image", "ofd") or (kind == "pdf" and b"/Image" in content):
        return SCAN_SECONDS if is_available() else 0.0
    if kind in _OLD and libreoffice.is_allowed() and libreoffice.program() is not None:
        return float(libreoffice.SECONDS)
    return 0.0
