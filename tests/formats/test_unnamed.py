"""A PDF whose font names all but a few of its characters."""

from __future__ import annotations

from govcrawl.documents import read_document
from govcrawl.model import Table

_NAMED = "".join(f"<{1 + digit:02X}> <{0x30 + digit:04X}>\n" for digit in range(10) if digit != 3)
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
    f"1 begincodespacerange <00> <FF> endcodespacerange 9 beginbfchar\n{_NAMED}endbfchar endcmap end end"
)
_CODES = range(1, 11)


def page(content: str) -> bytes:
    """A page with a font of boxes for the digits, of which it does not name the 3."""
    shapes = " ".join(f"/g{code} 7 0 R" for code in _CODES)
    names = " ".join(f"/g{code}" for code in _CODES)
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 1/LastChar 10"
        f"/CharProcs<<{shapes}>>/Encoding<</Differences[1 {names}]>>/Widths[{'500 ' * 10}]/ToUnicode 6 0 R"
        "/Resources<<>>>>",
        f"<</Length {len(_TO_UNICODE)}>>stream\n{_TO_UNICODE}\nendstream",
        "<</Length 51>>stream\n500 0 0 0 450 700 d1 0 0 450 700 re f            \nendstream",
    )
    body = "".join(f"{number} 0 obj\n{part}\nendobj\n" for number, part in enumerate(parts, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size 8>>\n%%EOF".encode()


def shown(number: str) -> str:
    """A number as the font's codes."""
    return "".join(f"{1 + int(digit):02X}" for digit in number)


def test_a_number_with_a_character_that_its_font_does_not_name_is_not_sure() -> None:
    rows = "".join(
        f"BT /F 10 Tf 60 {365 - 20 * row} Td <{shown('14520')}> Tj 100 0 Td <{shown(f'1{3 + row}0')}> Tj ET "
        for row in range(4)
    )
    lines = "".join(f"{x} 300 m {x} 380 l S " for x in (50, 150, 250))
    lines += "".join(f"50 {y} m 250 {y} l S " for y in range(300, 381, 20))
    document = read_document(page(lines + rows), name="report.pdf")
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert table.grid.texts() == [["14520", text] for text in ("1\ue0000", "140", "150", "160")]
    assert [row[1].uncertain for row in table.grid.rows] == [True, False, False, False]
    assert [defect.detail[:16] for defect in document.defects] == ["1 of 32 characte"]
