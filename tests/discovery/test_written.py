"""Addresses and rows as pages write them: in any charset, in attributes, in texts that a script writes out."""

from __future__ import annotations

import json

import pytest

from govcrawl.discovery import Page
from govcrawl.discovery.urls import absolute, normalised, page_key, winds
from tests.discovery.small import DEPARTMENTS, HOST, TOWNS, column, crawl, page, rows, title

BODIES = ("人民政府", *DEPARTMENTS, *TOWNS)
OWN = [(f"/nb/{year}{place}.html", body, year) for year in (2023, 2022) for place, body in enumerate(BODIES)]
PATHS = {path for path, _, _ in OWN}


def test_chinese_in_a_query_is_sent_in_the_charset_of_the_page() -> None:
    markup = "<html><body><a href='/list.asp?type=年报&n=2'>公开年报</a><a href='/年报/'>公开年报</a></body></html>"
    links = Page.parse(f"{HOST}/", f"{markup}{'要闻' * 40}".encode("gb18030")).links
    assert [link.url for link in links] == [
        f"{HOST}/list.asp?type=%C4%EA%B1%A8&n=2",
        f"{HOST}/%E5%B9%B4%E6%8A%A5/",  # in a path a browser sends UTF-8 all the same
    ]
    plain = Page.parse(f"{HOST}/", markup.encode()).links
    assert plain[0].url == f"{HOST}/list.asp?type=%E5%B9%B4%E6%8A%A5&n=2"


def test_escapes_of_another_charset_outlive_a_session() -> None:
    assert normalised(f"{HOST}/list.asp?type=%C4%EA%B1%A8&token=9") == f"{HOST}/list.asp?type=%C4%EA%B1%A8"


@pytest.mark.parametrize("href", ["\\nb\\1.html", "/nb\\1.html", "http:\\\\www.qipi.gov.cn\\nb\\1.html"])
def test_backslashes_are_slashes(href: str) -> None:
    assert absolute(f"{HOST}/", href) == f"{HOST}/nb/1.html"


def test_names_that_iis_serves_are_one_in_any_case() -> None:
    assert page_key(f"{HOST}/Zwgk/Show.aspx?ID=7a") == page_key(f"{HOST}/zwgk/show.aspx?id=7a")
    assert page_key(f"{HOST}/zwgk/show.aspx?id=7a") != page_key(f"{HOST}/zwgk/show.aspx?id=7A")
    assert page_key(f"{HOST}/Zwgk/show.jsp?id=7") != page_key(f"{HOST}/zwgk/show.jsp?id=7")


def test_a_mobile_host_s_page_is_the_same() -> None:
    assert page_key("http://m.qipi.gov.cn/nb/1.html") == page_key(f"{HOST}/nb/1.html")
    assert page_key("http://bm.qipi.gov.cn/nb/1.html") != page_key(f"{HOST}/nb/1.html")
    assert page_key("http://m.gov.cn/nb/1.html") != page_key("http://gov.cn/nb/1.html")


def test_filters_that_pile_up_end() -> None:
    assert winds(f"{HOST}/nb?f=year:2023&f=dept:3")
    assert not winds(f"{HOST}/nb?year=2023&dept=3")


def test_pages_that_only_a_select_leads_to() -> None:
    own = [(f"/nb/1{place}.html", body, 2023) for place, body in enumerate(BODIES)]
    pick = "location.href=this.options[this.selectedIndex].value;"
    options = "".join(f"<option value='list_71_{number}.html'>{number}</option>" for number in (1, 2, 3))
    pager = f"<select onchange='{pick}'>{options}</select>"
    pages = column("")
    pages["/zfxxgk.html"] = page('<a href="/zn.html">政府信息公开指南</a><a href="/nb/">政府信息公开年报</a>')
    pages |= {"/nb/": page(rows(*own[:3]) + pager), "/nb/list_71_2.html": page(rows(*own[3:6]) + pager)}
    pages["/nb/list_71_3.html"] = page(rows(*own[6:]) + pager)
    assert crawl(pages)[0] == {path for path, _, _ in own}
    still = Page.parse(f"{HOST}/nb/", pager.replace(pick, "show(this.value)").encode())
    assert still.links == ()


def test_a_page_that_its_body_sends_on() -> None:
    pages = column("", {"/list.html": page(rows(*OWN))})
    pages["/nb.html"] = "<html><body onload=\"window.location='/list.html'\"></body></html>"
    assert crawl(pages)[0] == PATHS


def test_rows_in_an_attribute() -> None:
    data = json.dumps([{"t": title(body, year), "u": path} for path, body, year in OWN], ensure_ascii=False)
    held = data.replace('"', "&quot;")
    assert crawl(column(f'<div class="list" data-items="{held}"></div>'))[0] == PATHS


def test_rows_of_a_plain_table_that_a_script_reads() -> None:
    script = (
        "$.get('/data/nb.txt', function(t){ t.split('\\n').forEach(function(l){ draw(l.split('|')); }); });"
    )
    table = "\n".join(f"{title(body, year)}|{path}|{year + 1}-01-20" for path, body, year in OWN)
    assert crawl(column(f"<script>{script}</script>", {"/data/nb.txt": table}))[0] == PATHS


def test_rows_behind_the_first_value_of_a_script() -> None:
    lists = "".join(
        f"nb[{year}]=["
        + ",".join(f"['{title(body, y)}','{path}']" for path, body, y in OWN if y == year)
        + "];\n"
        for year in (2023, 2022)
    )
    assert crawl(column(f"<script>var nb={{}};\n{lists}show(2023);</script>"))[0] == PATHS


@pytest.mark.parametrize("escaped", [True, False])
def test_markup_that_a_script_writes_out(escaped: bool) -> None:
    menu = '<a href="/zn.html">政府信息公开指南</a><a href="/nb.html">政府信息公开年报</a>'
    codes = "".join(f"%u{ord(sign):04X}" if ord(sign) > 127 else f"%{ord(sign):02X}" for sign in menu)
    quoted = json.dumps(menu).replace("/", "\\/")
    script = f"document.write(unescape('{codes}'))" if escaped else f"document.write({quoted});"
    pages = column(rows(*OWN))
    pages["/zfxxgk.html"] = page(f"<script>{script}</script>")
    assert crawl(pages)[0] == PATHS


@pytest.mark.parametrize(
    "made",
    [
        "const fd = new URLSearchParams(); fd.append('channel', '20'); fd.append('pageNo', page);",
        "const fd = new FormData(); fd.set('channel', 20); fd.set('pageNo', page);",
        "const fd = new URLSearchParams({channel: '20', pageNo: page});",
    ],
)
def test_a_list_whose_form_is_made_field_by_field(made: str) -> None:
    script = f"""let page = 1; async function load() {{ {made}
      const res = await fetch('/api/list', {{method: 'POST', body: fd}}); const json = await res.json();
      json.data.forEach(a => {{ list.innerHTML += `<a href="/nb/${{a.id}}.html">${{a.title}}</a>`; }}); }} load();"""
    data = [
        {"id": f"{year}{place}", "title": title(body, year)}
        for year in (2023, 2022)
        for place, body in enumerate(BODIES)
    ]
    answer = {"/api/list channel=20&pageNo=1": json.dumps({"data": data})}
    assert crawl(column(f"<script>{script}</script>", answer))[0] == PATHS


def test_rows_that_stand_as_markup_in_an_array() -> None:
    data = [
        [place, f"<a href='{path}'>{title(body, year)}</a>", "x"]
        for place, (path, body, year) in enumerate(OWN)
    ]
    script = f"var dataSet={json.dumps(data)};$('#t').DataTable({{data: dataSet}});"
    assert crawl(column(f"<table id=t></table><script>{script}</script>"))[0] == PATHS


def test_markup_that_is_the_argument_of_a_callback() -> None:
    script = "$.ajax({url:'/api/list.php',data:{cid:77},dataType:'jsonp',success:function(d){$('#l').html(d.html)}});"
    answer = "\ufeff/**/cb(" + json.dumps({"code": 0, "html": rows(*OWN)}) + ");"
    assert crawl(column(f"<script>{script}</script>", {"/api/list.php?cid=77": answer}))[0] == PATHS


def test_pages_to_which_only_a_token_leads() -> None:
    script = """let cursor = ''; async function load() { const r = await fetch('/api/nb?cursor=' + cursor); const j = await r.json();
      cursor = j.nextCursor; j.items.forEach(i => { l.innerHTML += '<a href="' + i.link + '">' + i.name + '</a>'; }); } load();"""
    tokens, answers = ["", "aX1", "bY/2"], dict[str, str]()
    for place, token in enumerate(tokens):
        part = OWN[place * 5 : place * 5 + 5]
        items = [{"name": title(body, year), "link": path} for path, body, year in part]
        following = tokens[place + 1] if place < 2 else None
        answers[f"/api/nb?cursor={token.replace('/', '%2F')}"] = json.dumps(
            {"items": items, "nextCursor": following}
        )
    assert crawl(column(f"<script>{script}</script>", answers))[0] == PATHS


def test_a_small_front_page_with_a_map_is_no_splash() -> None:
    pages = column(rows(*OWN))
    map_of_site = pages["/"]
    pages |= {
        "/": page('<a href="/about.html">走进栖陂</a><a href="/map.html">网站地图</a>'),
        "/map.html": map_of_site,
    }
    found, asked, _ = crawl(pages)
    assert found == PATHS
    assert asked[:2] == ["/", "/map.html"]
