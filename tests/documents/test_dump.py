from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Document, Paragraph, Table


def read(text: str, charset: str = "utf-8") -> Document:
    return read_document(text.encode(charset), name="dump.txt")


def shape(document: Document) -> list[str | list[list[str]]]:
    return [b.grid.texts() if isinstance(b, Table) else getattr(b, "text", "") for b in document.blocks]


ROWS = """柳河镇人民政府

2020 年政府信息公开工作年度报告

二、主动公开政府信息情况

第二十条第（一）项\t\t\t
信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t0\t0\t7

规范性文件\t0\t\t9

三、收到和处理政府信息公开申请情况
"""

CELLS = """柳河镇2020年政府信息公开工作年度报告
二、主动公开政府信息情况
\t第二十条第（一）项

\t信息内容
\t本年新
制作数量
\t对外公开总数量

\t（三）不予

公开
\t\u00a00
\t

\t
\t0


三、收到和处理政府信息公开申请情况
正文
"""

PIPES = """二、主动公开政府信息情况
|
第二十条第(一)项 | |||
|
信息内容 |
本年制发件数 |
本年废止
件数 |
现行有效件数 |
|
规章 |
0 |
|
3 |
|
行政许可 |
5 | ||
|
结转 |
4 |
| |
三、收到和处理政府信息公开申请情况
|
行政复议 |
5 |
正文一段。
"""


def test_a_row_per_line_is_one_grid_over_its_page_breaks() -> None:
    document = read(ROWS)
    assert shape(document) == [
        "柳河镇人民政府",
        "2020 年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        [
            ["第二十条第（一）项", "", "", ""],
            ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
            ["规章", "0", "0", "7"],
            ["规范性文件", "0", "", "9"],
        ],
        "三、收到和处理政府信息公开申请情况",
    ]
    table = document.blocks[3]
    assert isinstance(table, Table)
    assert table.grid.aligned
    assert (table.grid.rows[3][2].row, table.grid.rows[3][2].column) == (3, 2)
    assert document.titles[0] == "柳河镇人民政府2020 年政府信息公开工作年度报告"


def test_rows_that_lost_their_blanks_stay_short_and_unaligned() -> None:
    document = read("标签\t甲\t乙\t丙\n一、新收\t3\t3\n二、结转\t0\t0\t0\n")
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert not table.grid.aligned
    assert [len(row) for row in table.grid.rows] == [4, 3, 4]


def test_a_banner_whose_tabs_were_stripped_stays_a_row() -> None:
    text = "信息内容\t本年制发件数\n规章\t0\n第二十条第（五）项\n信息内容\t数量\n行政许可\t3\n二、主动公开政府信息情况\n甲\t1\n乙\t2\n"
    first, heading, second = shape(read(text))
    assert ["第二十条第（五）项"] in first
    assert heading == "二、主动公开政府信息情况"
    assert second == [["甲", "1"], ["乙", "2"]]


def test_a_cell_per_line_keeps_cells_that_run_over_lines_and_blank_lines() -> None:
    document = read(CELLS)
    assert shape(document) == [
        "柳河镇2020年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        [
            ["第二十条第（一）项"],
            ["信息内容", "本年新\n制作数量", "对外公开总数量"],
            ["（三）不予\n公开", "0", ""],
            ["", "0"],
        ],
        "三、收到和处理政府信息公开申请情况",
        "正文",
    ]
    table = document.blocks[2]
    assert isinstance(table, Table)
    assert not table.grid.aligned


def test_a_heading_right_after_a_cell_ends_the_table() -> None:
    text = "\t规章\n\t0\n\n\t规范性文件\n\t5\n\n四、政府信息公开行政复议、行政诉讼情况\n\t结果维持\n\t结果纠正\n\n\t1\n\t2\n"
    first, heading, second = shape(read(text))
    assert first == [["规章", "0"], ["规范性文件", "5"]]
    assert heading == "四、政府信息公开行政复议、行政诉讼情况"
    assert second == [["结果维持", "结果纠正"], ["1", "2"]]


def test_prose_after_one_blank_line_does_not_run_into_a_number() -> None:
    first, after = shape(read("\t规章\n\t0\n\n\t文件\n\t5\n\n以上数据已核对\n"))
    assert first == [["规章", "0"], ["文件", "5"]]
    assert after == "以上数据已核对"


def test_pads_of_the_pipe_form_are_no_cells_and_blanks_are() -> None:
    document = read(PIPES)
    assert shape(document) == [
        "二、主动公开政府信息情况",
        [
            ["第二十条第(一)项"],
            ["信息内容", "本年制发件数", "本年废止\n件数", "现行有效件数"],
            ["规章", "0", "", "3"],
            ["行政许可", "5"],
            ["结转", "4", ""],
        ],
        "三、收到和处理政府信息公开申请情况",
        [["行政复议", "5"]],
        "正文一段。",
    ]
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert not table.grid.aligned


def test_markdown_tables_and_headings() -> None:
    text = "# 柳河镇2023年政府信息公开年度报告\n\n## 一、总体情况\n\n| 信息内容 | 数量 |\n| --- | ---: |\n| 规章 | 0 |\n| 文件 |  |\n\n正文\n"
    document = read(text)
    assert shape(document) == [
        "柳河镇2023年政府信息公开年度报告",
        "一、总体情况",
        [["信息内容", "数量"], ["规章", "0"], ["文件", ""]],
        "正文",
    ]
    assert document.blocks[1] == Paragraph("一、总体情况", 2)
    table = document.blocks[2]
    assert isinstance(table, Table)
    assert table.grid.aligned


@pytest.mark.parametrize(
    "text",
    [
        "\t一、总体情况\n\t我镇全年公开信息三百条，"
        + "其中工作动态若干条。" * 9
        + "\n\t下一步将"
        + "继续努力。" * 20
        + "\n",
        "1.\t加强组织领导。\n2.\t加强业务培训。\n",
        "公开渠道：网站|微信|微博。\n",
        "无任何表格。\n第二段。\n",
    ],
)
def test_prose_with_tabs_or_pipes_is_prose(text: str) -> None:
    document = read(text)
    assert all(isinstance(block, Paragraph) for block in document.blocks)
    assert len(document.blocks) == text.count("\n")


@pytest.mark.parametrize("text", [ROWS, CELLS, PIPES], ids=["rows", "cells", "pipes"])
def test_charset_and_line_ends_change_nothing(text: str) -> None:
    plain = read(text).blocks
    assert read(text, "gb18030").blocks == plain
    assert read("\ufeff" + text).blocks == plain
    assert read(text.replace("\n", "\r\n")).blocks == plain
    assert read(text, "utf-16").blocks == plain


@pytest.mark.parametrize("text", [ROWS, CELLS, PIPES], ids=["rows", "cells", "pipes"])
def test_a_dump_cut_anywhere_loses_only_what_was_cut(text: str) -> None:
    for end in range(30, len(text)):
        blocks = read(text[:end]).blocks
        shown = "".join(
            "".join(map("".join, b.grid.texts())) if isinstance(b, Table) else getattr(b, "text", "")
            for b in blocks
        )
        kept = "".join(shown.split())
        for mark in ("|", "\u00a0"):
            kept = kept.replace(mark, "")
        expected = "".join(text[:end].replace("|", "").replace("\u00a0", "").split())
        assert kept.removesuffix("…") == expected


def test_seeds_keep_every_number_and_paragraph(shared) -> None:  # type: ignore[no-untyped-def]
    shapes = {}
    for path in sorted((shared / "seeds").glob("*.txt")):
        document = read_document(path.read_bytes(), name=path.name)
        grids = [block.grid for block in document.blocks if isinstance(block, Table)]
        shapes[path.name[:3]] = [(len(grid.rows), grid.aligned) for grid in grids]
        text = path.read_text(encoding="utf-8")
        for row in text.splitlines():
            if len(row) > 60 and "\t" not in row:
                assert any(
                    isinstance(b, Paragraph) and b.text == " ".join(row.split()) for b in document.blocks
                )
    assert shapes == {
        "000": [(18, True), (27, True), (5, True)],
        "001": [(14, False), (28, False), (4, False)],
        "002": [(18, False), (26, False), (4, False)],
        "003": [(18, False), (26, False), (4, False)],
        "004": [(19, False), (26, False), (4, False)],
    }


@pytest.mark.parametrize(
    "text",
    [
        "甲\n" + "\t\t\n" * 9,
        "|\n" * 20_000 + "末",
        "甲 | " + " " * 50_000 + "|x",
        "\t\n" * 20_000 + "末",
        "|" * 90_000 + "末",
    ],
    ids=["blank rows", "lone pipes", "spaces", "blank cells", "pipes"],
)
def test_dumps_of_nothing_but_separators_end(text: str) -> None:
    assert read(text).blocks


@pytest.mark.parametrize("begun", ["1.", "（三）", "一、", "2"])
@pytest.mark.parametrize("blanks", [1, 2, 3])
def test_blank_lines_behind_an_enumerator_stand_inside_its_cell(begun: str, blanks: int) -> None:
    rest = "．属于国家秘密" if begun == "2" else "属于国家秘密"
    lines = [
        "\t自然人",
        "\t总计",
        "",
        f"\t{begun}",
        *[""] * blanks,
        rest,
        "\t5",
        "\t5",
        "",
        "",
        "六、其他需要报告的事项",
    ]
    table = next(block for block in read("\n".join(lines)).blocks if isinstance(block, Table))
    assert table.grid.texts()[-1] == [f"{begun}\n{rest}", "5", "5"]


@pytest.mark.parametrize("value", ["不涉及", "无", "5", "—"])
def test_a_signature_below_a_table_is_no_part_of_its_last_cell(value: str) -> None:
    lines = [
        "\t培训班次",
        "\t次",
        "\t0",
        "",
        "\t接受培训人员",
        "\t人次",
        f"\t{value}",
        "",
        "青山镇人民政府",
        "2019年3月12日",
    ]
    document = read("\n".join(lines))
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert table.grid.texts()[-1][-1] == value
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == [
        "青山镇人民政府",
        "2019年3月12日",
    ]


def test_lines_all_in_bold_are_their_words() -> None:
    text = "文章分享\n# 2021年石桥镇人民政府政府信息公开工作年度报告\n\n**一、总体情况**\n\n全年平稳，**没有**差错。\n"
    document = read_document(text.encode(), name="a.md")
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert lines[2:] == ["一、总体情况", "全年平稳，**没有**差错。"]
    assert document.titles[0] == "2021年石桥镇人民政府政府信息公开工作年度报告"
