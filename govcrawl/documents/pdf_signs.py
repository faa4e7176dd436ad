"""What pdfium tells of the characters of a page."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence

from govcrawl.documents.pdf_calls import quick
from govcrawl.documents.radicals import without_radicals

_SKEW = (0.1, 0.9)  # of a quarter turn: print like that is a watermark


def codes_of(text: object, count: int) -> Sequence[int]:
    """Code points of a page's characters; halves of a pair, which pdfium gives one by one, are blanks."""
    units = (ctypes.c_ushort * (count + 1))()
    if quick.FPDFText_GetText(text, 0, count, units) == count + 1 and 0 not in (read := units[:count]):
        return without_radicals(read)
    return without_radicals([quick.FPDFText_GetUnicode(text, index) for index in range(count)])


def leans(text: object, index: int) -> bool:
    """Whether a character stands neither upright nor on its side."""
    quarter = quick.FPDFText_GetCharAngle(text, index) / (math.pi / 2)
    return bool(_SKEW[0] < quarter % 1 < _SKEW[1])
