"""What PDF files hold beside a plain report: protection, scans, shading, running heads."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from govcrawl.documents import read_document
from govcrawl.documents.pdf_page import pdf_page
from govcrawl.documents.printed import blocks_of_pages
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Document, Paragraph, Table
from tests.formats.makers import FONT, Print, as_docx, as_pdf
from tests.formats.office import converted, needs_office
from tests.formats.parts import a_report, parts_of


def drawn(draw: Callable[[Canvas], Any], **options: Any) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, **options)
    canvas.setFont(FONT, 12)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def read(draw: Callable[[Canvas], Any]) -> Document:
    return read_document(drawn(draw), name="report.pdf")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_a_protected_file_says_so() -> None:
    locked = pdfencrypt.StandardEncryption("secret", canPrint=0)
    with pytest.raises(UnreadableDocument, match="password-protected"):
        read_document(drawn(lambda c: c.drawString(99, 700, "甲乙"), encrypt=locked), name="report.pdf")


def test_a_damaged_file_says_so() -> None:
    with pytest.raises(UnreadableDocument, match=r"report\.pdf: PDF damaged"):
        read_document(b"%PDF-1.7\n%%EOF", name="report.pdf")


def test_a_scan_says_what_it_needs() -> None:
    dot = io.BytesIO(b"P6 1 1 255\n\x00\x00\x00")
    with pytest.raises(UnreadableDocument, match="is a scan; reading scans is switched off"):
        read(lambda c: c.drawImage(ImageReader(dot), 0, 0, 595, 842))


def test_shading_behind_a_paragraph_is_no_table() -> None:
    def draw(c: Canvas) -> None:
        for y in (700, 670, 640):
            c.setFillGray(0.9)
            c.rect(60, y - 6, 200, 24, stroke=0, fill=1)
            c.rect(270, y - 6, 200, 24, stroke=0, fill=1)
            c.setFillGray(0)
            c.drawString(66, y, "这是一段有底纹的文字")
        c.showPage()

    assert not any(isinstance(block, Table) for block in read(draw).blocks)


def test_a_frame_around_the_page_is_no_table() -> None:
    def draw(c: Canvas) -> None:
        c.rect(40, 40, 515, 762)
        c.drawString(99, 700, "框内的文字仍是正文")

    document = read(draw)
    assert texts(document) == ["框内的文字仍是正文"]


def test_bold_print_by_printing_twice_is_read_once() -> None:
    def draw(c: Canvas) -> None:
        c.drawString(99, 700, "一、总体情况")
        c.drawString(99.4, 700, "一、总体情况")

    assert texts(read(draw)) == ["一、总体情况"]


def ruled(c: Canvas) -> None:
    c.grid([60, 160, 260], [600, 630, 660])
    for x, y, text in ((70, 640, "规章"), (70, 610, "公开")):
        c.drawString(x, y, text)


def test_the_mark_of_a_note_is_no_digit_of_a_number() -> None:
    def draw(c: Canvas) -> None:
        ruled(c)
        c.drawString(170, 640, "35")
        c.drawString(170, 610, "16")
        c.setFont(FONT, 7)
        c.drawString(183, 646, "1")
        c.drawString(183, 608, "2")

    (table,) = (block for block in read(draw).blocks if isinstance(block, Table))
    assert table.grid.texts() == [["规章", "35¹"], ["公开", "162"]]


@pytest.mark.parametrize("drawn_already", [True, False])
def test_what_is_typed_into_fields_is_read(drawn_already: bool) -> None:
    def draw(c: Canvas) -> None:
        ruled(c)
        for y, text in ((635, "35"), (605, "0")):
            c.acroForm.textfield(text, name=f"f{y}", x=165, y=y, width=60, height=20, borderWidth=0)

    content = drawn(draw)
    if not drawn_already:
        assert b"/AP" in content
        content = content.replace(b"/AP", b"/Ap")
    blocks = read_document(content, name="report.pdf").blocks
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert table.grid.texts() == [["规章", "35"], ["公开", "0"]]


def test_a_watermark_repeated_all_over_is_left_out() -> None:
    def draw(c: Canvas) -> None:
        c.drawString(60, 700, "本年度收到申请35件，予以公开16件。")
        for n in range(40):
            c.saveState()
            c.translate(60 + n % 5 * 100, 100 + n // 5 * 80)
            c.rotate(45)
            c.drawString(0, 0, "内部2023")
            c.restoreState()

    document = read(draw)
    assert texts(document) == ["本年度收到申请35件，予以公开16件。"]
    assert [removal.rule for removal in document.removed] == ["watermark"]


def test_text_that_a_program_recognised_on_a_scan_is_not_sure() -> None:
    dot = io.BytesIO(b"P6 1 1 255\n\x00\x00\x00")

    def draw(c: Canvas) -> None:
        c.drawImage(ImageReader(dot), 0, 0, 595, 842)
        ruled(c)
        for y, number in ((640, "35"), (610, "16")):
            text = c.beginText(170, y)
            text.setTextRenderMode(3)
            text.textOut(number)
            c.drawText(text)

    document = read(draw)
    assert [own.kind for own in document.defects] == ["scanned_pages"]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [[cell.text for cell in row if cell.uncertain] for row in table.grid.rows] == [
        ["规章", "35"],
        ["公开", "16"],
    ]


def test_a_table_without_lines_is_not_sure_where_its_signs_are_not() -> None:
    content = as_pdf(list(parts_of(a_report(0))), Print(lines=""))
    with pypdfium2.PdfDocument(content) as file:
        pages = [pdf_page(file, number)[0] for number in range(len(file))]
    for page in pages:
        page.glyphs = [glyph._replace(uncertain=True) for glyph in page.glyphs]
    tables = [block for block in blocks_of_pages(pages)[0] if isinstance(block, Table)]
    assert tables
    assert all(cell.uncertain for table in tables for row in table.grid.rows for cell in row if cell.text)


def test_a_table_without_lines_on_an_image_is_not_sure_where_it_is_blank() -> None:
    content = as_pdf(list(parts_of(a_report(0))), Print(lines=""))
    with pypdfium2.PdfDocument(content) as file:
        pages = [pdf_page(file, number)[0] for number in range(len(file))]
    for page in pages:
        page.recognised = True
    tables = [block for block in blocks_of_pages(pages)[0] if isinstance(block, Table)]
    assert tables
    assert all(cell.uncertain for table in tables for row in table.grid.rows for cell in row)


def test_page_numbers_and_running_heads_are_left_out_and_noted() -> None:
    def draw(c: Canvas) -> None:
        for page in range(1, 5):
            c.setFont(FONT, 12)
            c.drawString(72, 810, "临水县人民政府公报")
            c.drawString(100, 600, f"第{'一二三四'[page - 1]}页的正文写到这里为止。")
            c.drawString(72, 580, "满行的文字一直写到右边才折行" * 2)
            c.drawString(280, 30, f"— {page} —")
            c.showPage()

    document = read(draw)
    assert [text[:2] for text in texts(document)[::2]] == ["第一", "第二", "第三", "第四"]
    assert not any("公报" in text or "—" in text for text in texts(document))
    assert sorted({removal.rule for removal in document.removed}) == ["page_number", "running_head"]


def test_an_open_row_at_the_foot_of_a_page_is_a_row() -> None:
    def draw(c: Canvas) -> None:
        for y in (700, 660):
            c.line(60, y, 260, y)
        for x in (60, 160, 260):
            c.line(x, 700, x, 620)
        for x, y, text in ((70, 675, "规章"), (170, 675, "12"), (70, 635, "规范性文件"), (170, 635, "34")):
            c.drawString(x, y, text)

    (table,) = (block for block in read(draw).blocks if isinstance(block, Table))
    assert table.grid.texts() == [["规章", "12"], ["规范性文件", "34"]]


def test_text_in_two_columns_is_read_column_by_column() -> None:
    signs = "县人民政府坚持以公开为常态不公开为例外的原则全年通过门户网站主动公开各类信息"
    lines = [(signs[n:] + signs)[:16] for n in range(20)]

    def draw(c: Canvas) -> None:
        c.drawString(150, 800, "临水县人民政府工作简报合刊第二期")
        for number, text in enumerate(lines):
            column, row = divmod(number, 10)
            c.drawString(60 + 240 * column, 760 - 20 * row, text)
        c.drawString(60, 520, "末行横贯全页之下方另起一段")

    assert texts(read(draw)) == [
        "临水县人民政府工作简报合刊第二期",
        "".join(lines),
        "末行横贯全页之下方另起一段",
    ]


def test_short_words_side_by_side_are_no_columns() -> None:
    def draw(c: Canvas) -> None:
        for row in range(12):
            c.drawString(60, 760 - 20 * row, f"第{row}项")
            c.drawString(300, 760 - 20 * row, f"{row}件")

    assert texts(read(draw))[0].startswith("第0项0件")


@needs_office
def test_characters_that_their_font_does_not_name_are_no_text() -> None:
    (whole,) = converted(
        {"1.docx": as_docx(["临水县2023年政府信息公开工作年度报告", "全年公开35条。"])}, "pdf"
    ).values()
    assert "全年公开35条。" in "".join(texts(read_document(whole, name="report.pdf")))
    bare = re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), whole)
    assert bare != whole
    with pytest.raises(UnreadableDocument, match=r"without names for .* of its .* characters"):
        read_document(bare, name="report.pdf")
