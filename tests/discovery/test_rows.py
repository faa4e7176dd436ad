"""Which links of a list are reports: titles without a body beside others, and titles cut off."""

import pytest

from govcrawl.discovery.page import Page
from govcrawl.discovery.rows import report_rows
from govcrawl.model import Entry

HOST = "http://www.a.gov.cn"


def rows(links: str, *, annual: bool) -> list[Entry]:
    page = Page.parse(f"{HOST}/list.php?catid=5", f"<html><body><ul>{links}</ul></body></html>".encode())
    found = report_rows(
        page.links, portal="a", listing=page.url, annual=annual, trail=("年报",), template=frozenset()
    )
    return [entry for _, entry in found]


def row(number: int, title: str, day: str = "2024-01-18") -> str:
    return f"<li><a href='/index.php?a=show&id={number}'>{title}</a> {day}</li>"


NAMELESS = row(9, "2023年政府信息公开工作年度报告")


def test_a_title_without_a_body_is_a_row_beside_three_that_have_one() -> None:
    named = "".join(
        row(n, f"{name}2023年政府信息公开工作年度报告")
        for n, name in enumerate(("民政局", "财政局", "水利局"))
    )
    assert len(rows(named + NAMELESS, annual=False)) == 4
    assert len(rows(named[: named.rindex("<li>")] + NAMELESS, annual=False)) == 2


def test_a_title_without_a_body_is_a_row_beside_three_notices() -> None:
    notices = "".join(
        row(n, f"关于做好2024年{work}工作的通知") for n, work in enumerate(("防汛", "消防", "森林防火"))
    )
    assert [entry.year for entry in rows(notices + NAMELESS, annual=False)] == [2023]
    assert rows(notices[: notices.rindex("<li>")] + NAMELESS, annual=False) == []


@pytest.mark.parametrize("end", ["政...", "政府信息公开工…", "…", "政府信息.."])
def test_a_title_that_was_cut_off_is_a_row_of_the_column(end: str) -> None:
    links = f"<li><a href='/nb/20250320/1.html'>截河县民政局2024年{end}</a> 03-20</li>"
    (entry,) = rows(links, annual=True)
    assert (entry.url, entry.year) == (f"{HOST}/nb/20250320/1.html", 2024)


@pytest.mark.parametrize(
    "title", ["截河县民政局2024年招聘...", "关于2024年政...", "截河县民政局2024年政府信息公开指..."]
)
def test_other_titles_that_were_cut_off_are_none(title: str) -> None:
    assert rows(f"<li><a href='/nb/20250320/1.html'>{title}</a> 03-20</li>", annual=True) == []


@pytest.mark.parametrize(
    ("href", "label", "year"),
    [
        ("/f/P020240118.pdf", "2023年", 2023),
        ("/f/1.docx", "长滩镇", None),
        ("/module/download/downfile.jsp?classid=0&filename=1.doc", "2023年", 2023),
        ("/f/2.ofd", "政府信息公开工作年度报告", None),
    ],
)
def test_rows_of_the_column_that_are_files_themselves(href: str, label: str, year: int | None) -> None:
    page = Page.parse("http://www.x.gov.cn/nb/", f"<ul><li><a href='{href}'>{label}</a></li></ul>".encode())
    found = report_rows(
        page.links, portal="x", listing=page.url, annual=True, trail=("政府信息公开年报",), template=()
    )
    assert [(entry.url, entry.year) for _, entry in found] == [(f"http://www.x.gov.cn{href}", year)]
    elsewhere = report_rows(page.links, portal="x", listing=page.url, annual=False, trail=(), template=())
    assert list(elsewhere) == []
