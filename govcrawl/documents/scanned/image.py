"""An image file (png, jpeg, tiff, bmp, webp, gif) to a Document, by character recognition."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from govcrawl.documents.printed import blocks_of_pages
from govcrawl.documents.scanned.engine import MAX_PIXELS, require
from govcrawl.documents.scanned.long import pages_of
from govcrawl.documents.scanned.page import Recognised, all_recognised
from govcrawl.documents.scanned.seals import without_seals
from govcrawl.documents.titles import title_candidates
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Document, Finding, Paragraph

MAX_PAGES = 40
_TOP = 8
_TOLD = 30
_PNG = b"\x89PNG\r\n\x1a\n"


def read_image(content: bytes, *further: bytes) -> Document:
    """Paragraphs and tables on an image or on the pages of a TIFF, over the breaks between ``further`` pages.

    Raises UnreadableDocument without the extra, for a damaged image and for one too large or without text.
    """
    require("image")
    images = [page for file in (content, *further) for image in decoded(file) for page in pages_of(image)]
    read = all_recognised(images[:MAX_PAGES])
    if not any(result.page.glyphs for result in read):
        raise UnreadableDocument("image without any text that is recognised")
    blocks, removed = blocks_of_pages([result.page for result in read])
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    defects = list(recognition_findings(read))
    if len(images) > MAX_PAGES:
        defects.append(Finding("page_cut", "document", f"read up to page {MAX_PAGES} of {len(images)}"))
    return Document(
        "image", tuple(blocks), titles=title_candidates(first), defects=tuple(defects), removed=tuple(removed)
    )


def recognition_findings(read: Sequence[Recognised]) -> Iterator[Finding]:
    """What is said of a document whose text was recognised, with its doubtful lines of prose."""
    signs = sum(len(result.page.glyphs) for result in read)
    unsure = sum(result.uncertain for result in read)
    yield Finding(
        "recognised", "document", f"{len(read)} scanned pages; {unsure} of {signs} characters uncertain"
    )
    lines = [line for result in read for line in result.doubtful]
    for line in lines[:_TOLD]:
        yield Finding("doubtful_text", "document", line)
    if len(lines) > _TOLD:
        yield Finding("doubtful_text", "document", f"and {len(lines) - _TOLD} further lines")


def decoded(content: bytes) -> list[Any]:
    """Grey images of a file, several of a TIFF. Raises UnreadableDocument for one that cannot be opened."""
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_PIXELS))
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")  # it would print what is raised here
    import cv2
    import numpy as np

    raw = np.frombuffer(content, np.uint8)
    several = content[:4] in (b"II*\x00", b"MM\x00*")
    try:
        if several:
            _, images = cv2.imdecodemulti(raw, cv2.IMREAD_COLOR_BGR)
            found = list(images)
        else:
            how = cv2.IMREAD_UNCHANGED if content[:8] == _PNG else cv2.IMREAD_COLOR_BGR
            found = [image for image in [cv2.imdecode(raw, how)] if image is not None]
    except cv2.error as error:
        raise UnreadableDocument(f"image damaged or of over {MAX_PIXELS:,} pixels; save it anew") from error
    if not found:
        raise UnreadableDocument("image damaged or of a form that is not read; save it as PNG")
    return [without_seals(_on_paper(image)) for image in found]


def _on_paper(image: Any) -> Any:
    """An image in three colours of eight bits, what is transparent in it white."""
    import cv2
    import numpy as np

    if image.dtype == np.uint16:
        image = (image >> 8).astype(np.uint8)
    if image.ndim == 2 or image.shape[2] == 1:
        return cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    if image.shape[2] == 3:
        return image
    share = image[:, :, 3:].astype(np.uint16)
    return ((image[:, :, :3] * share + 255 * (255 - share)) // 255).astype(np.uint8)
