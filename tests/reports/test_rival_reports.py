"""Two reports on one page, in containers of their own: the page's title and what is shown decide."""

from __future__ import annotations

import pytest

from govcrawl.model import Report
from tests.reports import forms
from tests.reports.test_variations import assert_true, markup, read, tables, truth

OWN = "临水县青山镇2021年政府信息公开工作年度报告"
OTHERS = ("临水县青山镇2020年政府信息公开工作年度报告", "临水县白马乡2021年政府信息公开工作年度报告")
PLACES = ("hidden after", "hidden before", "after", "before")


def article(title: str, sentence: str, numbers: dict[str, int], around: str = 'id="zoom"') -> str:
    told = "".join(
        f"<p>{heading}</p>{markup(rows)}"
        for heading, rows in zip(
            forms.HEADINGS[1:4], tables(given={f: str(n) for f, n in numbers.items()}), strict=True
        )
    )
    return (
        f"<div {around}><p><strong>{title}</strong></p><p>{forms.HEADINGS[0]}</p><p>{sentence}</p>{told}"
        f"<p>{forms.HEADINGS[4]}</p><p>公开内容还不够细。</p><p>{forms.HEADINGS[5]}</p><p>无</p></div>"
    )


def page_of(place: str, other_title: str) -> Report:
    own = f"<h1>{OWN}</h1>{article(OWN, '全镇依法公开各类信息。', truth())}<div>上一篇：<a>通知</a></div>"
    hidden = 'style="display:none"' if place.startswith("hidden") else 'class="article2"'
    strange = {fact: number + 5000 for fact, number in truth().items()}
    other = f"<div>{article(other_title, '这里是另一份报告的话。', strange, hidden)}</div>"
    body = own + other if place.endswith("after") else other + own
    return read(f"<html><head><title>{OWN}-临水县人民政府</title></head><body>{body}</body></html>")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("other", OTHERS)
def test_the_page_s_own_report_is_read(place: str, other: str) -> None:
    report = page_of(place, other)
    assert_true(report, truth())
    assert (report.title, report.year, report.agency) == (OWN, 2021, "临水县青山镇")
    assert "全镇依法公开各类信息。" in report.text
    assert "另一份报告" not in report.text


@pytest.mark.parametrize("first", ['style="display:none"', 'class="print"'])
def test_a_page_that_holds_its_report_twice_gives_it_once(first: str) -> None:
    twin = article(OWN, "全镇依法公开各类信息。", truth(), first)
    body = f"<h1>{OWN}</h1><div>{twin}</div>{article(OWN, '全镇依法公开各类信息。', truth())}"
    report = read(f"<html><head><title>{OWN}</title></head><body>{body}</body></html>")
    assert_true(report, truth())
    assert report.text.count("全镇依法公开各类信息。") == 1
