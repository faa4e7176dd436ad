"""Pages of a PDF that hold pictures of text: drawn as they are looked at, and recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from govcrawl.documents.printed import PrintedPage
from govcrawl.documents.scanned.page import Recognised, all_recognised
from govcrawl.documents.scanned.seals import without_seals
from govcrawl.documents.scanned.straight import LONGEST, POINTS

MAX_PAGES = 40
_FULL = 0.85
_MOST = 0.5
_FEW = 12


def scanned_pages(pages: Sequence[PrintedPage]) -> list[int]:
    """Numbers of the pages to be recognised: a picture fills them, and what stands beside it is little.

    That includes scans under an invisible text, which has no ruled lines. Where no page has any text all are
    meant: the text may be drawn as outlines.
    """
    if not any(page.glyphs for page in pages):
        return list(range(len(pages)))
    return [number for number, page in enumerate(pages) if _is_scan(page)]


def _is_scan(page: PrintedPage) -> bool:
    area = page.width * page.height
    largest = max(
        ((own.right - own.left) * (own.bottom - own.top) / area for own in page.pictures if area), default=0.0
    )
    if len(page.glyphs) < _FEW:
        return largest > _MOST
    if page.hidden:  # a scanner may cut its picture into strips
        return area > 0 and sum((p.right - p.left) * (p.bottom - p.top) for p in page.pictures) > _MOST * area
    return largest > _FULL and not page.across and not page.down


def recognised_pages(file: Any, numbers: Iterable[int]) -> dict[int, Recognised]:
    """Pages of an open PDF (of pypdfium2) by their numbers, no more than MAX_PAGES of them."""
    chosen = list(numbers)[:MAX_PAGES]
    return dict(zip(chosen, all_recognised(_drawn(file[number]) for number in chosen), strict=True))


def _drawn(page: Any) -> Any:
    """A page at 150 dpi in grey; a huge one smaller."""
    import numpy as np

    try:
        longest = max(*page.get_size(), 1.0)
        bitmap = page.render(
            scale=min(1 / POINTS, LONGEST / longest),
        )
        return without_seals(np.ascontiguousarray(bitmap.to_numpy()[:, :, :3]))
    finally:
        page.close()
