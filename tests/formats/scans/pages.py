"""Pages of a report as an office prints them, drawn as grey images in any resolution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from tests.formats.parts import Box, Part, size_of

_NOTO = Path("/usr/share/fonts/opentype/noto")
_LIBERATION = Path("/usr/share/fonts/truetype/liberation")
_NARROW_SIGNS = frozenset("0123456789.,-+%/ ")
HANZI = {"serif": _NOTO / "NotoSerifCJK-Regular.ttc", "sans": _NOTO / "NotoSansCJK-Regular.ttc"}
DIGITS = {
    "own": None,
    "times": _LIBERATION / "LiberationSerif-Regular.ttf",
    "arial": _LIBERATION / "LiberationSans-Regular.ttf",
}
_SIMPLIFIED = 2  # of the faces in a collection of Noto


def has_fonts() -> bool:
    """Whether this machine has what the pages are set in."""
    return all(path is None or path.exists() for path in (*HANZI.values(), *DIGITS.values()))


@dataclass(frozen=True, slots=True)
class Print:
    """How a report is printed; lengths in points. ``cut`` ends a page after so many rows of a table."""

    dpi: int = 150
    hanzi: str = "serif"
    digits: str = "times"
    body: float = 16
    cell: float = 10.5
    rule: float = 0.75
    row: float = 20
    cut: int | None = None
    shade: bool = False
    margin: float = 72
    start: float = 72


@dataclass
class _Sheet:
    """The pages under construction."""

    layout: Print
    done: list[Any] = field(default_factory=list)
    y: float = 72
    fonts: dict[tuple[str, float], Any] = field(default_factory=dict)

    def new(self) -> None:
        scale = self.layout.dpi / 72
        self.done.append(Image.new("L", (round(595 * scale), round(842 * scale)), 255))
        self.y = 72

    @property
    def draw(self) -> Any:
        return ImageDraw.Draw(self.done[-1])

    def room(self, height: float) -> None:
        if not self.done or self.y + height > 842 - 72:
            self.new()

    def font(self, sign: str, size: float) -> Any:
        own = DIGITS[self.layout.digits] if sign in _NARROW_SIGNS else None
        key = (str(own), size)
        if key not in self.fonts:
            path = own or HANZI[self.layout.hanzi]
            index = _SIMPLIFIED if own is None else 0
            self.fonts[key] = ImageFont.truetype(str(path), round(size * self.layout.dpi / 72), index=index)
        return self.fonts[key]

    def step(self, sign: str, size: float) -> float:
        return float(self.font(sign, size).getlength(sign)) * 72 / self.layout.dpi

    def line(self, text: str, x: float, y: float, size: float) -> None:
        scale = self.layout.dpi / 72
        draw = self.draw
        for sign in text:
            # The anchor is the base line: fonts of digits and hanzi have different heights.
            draw.text(
                (x * scale, (y + 0.88 * size) * scale), sign, font=self.font(sign, size), fill=20, anchor="ls"
            )
            x += self.step(sign, size)

    def wide(self, text: str, size: float) -> float:
        return sum(self.step(sign, size) for sign in text)


def drawn_pages(parts: Sequence[Part], layout: Print = Print()) -> list[Any]:
    """Grey images, one a page; the first part is the title."""
    import numpy as np

    sheet = _Sheet(layout)
    sheet.new()
    sheet.y = layout.start
    for number, part in enumerate(parts):
        if isinstance(part, str):
            _paragraph(sheet, part, title=number == 0)
        else:
            _table(sheet, part)
    for number, page in enumerate(sheet.done, 1):
        scale = layout.dpi / 72
        ImageDraw.Draw(page).text(
            (297 * scale, 800 * scale), f"- {number} -", font=sheet.font("0", 10.5), fill=20, anchor="ms"
        )
    return [np.array(page) for page in sheet.done]


def _lines(sheet: _Sheet, text: str, width: float, size: float, indent: float = 0) -> Iterator[str]:
    own, used = "", indent
    for sign in text:
        step = sheet.step(sign, size)
        if sign == "\n" or (used + step > width + 0.01 and own and sign not in "，。、；：）"):
            yield own
            own, used = "", 0.0
        if sign != "\n":
            own, used = own + sign, used + step
    yield own


def _paragraph(sheet: _Sheet, text: str, *, title: bool) -> None:
    size = 1.25 * sheet.layout.body if title else sheet.layout.body
    width = 595 - 2 * sheet.layout.margin
    indent = 0.0 if title else 2 * size
    for number, own in enumerate(_lines(sheet, text.strip("\u3000 "), width, size, indent)):
        sheet.room(1.75 * size)
        x = sheet.layout.margin + (indent if number == 0 else 0)
        if title:
            x = (595 - sheet.wide(own, size)) / 2
        sheet.line(own, x, sheet.y, size)
        sheet.y += 1.75 * size


def _table(sheet: _Sheet, boxes: list[Box]) -> None:
    layout = sheet.layout
    rows, columns = size_of(boxes)
    left, wide = layout.margin - 10, (595 - 2 * layout.margin + 20) / columns
    heights = [layout.row] * rows
    for box in boxes:
        lines = list(_lines(sheet, box.text, wide * box.width - 5, layout.cell))
        need = (len(lines) * 1.25 * layout.cell + 5) / box.height
        for row in range(box.row, box.row + box.height):
            heights[row] = max(heights[row], need)
    start = 0
    while start < rows:
        sheet.room(heights[start] + 2)
        end, y = start, sheet.y
        while end < rows and y + heights[end] <= 842 - 72 and not (layout.cut and end - start >= layout.cut):
            y += heights[end]
            end += 1
        _piece(sheet, boxes, start, end, heights, left, wide)
        if end < rows:
            sheet.new()
        start = end
    sheet.y += 10


def _piece(
    sheet: _Sheet, boxes: list[Box], start: int, end: int, heights: list[float], left: float, wide: float
) -> None:
    """The rows of a table on one page; a merged cell's text stands in its first part."""
    size, scale = sheet.layout.cell, sheet.layout.dpi / 72
    tops = {row: sheet.y + sum(heights[start:row]) for row in range(start, end + 1)}
    thick = max(1, round(sheet.layout.rule * scale))
    for box in boxes:
        top, bottom = max(box.row, start), min(box.row + box.height, end)
        if top >= bottom:
            continue
        x, y, right, foot = (
            left + box.column * wide,
            tops[top],
            left + (box.column + box.width) * wide,
            tops[bottom],
        )
        shaded = sheet.layout.shade and box.row == 0
        sheet.draw.rectangle(
            [round(v * scale) for v in (x, y, right, foot)],
            outline=20,
            width=thick,
            fill=215 if shaded else None,
        )
        texts = (
            list(_lines(sheet, box.text, wide * box.width - 5, size)) if top == box.row and box.text else []
        )
        at = (y + foot - len(texts) * 1.25 * size) / 2
        for text in texts:
            sheet.line(text, (x + right - sheet.wide(text, size)) / 2, max(at, y + 1), size)
            at += 1.25 * size
    sheet.y = tops[end]
