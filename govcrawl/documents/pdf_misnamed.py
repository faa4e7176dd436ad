"""Characters of a PDF that its fonts name wrongly: Chinese signs, broad as ever, by the names of Latin ones.

Ghostscript 10.00 writes such names for signs that stand side by side in their font: 1 for 、 and ÿ for （.
They would be read as numbers and letters, so that they are told by their breadth.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from govcrawl.documents.printed import Glyph, PrintedPage

_FIRST, _LAST, _HAN = "\x7f", "\u0100", "\u2e80"
_CHINESE_TOO = frozenset("¤§¨°±·×÷àáèéêìíòóùúü")  # Chinese fonts have them, as broad as their other signs
_BROAD_TOO = frozenset("MWm@%&·×÷")
_FEWEST = 2
_NEARLY = 0.95


def take_misnamed(pages: Sequence[PrintedPage], unnamed: str) -> int:
    """Write ``unnamed`` for such characters of all pages; how many they are."""
    odd = [
        g for page in pages for g in page.glyphs if _FIRST <= g.text <= _LAST and g.text not in _CHINESE_TOO
    ]
    if len(odd) < _FEWEST:
        return 0
    han = [_breadth(glyph) for page in pages for glyph in page.glyphs if glyph.text >= _HAN]
    least = _NEARLY * median(han) if han else 0.0
    if not han or sum(_breadth(glyph) >= least for glyph in odd) < _FEWEST:
        return 0
    found = 0
    for page in pages:
        for place, glyph in enumerate(page.glyphs):
            if glyph.text <= _LAST and glyph.text not in _BROAD_TOO and _breadth(glyph) >= least:
                page.glyphs[place] = glyph._replace(text=unnamed, uncertain=True)
                found += 1
    return found


def _breadth(glyph: Glyph) -> float:
    """A character's breadth as a share of its height."""
    return (glyph.right - glyph.left) / max(glyph.bottom - glyph.top, 0.1)
