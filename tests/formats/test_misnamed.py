"""PDF files whose fonts name Chinese signs as Latin ones, laid out here byte by byte."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.documents.pdf_misnamed import take_misnamed
from govcrawl.documents.printed import Glyph, PrintedPage
from govcrawl.model import Document, Paragraph

LINES = ("一、总体情况", "本年收到申请235件（含网上），均已答复。")


def printed(names: dict[str, str]) -> bytes:
    """Two lines in one font; each sign has the name that it is given, else its own."""
    signs = sorted(set("".join(LINES)))
    codes = {sign: number for number, sign in enumerate(signs, 1)}
    maps = "".join(f"<{codes[s]:04x}> <{ord(names.get(s, s)):04x}>\n" for s in signs)
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(signs)} beginbfchar\n{maps}endbfchar\n"
        "endcmap end end"
    )
    widths = " ".join("500" if sign.isascii() else "1000" for sign in signs)
    shown = "".join(
        f"BT /F 14 Tf 60 {700 - 30 * row} Td <{''.join(f'{codes[s]:04x}' for s in text)}> Tj ET\n"
        for row, text in enumerate(LINES)
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 8 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/FontDescriptor 6 0 R/DW 1000/W[1[{widths}]]>>",
        "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
        "/CapHeight 700/StemV 80>>",
        f"<</Length {len(shown)}>>\nstream\n{shown}endstream",
        f"<</Length {len(unicode)}>>\nstream\n{unicode}\nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size 9>>\n%%EOF\n".encode("latin-1")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_signs_with_their_own_names() -> None:
    document = read_document(printed({}), name="a.pdf")
    assert (texts(document), document.defects) == (list(LINES), ())


def test_broad_signs_with_latin_names_are_no_digits_and_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govcrawl.documents.pdf.is_available", lambda: False)
    document = read_document(printed({"、": "1", "。": "2", "（": "ÿ", "）": "Ā", "均": "°"}), name="a.pdf")
    text = "".join(texts(document))
    assert "235" in text
    assert not set("ÿĀ°") & set(text)
    assert text.count("1") == 0
    assert text.count("2") == 1
    [told] = [defect for defect in document.defects if defect.kind == "characters_without_font"]
    assert told.detail.startswith("5 of ")


def test_signs_that_chinese_fonts_draw_as_broadly_are_left() -> None:
    signs = "本年温度±5°×2à÷"
    page = PrintedPage(100, 100, [Glyph(sign, n * 10, 0, n * 10 + 10, 10) for n, sign in enumerate(signs)])
    assert take_misnamed([page], "?") == 0
    narrow = [Glyph(sign, 0, 0, 5, 10) for sign in "ÿþÿ12"]
    assert take_misnamed([PrintedPage(100, 100, [*page.glyphs, *narrow])], "?") == 0
