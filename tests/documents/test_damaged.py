"""Pages that are broken or hostile: nothing is lost or run together without a word."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.documents.bounds import MAX_TAGS, cut_to_size, unnested
from govcrawl.documents.encoding import decode
from govcrawl.documents.layout import MAX_ROWS
from govcrawl.model import Document, Paragraph, Table
from tests.documents.test_html import BODY, PREAMBLE, SIGNED, TITLE, page, read, report_texts, texts


def cell(markup: str | bytes) -> str:
    inner = markup.encode() if isinstance(markup, str) else markup
    before, after = "<table><tr><td>项</td><td>".encode(), "</td></tr><tr><td>二</td><td>2</td></tr></table>"
    document = read_document(b"<div>" + before + inner + after.encode() + b"</div>")
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return table.grid.rows[0][1].text


def kinds(document: Document) -> list[str]:
    return [defect.kind for defect in document.defects]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("47<sup>1</sup>", "47¹"),
        ("<p><b>47<sup>12</sup></b></p>", "47¹²"),
        ("47<span style='vertical-align: super'>3</span>", "47³"),
        ("47<sup>[1]</sup>", "47[1]"),
        ("47<sup>注2</sup>", "47[注2]"),
        ("47<sub>2</sub>", "47₂"),
        ("<sup>47</sup>", "47"),
        ("<p><sup>4</sup><sup>7</sup></p>", "47"),
        ("<del>46</del>47", "~~46~~47"),
        ("<del>4&#2;6</del>47", "~~46~~47"),
        ("47<sup>2&#x1f;</sup>", "47²"),
        ("47<s><b>9</b></s>", "47~~9~~"),
        ("<span style='color:red;text-decoration: line-through'>46</span>47", "~~46~~47"),
        ("47<span style='font-size:0px'>9</span>", "47"),
        ("<div style='font-size:0'><p style='font-size:14px'>47</p></div>", "47"),
        ("47<span style='font-size:0.9em'>9</span>", "479"),
        ("<ruby>47<rp>(</rp><rt>9</rt><rp>)</rp></ruby>", "47(9)"),
    ],
)
def test_raised_and_crossed_out_text_stays_apart_from_its_number(markup: str, text: str) -> None:
    assert cell(markup) == text


def test_what_is_crossed_out_or_raised_is_so_in_a_whole_row_and_in_prose() -> None:
    row = "<tr style='text-decoration:line-through'><td>项</td><td>5</td></tr>"
    document = read(f"<div><table>{row}<tr><td>二</td><td>6</td></tr></table><p>共12<sup>1</sup>件</p></div>")
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert table.grid.texts() == [["~~项~~", "~~5~~"], ["二", "6"]]
    assert texts(document) == ["共12¹件"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"8\xff3", "8〓3"),
        (b"\xff83", "〓83"),
        (b"83 \xff", "83 〓"),
        (b"\xff", "〓"),
        (b"8&#xFFFD;3", "8〓3"),
        (b"8&#0;3", "8〓3"),
        ("规\ufffd章".encode(), "规章"),
    ],
)
def test_a_number_that_lost_a_byte_does_not_close_over_the_gap(content: bytes, text: str) -> None:
    assert cell(content) == text


def test_lost_bytes_and_two_encodings_in_one_page_are_findings() -> None:
    assert kinds(read_document(f"<div>{BODY}</div>".encode() + b"\xff")) == ["undecodable_bytes"]
    head, tail = f"<div><h1>{TITLE}</h1>{PREAMBLE}".encode("gbk"), f"{BODY}{SIGNED}</div>".encode()
    for content in (head + tail, tail.decode().encode("gbk") + head.decode("gbk").encode()):
        document = read_document(content)
        assert kinds(document) == ["mixed_encodings"]
        assert document.replaced == 0
        assert {TITLE, *report_texts(preamble=False)} <= set(texts(document)) | set(document.titles)


@pytest.mark.parametrize("charset", ["gbk", "utf-8"])
def test_pages_in_one_encoding_are_not_called_mixed(charset: str) -> None:
    content = f"<div>{TITLE}{BODY * 5}联通 汉字 涓浗</div>".encode(charset)
    decoded = decode(content)
    assert "+" not in decoded.charset
    assert decoded.replaced == 0


@pytest.mark.parametrize("forgotten", [(0,), (1,), (2,), (0, 1, 2)])
@pytest.mark.parametrize("end", ["</table>", "</tr></table>"])
def test_a_forgotten_end_of_a_table_loses_no_sentence(forgotten: tuple[int, ...], end: str) -> None:
    whole = page(f"<div id=zoom>{PREAMBLE}{BODY}{SIGNED}</div>")
    parts = BODY.split(end)
    broken = "".join(
        part + ("" if n in forgotten or n == len(parts) - 1 else end) for n, part in enumerate(parts)
    )
    document = page(f"<div id=zoom>{PREAMBLE}{broken}{SIGNED}</div>")
    assert document.blocks == whole.blocks
    assert set(kinds(document)) == {"text_outside_cells"}
    assert kinds(whole) == []


def test_text_before_the_first_row_stands_before_the_table() -> None:
    rows = "<tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>"
    document = read(f"<div><table><p>前文</p>{rows}</table><p>后文</p></div>")
    assert [isinstance(block, Paragraph) for block in document.blocks] == [True, False, True]


@pytest.mark.parametrize("opened", ["<div>", "<b>", "<font><span>", "<section><div>"])
def test_a_page_nested_deeper_than_a_parser_goes_is_read(opened: str) -> None:
    document = read(opened * 3000 + f"<div id=zoom>{PREAMBLE}{BODY}{SIGNED}</div>")
    assert texts(document) == report_texts()


def test_unnested_keeps_ordinary_markup() -> None:
    markup = f"<div>{BODY}</div>" * 300
    assert unnested(markup) == markup
    assert unnested("<i>" * 300 + "文" + "</i>" * 300) == "<i>" * 200 + "文" + "</i>" * 200


@pytest.mark.parametrize(
    "tag", ["button", "noscript", "object", "p aria-hidden=true", "p style='display:none'"]
)
def test_text_that_is_left_out_of_the_article_is_said(tag: str) -> None:
    left = f"<{tag}>另有三件结转办理</{tag.split()[0]}>"
    document = page(f"<div id=zoom>{PREAMBLE}{left}{BODY}{SIGNED}</div><button>登录</button>")
    assert texts(document) == report_texts()
    assert [removal.line for removal in document.removed] == ["另有三件结转办理"]


@pytest.mark.parametrize("tag", ["noscript", "object", "div aria-hidden=true"])
def test_a_report_in_an_element_for_other_readers_is_read(tag: str) -> None:
    document = page(f"<div id=zoom><{tag}>{PREAMBLE}{BODY}{SIGNED}</{tag.split()[0]}></div>")
    assert texts(document) == report_texts()


def test_a_huge_table_is_cut_and_the_cut_is_said() -> None:
    rows = "<tr><td>1</td><td>2</td></tr>" * (MAX_ROWS + 5000)
    document = read(f"<div>{BODY}<table>{rows}</table></div>")
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables[-1].grid.rows) == MAX_ROWS + 1
    assert kinds(document) == ["table_cut"]


def test_a_huge_page_is_cut_at_a_number_of_tags() -> None:
    markup = "<p>行</p>" * (MAX_TAGS // 2 + 10)
    text, cut = cut_to_size(markup)
    assert cut
    assert text.count("<") == MAX_TAGS
    assert markup.startswith(text)
    assert cut_to_size(BODY) == (BODY, False)
