"""Lists that a script of the page fills: what real pages' scripts look like, each in its own words."""

from __future__ import annotations

from tests.discovery.families.kit import Answer, Family, Row, as_json, items, part, rows

BY_ID = "/portal/view/{id}"


def _paged(listed: list[Row], key: str, size: int = 8, first: int = 1, **names: str) -> Answer:
    """An answer of rows by the number of a page in ``key``, and nothing where it is missing."""

    def answer(given: dict[str, str]) -> str | None:
        if not given.get(key, "").isdecimal():
            return None
        return as_json(part(listed, int(given[key]) - first + 1, size), len(listed), **names)

    return answer


def counter() -> Family:
    """A counter that is raised before each request, and short names in the answer."""
    listed = rows()
    script = (
        "var n=0;function next(){n++;$.post('/api/rows',{cid:'81',n:n},function(r){for(var i=0;i<r.data.length;i++)"
        "$('#box').append('<li><a href=\"'+r.data[i].a+'\">'+r.data[i].b+'</a></li>')},'json')} $(next);"
    )
    markup = (
        f"<ul id='box'></ul><a href='javascript:;' onclick='next()'>加载更多</a><script>{script}</script>"
    )
    return Family(
        markup,
        {"/api/rows": _paged(listed, "n", a="url")} | {"/api/rows": _paged(listed, "n", url="a", title="b")},
        listed,
    )


def json_body() -> Family:
    """A JSON body kept in a variable, and rows without addresses that a template of the script makes."""
    listed = rows(BY_ID)
    script = (
        "let query = {channel: 'ab12', pageNo: 1, pageSize: 8};\n"
        "async function load(no) {\n  query.pageNo = no;\n  const res = await fetch(`/api/page`, {method: 'post', "
        "headers: {'Content-Type': 'application/json'}, body: JSON.stringify(query)});\n  const json = await res.json();\n"
        "  list.innerHTML = json.data.map(item => `<li><a href=\"/portal/view/${item.uid}\">${item.head}</a></li>`).join('');\n}\n"
        "load(1);"
    )
    return Family(
        f"<ul id='list'></ul><script>{script}</script>",
        {"/api/page": _paged(listed, "pageNo", id="uid", title="head")},
        listed,
    )


def concatenated() -> Family:
    """Rows without addresses that a sum of texts makes."""
    listed = rows("/xxgk/show_{id}.html")
    script = (
        "var page = 1;\n$(function(){ getData(); });\nfunction getData(){\n  $.ajax({ url: '/api/list', type: 'GET', "
        "data: { code: 'nb', page: page, rows: 8 }, dataType: 'json', success: function(res){ var html = '';\n"
        "  $.each(res.data, function(i, v){ html += '<li><a target=\"_blank\" href=\"/xxgk/show_' + v.articleId + '.html\">' "
        "+ v.articleTitle + '</a><span>' + v.date + '</span></li>'; });\n  $('#list').html(html); } });\n}"
    )
    answer = _paged(listed, "page", id="articleId", title="articleTitle", day="date")
    return Family(f"<ul id='list'></ul><script>{script}</script>", {"/api/list": answer}, listed)


def encoded() -> Family:
    """An address with a parameter that is put in by encodeURIComponent."""
    listed = rows("/show.jsp?id={id}")
    script = (
        "function show(p){ $.getJSON('/list.do?type=nb&page=' + p, function(d){ for (var k in d.data) { "
        "$('#l').append('<p><a href=\"show.jsp?id=' + encodeURIComponent(d.data[k].id) + '\">' + d.data[k].bt + '</a></p>'); } }); } show(1);"
    )
    fam = Family(
        f"<div id='l'></div><script>{script}</script>",
        {"/list.do": _paged(listed, "page", id="id", title="bt")},
    )
    return Family(fam.column.replace("show.jsp", "/show.jsp"), fam.answers, listed)


def opened() -> Family:
    """Rows whose click calls a function with the id."""
    listed = rows("/zwgk/detail.html?infoId={id}")
    script = (
        "function view(id){ window.open('/zwgk/detail.html?infoId=' + id); }\n"
        "function list(pageNo){ $.post('/zwgk/list', {pageNo: pageNo, lmid: 37}, function(d){ var s = ''; $.each(d.data, function(i, o){ "
        's += "<tr><td onclick=\\"view(\'" + o.infoid + "\')\\">" + o.infoname + "</td></tr>"; }); $(\'#tb\').html(s); }); }\nlist(1);'
    )
    answer = _paged(listed, "pageNo", id="infoid", title="infoname")
    return Family(f"<table id='tb'></table><script>{script}</script>", {"/zwgk/list": answer}, listed)


def templates() -> Family:
    """A template of another language in a script element of its own."""
    listed = rows("/info/{id}.html")
    column = (
        "<ul id='ul'></ul><script type='text/html' id='tpl'>{{each data as v i}}<li><a href=\"/info/{{v.ID}}.html\" "
        'title="{{v.TITLE}}">{{v.TITLE}}</a></li>{{/each}}</script><script>function go(page){ '
        "$.get('/info/query', {node: 'n7', page: page}, function(d){ $('#ul').html(template('tpl', d)); }); } go(1);</script>"
    )
    return Family(column, {"/info/query": _paged(listed, "page", id="ID", title="TITLE")}, listed)


def vue() -> Family:
    """A Vue page: the request in a method, called by created(), the rows by v-for."""
    listed = rows("/detail?id={id}")
    column = (
        "<div id='main'><ul><li v-for=\"item in list\"><a :href=\"'/detail?id=' + item.id\">{{item.title}}</a></li></ul>"
        "<el-pagination :total='total'></el-pagination></div><script>new Vue({ el: '#main', data() { return { list: [], total: 0, "
        "query: { columnId: 19, current: 1, size: 8 } } }, created() { this.getList() }, methods: { getList() { "
        "axios.get('/api/article/page', { params: this.query }).then(res => { this.list = res.data.data; this.total = res.data.total }) }, "
        "change(n) { this.query.current = n; this.getList() } } })</script>"
    )
    return Family(
        column, {"/api/article/page": _paged(listed, "current", id="id", title="title", day="time")}, listed
    )


def axios_post() -> Family:
    """axios.post with an object of texts and numbers."""
    listed = rows()
    column = (
        "<div id='app-list'></div><script>const load = (page) => { axios.post('/open/list', { channel: 'nb', page: page, limit: 8 })"
        ".then(({data}) => render(data.data)) }; window.onload = () => load(1)</script>"
    )
    return Family(column, {"/open/list": _paged(listed, "page", url="linkurl", title="title")}, listed)


def layui() -> Family:
    """layui's table: an option url, a where, and pages by page and limit."""
    listed = rows("/nb/view/{id}")
    column = (
        "<table id='demo'></table><script>layui.use('table', function(){ var table = layui.table; table.render({ elem: '#demo', "
        "url: '/nb/data/', page: true, limit: 8, where: { lm: 'ndbg' }, cols: [[ { field: 'title', templet: function(d){ "
        "return '<a href=\"/nb/view/' + d.id + '\">' + d.title + '</a>' } }, { field: 'day' } ]] }); });</script>"
    )

    def answer(given: dict[str, str]) -> str | None:
        if given.get("lm") != "ndbg":
            return as_json((), 0, title="title")
        size = int(given.get("limit", "10"))
        return as_json(
            part(listed, int(given.get("page", "1")), size), len(listed), id="id", title="title", day="day"
        )

    return Family(column, {"/nb/data/": answer}, listed)


def laypage() -> Family:
    """laypage: the request stands in jump, by obj.curr."""
    listed = rows()
    column = (
        "<ul id='list'></ul><div id='page'></div><script>layui.use(['laypage'], function(){ layui.laypage.render({ elem: 'page', count: 30, "
        "limit: 8, jump: function(obj, first){ $.ajax({ type: 'post', url: '/getList', data: { 'channelId': '5', 'pageIndex': obj.curr, "
        "'pageSize': obj.limit }, success: function(r){ draw(r.data) } }); } }); });</script>"
    )
    return Family(column, {"/getList": _paged(listed, "pageIndex", url="url", title="title")}, listed)


def pagination() -> Family:
    """jQuery's pagination: the callback counts from 0."""
    listed = rows()
    column = (
        "<ul id='hidden'></ul><div id='Pagination'></div><script>function pageselectCallback(page_index, jq){ "
        "$.getJSON('/api/nb.php?act=list&p=' + page_index, function(d){ $('#hidden').html(draw(d)); }); return false; }\n"
        "$(document).ready(function(){ $('#Pagination').pagination(30, { callback: pageselectCallback, items_per_page: 8 }); });</script>"
    )
    return Family(column, {"/api/nb.php": _paged(listed, "p", first=0, url="url", title="title")}, listed)


def jq_paginator() -> Family:
    """jqPaginator: the request stands in onPageChange."""
    listed = rows()
    column = (
        "<ul id='list'></ul><ul id='pager'></ul><script>$.jqPaginator('#pager', { totalPages: 4, visiblePages: 5, currentPage: 1, "
        "onPageChange: function (num, type) { $.get('/list.ashx?cid=9&pageindex=' + num, function (html) { $('#list').html(html) }) } });</script>"
    )
    return Family(
        column, {"/list.ashx": lambda given: items(part(listed, int(given.get("pageindex", "0"))))}, listed
    )


def bootstrap_table() -> Family:
    """bootstrap-table: an address in the table's data, pages by offset and limit."""
    listed = rows()
    column = (
        "<table data-toggle='table' data-url='/xxgk/rows' data-side-pagination='server' data-pagination='true' data-page-size='8'>"
        "<thead><tr><th data-field='title'>标题</th></tr></thead></table>"
    )

    def answer(given: dict[str, str]) -> str:
        start = int(given.get("offset", "0"))
        return as_json(
            listed[start : start + int(given.get("limit", "8"))], len(listed), url="url", title="title"
        )

    return Family(column, {"/xxgk/rows": answer}, listed)


def mescroll() -> Family:
    """mescroll: upCallback gets a page's number and size."""
    listed = rows()
    column = (
        "<div id='mescroll'><ul id='data'></ul></div><script>var mescroll = new MeScroll('mescroll', { up: { callback: upCallback, "
        "page: { num: 0, size: 8 } } }); function upCallback(page) { $.ajax({ type: 'GET', url: '/m/list?num=' + page.num + '&size=' + page.size, "
        "dataType: 'json', success: function (data) { fill(data) } }); }</script>"
    )
    return Family(column, {"/m/list": _paged(listed, "num", url="url", title="title")}, listed)


def datatables() -> Family:
    """DataTables: everything in one answer, its address in an option."""
    listed = rows("/gk/{id}.html")
    column = (
        "<table id='t'></table><script>$(document).ready(function(){ $('#t').DataTable({ \"ajax\": '/gk/data.txt', \"columns\": ["
        "{ data: 'title', render: function(data, type, row){ return '<a href=\"/gk/' + row.id + '.html\">' + data + '</a>' } }] }); });</script>"
    )
    return Family(column, {"/gk/data.txt": as_json(listed, len(listed), id="id", title="title")}, listed)


def jsonp() -> Family:
    """JSONP: the answer is a call."""
    listed = rows()
    column = (
        "<ul id='list'></ul><script>function get(p){ $.ajax({ url: '/jsonp/list?pageNum=' + p + '&siteId=3', dataType: 'jsonp', jsonp: 'callback', "
        "success: function(d){ draw(d) } }); } get(1);</script>"
    )
    rowed = _paged(listed, "pageNum", url="url", title="title")

    def answer(given: dict[str, str]) -> str | None:
        text = rowed(given) if not isinstance(rowed, str) else rowed
        return f"callback({text});" if text else None

    return Family(column, {"/jsonp/list": answer}, listed)


def stringified() -> Family:
    """$.ajax with contentType json and JSON.stringify of an object written out."""
    listed = rows()
    column = (
        "<ul id='list'></ul><script>var ctx = '/cms';\nvar cur = 1;\nfunction init(){ $.ajax({ url: ctx + '/article/list', type: 'POST', "
        "contentType: 'application/json;charset=utf-8', data: JSON.stringify({ 'catId': 'c31', 'currentPage': cur, 'pageSize': 8 }), "
        "success: function(d){ draw(d) } }) }\ninit();</script>"
    )
    return Family(
        column, {"/cms/article/list": _paged(listed, "currentPage", url="url", title="title")}, listed
    )


def serialized() -> Family:
    """A form of hidden fields that is serialised into the request."""
    listed = rows()
    column = (
        "<form id='qf'><input type='hidden' name='columnId' value='c8'><input type='hidden' name='pageNo' id='pageNo' value='1'></form>"
        "<div id='list'></div><script>function query(){ $.post('/query.do', $('#qf').serialize(), function(html){ $('#list').html(html) }) } query();</script>"
    )

    def answer(given: dict[str, str]) -> str | None:
        return (
            items(part(listed, int(given.get("pageNo", "0")))) + "<i>共4页</i>"
            if given.get("columnId") == "c8"
            else None
        )

    return Family(column, {"/query.do": answer}, listed)


def in_path() -> Family:
    """The page's number in the path of a JSON request made by a template literal."""
    listed = rows()
    column = (
        "<ul id='list'></ul><script>const cid = 77; let page = 1; const api = '/rest/';\nconst load = async () => { const r = await "
        "fetch(`${api}articles/${cid}/${page}`); draw(await r.json()) };\nload();</script>"
    )
    answers = {
        f"/rest/articles/77/{n}": as_json(part(listed, n), len(listed), url="href", title="name")
        for n in range(1, 6)
    }
    return Family(column, answers, listed)


def loaded() -> Family:
    """A fragment that is put in by .load, another one by .html."""
    listed = rows()
    column = (
        "<div id='a'></div><div id='b'></div><script>$(function(){ $('#a').load('/inc/nb_a.html'); "
        "$.get('/inc/nb_b.html', function(d){ $('#b').html(d) }); });</script>"
    )
    return Family(
        column, {"/inc/nb_a.html": items(listed[:15]), "/inc/nb_b.html": items(listed[15:])}, listed
    )


def inlined() -> Family:
    """Rows of ids in a script of the page itself, drawn by another one."""
    listed = rows("/nb/read/{id}.html")
    data = ",".join(f"{{id:{row.id},t:'{row.title}'}}" for row in listed)
    column = (
        f"<ul id='l'></ul><script>var rows=[{data}];</script><script>rows.forEach(function(x){{ "
        "l.innerHTML += `<li><a href='/nb/read/${x.id}.html'>${x.t}</a></li>` });</script>"
    )
    return Family(column, {}, listed)


def escaped() -> Family:
    """Addresses and titles of inline data that are escaped throughout."""
    listed = rows()
    code = lambda text: "".join(f"\\u{ord(sign):04x}" for sign in text)  # noqa: E731
    data = ",".join(f"['{code(row.title)}','{code(row.path)}']" for row in listed)
    return Family(f"<ul id='l'></ul><script>var nb=[{data}];draw(nb)</script>", {}, listed)


FAMILIES = (
    counter, json_body, concatenated, encoded, opened, templates, vue, axios_post, layui, laypage, pagination, jq_paginator,
    bootstrap_table, mescroll, datatables, jsonp, stringified, serialized, in_path, loaded, inlined, escaped,
)  # fmt: skip
