"""What pdfium tells of the characters of a page."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence

from govcrawl.documents.leaning import is_leaning
from govcrawl.documents.pdf_calls import quick
from govcrawl.documents.radicals import without_radicals

_ASKED = 40  # signs of a page
_FEWEST = 20
_NEARLY_ALL = 0.8

SPACES = frozenset((32, 160, 0x3000))
"""Code points of blanks that part words."""

_BLANKS = frozenset((*range(33), 0xFFFE, *range(0xD800, 0xE000)))


class _Signs(dict[int, str]):
    """Characters by their code points, nothing for those that print nothing."""

    def __missing__(self, code: int) -> str:
        sign = "" if code in _BLANKS or chr(code).isspace() else chr(code)
        self[code] = sign
        return sign


SIGNS = _Signs()
"""The characters of all pages read so far."""


def codes_of(text: object, count: int) -> Sequence[int]:
    """Code points of a page's characters; halves of a pair, which pdfium gives one by one, are blanks."""
    units = (ctypes.c_ushort * (count + 1))()
    if quick.FPDFText_GetText(text, 0, count, units) == count + 1 and 0 not in (read := units[:count]):
        return without_radicals(read)
    return without_radicals([quick.FPDFText_GetUnicode(text, index) for index in range(count)])


def leans(text: object, index: int) -> bool:
    """Whether a character stands neither upright nor on its side."""
    return is_leaning(float(quick.FPDFText_GetCharAngle(text, index)))


def standing(text: object, count: int, rotation: int) -> int:
    """By how many degrees clockwise a page is turned so that its print stands upright.

    That is its own ``rotation`` but where nearly all print would lie on its side, or on its head.
    """
    step = max(1, count // _ASKED)
    quarters = Counter(
        round(quick.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4 for index in range(0, count, step)
    )
    most, times = quarters.most_common(1)[0] if quarters else (0, 0)
    sure = times >= _FEWEST and times > _NEARLY_ALL * sum(quarters.values())
    return -most % 4 * 90 if sure else rotation
