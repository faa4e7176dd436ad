"""What a PDF's page does not show: cut off by a crop box, white on white, painted over."""

from __future__ import annotations

import re
from random import Random

import pytest
from reportlab.pdfgen.canvas import Canvas

from govcrawl.model import Document, Table
from tests.formats.makers import FONT
from tests.formats.test_pdf import read, texts

XS, YS = (60, 160, 260), (700, 680, 660, 640)
CELLS = [["规章", "35"], ["许可", "8"], ["处罚", "104"]]


def grids(document: Document) -> list[list[list[str]]]:
    return [block.grid.texts() for block in document.blocks if isinstance(block, Table)]


def lines(c: Canvas) -> None:
    for x in XS:
        c.line(x, YS[0], x, YS[-1])
    for y in YS:
        c.line(XS[0], y, XS[-1], y)


def cells(c: Canvas) -> None:
    for y, row in zip(YS[1:], CELLS, strict=True):
        for x, text in zip(XS, row, strict=False):
            c.drawString(x + 30, y + 5, text)


def table(c: Canvas) -> None:
    lines(c)
    cells(c)


def in_white(c: Canvas, x: float, y: float, text: str) -> None:
    c.setFillGray(1)
    c.drawString(x, y, text)
    c.setFillGray(0)


def area(c: Canvas, x: float, y: float, width: float, height: float, grey: float = 1) -> None:
    c.setFillGray(grey)
    c.rect(x, y, width, height, stroke=0, fill=1)
    c.setFillGray(0)


def test_what_a_crop_box_cuts_off_is_not_read() -> None:
    def draw(c: Canvas) -> None:
        c.setCropBox((20, 500, 400, 800))
        table(c)
        for page in range(3):
            for y in (450, 430, 820):
                c.drawString(30, y, "裁切线外的字 1 2 3 4 5")
            c.drawString(-8, 700 - page, "线外")
            c.showPage()
            c.setFont(FONT, 12)
            c.setCropBox((20, 500, 400, 800))
            c.drawString(60, 600, f"正文第{page}段。")

    made = read(draw)
    assert grids(made) == [CELLS]
    assert not [text for text in texts(made) if "外" in text or "1" in re.sub("第.段", "", text)]


def test_white_digits_beside_black_ones_are_no_part_of_a_number() -> None:
    def draw(c: Canvas) -> None:
        table(c)
        for y in YS[1:]:
            in_white(c, XS[1] + 24, y + 5, "9")

    assert grids(read(draw)) == [CELLS]


def test_white_letters_on_a_dark_ground_are_read() -> None:
    def draw(c: Canvas) -> None:
        area(c, 60, 700, 200, 20, 0.2)
        in_white(c, 70, 705, "白字标题")
        table(c)

    assert texts(read(draw)) == ["白字标题"]


@pytest.mark.parametrize("white", [True, False])
def test_what_is_painted_over_is_not_read(white: bool) -> None:
    """An editor covers an old number with a white rectangle; a pale one lets it be seen."""

    def draw(c: Canvas) -> None:
        lines(c)
        c.drawString(190, 665, "77")
        if white:
            area(c, 188, 663, 40, 14)
        cells(c)

    assert (grids(read(draw)) == [CELLS]) == white


def test_lines_under_the_white_of_a_merged_cell_part_nothing() -> None:
    def draw(c: Canvas) -> None:
        lines(c)
        area(c, 60.5, 660.5, 99, 39)
        for x, y, text in ((90, 675, "规章"), (190, 685, "35"), (190, 665, "8"), (90, 645, "处罚")):
            c.drawString(x, y, text)
        c.drawString(190, 645, "104")

    assert grids(read(draw)) == [[["规章", "35"], ["规章", "8"], ["处罚", "104"]]]


def test_signs_drawn_in_no_order_are_read_where_they_stand() -> None:
    def draw(c: Canvas) -> None:
        lines(c)
        signs = [
            (x + 20 + 12 * n, y + 5, sign)
            for y, row in zip(
                YS[1:], [["行政规章", "1350"], ["行政许可", "2468"], ["行政处罚", "1049"]], strict=True
            )
            for x, text in zip(XS, row, strict=False)
            for n, sign in enumerate(text)
        ]
        signs += [
            (60 + 12 * n, 500 - 20 * k, sign)
            for k in range(9)
            for n, sign in enumerate("本镇全年公开信息三十五条")
        ]
        Random(4).shuffle(signs)
        for x, y, sign in signs:
            c.drawString(x, y, sign)

    assert grids(read(draw)) == [[["行政规章", "1350"], ["行政许可", "2468"], ["行政处罚", "1049"]]]


def test_paragraphs_set_off_by_white_space_alone() -> None:
    def draw(c: Canvas) -> None:
        y = 780
        for _ in range(3):
            for line in ("全" * 35, "面" * 35):
                c.drawString(60, y, line)
                y -= 18
            y -= 10
            c.drawString(60, y, "二、主动公开政府信息情况")
            y -= 28

    assert texts(read(draw)) == ["全" * 35 + "面" * 35, "二、主动公开政府信息情况"] * 3


def test_a_number_moves_to_the_next_line_with_the_signs_behind_it() -> None:
    def draw(c: Canvas) -> None:
        c.drawString(84, 700, "本" * 33)
        c.drawString(60, 680, "电话：" + "本" * 24 + "0552-")
        c.drawString(60, 660, "5618011）。")

    assert len(texts(read(draw))) == 1
