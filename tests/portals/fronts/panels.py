"""Columns that a click fills, a frame shows, or another host's script serves."""

from __future__ import annotations

import json

from tests.portals.fronts.front import Fronted, Host, footer, front, links, news, rows, spec, urls
from tests.portals.world import Portal

_HTML5 = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>栖陂县人民政府</title></head><body>"


@front
def posted_panel() -> Fronted:
    """``javascript:getMainData('ndbg')`` posts for a panel; the state stands behind #, the head in a frame."""
    host = Host("www.qipi.gov.cn", "gb18030")
    site = host.mount(Portal(spec(host.host, "plain", "flat", 10)))
    own = [(a.title, url, f"{a.published}") for url, a in site.reports()]
    pages = [own[n : n + 10] for n in range(0, len(own), 10)]
    for number, some in enumerate(pages, 1):
        pager = "".join(
            f"<a href=\"javascript:gopage({n},'ndbg')\">{n}</a>" for n in range(1, len(pages) + 1)
        )
        answer = json.dumps(["SUCCESS", f"<ul>{rows(some)}</ul>{pager}"], ensure_ascii=False)
        host.put(f"POST /zfxxgk.htm?loc=ndbg&pageNo={number}", answer, "application/json")
    script = (
        "<script>function getMainData(loc){ window.location.hash = loc; gopage(1, loc); $.post('zfxxgk.htm?loc='+loc+'&pageNo='+1,"
        " {}, function(d){ if(d[0]=='SUCCESS') $('#main').html(d[1]); }, 'json'); }</script>"
    )
    entries = "".join(
        f"<li><a href=\"javascript:getMainData('{loc}')\">{label}</a></li>"
        for label, loc in (
            ("政府信息公开指南", "zn"),
            ("政府信息公开目录", "ml"),
            ("政府信息公开年度报告", "ndbg"),
        )
    )
    head = _HTML5.replace("utf-8", "gb18030")
    host.put(
        "/zfxxgk.htm",
        f"{head}<iframe src='/head.htm'></iframe><ul>{entries}</ul><div id=main></div>{script}</body></html>",
    )
    host.put(
        "/",
        f"{head}{links([('政府信息公开', '/zfxxgk.htm#zn')])}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted("http://www.qipi.gov.cn/", [host], urls(site), ("http://www.qipi.gov.cn/",))


@front
def panel_of_a_script_file() -> Fronted:
    """The same with the function in a script file, the list's name in what is posted, and bare rows as answer."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "doc_ymd", "flat", 24)))
    host.put(
        "POST /gk/list.do",
        f"<ul>{rows([(a.title, url, f'{a.published}') for url, a in site.reports()])}</ul>",
    )
    script = "function show(lb){ $.ajax({type:'post', url:'list.do', data:{lb: lb, pageNo: 1}, success:function(h){$('#r').html(h);}}); }"
    host.put("/js/jquery.min.js", "var jQuery = {};", "text/javascript")
    host.put("/js/xxgk.js", script, "text/javascript")
    entries = "".join(
        f"<li><a href=\"javascript:show('{n}')\">{label}</a></li>"
        for label, n in (("公开指南", "zn"), ("公开年报", "nb"))
    )
    host.put(
        "/gk/index.htm",
        f"{_HTML5}<script src='/js/jquery.min.js'></script><script src='/js/xxgk.js'></script><ul>{entries}</ul><div id=r></div></body></html>",
    )
    host.put(
        "/",
        f"{_HTML5}{links([('政府信息公开', '/gk/index.htm')])}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted("http://www.qipi.gov.cn/", [host], urls(site), ("http://www.qipi.gov.cn/",))


@front
def empty_targets() -> Fronted:
    """Four entries with ``href=""``, a frame from zwgk., and the prefecture's platform by ``depCode``."""
    host, gk, city = Host("www.qipi.gov.cn"), Host("zwgk.qipi.gov.cn"), Host("zwgk.chengzhou.gov.cn")
    site = host.mount(Portal(spec(host.host, "trs", "flat", 12)))
    code = "007026393"
    own = [
        (a.title, f"viewInfo.action?depCode={code}&infoId={n}", f"{a.published}")
        for n, (_, a) in enumerate(site.reports())
    ]
    for _, path, _ in own:
        city.put(f"/{path}", f"{_HTML5}<h1>报告</h1></body></html>")
    menu = links([("信息公开指南", f"openInfo.action?depCode={code}&menuCat=217"), ("信息公开年报", f"openInfo.action?depCode={code}&menuCat=219"),
                  ("桐陂县", "openInfo.action?depCode=007026111")])  # fmt: skip
    list_page = f"{_HTML5}<ul>{menu}</ul><ul>{rows(own)}</ul></body></html>"
    city.put(f"/openInfo.action?depCode={code}", f"{_HTML5}<ul>{menu}</ul></body></html>")
    city.put(f"/openInfo.action?depCode={code}&menuCat=219", list_page)
    gk.put(
        "/front/websiteOpenInfo.action?count=7",
        f"{_HTML5}<ul>{rows([('关于调整收费标准的通知', 'show.action?id=1', '2020-01-02')])}</ul></body></html>",
    )
    dead = "".join(
        f"<li><a href=''>{label}</a></li>" for label in ("公开指南", "公开目录", "公开年报", "依申请公开")
    )
    host.put(
        "/frontOpenCatalogPage.action?theID=46",
        f"{_HTML5}<ul>{dead}</ul>{links([('信息公开指南', f'http://zwgk.chengzhou.gov.cn/openInfo.action?depCode={code}&menuCat=217'), ('信息公开年报', f'http://zwgk.chengzhou.gov.cn/openInfo.action?depCode={code}')])}</body></html>",
    )
    host.put(
        "/",
        f"{_HTML5}<h3><a href='frontOpenCatalogPage.action?theID=46'>信息公开</a></h3><ul>{dead}</ul>"
        f"<iframe src='http://zwgk.qipi.gov.cn/front/websiteOpenInfo.action?count=7'></iframe>{news(site, 32_000)}{footer(site.portal.spec)}</body></html>",
    )
    base = "http://zwgk.chengzhou.gov.cn/"
    inside = (
        "http://www.qipi.gov.cn/",
        "http://zwgk.qipi.gov.cn/",
        f"{base}openInfo.action?depCode={code}",
        f"{base}viewInfo.action?depCode={code}",
    )
    return Fronted(
        "http://www.qipi.gov.cn/", [host, gk, city], frozenset(f"{base}{path}" for _, path, _ in own), inside
    )


@front
def department_frames() -> Fronted:
    """Every department is ``<column>?code=<dept>&temp=<template>``: one page with a frame that a script fills."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "trs", "body", 14)))
    folder = "/qpxrmzf"
    by_body: dict[str, list[tuple[str, str, str]]] = {}
    for url, a in site.reports():
        assert a.report is not None
        by_body.setdefault(a.report.body.short, []).append((a.title, url, f"{a.published}"))
    entries = []
    for number, (name, own) in enumerate(by_body.items()):
        code = f"qp{number:02d}"
        entries.append((name, f"{folder}/bmxxgk/list.shtml?code={code}&temp=xxgknb"))
        frame = f"{_HTML5}<iframe id='frm' width=900></iframe><script>var c=getQuery('code'),t=getQuery('temp');$('#frm').attr('src','{folder}/'+c+'/'+t+'.shtml');</script></body></html>"
        host.put(f"{folder}/bmxxgk/list.shtml?code={code}&temp=xxgknb", frame)
        host.put(f"{folder}/{code}/xxgknb.shtml", f"{_HTML5}<ul>{rows(own)}</ul></body></html>")
    host.put(
        f"{folder}/bmxxgk/index.shtml", f"{_HTML5}<div class=bm><ul>{links(entries)}</ul></div></body></html>"
    )
    host.put(
        f"{folder}/xxgk/index.shtml",
        f"{_HTML5}<ul>{links([('政府信息公开指南', folder + '/zn.shtml'), ('部门信息公开年报', folder + '/bmxxgk/index.shtml')])}</ul></body></html>",
    )
    host.put(
        "/",
        f"{_HTML5}{links([('政府信息公开', folder + '/xxgk/index.shtml')])}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted("http://www.qipi.gov.cn/", [host], urls(site), ("http://www.qipi.gov.cn/",))
