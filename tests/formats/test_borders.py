"""Tables of PDF files whose borders are not plain lines, and print that lies across them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from govcrawl.documents import read_document
from govcrawl.documents.printed.page import Glyph, PrintedPage, Rule
from govcrawl.documents.printed.ruled import ruled_tables
from govcrawl.documents.printed.struck import take_out_struck
from govcrawl.documents.printed.words import downwards, text_of
from govcrawl.model import Document, Paragraph, Table
from tests.formats.makers import FONT
from tests.formats.test_pdf import drawn, read, texts

XS, YS = (60, 160, 260, 360), (700, 670, 640)
WORDS = [["规章", "12", "3"], ["规范性文件", "34", "0"]]


def words(c: Canvas) -> None:
    for row, line in enumerate(WORDS):
        for column, text in enumerate(line):
            c.drawString(XS[column] + 8, YS[row] - 20, text)


def grids(document: Document) -> list[list[list[str]]]:
    return [block.grid.texts() for block in document.blocks if isinstance(block, Table)]


def lines(c: Canvas, xs: tuple[int, ...] = XS) -> None:
    for y in YS:
        c.line(60, y, 360, y)
    for x in xs:
        c.line(x, YS[0], x, YS[-1])


def dots(c: Canvas, size: float = 0.8, step: float = 1.5) -> None:
    def dot(x: float, y: float) -> None:
        c.rect(x, y, size, size, stroke=0, fill=1)

    for y in YS:
        for n in range(int(300 / step)):
            dot(60 + n * step, y)
    for x in XS:
        for n in range(int(60 / step)):
            dot(x, 640 + n * step)


def dashes(c: Canvas) -> None:
    dots(c, 2.2, 4.5)


def double(c: Canvas) -> None:
    for off in (-1.8, 1.8):
        for y in YS:
            c.line(60, y + off, 360, y + off)
        for x in XS:
            c.line(x + off, YS[0], x + off, YS[-1])


def without_sides(c: Canvas) -> None:
    lines(c, XS[1:-1])


@pytest.mark.parametrize("borders", [lines, dots, dashes, double, without_sides])
def test_borders(borders: Callable[[Canvas], None]) -> None:
    def draw(c: Canvas) -> None:
        borders(c)
        words(c)

    assert grids(read(draw)) == [WORDS]


def test_a_stray_line_in_a_blank_label_moves_no_number() -> None:
    def draw(c: Canvas) -> None:
        for y in (700, 670, 640, 610):
            c.line(160 if y in (670, 640) else 60, y, 360, y)
        c.line(60, 650, 160, 650)
        for x in XS:
            c.line(x, 700, x, 610)
        for number, y in enumerate((675, 645, 615)):
            c.drawString(168, y, f"第{number}项")
            c.drawString(268, y, str(number))

    (table,) = grids(read(draw))
    assert [row[1:] for row in table] == [["第0项", "0"], ["第1项", "1"], ["第2项", "2"]]


def test_what_a_clip_hides_is_no_border() -> None:
    def draw(c: Canvas) -> None:
        words(c)
        lines(c)
        path = c.beginPath()
        path.rect(50, 639, 400, 200)
        c.clipPath(path, stroke=0, fill=0)
        c.rect(60, -500, 300, 1200)

    assert grids(read(draw)) == [WORDS]


@pytest.mark.parametrize("angle", [0, 30, -45])
def test_a_watermark_is_no_part_of_a_cell(angle: int) -> None:
    def draw(c: Canvas) -> None:
        for page in range(2):
            c.setFont(FONT, 12)
            lines(c)
            words(c)
            c.saveState()
            c.translate(60, 640 if page == 0 else 300)
            c.rotate(angle)
            c.setFont(FONT, 60)
            c.setFillAlpha(0.2)
            c.drawString(0, 0, "临水县政府办")
            c.restoreState()
            c.drawString(72, 500, f"第{page}页的正文，共若干字。")
            c.showPage()

    document = read(draw)
    assert [row for grid in grids(document) for row in grid] == WORDS * 2
    assert "".join(texts(document)) == "第0页的正文，共若干字。第1页的正文，共若干字。"
    assert [removal.rule for removal in document.removed] == ["watermark", "watermark"]


def test_a_blank_total_below_a_break_is_blank() -> None:
    """The header above it ends with the page and is two rows tall: it takes no value in."""

    def draw(c: Canvas) -> None:
        c.setFont(FONT, 12)
        for y in (120, 90, 60):
            c.line(60, y, 260 if y == 90 else 360, y)
        for x in (60, 160, 260, 360):
            c.line(x, 120 if x != 160 else 90, x, 60)
        for x, y, text in ((70, 100, "申请人"), (70, 70, "自然人"), (170, 70, "企业"), (270, 80, "总计")):
            c.drawString(x, y, text)
        c.showPage()
        c.setFont(FONT, 12)
        for y in (800, 770):
            c.line(60, y, 360, y)
        for x in (60, 160, 260, 360):
            c.line(x, 800, x, 770)
        c.drawString(70, 780, "3")
        c.drawString(170, 780, "1")

    (table,) = grids(read_document(drawn(draw), name="report.pdf"))
    assert table[-1] == ["3", "1", ""]


def test_columns_need_not_stand_level() -> None:
    signs = "县人民政府坚持以公开为常态不公开为例外的原则全年通过门户网站主动公开各类信息"
    left = [(signs[n:] + signs)[:16] for n in range(10)]
    right = [(signs[n:] + signs)[:16] for n in range(10, 20)]

    def draw(c: Canvas) -> None:
        for row in range(10):
            c.drawString(60, 760 - 20 * row, left[row])
            c.drawString(300, 751 - 20 * row, right[row])

    document = read(draw)
    whole = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert whole == "".join(left + right)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([(4, "４"), (3, "１０２３")], "１０２３４"),
        ([(5, "得信息"), (4, "重新出具"), (3, "要求")], "要求重新出具得信息"),
        ([(3, "abc"), (4, "de")], "abcde"),
    ],
)
def test_lines_of_a_cell_are_read_downwards_in_whatever_order_they_were_drawn(
    pieces: list[tuple[int, str]], text: str
) -> None:
    glyphs = [
        Glyph(sign, 10 * n, 10 * row, 10 * n + 9, 10 * row + 12)
        for row, line in pieces
        for n, sign in enumerate(line)
    ]
    assert text_of(downwards(glyphs)) == text


def test_columns_of_vertical_signs_keep_the_order_of_their_source() -> None:
    glyphs = [
        Glyph(sign, x, y, x + 9, y + 9)
        for x, line in ((20, "办理"), (5, "结果"))
        for y, sign in zip((0, 12), line, strict=True)
    ]
    assert text_of(downwards(glyphs)) == "办理结果"


@pytest.mark.parametrize("short", [0.0, 1.6, 3.2])
def test_a_dashed_border_that_ends_in_its_gap_still_closes_the_last_row(short: float) -> None:
    page = PrintedPage(400, 400)
    for y in range(20, 141, 20):
        page.dots += [(60 + 4.0 * n, float(y)) for n in range(51)]
    for x in (60.0, 160.0, 260.0):
        page.dots += [(x, 140 - short - 4.5 * n) for n in range(5)]
        page.down += [Rule(x, y + 1.5, y + 18.0) for y in range(20, 120, 20)]
    page.glyphs = [Glyph("3", x + 20, y, x + 25, y + 10) for x in (60, 160) for y in range(25, 140, 20)]
    (table,) = ruled_tables(page)
    assert [slot.text for slot in table.slots] == ["3"] * 12
    assert table.rows == 6


def test_digits_that_a_line_strikes_out_are_left_out_and_noted() -> None:
    """A border across the middle of a sign, an underline and a line beside it strike nothing."""
    page = PrintedPage(400, 400)
    page.glyphs = [Glyph(sign, 60 + 7 * n, 100, 67 + 7 * n, 110) for n, sign in enumerate("661")]
    page.across = [Rule(105, 60, 74), Rule(109.8, 74, 81), Rule(105, 55, 120), Rule(115, 60, 81)]
    assert take_out_struck(page) == "66"
    assert text_of(page.glyphs) == "1"
    assert take_out_struck(page) == ""


def test_words_that_run_over_a_border_spoil_no_number() -> None:
    page = PrintedPage(400, 400)
    page.across, page.down = (
        [Rule(y, 50, 250) for y in (50, 70, 90)],
        [Rule(x, 50, 90) for x in (50, 150, 250)],
    )
    for left, top, text in ((60, 54, "信"), (160, 52, "数"), (160, 63, "量"), (60, 74, "章"), (165, 77, "5")):
        page.glyphs.append(Glyph(text, left, top, left + 10, top + 12))
    [table] = ruled_tables(page)
    assert [slot.text for slot in table.slots] == ["信", "数量", "章", "5"]


def test_a_sign_without_height_is_read() -> None:
    page = PrintedPage(400, 400)
    page.across, page.down = [Rule(y, 50, 250) for y in (50, 70)], [Rule(x, 50, 70) for x in (50, 150, 250)]
    page.glyphs = [Glyph("7", 60, 61, 66, 60), Glyph("8", 160, 60, 166, 60)]
    [table] = ruled_tables(page)
    assert [slot.text for slot in table.slots] == ["7", "8"]


def test_the_first_digits_of_a_number_too_high_for_its_row_belong_to_it() -> None:
    page = PrintedPage(400, 400)
    page.across, page.down = [Rule(y, 50, 150) for y in (50, 70, 90)], [Rule(x, 50, 90) for x in (50, 150)]
    page.across, page.down = [*page.across, Rule(70, 150, 200)], [*page.down, Rule(200, 50, 90)]
    for left, top, text in ((60, 52, "结"), (60, 63, "1"), (66, 63, "0"), (60, 75, "4")):
        page.glyphs.append(Glyph(text, left, top, left + 6, top + 12))
    [table] = ruled_tables(page)
    assert [slot.text for slot in table.slots if slot.text] == ["结", "104"]


def test_a_number_below_words_that_digits_are_printed_across_is_unsure() -> None:
    page = PrintedPage(400, 400)
    page.across, page.down = (
        [Rule(y, 50, 250) for y in (50, 70, 90)],
        [Rule(x, 50, 90) for x in (50, 150, 250)],
    )
    for left, top, text in ((60, 60, "结"), (62, 60, "1"), (68, 60, "0"), (60, 75, "4"), (160, 75, "5")):
        page.glyphs.append(Glyph(text, left, top, left + (12 if text == "结" else 6), top + 12))
    [table] = ruled_tables(page)
    assert {slot.text for slot in table.slots if slot.uncertain} == {"结10", "4"}
