"""Glyphs to text: in the order that the source wrote them, with its spaces where they part words."""

from __future__ import annotations

from collections.abc import Iterable

from govcrawl.documents.printed.page import Glyph

_OVERLAP = 0.7


def text_of(glyphs: Iterable[Glyph]) -> str:
    """Text of glyphs in their order; where a line is full the next goes on without a space."""
    pieces: list[str] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and _parted(before, glyph):
            pieces.append(" ")
        pieces.append(glyph.text)
        before = glyph
    return "".join(pieces)


def _parted(before: Glyph, glyph: Glyph) -> bool:
    if glyph.top >= before.bottom:  # a new line: only words of letters are parted by it
        return (
            before.text.isascii() and glyph.text.isascii() and before.text.isalpha() and glyph.text.isalpha()
        )
    return glyph.spaced


def without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Glyphs without those printed twice on one spot, as some programs do for bold type."""
    kept: list[Glyph] = []
    spots: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        size = max(glyph.bottom - glyph.top, 1.0)
        near = [
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in spots.get((glyph.text, int(glyph.x / 8) + dx, int(glyph.y / 8) + dy), ())
        ]
        if any(
            abs(o.x - glyph.x) < (1 - _OVERLAP) * size and abs(o.y - glyph.y) < (1 - _OVERLAP) * size
            for o in near
        ):
            continue
        spots.setdefault((glyph.text, int(glyph.x / 8), int(glyph.y / 8)), []).append(glyph)
        kept.append(glyph)
    return kept
