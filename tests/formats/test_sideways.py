"""PDF pages whose print lies on its side, or on its head, as they are shown."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from govcrawl.documents import read_document
from govcrawl.model import Paragraph
from tests.formats.makers import FONT, as_pdf
from tests.formats.parts import a_report, faults, parts_of

LINES = ["一、总体情况是这样的请看清楚下面的话", "全年主动公开信息二百三十六条群众查阅方便"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_print_is_read_upright_however_the_page_is_turned(angle: int, rotation: int) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 600))
    canvas.setPageRotation(rotation)
    canvas.translate(300, 300)
    canvas.rotate(angle)
    canvas.setFont(FONT, 14)
    for number, text in enumerate(LINES):
        canvas.drawString(-200, 100 - 40 * number, text)
    canvas.save()
    blocks = read_document(out.getvalue(), name="a.pdf").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == LINES


@pytest.mark.parametrize("rotation", [90, 180])
def test_a_report_on_its_side(rotation: int) -> None:
    with pypdfium2.PdfDocument(as_pdf(list(parts_of(a_report(1))))) as file:
        for page in file:
            page.set_rotation(rotation)
        out = io.BytesIO()
        file.save(out)
    assert faults(out.getvalue(), "report.pdf", a_report(1)) == []
