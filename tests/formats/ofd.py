"""An OFD file made from the parts of a report: its own page layout, lines and characters in millimetres."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tests.formats.parts import Box, Part, size_of

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 20.0
_BODY, _CELL = 5.0, 3.0
_XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a producer writes: ``rects`` draws cells as rectangles, ``deltas`` shortens repeated distances."""

    rects: bool = False
    deltas: bool = True
    namespace: bool = True
    backslashes: bool = False
    upper: bool = False
    start: float = _MARGIN


@dataclass
class _Pages:
    """The pages under construction; ``y`` is where the next thing stands."""

    dialect: Dialect
    done: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = _MARGIN

    def room(self, height: float) -> None:
        if self.y + height > _HEIGHT - _MARGIN:
            self.done.append([])
            self.y = _MARGIN

    def line(self, text: str, x: float, y: float, size: float) -> None:
        if not text:
            return
        steps = [size if ord(sign) > 0x2E80 else size / 2 for sign in text[:-1]]
        even = self.dialect.deltas and len(set(steps)) == 1 and len(steps) > 2
        deltas = f"g {len(steps)} {steps[0]}" if even else " ".join(map(str, steps))
        self.done[-1].append(
            f'<ofd:TextObject Boundary="{x} {y} {size * len(text)} {size}" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{size * 0.85}" DeltaX="{deltas}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )

    def stroke(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.done[-1].append(
            f'<ofd:PathObject Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        self.done[-1].append(
            f'<ofd:PathObject Boundary="{x} {y} {width} {height}"><ofd:AbbreviatedData>'
            f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>"
        )


def as_ofd(parts: Sequence[Part], dialect: Dialect = Dialect()) -> bytes:
    """The file; tables break between rows where a page ends."""
    pages = _Pages(dialect, y=dialect.start)
    for part in parts:
        if isinstance(part, str):
            for text in _lines("\u3000\u3000" + part, _WIDTH - 2 * _MARGIN, _BODY):
                pages.room(2 * _BODY)
                pages.line(
                    text.lstrip("\u3000"), _MARGIN + (2 * _BODY if text[0] == "\u3000" else 0), pages.y, _BODY
                )
                pages.y += 1.6 * _BODY
        else:
            _table(part, pages)
    return _packed(pages.done, dialect)


def _lines(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    used = 0.0
    for sign in text:
        step = size if ord(sign) > 0x2E80 else size / 2
        if used + step > width + 0.01 or sign == "\n":
            lines.append("")
            used = 0.0
        if sign != "\n":
            lines[-1] += sign
            used += step
    return lines


def _table(boxes: list[Box], pages: _Pages) -> None:
    rows, columns = size_of(boxes)
    wide = (_WIDTH - 2 * _MARGIN) / columns
    heights = [5.0] * rows
    for box in boxes:
        need = (len(_lines(box.text, wide * box.width - 2, _CELL)) * 1.3 * _CELL + 2) / box.height
        for row in range(box.row, box.row + box.height):
            heights[row] = max(heights[row], need)
    start = 0
    while start < rows:
        pages.room(heights[start])
        end, y = start, pages.y
        while end < rows and y + heights[end] <= _HEIGHT - _MARGIN:
            y += heights[end]
            end += 1
        end = max(end, start + 1)
        _piece(boxes, start, end, heights, wide, pages)
        start = end


def _piece(boxes: list[Box], start: int, end: int, heights: list[float], wide: float, pages: _Pages) -> None:
    """The rows of a table that stand on one page; a merged cell's text stands in its first part."""
    tops = {row: pages.y + sum(heights[start:row]) for row in range(start, end + 1)}
    for box in boxes:
        top, bottom = max(box.row, start), min(box.row + box.height, end)
        if top >= bottom:
            continue
        x, y = _MARGIN + box.column * wide, tops[top]
        width, height = box.width * wide, tops[bottom] - y
        if pages.dialect.rects:
            pages.rect(x, y, width, height)
        else:
            for line in (
                (x, y, x + width, y),
                (x, y + height, x + width, y + height),
                (x, y, x, y + height),
                (x + width, y, x + width, y + height),
            ):
                pages.stroke(*line)
        for number, text in enumerate(_lines(box.text, width - 2, _CELL) if top == box.row else ()):
            pages.line(text, x + 1, y + 1 + number * 1.3 * _CELL, _CELL)
    pages.y = tops[end] + 3


def _packed(pages: list[list[str]], dialect: Dialect) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in _parts(pages):
            if not dialect.namespace:
                text = text.replace("ofd:", "").replace(_XMLNS.replace("ofd:", ""), "").replace(_XMLNS, "")
            if dialect.backslashes:
                name = name.replace("/", "\\")
            file.writestr(name.upper() if dialect.upper else name, text)
    return out.getvalue()


def _parts(pages: list[list[str]]) -> Iterator[tuple[str, str]]:
    yield (
        "OFD.xml",
        f"<ofd:OFD {_XMLNS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
    )
    listed = "".join(
        f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {_WIDTH} {_HEIGHT}</ofd:PhysicalBox></ofd:PageArea>"
    yield (
        "Doc_0/Document.xml",
        f"<ofd:Document {_XMLNS}><ofd:CommonData>{area}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    )
    for number, items in enumerate(pages):
        layer = f'<ofd:Content><ofd:Layer ID="9">{"".join(items)}</ofd:Layer></ofd:Content>'
        yield f"Doc_0/Pages/Page_{number}/Content.xml", f"<ofd:Page {_XMLNS}>{layer}</ofd:Page>"
