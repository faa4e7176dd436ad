"""Ways tried only where nothing, or only the government's own reports, was found; never otherwise."""

from __future__ import annotations

import pytest

from tests.discovery.small import DEPARTMENTS, HOST, TOWNS, column, crawl, page, rows

BODIES = (*DEPARTMENTS, *TOWNS)
STATED = '<a href="/fd/">法定主动公开内容</a>'


def reports(folder: str, *bodies: str) -> list[tuple[str, str, int]]:
    return [
        (f"{folder}{year}{place}.html", body, year)
        for year in (2023, 2022)
        for place, body in enumerate(bodies)
    ]


def paths(*lists: list[tuple[str, str, int]]) -> set[str]:
    return {path for one in lists for path, _, _ in one}


def on_their_own(folder: str) -> tuple[dict[str, str], set[str]]:
    """(the pages of the bodies' own sites below a folder, the reports there)."""
    pages, wanted = dict[str, str](), set[str]()
    for place, body in enumerate(BODIES):
        front = f"{folder}b{place}/"
        own = reports(f"{front}nb/", body)
        pages[front] = page(
            f"<a href='{front}zn/'>信息公开指南</a><a href='{front}nb/'>信息公开年报</a>{body}"
        )
        pages[f"{front}nb/"] = page(rows(*own))
        wanted |= paths(own)
    return pages, wanted


def test_bodies_in_the_tree_of_what_is_disclosed_by_law() -> None:
    own = reports("/nb/", "人民政府")
    pages, wanted = on_their_own("/fd/")
    tree = (
        "<ul>"
        + "".join(f"<li><a href='/fd/b{k}/'>{body}</a></li>" for k, body in enumerate(BODIES))
        + "</ul>"
    )
    found, asked, _ = crawl(column(STATED + rows(*own), pages | {"/fd/": page(tree)}))
    assert found == paths(own) | wanted
    assert len(asked) <= 4 + len(BODIES) + 3


def test_bodies_that_only_the_foot_of_the_home_page_lists() -> None:
    own = reports("/nb/", "人民政府")
    pages, wanted = on_their_own("/site/")
    options = "".join(f'<option value="/site/b{k}/">{body}</option>' for k, body in enumerate(BODIES))
    select = (
        f"<select onchange='window.open(this.value)'><option value=''>部门网站</option>{options}</select>"
    )
    portal = column(rows(*own), pages)
    portal["/"] = portal["/"].replace("<div>", f"{select}<div>", 1)
    assert crawl(portal)[0] == paths(own) | wanted


def test_where_bodies_were_found_none_of_these_ways_is_tried() -> None:
    own = reports("/nb/", "人民政府", *BODIES)
    asked = crawl(column(f'{STATED}<a href="/jd/">监督保障</a>' + rows(*own)))[1]
    assert asked == ["/", "/zfxxgk.html", "/nb.html"]


def test_a_column_under_another_part_of_disclosure() -> None:
    own = reports("/nb/", "人民政府", *BODIES)
    menu = '<a href="/jc/">决策公开</a><a href="/zx/">执行公开</a><a href="/jd/">监督保障</a>'
    pages = {
        "/": page('<a href="/zwgk/">政务公开</a>'),
        "/zwgk/": page(menu),
        "/jd/": page(f'{menu}<a href="/jd/zd/">公开制度</a><a href="/jd/nb/">年度报告</a>'),
        "/jd/nb/": page(menu + rows(*own)),
    }
    found, asked, _ = crawl(pages)
    assert found == paths(own)
    assert asked == ["/", "/zwgk/", "/jd/", "/jd/nb/"]


def test_of_a_page_that_scripts_draw_the_map_is_asked_for() -> None:
    own = reports("/zfxxgk/nb/", "人民政府", *BODIES)
    shell = '<html><body><div id="app"></div><script src="/app.js"></script></body></html>'
    named = f"<urlset><url><loc>{HOST}/zfxxgk/nb/</loc></url></urlset>"
    title = "<html><head><title>政府信息公开年报_栖陂县</title></head>"
    listed = page(rows(*own)).replace("<html><head><title>栖陂县人民政府</title></head>", title)
    found, asked, _ = crawl({"/": shell, "/sitemap.xml": named, "/zfxxgk/nb/": listed})
    assert found == paths(own)
    assert asked == ["/", "/sitemap.xml", "/zfxxgk/nb/"]
    assert crawl({"/": shell})[1] == ["/", "/sitemap.xml"]


@pytest.mark.parametrize("label", ["市政府信息公开年报", "市人民政府信息公开年报", "市级政府信息公开年报"])
def test_beside_a_county_s_own_column_that_is_the_city_s(label: str) -> None:
    own = reports("/nb/", "人民政府", *BODIES)
    pages = column(rows(*own))
    alone = pages["/zfxxgk.html"]
    pages["/zfxxgk.html"] = alone.replace(
        '<a href="/nb.html">', f"<a href='/city/'>{label}</a><a href='/nb.html'>"
    )
    assert "/city/" not in crawl(pages)[1]
    pages["/zfxxgk.html"] = alone.replace("政府信息公开年报", label)
    assert crawl(pages)[0] == paths(own)
