"""One page of a PDF as it is looked at: glyphs, ruled lines and pictures in place, as pdfium gives them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from functools import partial

import pypdfium2
import pypdfium2.raw as pdfium

from govcrawl.documents.left_out import left_out
from govcrawl.documents.pdf_calls import Address, quick
from govcrawl.documents.pdf_forms import page_as_filled_in
from govcrawl.documents.pdf_objects import (
    SAME,
    Box,
    Matrix,
    bounds_of,
    is_hidden,
    matrix_of,
    meets,
    placed,
    times,
)
from govcrawl.documents.pdf_paint import Paint
from govcrawl.documents.pdf_signs import SIGNS, SPACES, codes_of, leans, standing
from govcrawl.documents.printed import THIN, Bounds, Glyph, Picture, PrintedPage, draw
from govcrawl.documents.printed.turning import turned

MAX_GLYPHS = 40_000
"""Characters of one page; a page full of the smallest print has about 15,000."""

MAX_OBJECTS = 60_000

UNNAMED = "\ue000"
"""Stands for a character whose font does not say which it is: its number there is no text."""

_MAX_SEGMENTS = 1_500  # of a path; a dashed line across the page has 600
_FRAME = 6  # parts of a rectangle
_LONG = 12.0  # points
_ALL_SEGMENTS = 300_000
_MAX_FORMS = 4
_MAX_CLIPS = 8
_glyph: Callable[[tuple[object, ...]], Glyph] = partial(tuple.__new__, Glyph)
_MOST_HIDDEN = 0.8  # of the texts of a page: beside them stands no more than a page's number
_LEAST_SKEWED = 12.0  # points: the box of a sign that leans is higher than one of small print


def pdf_page(file: pypdfium2.PdfDocument, number: int) -> tuple[PrintedPage, int]:
    """A page as it is looked at, and how many of its texts pdfium could not place."""
    try:
        page = page_as_filled_in(file, number)
    except pypdfium2.PdfiumError:
        left_out("pages that cannot be loaded")
        return PrintedPage(0, 0), 0
    try:
        upright = _Upright(page)
        return turned(upright.read(), upright.rotation), upright.unseen
    finally:
        page.close()


def signs_on(file: pypdfium2.PdfDocument, number: int) -> int:
    """How many signs pdfium finds on a page, spaces aside."""
    page = page_as_filled_in(file, number)
    try:
        return _Upright(page).signs()
    finally:
        page.close()


class _Upright:
    """One page as pdfium holds it, before its rotation."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.page = page
        left, bottom, right, top = page.get_cropbox()
        self.left, self.top = left, top
        self.printed = PrintedPage(right - left, top - bottom)
        # What a crop box cuts off is not seen: marks of a printer, the other half of a sheet.
        self.is_cropped = page.get_mediabox() != (left, bottom, right, top)
        self.paint = Paint(self.printed, self._in_page)
        self.whole: Bounds = (0.0, 0.0, self.printed.width, self.printed.height)
        self.unseen = self.shown = self.hidden = 0
        self.only_shown, self.rotation = False, page.get_rotation()
        self.leaning: list[str] = []
        self.drawn = self.segments = 0
        self.fonts: dict[int | None, bool] = {}
        self.px, self.py = ctypes.c_float(), ctypes.c_float()
        self.point = ctypes.byref(self.px), ctypes.byref(self.py)

    def read(self) -> PrintedPage:
        self._put_objects()
        # On a page with a picture it may be what a program recognised there.
        self.only_shown = bool(self.hidden and self.shown and not self.printed.pictures)
        self.printed.hidden = self.hidden > _MOST_HIDDEN * (self.hidden + self.shown)
        self.printed.glyphs = self._glyphs(_LEAST_SKEWED)
        if self.leaning:  # then lower ones may lean too
            self.printed.glyphs = self._glyphs(0.0)
        # A watermark may be repeated until it outnumbers the text, a page laid askew has most kinds of signs.
        if len(set(self.leaning)) > len({glyph.text for glyph in self.printed.glyphs}):
            self.printed.glyphs = self._glyphs(math.inf)
        self.printed.watermark = "".join(self.leaning)
        return self.printed

    def _put_objects(self) -> None:
        count = quick.FPDFPage_CountObjects(self.page.raw)
        if count > MAX_OBJECTS:
            left_out(f"lines and images of a page beyond object {MAX_OBJECTS:,}")
        for index in range(min(count, MAX_OBJECTS)):
            self._object(quick.FPDFPage_GetObject(self.page.raw, index), SAME, 0)

    def signs(self) -> int:
        return len(self._glyphs(math.inf))

    def _glyphs(self, least: float) -> list[Glyph]:
        """Signs in their order, but for those higher than ``least`` that lean, which are kept apart."""
        found: list[Glyph] = []
        self.leaning = []
        text = self.page.get_textpage()
        try:
            count = quick.FPDFText_CountChars(text.raw)
            if count > MAX_GLYPHS:
                left_out(f"characters of a page beyond {MAX_GLYPHS:,}")
                count = MAX_GLYPHS
            self.rotation = standing(text.raw, count, self.rotation)
            box, get_box = pdfium.FS_RECTF(), quick.FPDFText_GetLooseCharBox
            where, sides = ctypes.byref(box), memoryview(box).cast("B").cast("f")
            is_unnamed = quick.FPDFText_HasUnicodeMapError
            raw, left, top = text.raw, self.left, self.top
            only_shown, cropped, painted = self.only_shown, self.is_cropped, self.paint.hides()
            spaced, upper, lower = False, 0.0, 0.0
            signs = SIGNS
            for index, code in enumerate(codes_of(raw, count)):
                sign = signs[code]
                if (sign or code < 32) and is_unnamed(raw, index) == 1:
                    sign = UNNAMED
                elif not sign:
                    spaced = spaced or (code in SPACES and not quick.FPDFText_IsGenerated(raw, index))
                    continue
                if only_shown and is_hidden(quick.FPDFText_GetTextObject(raw, index)):
                    continue
                # The loose box has the font's height: tight ones of punctuation fall out of their line.
                get_box(raw, index, where)
                start, high, end, low = sides.tolist()
                if (cropped or painted) and self._is_unseen(raw, index, box):
                    continue
                if high - low > least and (high != upper or low != lower):  # else upright as the one before
                    if leans(raw, index):
                        self.leaning.append(sign)
                        continue
                    upper, lower = high, low
                place = (start - left, top - high, end - left, top - low)
                found.append(_glyph((sign, *place, spaced, sign == UNNAMED)))
                spaced = False
        finally:
            text.close()
        return found

    def _is_unseen(self, text: object, index: int, box: pdfium.FS_RECTF) -> bool:
        """Whether a sign stands outside of what is shown of the page, is white on it, or was painted over."""
        x, y = (box.left + box.right) / 2 - self.left, self.top - (box.top + box.bottom) / 2
        if self.is_cropped and not (0 <= x <= self.printed.width and 0 <= y <= self.printed.height):
            return True
        return self.paint.hides() and self.paint.is_unseen(quick.FPDFText_GetTextObject(text, index), x, y)

    def _in_page(self, item: Address, matrix: Matrix) -> Box | None:
        """Left, top, right and bottom of an object on the page."""
        bounds = bounds_of(item)
        if bounds is None:
            return None
        left, bottom, right, top = placed(bounds, matrix)
        return left - self.left, self.top - top, right - self.left, self.top - bottom

    def _object(self, item: Address, matrix: Matrix, depth: int) -> None:
        kind = quick.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            # A lone sign whose font is not in the file has no place where nobody knows it, as a lone space.
            self.unseen += not self._embedded(item) and bounds_of(item) is None
            if is_hidden(item):
                self.hidden += 1
            else:
                self.shown += 1
            self.paint.text(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.printed.drawn += 1
            self._path(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            self._form(item, matrix, depth)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            place = self._in_page(item, matrix)
            if place is None or (self.is_cropped and not meets(place, self.whole)):
                return
            self.paint.ground(place)
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.printed.pictures.append(Picture(f"image {len(self.printed.pictures) + 1}", *place))

    def _embedded(self, text: Address) -> bool:
        font = quick.FPDFTextObj_GetFont(text)
        known = self.fonts.get(font)
        if known is None:
            known = font is None or quick.FPDFFont_GetIsEmbedded(Address(font)) != 0
            self.fonts[font] = known
        return known

    def _form(self, item: Address, matrix: Matrix, depth: int) -> None:
        """The objects of a form; it is drawn anew wherever it is used, so few bytes stand for millions."""
        inner = times(matrix_of(item), matrix)
        for index in range(quick.FPDFFormObj_CountObjects(item)):
            self.drawn += 1
            if depth >= _MAX_FORMS or self.drawn > MAX_OBJECTS:
                left_out(
                    f"lines and images of a page beyond object {MAX_OBJECTS:,} or form {_MAX_FORMS} deep"
                )
                return
            self._object(quick.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _path(self, item: Address, matrix: Matrix) -> None:
        count = quick.FPDFPath_CountSegments(item)
        if not 2 <= count <= _MAX_SEGMENTS:  # of more parts than a line or frame: a drawing
            if place := self._in_page(item, matrix):
                self.paint.ground(place)
            return
        self.segments += count
        if self.segments > _ALL_SEGMENTS:
            left_out(f"lines of a page beyond {_ALL_SEGMENTS:,} parts")
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        quick.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        within = self._shown(item, matrix)
        if matrix is SAME and (bounds := bounds_of(item)) is not None and _is_thin(bounds):
            line = self._line(bounds, stroke.value) if count <= _FRAME else None
        else:  # no border is an area
            line = None
            if fill.value and (place := self._in_page(item, matrix)) is not None:
                self.paint.area(item, place, within)
        if line is not None:
            draw(self.printed, line, stroked=True, within=within)
            return
        for points in self._outlines(item, count, times(matrix_of(item), matrix)):
            draw(self.printed, points, stroked=bool(stroke.value), within=within)

    def _line(self, bounds: Box, stroked: int) -> list[tuple[float, float]] | None:
        """The corners of a thin shape, a line or a dot: asked at once, not point by point.

        The bounds of a stroke are wider than its points, so that a short one cannot be told by them.
        """
        left, bottom, right, top = bounds
        if stroked and max(right - left, top - bottom) < _LONG:
            return None
        return [(left - self.left, self.top - top), (right - self.left, self.top - bottom)]

    def _shown(self, item: Address, matrix: Matrix) -> Bounds:
        """The part of the page on which an object is shown: the page, or the bounds of its clip."""
        left, top, right, bottom = self.whole
        clip = quick.FPDFPageObj_GetClipPath(item)
        for path in range(min(quick.FPDFClipPath_CountPaths(clip), _MAX_CLIPS) if clip else 0):
            count = min(quick.FPDFClipPath_CountPathSegments(clip, path), _MAX_SEGMENTS)
            places = []
            for index in range(count):
                segment = quick.FPDFClipPath_GetPathSegment(clip, path, index)
                quick.FPDFPathSegment_GetPoint(segment, *self.point)
                places.append(self._place(matrix))
            if places:
                left, right = max(left, min(x for x, _ in places)), min(right, max(x for x, _ in places))
                top, bottom = max(top, min(y for _, y in places)), min(bottom, max(y for _, y in places))
        return left, top, right, bottom

    def _place(self, matrix: Matrix) -> tuple[float, float]:
        """Where the point that was asked for last lies on the page."""
        a, b, c, d, e, f = matrix
        x, y = self.px.value, self.py.value
        return a * x + c * y + e - self.left, self.top - (b * x + d * y + f)

    def _outlines(self, item: Address, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """Points of each part of a path, in page places."""
        points: list[tuple[float, float]] = []
        for index in range(count):
            segment = quick.FPDFPath_GetPathSegment(item, index)
            quick.FPDFPathSegment_GetPoint(segment, *self.point)
            if quick.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = []
            points.append(self._place(matrix))
            if quick.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points


def _is_thin(bounds: Box) -> bool:
    left, bottom, right, top = bounds
    return min(right - left, top - bottom) <= THIN
