"""Print that a line strikes out: what a tracked change deleted, or a pen on the screen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from govcrawl.documents.printed.page import Glyph, PrintedPage, Rule

_MOST = 2_000  # lines of a page that may strike
_BAND = 4.0
_MISSED = 1.5
_MIDDLE = 0.2  # of a sign's height, on either side of its middle


def take_out_struck(page: PrintedPage) -> str:
    """Take the glyphs out of a page through whose middle a line runs from the first to the last; their text.

    A border of a table begins and ends elsewhere than the signs that it touches.
    """
    bands: dict[int, list[tuple[float, int, Glyph]]] = defaultdict(list)
    across = _among(list(dict.fromkeys(page.across))[:_MOST], page.glyphs)
    for number, glyph in enumerate(page.glyphs if across else ()):
        y = (glyph[2] + glyph[4]) / 2
        bands[int(y // _BAND)].append((y, number, glyph))
    struck: set[int] = set()
    for rule in across:
        band, low, high = int(rule.at // _BAND), rule.start - _MISSED, rule.end + _MISSED
        crossed = [
            (number, glyph)
            for near in (band - 1, band, band + 1)
            for y, number, glyph in bands.get(near, ())
            if low <= glyph[1] and glyph[3] <= high and abs(y - rule.at) <= _MIDDLE * (glyph[4] - glyph[2])
        ]
        if (
            crossed
            and min(glyph.left for _, glyph in crossed) - rule.start <= _MISSED
            and rule.end - max(glyph.right for _, glyph in crossed) <= _MISSED
        ):
            struck |= {number for number, _ in crossed}
    if not struck:
        return ""
    text = "".join(page.glyphs[number].text for number in sorted(struck))
    page.glyphs = [glyph for number, glyph in enumerate(page.glyphs) if number not in struck]
    return text


def _among(across: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Rule]:
    """Those of the lines at whose height the middle of any sign is: borders have none."""
    if not glyphs:
        return []
    middles = sorted([(glyph[2] + glyph[4]) / 2 for glyph in glyphs])
    near = _MIDDLE * max([glyph[4] - glyph[2] for glyph in glyphs])
    return [
        rule
        for rule in across
        if bisect_left(middles, rule[0] - near) < bisect_right(middles, rule[0] + near)
    ]
