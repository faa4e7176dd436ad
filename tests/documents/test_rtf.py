"""What RTF holds beside plain text and tables."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Document, Figure, Paragraph, Table


def read(body: str) -> Document:
    head = r"{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0\fcharset134 S;}{\f1\fcharset0 T;}{\f2\fcharset136 B;}}"
    return read_document((head + body + "}").encode("ascii"), name="report.doc")


def texts(body: str) -> list[str]:
    return [block.text for block in read(body).blocks if isinstance(block, Paragraph)]


def grids(body: str) -> list[list[list[str]]]:
    return [block.grid.texts() for block in read(body).blocks if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"\f0\'c4\'ea\'b1\'a8\par", "年报"),
        (r"\f1\'c4\'ea\'b1\'a8 2023\par", "年报 2023"),
        (r"\f0 \'c4\'ea{\f2 \'a6\'7e}\par", "年年"),
        (r"\u24180?\u25253?\par", "年报"),
        (r"{\uc2\u24180\'c4\'ea\u25253\'b1\'a8}2\par", "年报2"),
        (r"\u-10179?\u-8985?\par", "\U0001f4e7"),
        (r"{\upr{\'3f\'3f}{\*\ud{\u24180?\u25253?}}}\par", "年报"),
        (r"a\v b\v0 c{\deleted d}{\v e}f\plain g\par", "acfg"),
        (r"35{\super 1}\par", "35¹"),
        (r"{\super 35}\par", "35"),
        (r"{\strike 8}{\strike 9}7\strike 1\strike0 2\par", "~~89~~7~~1~~2"),
        (r"35{\super\'d7\'a21}m\super 2\nosupersub 3\par", "35[注1]m²3"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt a}}b\par", "ab"),
        (r"35{\up6\fs12 1}\up0 2\par", "35¹2"),
        (r"35{\dn6 1}{\up2 2}\par", "35₁2"),
        (r"{\fs2 9}{\fs21 35}\par", "35"),
        (r"{\fs2 35}\par", "35"),
        (r"{\charscalex1 9}35\par", "35"),
        (r"a{\mmath{\*\moMath{\mr\mscr0 3}{\msSup{\msSupPr{\*\mctrlPr x}}{\me 5}{\msup 2}}}}\par", "a35²"),
        (r"{\*\moMathPara{\*\moMath{\mf{\mfPr{\mtype lin}}{\mnum 1}{\mden 2}}}}\par", "1/2"),
        (r"{\field{\*\fldinst { EQ \\o\\ad(\\s\\up 9(b),a)}}{\fldrslt }}35\par", "a35"),
        (r"{\field{\*\fldinst EQ \\o\\ac(\u9675?,3)}{\fldrslt x}}\par", "③"),
        (r"{\header x\par}{\*\generator y;}{\info{\title z}}a\par", "a"),
        (r"{\*\pn\pnlvlbody{\pntxta .}}{\pntext\f1 1.\tab}a\par", "1. a"),
        (r"{\listtext\f0\'d2\'bb\'a1\'a2}a\par", "一、a"),
        (r"a\~b\_c\-d\'5c\{\par", "a b-cd\\{"),
        (r"{\*\bkmkstart x}a{\*\bkmkend x}{\bin3 {}}b\par", "ab"),
    ],
)
def test_text(body: str, shown: str) -> None:
    if "bin3" in body:
        body = body.replace("{\\bin3 {}}", "\\bin3 {}}")
    assert texts(body) == [shown]


def test_paragraphs_breaks_and_headings() -> None:
    document = read(r"\pard\outlinelevel0 a\par\pard b\line c\par\page d")
    assert [(b.text, b.level) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("a", 1), ("b", 0), ("c", 0), ("d", 0),
    ]  # fmt: skip


def test_notes_stand_behind_the_text_and_boxes_behind_their_paragraph() -> None:
    assert texts(r"a{\footnote n\par}\par {\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt t\par}}}b\par c") == [
        "a", "t", "b", "c", "n",
    ]  # fmt: skip


def test_a_picture_stands_in_its_place() -> None:
    blocks = read(r"a\par{\*\shppict{\pict\pngblip 89504e}}{\nonshppict{\pict 00}}b\par").blocks
    assert [type(block) for block in blocks] == [Paragraph, Figure, Paragraph]


def row(shape: str, *cells: str) -> str:
    return r"\trowd" + shape + "".join(rf"\pard\intbl {cell}\cell" for cell in cells) + r"\row "


def test_merged_cells() -> None:
    body = row(r"\clmgf\cellx10000\clmrg\cellx20000\clvmgf\cellx30000", "a", "", "b")
    body += row(r"\cellx10000\cellx20010\clvmrg\cellx30000", "1", r"2\par 3", "")
    assert grids(body) == [[["a", "a", "b"], ["1", "2\n3", "b"]]]


def test_a_shape_given_before_and_behind_a_row() -> None:
    body = row(r"\cellx10000\cellx20000", "a", "b").replace(r"\row", r"\trowd\cellx10000\cellx20000\row")
    assert grids(body + r"\pard x\par" + row(r"\cellx10000\cellx20000", "c", "d")) == [
        [["a", "b"]],
        [["c", "d"]],
    ]


def test_a_table_in_a_cell_stands_behind_its_table() -> None:
    inner = r"\pard\intbl\itap2 1\nestcell 2\nestcell{\*\nesttableprops\trowd\cellx4000\cellx5000\nestrow}{\nonesttables\par}"
    body = rf"\trowd\cellx10000\cellx20000\pard\intbl a\cell{inner}\pard\intbl b\cell\row\pard e\par"
    assert grids(body) == [[["a", "b"]], [["1", "2"]]]
    assert texts(body) == ["e"]


def test_a_frame_around_a_table_is_no_table() -> None:
    inner = r"\pard\intbl\itap2 1\nestcell 2\nestcell{\*\nesttableprops\trowd\cellx4000\cellx5000\nestrow}"
    assert grids(rf"\trowd\cellx10000{inner}\pard\intbl\cell\row\pard") == [[["1", "2"]]]


def test_a_file_cut_off_says_so() -> None:
    document = read_document(rb"{\rtf1 a\par {b", name="report.rtf")
    assert [finding.kind for finding in document.defects] == ["file_cut"]
    assert read(r"a\par").defects == ()


def test_bytes_of_no_character_are_marked() -> None:
    document = read(r"\f0 12\'ff 3\par")
    assert document.replaced == 1
    assert texts(r"\f0 12\'ff 3\par") == ["12〓 3"]


COLOURS = r"{\colortbl;\red255\green255\blue255;\red31\green78\blue121;}"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"a{\cf1 9}35\par", "a35"),
        (r"a\cf1 9\cf0 35\par", "a35"),
        (r"a{\cf2 9}35\par", "a935"),
        (r"a{\cf1\highlight2 9}35\par", "a935"),
        (r"a{\cf1\chcbpat2 9}35\par", "a935"),
        (r"a{\cf1\chcbpat1 9}35\par", "a35"),
        (r"\cbpat2 a{\cf1 9}35\par", "a935"),
        (r"{\cf1 35}\par", "35"),
        (r"{\cf1 a}\plain{\cf1 35}\par", "a35"),
    ],
)
def test_white_letters_beside_others_are_seen_by_nobody_but_on_a_ground(body: str, shown: str) -> None:
    assert texts(COLOURS + body) == [shown]


def test_white_letters_in_cells() -> None:
    row = r"\trowd\clcbpat2\cellx1000\cellx2000\cellx3000\pard\intbl "
    cells = r"{\cf1 1}2\cell {\cf1 9}35\cell {\cf1 8}\cell\row"
    assert grids(COLOURS + row + cells + row + cells + r"\pard a\par") == [[["12", "35", "8"]] * 2]


def test_tables_in_boxes_of_either_form() -> None:
    table = r"\trowd\cellx900\cellx1800\pard\intbl 1\cell 2\cell\row\pard"
    new = rf"{{\shp{{\*\shpinst\shpleft0{{\sp{{\sn a}}{{\sv 202}}}}{{\shptxt {table}\par}}}}}}"
    old = rf"{{\*\do\dobxcolumn\dptxbx{{\dptxbxtext {table}\par}}}}"
    assert grids(rf"a{new}\par") == [[["1", "2"]]]
    assert grids(rf"a{old}\par") == [[["1", "2"]]]
    both = new[:-1] + rf"{{\shprslt{old}}}}}"
    assert grids(rf"a{both}\par") == [[["1", "2"]]]


AFTER = "三、收到和处理政府信息公开申请情况"
TYPED = [
    "本年制发件数", "规章", "规范性文件", "行政许可", "行政处罚", "行政强制",
]  # fmt: skip


def test_a_table_typed_with_tabs() -> None:
    rows = "".join(rf"{_signs(label)}\tab {place}\tab {place + 5}\par " for place, label in enumerate(TYPED))
    above = rf"{_signs('第二十条第（一）项')}\par "
    document = read(rf"{_signs('二、主动公开政府信息情况')}\par {above}{rows}{_signs(AFTER)}\tab x\par")
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.grid.texts() == [
        ["第二十条第（一）项"],
        *([label, str(place), str(place + 5)] for place, label in enumerate(TYPED)),
    ]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "二、主动公开政府信息情况",
        f"{AFTER} x",
    ]


def test_tabs_in_other_paragraphs_are_white_space() -> None:
    assert texts(r"a\tab b\par c\tab\tab d\par e\tab f\par") == ["a b", "c d", "e f"]


def _signs(text: str) -> str:
    return "".join(rf"\u{ord(sign) - (ord(sign) > 32767) * 65536}?" for sign in text)
