"""Columns as county sites lay them out, each in a few pages: every report is found, and what that costs."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from govcrawl.discovery.memory import Memory
from govcrawl.discovery.missing import shortfalls
from govcrawl.discovery.urls import page_key
from tests.discovery.small import DEPARTMENTS, HOST, TOWNS, column, crawl, page, rows, title

BODIES = ("人民政府", *DEPARTMENTS, *TOWNS)


def reports(folder: str, *bodies: str, years: tuple[int, ...] = (2023, 2022)) -> list[tuple[str, str, int]]:
    return [
        (f"{folder}t{year}0120_{place}.html", body, year)
        for place, body in enumerate(bodies)
        for year in years
    ]


def paths(*groups: list[tuple[str, str, int]]) -> set[str]:
    return {path for group in groups for path, _, _ in group}


def test_bodies_that_the_disclosure_page_itself_lists() -> None:
    links = "".join(f'<a href="/org{place}/">{body}</a>' for place, body in enumerate(BODIES[1:]))
    pages = {
        "/": page('<a href="/zfxxgk.html">政府信息公开</a>'),
        "/zfxxgk.html": page(f"<div>{links}</div>"),
    }
    wanted = set[str]()
    for place, body in enumerate(BODIES[1:]):
        own = reports(f"/org{place}/nb/", body)
        wanted |= paths(own)
        front = f'<a href="/org{place}/zn.html">公开指南</a><a href="/org{place}/nb/">公开年报</a>'
        pages |= {f"/org{place}/": page(f"{body}{front}"), f"/org{place}/nb/": page(rows(*own))}
    found, asked, _ = crawl(pages)
    assert found == wanted
    assert len(asked) <= 2 + 2 * len(BODIES)


def test_no_body_is_asked_for_where_the_column_has_them_all() -> None:
    old = reports("/nb/", *BODIES, years=(2023, 2022, 2017))
    links = "".join(f'<a href="/org{place}/">{body}</a>' for place, body in enumerate(BODIES[1:]))
    pages = column(rows(*old))
    pages["/zfxxgk.html"] = pages["/zfxxgk.html"].replace("<body>", f"<body><div>{links}</div>")
    found, asked, _ = crawl(pages)
    assert found == paths(old)
    assert asked == ["/", "/zfxxgk.html", "/nb.html"]


def test_a_family_that_pays_late_is_looked_at_to_its_end() -> None:
    years = range(2016, 2024)
    pages = column("".join(f'<a href="/nb/{year}/index.htm">{year}年度</a>' for year in years))
    wanted = set()
    for year in years:
        cells = "".join(
            f'<td><a href="/nb/{year}/{place}.htm">{body}</a></td>' for place, body in enumerate(BODIES)
        )
        pages[f"/nb/{year}/index.htm"] = page(f"<table><tr>{cells}</tr></table>")
        for place, body in enumerate(BODIES):
            heads = (
                "一、总体情况 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 五、存在的主要问题"
            )
            pages[f"/nb/{year}/{place}.htm"] = page(f"<p>{title(body, year)}</p><p>{heads}</p>")
            wanted.add(f"/nb/{year}/{place}.htm")
    assert crawl(pages)[0] == wanted


@pytest.mark.parametrize("label", ["往年年报", "历史年报（2019年以前）", "2019年以前年报"])
def test_the_column_of_former_years_beside_the_column(label: str) -> None:
    new, old = reports("/nb/", *BODIES), reports("/old/", *BODIES, years=(2018, 2017))
    pages = column(rows(*new), {"/old.html": page(rows(*old))})
    pages["/zfxxgk.html"] = pages["/zfxxgk.html"].replace("<body>", f'<body><a href="/old.html">{label}</a>')
    assert crawl(pages)[0] == paths(new, old)


def test_tabs_whose_parts_lead_to_more() -> None:
    new, old = reports("/nb/", *BODIES, years=(2023,)), reports("/nb/", *BODIES, years=(2022,))
    tabs = '<a href="javascript:;" data-url="tab_bm.html">县级部门</a>'
    more = {
        "/tab_bm.html": f'<ul>{rows(*new)}</ul><a href="/bm/">更多&gt;&gt;</a>',
        "/bm/": page(rows(*new, *old)),
    }
    assert crawl(column(tabs, more))[0] == paths(new, old)


def test_rows_whose_function_stands_in_a_script_file() -> None:
    script = (
        "function detail(id){ var url = ctx + '/view/' + id + '.shtml'; window.open(url); }\nvar ctx = '';"
    )
    items = "".join(
        f"<li onclick=\"detail('{place}')\">{title(body, 2023)}</li>" for place, body in enumerate(BODIES)
    )
    pages = column(f'<script src="/js/common.js"></script><ul>{items}</ul>', {"/js/common.js": script})
    found, asked, _ = crawl(pages)
    assert found == {f"/view/{place}.shtml" for place in range(len(BODIES))}
    assert asked[-1] == "/js/common.js"


def test_rows_in_base64() -> None:
    data = [{"t": title(body, 2023), "u": f"/nb/{place}.html"} for place, body in enumerate(BODIES)]
    hidden = base64.b64encode(json.dumps(data).encode()).decode()
    script = f'<script>var list = JSON.parse(window.atob("{hidden}"));</script>'
    assert crawl(column(script))[0] == {f"/nb/{place}.html" for place in range(len(BODIES))}


@pytest.mark.parametrize("tag", ["textarea", "script type='text/html'", "xmp"])
def test_a_list_that_is_kept_as_text(tag: str) -> None:
    own = reports("/nb/", *BODIES)
    kept = f"<{tag}><ul>{rows(*own)}</ul></{tag.split()[0]}>"
    assert crawl(column(kept))[0] == paths(own)


def test_a_template_for_each_row_is_no_list() -> None:
    kept = f"<script type='text/html'><li><a href='/nb/{{{{id}}}}.html'>{title('教育局', 2023)}</a></li></script>"
    assert crawl(column(kept))[0] == set()


CLICKED = """$('.dept').click(function(){ var id = $(this).data('id');
  $.post('/getNb.do', {deptId: id, type: 'nb'}, function(d){ $('#con').html(d.html); }, 'json'); });"""


def test_bodies_whose_click_posts_for_their_list() -> None:
    items = "".join(f'<a class="dept" data-id="D{place}1">{body}</a>' for place, body in enumerate(BODIES))
    more = {}
    for place, body in enumerate(BODIES):
        lines = rows(*reports(f"/nb/{place}/", body))
        more[f"/getNb.do deptId=D{place}1&type=nb"] = json.dumps({"html": f"<ul>{lines}</ul>"})
    found, _, _ = crawl(column(f"{items}<script>{CLICKED}</script>", more))
    assert found == set().union(*(paths(reports(f"/nb/{place}/", body)) for place, body in enumerate(BODIES)))


TREE = """var zNodes = %s; var setting = {callback: {onClick: picked}};
function picked(event, treeId, treeNode) { $("#list").load("/list.jsp?org=" + treeNode.id + "&cat=nb"); }
$.fn.zTree.init($("#tree"), setting, zNodes);"""


def test_bodies_in_a_tree_whose_click_loads_their_list() -> None:
    nodes = [{"id": f"org{place}", "pId": "0", "name": body} for place, body in enumerate(BODIES)]
    more = {
        f"/list.jsp?org=org{place}&cat=nb": f"<ul>{rows(*reports(f'/nb/{place}/', body))}</ul>"
        for place, body in enumerate(BODIES)
    }
    found, _, _ = crawl(column(f"<script>{TREE % json.dumps(nodes)}</script>", more))
    assert found == set().union(*(paths(reports(f"/nb/{place}/", body)) for place, body in enumerate(BODIES)))


def test_a_script_file_that_reads_a_field_of_its_page() -> None:
    script = """function query(){ var id = $("#chnl").val(); $.ajax({url: "/query.do", type: "POST",
      data: {chnlId: id, pageNo: 1}, success: function(d){ $("#docs").append(d.docTitle); }}); }"""
    data = [
        {"docTitle": title(body, 2023), "docPubUrl": f"/nb/{place}.html"} for place, body in enumerate(BODIES)
    ]
    more = {
        "/col/list.js": script,
        "/query.do chnlId=5512&pageNo=1": json.dumps({"docs": data, "total": len(data)}),
    }
    pages = column("", more)
    markup = '<input type="hidden" id="chnl" value="5512"><script src="/col/list.js"></script>'
    pages["/col/nb.html"] = page(markup)
    pages["/zfxxgk.html"] = page(
        '<a href="/zn.html">政府信息公开指南</a><a href="/col/nb.html">政府信息公开年报</a>'
    )
    assert crawl(pages)[0] == {f"/nb/{place}.html" for place in range(len(BODIES))}


BUNDLE = """(self.webpackJsonp=[]).push([["app"],{a1:function(t,e,n){var r=n("bc");e.a={
data(){return{query:{pageNum:1,pageSize:20,code:"zfxxgknb"},total:0}},methods:{
getData(){r.get("/api/page",{params:this.query}).then(t=>{this.rows=t.data.rows})},
detail(t){window.open("/xxgk/detail?infoId="+t.infoId)}},render(){return this.infoTitle}}}}]);"""


def bundled() -> dict[str, str]:
    data = [{"infoId": 70 + place, "infoTitle": title(body, 2023)} for place, body in enumerate(BODIES)]
    shell = '<div id="app"></div><script src="/static/vendor.1.js"></script><script src="/static/app.9f.js"></script>'
    pages = column("", {"/static/app.9f.js": BUNDLE})
    pages["/nb.html"] = f"<html><head><title>公开</title></head><body>{shell}</body></html>"
    pages["/api/page?pageNum=1&pageSize=20&code=zfxxgknb"] = json.dumps({"total": len(data), "rows": data})
    return pages


def test_a_column_that_the_site_s_bundle_draws() -> None:
    found, asked, discovery = crawl(bundled())
    assert found == {f"/xxgk/detail?infoId={70 + place}" for place in range(len(BODIES))}
    assert "/static/vendor.1.js" not in asked
    assert shortfalls(discovery) == []


def test_a_column_in_a_tab_of_the_disclosure_page() -> None:
    script = """var cid = 31; function list(cid){ $.getJSON('/data/list_' + cid + '.json', function(d){
      d.data.forEach(function(x){ $('#m').append('<a href="/open/' + x.aid + '.html">' + x.name + '</a>'); }); }); }
      list(cid);"""
    data = [{"aid": 700 + place, "name": title(body, 2023)} for place, body in enumerate(BODIES)]
    front = f'<a href="#/zn">政府信息公开指南</a><a href="#/list?cid=31">政府信息公开年报</a><script>{script}</script>'
    pages = {"/": page('<a href="/open/">政府信息公开</a>'), "/open/": page(front)}
    pages["/data/list_31.json"] = json.dumps({"data": data})
    assert crawl(pages)[0] == {f"/open/{700 + place}.html" for place in range(len(BODIES))}


def test_the_years_of_a_select_beside_the_rows_of_one() -> None:
    years = (2023, 2022, 2021)
    options = "".join(f"<option value={year}>{year}年</option>" for year in years)
    form = (
        f"<form action='/nb.html'><select name=year onchange='this.form.submit()'>{options}</select></form>"
    )
    own = {year: reports("/nb/", *BODIES, years=(year,)) for year in years}
    pages = column(form + rows(*own[2023]))
    pages |= {f"/nb.html?year={year}": page(form + rows(*own[year])) for year in years}
    found, asked, _ = crawl(pages)
    assert found == paths(*own.values())
    assert asked == ["/", "/zfxxgk.html", "/nb.html", "/nb.html?year=2022", "/nb.html?year=2021"]


def test_a_start_page_that_sends_on_to_another_file_of_its_folder() -> None:
    own = reports("/nb/", *BODIES)
    pages = column(rows(*own))
    pages["/index.shtml"] = pages["/"]
    pages["/"] = "<html><script>var u = 'index.shtml'; top.location.href = '/' + u;</script></html>"
    found, asked, _ = crawl(pages)
    assert found == paths(own)
    assert asked[:2] == ["/", "/index.shtml"]


def test_start_pages_that_send_to_each_other_end() -> None:
    pages = {
        "/": "<script>location='/index.shtml'</script>",
        "/index.shtml": "<script>location='/index.jsp'</script>",
    }
    pages["/index.jsp"] = "<script>location='/index.shtml'</script>"
    assert len(crawl(pages)[1]) < 12


def test_pages_after_load_more() -> None:
    own = [(f"/nb/t2023_{place}0.html", body, 2023) for place, body in enumerate(BODIES * 3)]
    script = (
        "var page = 1; function more(){ page++; $.get('/nb/more?page=' + page, function(h){ add(h); }); }"
    )
    button = f"<a href='javascript:;' onclick='more()'>加载更多</a><script>{script}</script>"
    more = {f"/nb/more?page={number}": rows(*own[7 * number - 7 : 7 * number]) for number in (2, 3)}
    found, asked, _ = crawl(column(rows(*own[:7]) + button, more))
    assert found == paths(own)
    assert asked[3:] == ["/nb/more?page=2", "/nb/more?page=3", "/nb/more?page=4"]


def test_cards_with_a_heading_a_summary_and_a_link_that_says_nothing() -> None:
    own = reports("/nb/", *BODIES)
    cards = "".join(
        f"<div class=item><h4>{title(body, year)}</h4><p>{'根据条例编制本报告，' * 8}</p>"
        f"<div><span>{year + 1}-01-20</span><a href='{path}'>查看详情</a></div></div>"
        for path, body, year in own
    )
    assert crawl(column(f"<div>{cards}</div>"))[0] == paths(own)


def test_rows_in_a_file_of_data() -> None:
    data = "var list = " + json.dumps(
        [{"title": title(b, 2023), "url": f"/nb/{p}.html"} for p, b in enumerate(BODIES)]
    )
    script = '<script src="/js/jquery.js"></script><script src="/data/nb_list.js?t=2026"></script>'
    found, asked, _ = crawl(column(script, {"/data/nb_list.js?t=2026": data}))
    assert found == {f"/nb/{place}.html" for place in range(len(BODIES))}
    assert "/js/jquery.js" not in asked


def test_towns_behind_a_page_of_their_own_sites() -> None:
    own = reports("/nb/", "人民政府", *DEPARTMENTS)
    pages = column(rows(*own))
    tiles = "".join(
        f"<div><a href='/z{place}/'><img alt='{town}'></a></div>" for place, town in enumerate(TOWNS)
    )
    pages |= {"/": pages["/"].replace("<body>", "<body><a href='/xzzc/'>乡镇之窗</a>"), "/xzzc/": page(tiles)}
    wanted = paths(own)
    for place, town in enumerate(TOWNS):
        theirs = reports(f"/z{place}/nb/", town)
        wanted |= paths(theirs)
        pages[f"/z{place}/"] = page(f"<a href='/z{place}/zwgk/'>政务公开</a>{town}")
        pages[f"/z{place}/zwgk/"] = page(
            f"<a href='/z{place}/zn/'>公开指南</a><a href='/z{place}/nb/'>公开年报</a>"
        )
        pages[f"/z{place}/nb/"] = page(rows(*theirs))
    assert crawl(pages)[0] == wanted


@pytest.mark.parametrize(("told", "complete"), [(14, True), (60, False)])
def test_a_list_whose_script_hides_rows_that_it_has(told: int, complete: bool) -> None:
    own = reports("/nb/", *BODIES)
    pager = f"<div>共{told}条 1/4页 <a href='javascript:show(2)'>下一页</a></div>"
    found, _, discovery = crawl(column(rows(*own) + pager))
    assert found == paths(own)
    assert (shortfalls(discovery) == []) is complete


def test_rows_through_a_page_that_sends_on() -> None:
    own = reports("/nb/", *BODIES)
    through = [(f"/goto?u={quote(path, safe='')}&k=1", body, year) for path, body, year in own]
    assert crawl(column(rows(*through)))[0] == paths(own)


SPA = """<a href="/xxgk/zn">政府信息公开指南</a><a href="/xxgk/">政府信息公开年报</a><div id="app">
<li v-for="v in list"><a :href="'/xxgk/d/' + v.id">{{v.title}}</a></li></div><script>
new Vue({el: '#app', data: {tree: [], list: [], orgId: '5000'}, mounted() { this.getTree(); this.getList(); }, methods: {
getTree() { axios.get('/api/org/tree').then(r => { this.tree = r.data }) },
getList() { axios.get('/api/list', {params: {orgId: this.orgId, type: 'nb'}}).then(r => { this.list = r.data }) }}})</script>"""


def keyed() -> dict[str, str]:
    keys = {f"{5000 + 11 * place}": body for place, body in enumerate(BODIES)}
    pages = {"/": page('<a href="/xxgk/">政府信息公开</a>')}
    pages["/xxgk/"] = page(SPA).replace("<title>", "<title>政府信息公开年报_")
    pages["/api/org/tree"] = json.dumps({"data": [{"id": key, "label": body} for key, body in keys.items()]})
    for key, body in keys.items():
        own = [{"id": f"{key}{year}", "title": title(body, year)} for year in (2023, 2022)]
        pages[f"/api/list?orgId={key}&type=nb"] = json.dumps({"data": own})
    return pages


def test_bodies_of_a_tree_that_one_list_was_asked_for_of() -> None:
    found, asked, discovery = crawl(keyed())
    assert found == {f"/xxgk/d/{5000 + 11 * place}{year}" for place in range(7) for year in (2023, 2022)}
    assert len(asked) == 3 + len(BODIES)
    assert shortfalls(discovery) == []


def test_other_years_of_all_bodies_beside_a_select_of_bodies() -> None:
    years = (2023, 2022, 2021)
    options = "".join(f"<option value={year}>{year}年</option>" for year in years)
    bodies = "".join(f"<option value={place}>{body}</option>" for place, body in enumerate(BODIES))
    selects = (
        f"<select name=dw><option value=''>全部</option>{bodies}</select><select name=nf>{options}</select>"
    )
    form = f"<form action='/nb.html'>{selects}<button>查询</button></form>"
    own = {year: reports("/nb/", *BODIES, years=(year,)) for year in years}
    pages = column(form + rows(*own[2023]))
    pages |= {f"/nb.html?dw=&nf={year}": page(form + rows(*own[year])) for year in years}
    found, asked, _ = crawl(pages)
    assert found == paths(*own.values())
    assert asked[3:] == ["/nb.html?dw=&nf=2022", "/nb.html?dw=&nf=2021"]


def test_pages_of_data_that_hold_markup() -> None:
    script = """function turn(pageIndex){ $.ajax({type:'post', url:'/getlist.ashx', data:{chid: 88, pageIndex: pageIndex},
      success: function(r){ $('#box').html(JSON.parse(r).html); }}); } turn(1);"""
    own = reports("/nb/", *BODIES)
    answers = {
        f"/getlist.ashx chid=88&pageIndex={number}": json.dumps(
            {"html": rows(*own[start : start + 7]), "totalPage": 2}
        )
        for number, start in ((1, 0), (2, 7))
    }
    assert crawl(column(f"<script>{script}</script>", answers))[0] == paths(own)


def test_rows_that_a_script_writes_out_of_the_same_variables() -> None:
    own = reports("/nb/", *BODIES)
    lines = "".join(
        f"""var url="{path}";var title="{title(body, year)}";document.writeln("<a href='" + url + "'>" + title + "</a>");"""
        for path, body, year in own
    )
    assert crawl(column(f"<script>{lines}</script>"))[0] == paths(own)


def test_rows_of_another_host_s_data_stand_on_the_page_that_shows_them() -> None:
    script = """const API = 'http://api.qipi.gov.cn'; fetch(API + '/list?cat=nb').then(r => r.json()).then(j => {
      j.items.forEach(a => { box.innerHTML += `<a href="/nb/${a.uuid}.html">${a.title}</a>`; }); });"""
    data = [{"uuid": f"b{place}", "title": title(body, 2023)} for place, body in enumerate(BODIES)]
    answer = {"http://api.qipi.gov.cn/list?cat=nb": json.dumps({"items": data})}
    assert crawl(column(f"<script>{script}</script>", answer))[0] == {
        f"/nb/b{place}.html" for place in range(7)
    }


def test_links_that_grow_by_their_own_folder_end() -> None:
    own = reports("/nb/", *BODIES)
    body = f"<a href='nb/'>县直部门</a><a href='more/nb/'>2019年</a>{rows(*own)}"

    class Growing(dict[str, str]):
        def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
            return body if key.startswith("/nb/") and key.endswith("/nb/") else super().get(key, default)

    pages = Growing(column(""))
    pages["/zfxxgk.html"] = page('<a href="/zn.html">政府信息公开指南</a><a href="/nb/">政府信息公开年报</a>')
    pages["/nb/"] = body
    found, asked, _ = crawl(pages)
    assert found == paths(own)
    assert len(asked) < 12


def test_rows_in_a_viewer() -> None:
    script = "function view(f){ window.open('/viewer/index.html?file=' + encodeURIComponent(f)); }"
    items = "".join(
        f"<li><a href='javascript:void(0)' onclick=\"view('/upload/{place}.docx')\">{title(body, 2023)}</a></li>"
        for place, body in enumerate(BODIES)
    )
    assert crawl(column(f"{items}<script>{script}</script>"))[0] == {
        f"/upload/{place}.docx" for place in range(7)
    }


@pytest.mark.parametrize(("season", "cost"), [(True, 9), (False, 3)])
def test_a_remembered_column_of_keyed_bodies(season: bool, cost: int) -> None:
    pages = keyed()
    found, _, first = crawl(pages)
    settled = frozenset(page_key(f"{HOST}{path}") for path in found)
    memory = Memory(tuple(first.visited.values()), settled, season=season)
    again, asked, discovery = crawl(pages, memory)
    assert again <= found
    assert len(asked) == cost
    assert discovery.changed is None
    assert shortfalls(discovery) == []


def test_a_remembered_column_that_a_bundle_draws() -> None:
    pages = bundled()
    found, _, first = crawl(pages)
    settled = frozenset(page_key(f"{HOST}{path}") for path in found)
    _, asked, discovery = crawl(pages, Memory(tuple(first.visited.values()), settled))
    assert len(asked) <= 4
    assert discovery.changed is None
    assert shortfalls(discovery) == []


def test_a_menu_of_arrays() -> None:
    own = reports("/nb/", *BODIES)
    script = "<script>var menu = [['公开指南','zn.html'],['公开年报','col/nb.html']]; draw(menu);</script>"
    pages = {
        "/": page('<a href="/zfxxgk.html">政府信息公开</a>'),
        "/zfxxgk.html": page(script),
        "/col/nb.html": page(rows(*own)),
    }
    assert crawl(pages)[0] == paths(own)


def test_a_list_behind_another_request_of_its_page() -> None:
    script = """var C = {site: '4501', api: '/api'};
      $.get(C.api + '/banner', {site: C.site}, function(d){ $('#b').html(d.title); });
      $.get(C.api + '/list', {site: C.site, page: 1}, function(d){ $('#l').append(d.title); });"""
    data = [{"docTitle": title(body, 2023), "url": f"/nb/{place}.html"} for place, body in enumerate(BODIES)]
    answers = {"/api/banner?site=4501": '{"data": [{"img": "/a.png"}]}'}
    answers["/api/list?site=4501&page=1"] = json.dumps({"data": data})
    found, _, discovery = crawl(column(f"<script>{script}</script>", answers))
    assert found == {f"/nb/{place}.html" for place in range(len(BODIES))}
    assert shortfalls(discovery) == []
