"""Pages of an OFD file that are nothing but an image, recognised."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Any

from lxml import etree

from govcrawl.documents.printed import PrintedPage
from govcrawl.documents.scanned.image import decoded
from govcrawl.documents.scanned.page import Recognised, all_recognised
from govcrawl.documents.scanned.pdf_pages import MAX_PAGES
from govcrawl.documents.zipped import Zipped
from govcrawl.errors import UnreadableDocument


def recognised_images(
    parts: Zipped, pages: Sequence[PrintedPage], scans: Sequence[int]
) -> dict[int, Recognised]:
    """Pages ``scans`` by their numbers, no more than MAX_PAGES of them, read from their largest images.

    Raises UnreadableDocument for an image that cannot be opened.
    """
    media = _media(parts)
    images: dict[int, Any] = {}
    for number in scans[:MAX_PAGES]:
        largest = max(pages[number].pictures, key=lambda own: (own.right - own.left) * (own.bottom - own.top))
        content = parts.read(media.get(largest.name, ""))
        if content is None:
            raise UnreadableDocument(f"OFD file without the image of its page {number + 1}")
        images[number] = decoded(content)[0]
    return dict(zip(images, all_recognised(images.values()), strict=True))


def _media(parts: Zipped) -> dict[str, str]:
    """Names of the image parts by their number in the file."""
    found: dict[str, str] = {}
    for name in list(parts.names()):
        root = parts.xml(name) if name.endswith("res.xml") else None
        if root is None:
            continue
        base = posixpath.join(posixpath.dirname(name), root.get("BaseLoc", "").replace("\\", "/"))
        for node in root.iter(etree.Element):
            if node.tag.rpartition("}")[2] == "MultiMedia":
                file = next((part.text for part in node if str(part.tag).endswith("MediaFile")), None)
                found[node.get("ID", "")] = posixpath.join(base, (file or "").strip().replace("\\", "/"))
    return found
