"""Word files made here, with everything that offices leave in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document as Made
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from govcrawl.documents import read_document
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Document, Figure, Paragraph, Table


def made(fill: Callable[[Made], Any]) -> bytes:
    file = docx.Document()
    fill(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def read(fill: Callable[[Made], Any]) -> Document:
    return read_document(made(fill), name="report.docx")


def insert(file: Made, xml: str) -> None:
    """Put an element before the section properties at the end of the body."""
    spaces = nsdecls("w", "r", "wp", "a") + (
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    head, _, rest = xml.partition(">")
    slash = "/" if head.endswith("/") else ""
    file.element.body.insert(-1, parse_xml(f"{head.removesuffix('/')} {spaces}{slash}>{rest}"))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def only_table(document: Document) -> list[list[str]]:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return table.grid.texts()


def test_paragraphs_and_tables_stand_in_their_order() -> None:
    def fill(file: Made) -> None:
        file.add_paragraph("临溪镇2023年政府信息公开工作年度报告")
        file.add_paragraph("一、总体情况")
        table = file.add_table(2, 2)
        for cell, text in zip([c for row in table.rows for c in row.cells], "甲乙丙丁", strict=True):
            cell.text = text
        file.add_paragraph("完。")

    document = read(fill)
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Paragraph", "Paragraph", "Table", "Paragraph"]
    assert only_table(document) == [["甲", "乙"], ["丙", "丁"]]
    assert document.source_type == "docx"
    assert document.titles[0] == "临溪镇2023年政府信息公开工作年度报告"


def test_merged_cells_fill_every_slot() -> None:
    def fill(file: Made) -> None:
        table = file.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "高"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "宽"
        for place, text in (((1, 1), "1"), ((1, 2), "2"), ((2, 0), "3"), ((2, 1), "4"), ((2, 2), "5")):
            table.cell(*place).text = text

    assert only_table(read(fill)) == [["高", "宽", "宽"], ["高", "1", "2"], ["3", "4", "5"]]


def test_a_row_may_begin_later() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    late = "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr>"
    document = read(lambda file: insert(file, f"<w:tbl>{row.format('', '1')}{late}</w:tbl>"))
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert table.grid.texts() == [["1", ""], ["", "2"]]
    assert table.grid.rows[1][0].colspan == 0


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_kept() -> None:
    xml = (
        "<w:p><w:r><w:t>收到</w:t></w:r><w:del><w:r><w:delText>7</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>8</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>件</w:t></w:r></w:p>"
    )
    assert texts(read(lambda file: insert(file, xml))) == ["收到8件"]


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("<w:vertAlign w:val='superscript'/>", "16²件"),
        ("<w:vertAlign w:val='subscript'/>", "16₂件"),
        ("<w:vertAlign w:val='baseline'/>", "162件"),
        ("<w:position w:val='6'/><w:sz w:val='12'/>", "16²件"),
        ("<w:position w:val='-6'/>", "16₂件"),
        ("<w:position w:val='2'/>", "162件"),
        ("<w:strike/>", "16~~2~~件"),
        ("<w:dstrike w:val='0'/>", "162件"),
        ("<w:rPrChange w:id='1' w:author='a'><w:rPr><w:strike/></w:rPr></w:rPrChange>", "162件"),
    ],
)
def test_raised_and_struck_text_is_no_part_of_a_number(mark: str, shown: str) -> None:
    run = f"<w:r><w:rPr>{mark}</w:rPr><w:t>2</w:t></w:r>"
    xml = f"<w:p><w:r><w:t>16</w:t></w:r>{run}<w:r><w:t>件</w:t></w:r></w:p>"
    assert texts(read(lambda file: insert(file, xml))) == [shown]


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        ("<w:sz w:val='2'/>", "16件"),
        ("<w:sz w:val='21'/>", "162件"),
        ("<w:w w:val='1'/>", "16件"),
        ("<w:w w:val='80'/>", "162件"),
        ("<w:color w:val='FEFDFF'/>", "16件"),
        ("<w:color w:val='F0F0F0'/>", "162件"),
        ("<w14:textFill><w14:noFill/></w14:textFill>", "16件"),
        ("<w:rStyle w:val='Unseen'/>", "16件"),
        ("<w:rStyle w:val='Other'/>", "162件"),
    ],
)
def test_digits_that_nobody_sees_are_no_part_of_a_number(look: str, shown: str) -> None:
    def fill(file: Made) -> None:
        style = f"<w:style {nsdecls('w')} w:type='character' w:styleId='Unseen'><w:rPr><w:vanish/></w:rPr></w:style>"
        file.styles.element.append(parse_xml(style))
        run = f"<w:r><w:rPr>{look}</w:rPr><w:t>2</w:t></w:r>"
        office = "xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'"
        insert(file, f"<w:p {office}><w:r><w:t>16</w:t></w:r>{run}<w:r><w:t>件</w:t></w:r></w:p>")

    assert texts(read(fill)) == [shown]


def test_a_paragraph_that_is_tiny_as_a_whole_is_read() -> None:
    xml = "<w:p><w:r><w:rPr><w:sz w:val='2'/></w:rPr><w:t>35</w:t></w:r></w:p>"
    assert texts(read(lambda file: insert(file, xml))) == ["35"]


def test_text_from_right_to_left_is_written_as_it_is_seen() -> None:
    runs = "<w:r><w:t>18</w:t></w:r><w:r><w:t>6</w:t></w:r>"
    xml = f"<w:p><w:bdo w:val='rtl'>{runs}</w:bdo><w:r><w:t>件</w:t></w:r><w:bdo w:val='ltr'>{runs}</w:bdo></w:p>"
    assert texts(read(lambda file: insert(file, xml))) == ["681件186"]


def test_fields_of_equations_are_shown_and_others_by_their_result() -> None:
    def field(code: str, result: str = "") -> str:
        end = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
        shown = f"{end.format('separate')}<w:r><w:t>{result}</w:t></w:r>" if result else ""
        split = "".join(f"<w:r><w:instrText xml:space='preserve'>{part}</w:instrText></w:r>" for part in code)
        return f"{end.format('begin')}{split}{shown}{end.format('end')}"

    codes = field(r" EQ \o\ad(\s\up 9(x),3)") + field(" =SUM(ABOVE)", "5") + field(" PAGE ")
    assert texts(read(lambda file: insert(file, f"<w:p>{codes}</w:p>"))) == ["35"]


def test_a_table_typed_with_tabs() -> None:
    labels = ["规章", "规范性文件", "行政许可", "行政处罚"]
    rows = [f"{label}\t{place}\t" for place, label in enumerate(labels)]

    def fill(file: Made) -> None:
        for text in (
            "目录\t1",
            "一、总体情况",
            "第二十条第（一）项",
            *rows,
            "全年工作平稳有序，没有\t问题，一切都好。",
        ):
            file.add_paragraph(text)

    document = read(fill)
    assert only_table(document)[1:] == [[label, str(place), ""] for place, label in enumerate(labels)]
    assert texts(document)[:2] == ["目录 1", "一、总体情况"]
    assert texts(document)[-1] == "全年工作平稳有序，没有 问题，一切都好。"


def test_a_number_raised_as_a_whole_is_a_number() -> None:
    xml = "<w:p><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>35</w:t></w:r></w:p>"
    assert texts(read(lambda file: insert(file, xml))) == ["35"]


def test_figures_of_the_symbol_font_are_figures_and_its_pictures_none() -> None:
    def fill(file: Made) -> None:
        codes = [("Symbol", "F033"), ("Symbol", "F035"), ("Wingdings", "F033")]
        runs = "".join(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>' for font, code in codes)
        insert(file, f"<w:p><w:r><w:t>收到</w:t></w:r>{runs}<w:r><w:t>件</w:t></w:r></w:p>")

    assert texts(read(fill)) == ["收到35件"]


def test_a_deleted_row_is_no_row() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(f"<w:tr>{cell.format(n)}{cell.format(n * 2)}</w:tr>" for n in (1, 2))
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format(9)}{cell.format(9)}</w:tr>"
    document = read(lambda file: insert(file, f"<w:tbl>{rows}{gone}</w:tbl>"))
    assert only_table(document) == [["1", "2"], ["2", "4"]]


def test_content_controls_are_walked_into_wherever_they_stand() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    wrapped = f"<w:sdt><w:sdtContent>{cell.format('乙')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell.format('丙')}{cell.format('丁')}</w:tr></w:sdtContent></w:sdt>"
    table = f"<w:tbl><w:tr>{cell.format('甲')}{wrapped}</w:tr>{row}</w:tbl>"
    xml = f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{table}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    assert only_table(read(lambda file: insert(file, xml))) == [["甲", "乙"], ["丙", "丁"]]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框中标题</w:t></w:r></w:p></w:txbxContent>"
    xml = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:txbx>"
        f"{box}</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文</w:t></w:r></w:p>"
    )
    assert texts(read(lambda file: insert(file, xml))) == ["框中标题", "正文"]


def test_a_frame_around_a_table_is_no_table() -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    frame = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    document = read(lambda file: insert(file, frame))
    assert texts(document) == ["外"]
    assert only_table(document) == [["1", "2"]]


def numbered_file() -> bytes:
    """Headings and items whose numbers Word counts by itself."""
    level = "<w:lvl w:ilvl='{}'><w:start w:val='1'/><w:numFmt w:val='{}'/><w:lvlText w:val='{}'/></w:lvl>"
    levels = level.format(0, "chineseCountingThousand", "%1、") + level.format(1, "decimal", "%2.")
    paragraphs = [(0, "总体情况"), (1, "制度"), (1, "平台"), (0, "主动公开政府信息情况"), (1, "规章")]

    def fill(file: Made) -> None:
        part = file.part.numbering_part.element
        part.insert(
            0, parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{levels}</w:abstractNum>")
        )
        part.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
        for at, text in paragraphs:
            number = f"<w:numPr><w:ilvl w:val='{at}'/><w:numId w:val='77'/></w:numPr>"
            insert(file, f"<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")

    return made(fill)


def test_automatic_numbers_are_written() -> None:
    document = read_document(numbered_file(), name="report.docx")
    assert texts(document) == ["一、总体情况", "1. 制度", "2. 平台", "二、主动公开政府信息情况", "1. 规章"]


def test_images_stand_in_their_place() -> None:
    blip = "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:embed='{}'/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    document = read(
        lambda file: (
            insert(file, "<w:p><w:r><w:t>见图</w:t></w:r></w:p>"),
            insert(file, blip.format("rId1")),
        )
    )
    assert [type(block) for block in document.blocks] == [Paragraph, Figure]


def broken(edit: Callable[[bytes], bytes]) -> bytes:
    whole = made(lambda file: file.add_paragraph("甲" * 500))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, edit(content) if name == "word/document.xml" else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (made(lambda file: file.add_paragraph("甲"))[:-200], "report.docx"),
        (broken(lambda _: b""), "without a text part"),
        (broken(lambda _: b" " * (70 * 2**20)), "more than"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableDocument, match=told):
        read_document(content, name="report.docx")


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    content = broken(lambda text: text.replace(b"<w:document", bomb + b"<w:document", 1))
    with pytest.raises(UnreadableDocument, match="XML entities"):
        read_document(content, name="report.docx")
