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


def recognised_images(parts: Zipped, pages: Sequence[PrintedPage]) -> dict[int, Recognised]:
    """Pages with an image and no text by their numbers, read from their largest image.

    Raises UnreadableDocument for an image that cannot be opened.
    """
    media = _media(parts)
    images: dict[int, Any] = {}
    for number, page in enumerate(pages):
        if page.glyphs or not page.pictures or len(images) == MAX_PAGES:
            continue
        largest = max(page.pictures, key=lambda own: (own.right - own.left) * (own.bottom - own.top))
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
