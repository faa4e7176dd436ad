"""Unseen figures in HTML, white ones most of all: no part of the number they touch, unless they stand on a colour."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.documents.unseen import may_be_unseen
from govcrawl.model import Paragraph, Table

_EXCEL = "<style><!-- .font7\n{color:white;font-size:11.0pt;}\n.font0{color:black;}\n.xl65{border:1px;} --></style>"


def second(cell: str, head: str = "") -> str:
    """The text of a cell in the second column of a page's table."""
    rows = "".join(f"<tr><td>行政许可</td>{own}</tr>" for own in (cell, "<td>5</td>"))
    page = f"<html><head>{head}</head><body><p>一、总体情况</p><table>{rows}</table></body></html>"
    document = read_document(page.encode(), name="page.html")
    (grid,) = [block.grid for block in document.blocks if isinstance(block, Table)]
    return grid.texts()[0][1]


@pytest.mark.parametrize(
    ("cell", "head", "shown"),
    [
        ('<td><span style="color:#ffffff">9</span>35</td>', "", "35"),
        ('<td><span style="COLOR: #FFF">9</span><span lang=EN-US>35</span></td>', "", "35"),
        ("<td><span style='color: rgb(255, 255, 255)'>９</span>35</td>", "", "35"),
        ("<td>35<span style='mso-bidi-font-size:9pt;color:white'><b>9</b></span></td>", "", "35"),
        ("<td><font color=white>9</font>35</td>", "", "35"),
        ('<td><p style="color:white">9<span style="color:black">35</span></p></td>', "", "35"),
        ('<td style="background:white"><span style="color:transparent">9</span>35</td>', "", "35"),
        ('<td class=xl65><font class="font7">9</font><font class="font0">35</font></td>', _EXCEL, "35"),
        ('<td><span style="opacity:0">9</span>35</td>', "", "35"),
        ('<td><span style="opacity:0.8">9</span>35</td>', "", "935"),
        ('<td><span class="a" style="position:absolute;left:-9999px">9</span>35</td>', "", "35"),
        ('<td><span style="position:absolute;clip:rect(0,0,0,0)">9</span>35</td>', "", "35"),
        ("<td><span class=h>9</span>35</td>", "<style>.h{display:none}</style>", "35"),
        ("<td><span class=h>9</span>35</td>", "<style>table td > span.h{display:none}</style>", "35"),
        ("<td><span class=h>9</span>35</td>", "<style>@media print{.h{display:none}}</style>", "935"),
        (
            "<td><span class=h>9</span>35</td>",
            "<style>.h{display:none} .on .h{display:inline}</style>",
            "935",
        ),
        ("<td><span class=h>9</span>35</td>", "<style>.menu .h{color:#fff}</style>", "935"),
        ("<td><span class=h>9</span>35</td>", "<style>.menu>.h{color:#fff}</style>", "935"),
        ('<td style="color:#fff">935</td>', "", "935"),
        ('<td bgcolor="#1f4e79"><font color=white>9</font>35</td>', "", "935"),
        ('<td style="background-color:#1f4e79"><span style="color:#fff">9</span>35</td>', "", "935"),
        ('<td style="background:url(a.png)"><span style="color:#fff">9</span>35</td>', "", "935"),
        ('<td><span class="badge" style="color:#fff">9</span>35</td>', "", "935"),
        ('<td><span style="background-color:#fff">9</span>35</td>', "", "935"),
        ('<td><span style="color:#fff000">9</span>35</td>', "", "935"),
        ('<td><span style="color:white">共计</span>35</td>', "", "共计35"),
        ('<td><span style="font-size:0pt"><b>9</b></span>35</td>', "", "35"),
        ('<td><span style="font-size:0"><b style="font-size:9pt">9</b></span>35</td>', "", "935"),
        ('<td><span style="font-size:1px">9</span>35</td>', "", "35"),
        ('<td>35<font style="FONT-SIZE: 0.5pt">9</font></td>', "", "35"),
        ('<td><span style="font-size:1px">35</span></td>', "", "35"),
        ('<td><span style="font-size:1.2em">9</span>35</td>', "", "935"),
        ("<td><span class=h>9</span>35</td>", "<style>.h{font-size:0}</style>", "35"),
        ('<td><span style="color:#fefefe">9</span>35</td>', "", "35"),
        ('<td><span style="color:rgba(0,0,0,0)">9</span>35</td>', "", "35"),
        ('<td><span style="color:hsl(0,0%,100%)">9</span>35</td>', "", "35"),
        ('<td><span style="color:hsl(0,100%,50%)">9</span>35</td>', "", "935"),
        ('<td><span style="visibility:collapse">9</span>35</td>', "", "35"),
        ('<td><span style="display:inline-block;width:0;overflow:hidden">9</span>35</td>', "", "35"),
        ('<td><i style="overflow:hidden;max-width:0px">9</i>35</td>', "", "35"),
        ('<td style="border-width:0;overflow:hidden"><b>9</b>35</td>', "", "935"),
        ('<td><span style="position:absolute;clip-path:inset(50%)">9</span>35</td>', "", "35"),
        ('<td><span style="transform:scale(0)">9</span>35</td>', "", "35"),
    ],
)
def test_white_figures_beside_others_in_a_cell(cell: str, head: str, shown: str) -> None:
    assert second(cell, head) == shown


def test_white_figures_in_a_sentence_and_on_the_ground_of_a_whole_table() -> None:
    page = (
        '<html><body><p>一、总体情况</p><p>收到申请<span style="color:#fff">9</span>35件</p>'
        '<table style="background:#333"><tr><td>1<i style="color:#fff">2</i></td><td>a</td></tr>'
        "<tr><td>3</td><td>b</td></tr></table></body></html>"
    )
    blocks = read_document(page.encode(), name="page.html").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "一、总体情况",
        "收到申请35件",
    ]
    assert [block.grid.texts()[0] for block in blocks if isinstance(block, Table)] == [["12", "a"]]


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        (b"<a style='color:#fff'>\xe9\xa6\x96\xe9\xa1\xb5</a>", False),
        (b"<td style='background-color:#ffffff'>5</td>", False),
        (b"<style>a{color:#fff}</style><p>5", False),
        (b"<td style='white-space:nowrap'>5</td>", False),
        (b"<span style='color:#fff'> <b>5</b></span>", True),
    ],
)
def test_only_white_figures_make_a_page_be_looked_at(source: bytes, asked: bool) -> None:
    assert may_be_unseen(source) == asked


@pytest.mark.parametrize("place", ["head", "before", "cell", "list"])
def test_a_style_sheet_wherever_it_stands(place: str) -> None:
    """Tables are read from the source before what is around them: their figures may be hidden from there."""
    sheet = "<style>.h{color:#fff}</style>"
    at = {name: sheet if name == place else "" for name in ("head", "before", "cell", "list")}
    rows = "".join(f"<tr><td>行政许可</td><td>{n}</td><td>0</td></tr>" for n in range(1, 30))
    hidden = f"<tr><td>{at['cell']}行政处罚</td><td><span class=h>9</span>35</td><td>0</td></tr>"
    items = "".join(f"<li><a href='/x{n}.html'>公告第{n}号</a></li>" for n in range(30))
    words = "".join(
        f"<p>{head}</p><p>本年度情况说明。</p>"
        for head in ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")
    )
    ends = "".join(
        f"<p>{head}</p><p>无。</p>"
        for head in ("四、行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项")
    )
    page = (
        f"<html><head>{at['head']}</head><body><ul>{at['list']}{items}</ul>{words}{at['before']}"
        f"<table>{rows}{hidden}</table>{ends}</body></html>"
    )
    document = read_document(page.encode(), name="page.html")
    (grid,) = [block.grid for block in document.blocks if isinstance(block, Table)]
    assert [row[1] for row in grid.texts()[-2:]] == ["29", "35"]
