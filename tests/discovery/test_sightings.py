"""What a portal without reports shows of its column is said, with the next step; so are tabs that gave nothing."""

from __future__ import annotations

from govcrawl.discovery import Discovery
from govcrawl.discovery.sightings import NOTHING, nothing_found
from tests.discovery.test_gaps import crawled

COLUMN = "http://www.qipi.gov.cn/nb/"
WAY = "<a href='/nb/'>政府信息公开年报</a><p>栖陂县人民政府主办</p>"


def told(column: str) -> str:
    return nothing_found(crawled({"": WAY, "nb/": column}))


def test_rows_without_addresses() -> None:
    titles = ("教育局2023年政府信息公开工作年度报告", "财政局2023年政府信息公开工作年度报告")
    said = told("<ul>" + "".join(f"<li><span>{title}</span></li>" for title in titles) + "</ul>")
    assert said.startswith(f"{NOTHING}: the column «政府信息公开年报» at {COLUMN} names 2 reports whose rows")
    assert said.endswith("can be given as start in a registry row (docs/portals.md)")


def test_a_list_that_a_script_fills() -> None:
    script = "<ul id='list'></ul><script>$.ajax(settings(window.name)).done(draw)</script>"
    assert f"{COLUMN} has no report's row, and a script there asks for data; drawing its pages" in told(
        script
    )


def test_a_form_that_could_not_be_followed_and_one_that_gave_nothing() -> None:
    options = "<option value='1'>教育局</option><option value='2'>财政局</option>"
    select = f"<select name='dept'>{options}</select>"
    assert f"{COLUMN} has a form with selects that could not be followed" in told(select)
    form = f"<form action='/nb/show'>{select}<input type='submit' value='查看'></form>"
    assert f"{NOTHING}: a form with selects at {COLUMN} gave none for any choice" in told(form)


def test_no_column_at_all() -> None:
    assert nothing_found(crawled({"": "<p>栖陂县人民政府主办</p>"})).startswith(
        f"{NOTHING}: no link led to a column"
    )


def tabbed(towns: str) -> Discovery:
    rows = "".join(
        f"<li><a href='/nb/2024/{n}.html'>{body}2023年政府信息公开工作年度报告</a></li>"
        for n, body in enumerate(("教育局", "财政局", "民政局"))
    )
    tabs = "<a href='/nb/bm/'>县直部门</a><a href='javascript:' onclick='show(this)'>乡镇街道</a>"
    return crawled({"": WAY, "nb/": f"{tabs}{towns}", "nb/bm/": f"<ul>{rows}</ul>"})


def test_a_kind_of_bodies_that_gave_nothing() -> None:
    assert tabbed("").shortfalls() == [f"«乡镇街道» at {COLUMN} gave no report"]


def test_a_kind_of_bodies_that_was_found_elsewhere() -> None:
    assert tabbed("<a href='/nb/2024/7.html'>长滩镇2023年政府信息公开工作年度报告</a>").shortfalls() == []
