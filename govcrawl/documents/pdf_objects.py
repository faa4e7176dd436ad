"""What pdfium tells of one object of a page: its bounds, its matrix, how it is painted."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from govcrawl.documents.pdf_calls import Address, quick

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

SAME: Matrix = (1, 0, 0, 1, 0, 0)
_WHITE = 250  # of 255: paper itself is no whiter
_OPAQUE = 250

# Made once and read at once: pdfium is called by one thread only.
_CORNERS = (ctypes.c_float * 4)()
_REFERENCES = tuple(ctypes.byref(ctypes.c_float.from_buffer(_CORNERS, 4 * n)) for n in range(4))
_COLOUR = (ctypes.c_uint * 4)()
_PARTS = tuple(ctypes.byref(ctypes.c_uint.from_buffer(_COLOUR, 4 * n)) for n in range(4))


def bounds_of(item: Address) -> Box | None:
    """Left, bottom, right and top of an object, None where it has no width."""
    if not quick.FPDFPageObj_GetBounds(item, *_REFERENCES):
        return None
    left, bottom, right, top = _CORNERS
    return None if left == right else (left, bottom, right, top)


def matrix_of(item: Address) -> Matrix:
    """How an object's own places come to those of what holds it."""
    found = pdfium.FS_MATRIX()
    quick.FPDFPageObj_GetMatrix(item, ctypes.byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix for two, one after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def placed(box: Box, matrix: Matrix) -> Box:
    """Bounds after a matrix."""
    if matrix is SAME:
        return box
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def meets(one: Box, other: Box) -> bool:
    """Whether two bounds have something in common."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def is_white(item: Address) -> bool:
    """Whether an object is filled with white, and nothing shows through it."""
    if not quick.FPDFPageObj_GetFillColor(item, *_PARTS):
        return False
    if _COLOUR[0] < _WHITE:
        return False
    _, green, blue, alpha = _COLOUR
    return green >= _WHITE and blue >= _WHITE and alpha >= _OPAQUE


def is_hidden(text: Address) -> bool:
    """Whether text is told not to be drawn."""
    return bool(quick.FPDFTextObj_GetTextRenderMode(text) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def is_white_text(text: Address) -> bool:
    """Whether letters are filled with white and have no outline."""
    return is_white(text) and quick.FPDFTextObj_GetTextRenderMode(text) == pdfium.FPDF_TEXTRENDERMODE_FILL
