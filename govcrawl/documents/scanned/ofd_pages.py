"""Pages of an OFD file that are nothing but an image, recognised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govcrawl.documents.printed import PrintedPage
from govcrawl.documents.scanned.image import decoded
from govcrawl.documents.scanned.ofd_resources import resource_files
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
    media = resource_files(parts, "MultiMedia", "MediaFile")
    images: dict[int, Any] = {}
    for number in scans[:MAX_PAGES]:
        largest = max(pages[number].pictures, key=lambda own: (own.right - own.left) * (own.bottom - own.top))
        content = parts.read(media.get(largest.name, ""))
        if content is None:
            raise UnreadableDocument(f"OFD file without the image of its page {number + 1}")
        images[number] = decoded(content)[0]
    return dict(zip(images, all_recognised(images.values()), strict=True))
