"""PDF files that leave their fonts to the machine: read alike wherever they are."""

from __future__ import annotations

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from govcrawl.documents import read_document
from govcrawl.documents.pdf_fonts import one_font_for_all
from govcrawl.errors import UnreadableDocument
from tests.formats.makers import FONT
from tests.formats.test_pdf import drawn, read, texts


def lone_signs(c: Canvas) -> None:
    c.drawString(99, 700, "收到申请")
    c.drawString(99, 680, "件")


def in_numbers_of_its_own(lines: list[str], first: int) -> bytes:
    """A page in a font whose file is missing and that numbers its signs from ``first`` on."""
    numbers = {sign: first + n for n, sign in enumerate(sorted(set("".join(lines))))}
    named = "".join(f"<{number:04x}> <{ord(sign):04x}>\n" for sign, number in numbers.items())
    names = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
        f"{len(numbers)} beginbfchar\n{named}endbfchar endcmap end"
    )
    shown = "".join(
        f"BT /F 12 Tf 60 {700 - 30 * n} Td <{''.join(f'{numbers[sign]:04x}' for sign in line)}> Tj ET\n"
        for n, line in enumerate(lines)
    )
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/FontDescriptor 8 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        f"<</Length {len(names)}>>stream\n{names}\nendstream",
        "<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -120 1000 880]/Ascent 880/Descent -120>>",
    ]
    body = "".join(f"{n} 0 obj\n{part}\nendobj\n" for n, part in enumerate(parts, 1))
    return f"%PDF-1.7\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode()


def test_characters_are_read_whatever_fonts_the_machine_has() -> None:
    document = read(lone_signs)
    assert "".join(texts(document)) == "收到申请件"
    assert document.defects == ()


def test_radicals_that_a_font_names_are_the_characters_that_they_look_like() -> None:
    document = read_document(in_numbers_of_its_own(["⻘⼭县⼈⺠政府⼯作⻓", "35⽉"], 300))
    assert "".join(texts(document)) == "青山县人民政府工作长35月"


@pytest.mark.parametrize("first", [3, 32, 20_000])
def test_lone_signs_of_a_font_with_numbers_of_its_own_are_read(first: int) -> None:
    document = read_document(in_numbers_of_its_own(["收到申请", "35", "件", "7"], first))
    assert "".join(texts(document)) == "收到申请35件7"
    assert document.defects == ()


def test_a_lone_space_is_no_lost_sign() -> None:
    def draw(c: Canvas) -> None:
        for n, sign in enumerate("规\u3000章"):
            c.drawString(99 + 12 * n, 700, sign)
        c.setFont("Helvetica", 12)
        c.drawString(300, 700, " ")

    assert read(draw).defects == ()


def test_narrow_letters_side_by_side_are_not_print_on_print() -> None:
    def draw(c: Canvas) -> None:
        c.setFont("Helvetica", 12)
        c.drawString(99, 700, "hello Bill")
        for shift in (0, 0.3):  # as bold type is made
            c.setFont(FONT, 12)
            c.drawString(99 + shift, 660, "共11件")

    assert texts(read(draw)) == ["hello Bill", "共11件"]


def test_reading_leaves_alone_how_files_are_drawn() -> None:
    content = drawn(lone_signs)

    def picture() -> bytes:
        with pypdfium2.PdfDocument(content) as file:
            return bytes(file[0].render(scale=1).to_numpy().tobytes())

    before = picture()
    with one_font_for_all():
        boxes = picture()
    read_document(content, name="report.pdf")
    with pytest.raises(UnreadableDocument):
        read_document(b"%PDF-1.7\n%%EOF", name="report.pdf")
    assert boxes != before == picture()
