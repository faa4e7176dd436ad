"""Large print that lies under or over the text: a watermark, not a part of what it crosses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from math import inf

from govcrawl.documents.printed.page import Glyph, PrintedPage

_LARGE = 2.0  # times the page's usual print
_ALIKE = 0.1
_INSIDE = 0.15


def take_out_watermark(pages: Sequence[PrintedPage]) -> None:
    """Put the glyphs of a watermark out of all pages and into what each says of it.

    A title crosses no other print; a watermark does on some page, and is as large on the others.
    """
    sizes = [size for page in pages for size in _sizes(page.glyphs)]
    if not sizes:
        return
    low, high = min(sizes) * (1 - _ALIKE), max(sizes) * (1 + _ALIKE)
    for page in pages:
        under = [glyph for glyph in page.glyphs if low <= glyph.bottom - glyph.top <= high]
        if under:
            page.watermark += "".join(glyph.text for glyph in under)
            page.glyphs = [glyph for glyph in page.glyphs if not low <= glyph.bottom - glyph.top <= high]


def _sizes(glyphs: Sequence[Glyph]) -> list[float]:
    """Heights of large glyphs that other print stands in."""
    if not glyphs:
        return []
    heights = sorted([glyph[4] - glyph[2] for glyph in glyphs])
    usual = _LARGE * heights[len(heights) // 2]
    if heights[-1] <= usual:
        return []
    small = sorted([(g[2] + g[4]) / 2, (g[1] + g[3]) / 2] for g in glyphs if g[4] - g[2] <= usual)
    return [g[4] - g[2] for g in glyphs if g[4] - g[2] > usual and _crosses(g, small)]


def _crosses(glyph: Glyph, middles: Sequence[list[float]]) -> bool:
    """Whether other print, given by its sorted middles as y and x, stands in a glyph."""
    reach = _INSIDE * (glyph.bottom - glyph.top)
    left, right, bottom = glyph.left + reach, glyph.right - reach, glyph.bottom - reach
    for y, x in islice(middles, bisect_right(middles, [glyph.top + reach, inf]), None):
        if y >= bottom:
            return False
        if left < x < right:
            return True
    return False
