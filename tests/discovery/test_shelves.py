"""Parts of the column by any name, and years that lead on for ever."""

from __future__ import annotations

import json

import pytest

from govcrawl.discovery.missing import shortfalls
from tests.discovery.small import DEPARTMENTS, NAME, TOWNS, column, crawl, page, rows, title

BODIES = ("人民政府", *DEPARTMENTS, *TOWNS)


def reports(folder: str, *bodies: str, years: tuple[int, ...] = (2023, 2022)) -> list[tuple[str, str, int]]:
    return [
        (f"{folder}{year}{place}.html", body, year) for year in years for place, body in enumerate(bodies)
    ]


def paths(*lists: list[tuple[str, str, int]]) -> set[str]:
    return {path for one in lists for path, _, _ in one}


def shelved(*labels: str) -> tuple[dict[str, str], set[str]]:
    """(a portal whose column has the bodies in parts of these names, its reports)."""
    own, pages = reports("/nb/", "人民政府"), dict[str, str]()
    tabs = "".join(f"<li><a href='/nb/g{place}/'>{label}</a></li>" for place, label in enumerate(labels))
    wanted = paths(own)
    for place, _ in enumerate(labels):
        part = reports(f"/nb/g{place}/", *BODIES[1 + place :: len(labels)])
        pages[f"/nb/g{place}/"] = page(f"<ul>{tabs}</ul>{rows(*part)}")
        wanted |= paths(part)
    portal = column("", pages | {"/nb/": page(f"<ul>{tabs}</ul>{rows(*own)}")})
    portal["/zfxxgk.html"] = page(
        '<a href="/zn.html">政府信息公开指南</a><a href="/nb/">政府信息公开年报</a>'
    )
    return portal, wanted


@pytest.mark.parametrize(
    "labels",
    [
        ("县本级", "驻县单位", "镇（街道）"),
        ("垂管部门年报", "公共企事业单位"),
        ("一线窗口", "综合执法队伍", "兵团"),
    ],
)
def test_parts_whatever_they_are_called(labels: tuple[str, ...]) -> None:
    portal, wanted = shelved(*labels)
    assert crawl(portal)[0] == wanted


def test_bodies_by_short_names_in_folders_of_a_part() -> None:
    pages, wanted = column(""), set[str]()
    front = '<a href="/zn.html">政府信息公开指南</a><a href="/nb/">政府信息公开年报</a>'
    pages |= {"/zfxxgk.html": page(front), "/nb/": page('<a href="/nb/xz/">乡镇街道</a>')}
    short = "".join(f"<li><a href='/nb/xz/z{place}/'>{town[:2]}</a></li>" for place, town in enumerate(TOWNS))
    pages["/nb/xz/"] = page(f"<ul>{short}</ul>")
    for place, town in enumerate(TOWNS):
        own = reports(f"/nb/xz/z{place}/", town)
        pages[f"/nb/xz/z{place}/"] = page(rows(*own))
        wanted |= paths(own)
    assert crawl(pages)[0] == wanted


def test_such_names_mean_nothing_elsewhere() -> None:
    pages = column(rows(*reports("/nb/", "人民政府")))
    pages["/"] = pages["/"].replace(
        "<div>", '<a href="/qsy/">公共企事业单位</a><a href="/tz/">兵团</a><div>', 1
    )
    asked = crawl(pages)[1]
    assert not {"/qsy/", "/tz/"} & set(asked)


def test_a_calendar_of_years_and_days_ends() -> None:
    own = reports("/nb/", *BODIES)

    def shown(year: int, listed: str) -> str:
        days = "".join(f"<a href='/nb.html?day={year}-03-{day:02}'>{day}</a>" for day in range(1, 29))
        around = "".join(f"<a href='/nb.html?year={one}'>{one}年</a>" for one in (year - 1, year + 1))
        return f"<div>{days}</div><div>{around}</div>{listed}"

    class Calendar(dict[str, str]):
        def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
            year = int(key[-4:]) if key.startswith("/nb.html?year=") else None
            return page(shown(year, "暂无")) if year else super().get(key, default)

    pages = Calendar(column(shown(2024, rows(*own))))
    found, asked, _ = crawl(pages)
    assert found == paths(own)
    assert len(asked) < 3 + 20
    assert not [one for one in asked if "day=" in one]


def test_a_year_s_page_leads_to_its_own_report() -> None:
    shown = "<p>一、总体情况</p><p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p><p>六、其他需要报告的事项</p>"
    pages = column('<a href="/nb/2023/">2023年</a>')
    pages |= {
        "/nb/2023/": page(
            "<a href='/nb/2023/own/'>2023年政府信息公开工作年度报告</a><a href='/nb/2024/'>2024年</a>"
        ),
        "/nb/2023/own/": page(shown),
    }
    found, asked, _ = crawl(pages)
    assert found == {"/nb/2023/own/"}
    assert "/nb/2024/" not in asked


def test_a_search_whose_results_are_data() -> None:
    script = """function getQueryString(n){var m=location.search.substr(1).match(new RegExp('(^|&)'+n+'=([^&]*)'));
      return m?decodeURIComponent(m[2]):'';} var kw=getQueryString('keyword');var pageNum=1;
      $.get('/api/search',{keyword:kw,page:pageNum},function(d){$('#r').append('<a href="'+d.list[0].url+'">'+d.list[0].title+'</a>');});"""
    own = reports("/doc/", *BODIES)
    marked = [
        {"title": title(body, year).replace("信息", "<em>信息</em>"), "url": path} for path, body, year in own
    ]
    form = '<form action="/search.html"><input type="text" name="keyword"><button>搜索</button></form>'
    word = "%E6%94%BF%E5%BA%9C%E4%BF%A1%E6%81%AF%E5%85%AC%E5%BC%80%E5%B7%A5%E4%BD%9C%E5%B9%B4%E5%BA%A6%E6%8A%A5%E5%91%8A"
    pages = {
        "/": page(f"{NAME}人民政府{form}"),
        f"/search.html?keyword={word}": page(f"<script>{script}</script>"),
    }
    pages[f"/api/search?keyword={word}&page=1"] = json.dumps({"list": marked})
    found, _, discovery = crawl(pages)
    assert found == paths(own)
    assert shortfalls(discovery) == []


def test_a_list_that_reads_its_channel_from_its_own_address() -> None:
    script = """var channelId = getUrlParam('channelId'); function getList(pageNo) { $.ajax({url: '/api/list', type: 'get',
      data: {channelId: channelId, pageNo: pageNo}, success: function(r) { $('#l').html(r.rows[0].title); }}); } getList(1);"""
    own = reports("/nb/", *BODIES)
    data = [{"title": title(body, year), "url": path} for path, body, year in own]
    pages = column("", {"/list.html?channelId=31": page(f"<script>{script}</script>")})
    front = '<a href="/zn.html">政府信息公开指南</a><a href="/list.html?channelId=31">政府信息公开年报</a>'
    pages["/zfxxgk.html"] = page(front)
    pages["/api/list?channelId=31&pageNo=1"] = json.dumps({"rows": data})
    assert crawl(pages)[0] == paths(own)
