"""pdfium's functions for signs and objects of a page, called without a look at their arguments.

To look at their kinds, as ``pypdfium2.raw`` does, takes longer than most of these functions. So a call here
must be given what the function takes: an object as ``Address``, places that are written to as ``byref``.
"""

from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import Any

import pypdfium2.raw as pdfium


class Address(ctypes.c_void_p):
    """Where pdfium has an object of a page, while that is open; false where there is none."""


_ASKED = (
    *("FPDFText_CountChars", "FPDFText_GetText", "FPDFText_GetUnicode", "FPDFText_GetCharAngle"),
    *("FPDFText_GetLooseCharBox", "FPDFText_GetTextObject"),
    *("FPDFText_HasUnicodeMapError", "FPDFText_IsGenerated"),
    *("FPDFPage_CountObjects", "FPDFPage_GetObject", "FPDFFormObj_CountObjects", "FPDFFormObj_GetObject"),
    *("FPDFPageObj_GetType", "FPDFPageObj_GetBounds", "FPDFPageObj_GetMatrix", "FPDFPageObj_GetFillColor"),
    *("FPDFPageObj_HasTransparency", "FPDFPageObj_GetClipPath"),
    *("FPDFTextObj_GetTextRenderMode", "FPDFTextObj_GetFont", "FPDFFont_GetIsEmbedded"),
    *("FPDFPath_CountSegments", "FPDFPath_GetDrawMode", "FPDFPath_GetPathSegment"),
    *("FPDFPathSegment_GetPoint", "FPDFPathSegment_GetType", "FPDFPathSegment_GetClose"),
    *("FPDFClipPath_CountPaths", "FPDFClipPath_CountPathSegments", "FPDFClipPath_GetPathSegment"),
)


_AS_NUMBERS = frozenset({"FPDFTextObj_GetFont"})  # asked only whether it is the same as another's


def _unchecked(name: str) -> Any:
    checked = getattr(pdfium, name)
    function = type(checked)(ctypes.cast(checked, ctypes.c_void_p).value)
    result = checked.restype
    if name in _AS_NUMBERS:
        function.restype = ctypes.c_void_p
    else:
        function.restype = Address if hasattr(result, "contents") else result
    return function


quick: Any = SimpleNamespace(**{name: _unchecked(name) for name in _ASKED})
"""The functions by pdfium's names for them."""
