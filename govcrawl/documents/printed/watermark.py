"""Large print that lies under or over the text: a watermark, not a part of what it crosses."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.documents.printed.page import Glyph

_LARGE = 2.0  # times the page's usual print
_ALIKE = 0.1
_INSIDE = 0.15


def without_watermark(glyphs: list[Glyph]) -> tuple[list[Glyph], str]:
    """The glyphs without those of a watermark, and what that says; a title crosses no other print."""
    if not glyphs:
        return glyphs, ""
    heights = sorted(glyph.bottom - glyph.top for glyph in glyphs)
    usual = _LARGE * heights[len(heights) // 2]
    if heights[-1] <= usual:
        return glyphs, ""
    large = [glyph for glyph in glyphs if glyph.bottom - glyph.top > usual]
    small = [glyph for glyph in glyphs if glyph.bottom - glyph.top <= usual]
    crossing = [glyph.bottom - glyph.top for glyph in large if _crosses(glyph, small)]
    if not crossing:
        return glyphs, ""
    low, high = min(crossing) * (1 - _ALIKE), max(crossing) * (1 + _ALIKE)
    kept = [glyph for glyph in glyphs if not low <= glyph.bottom - glyph.top <= high]
    return kept, "".join(glyph.text for glyph in large if low <= glyph.bottom - glyph.top <= high)


def _crosses(glyph: Glyph, others: Sequence[Glyph]) -> bool:
    reach = _INSIDE * (glyph.bottom - glyph.top)
    return any(
        glyph.left + reach < other.x < glyph.right - reach
        and glyph.top + reach < other.y < glyph.bottom - reach
        for other in others
    )
