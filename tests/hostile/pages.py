"""Listing pages that are made to hold up whoever looks through them: one table of names and bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

TITLE = "石坞县民政局2023年政府信息公开工作年度报告"
SHORT = 20_000
MANY = 100_000


@dataclass(frozen=True)
class HostilePage:
    """``told`` is found in what is said to be left out, where the page is not given up; nothing need be said
    of one that takes little time."""

    name: str
    make: Callable[[], bytes]
    told: str = ""


def html(body: str) -> bytes:
    return f"<html><head><title>政府信息公开年报</title></head><body>{body}</body></html>".encode()


def script(code: str) -> bytes:
    return html(f"<script>{code}</script><a href='/a/'>政府信息公开年报</a>")


def each(pattern: str, times: int) -> str:
    return "".join(pattern.replace("#", str(number)) for number in range(times))


def listed(rows: Iterable[int]) -> list[dict[str, str]]:
    return [{"title": TITLE, "url": f"/x/2024/0102/{row}.html", "date": "2024-01-02"} for row in rows]


LINKS = "links, of which the others were not looked at"
TAGS = "tags, of which the others were not looked at"
BYTES = "bytes, of which the first"

PAGES = (
    HostilePage("many links", lambda: html(each("<a href=/x/#.html>n#</a>", MANY)), TAGS),
    HostilePage("many rows", lambda: html(f"<ul>{each(f'<li><a href=/x/2024/0102/#.html>{TITLE}</a> 2024-01-02</li>', SHORT)}</ul>"), LINKS),
    HostilePage("many columns", lambda: html(each("<a href=/x/#/>年度报告</a>", SHORT)), LINKS),
    HostilePage("many empty links", lambda: html(f"<div>{each('<a href=/x/#.html></a>', SHORT)}</div>"), LINKS),
    HostilePage("a row of many links", lambda: html(f"<table><tr>{each('<td><a href=/x/#.html>查看</a></td>', SHORT)}</table>"), LINKS),
    HostilePage("cells that reach far down", lambda: html(f"<table>{each('<tr><td rowspan=9999>民政局</td><td><a href=/x/#.html>查看</a></td></tr>', 10_000)}</table>"), LINKS),
    HostilePage("links that show more", lambda: html(f"<div>{each('<a href=/x/#.html>更多</a>', SHORT)}</div>"), LINKS),
    HostilePage("links in links", lambda: html(each("<a href=/x/#.html><b>", SHORT))),
    HostilePage("lists in lists", lambda: html(each("<ul><li><a href=/x/#.html>n#</a>", SHORT))),
    HostilePage("deep divisions", lambda: html("<div>" * 500_000), TAGS),
    HostilePage("deep mixture", lambda: html("<b><i><font><span>" * 20_000)),
    HostilePage("deep names", lambda: html(each("<x#>", 50_000))),
    HostilePage("many attributes", lambda: html(f"<a {each('a#=1 ', 300_000)}>x</a>")),
    HostilePage("many clicks", lambda: html("<script>function f(x){location.href='/a/'+x}</script>" + each("<a onclick=\"f('#')\">n#</a>", SHORT)), LINKS),
    HostilePage("clicks that lead nowhere", lambda: html("<script>" + "var a=1;" * 50_000 + "</script>" + each("<a onclick=\"g#('#')\">n#</a>", SHORT)), LINKS),
    HostilePage("many functions", lambda: script(each("function f#(x){g#('a')};f#('b');", SHORT))),
    HostilePage("one function, many calls", lambda: script("function f(){$.get('/a')};" + "f('x');" * MANY)),
    HostilePage("patterns without end", lambda: script("/[" * 2_000_000)),
    HostilePage("quotes", lambda: script('\\"' * 1_000_000)),
    HostilePage("braces", lambda: script("{" * 2_000_000)),
    HostilePage("brackets", lambda: script("报告" + "[" * 2_000_000)),
    HostilePage("calls in calls", lambda: script("a(" * 1_000_000)),
    HostilePage("texts in texts", lambda: script("`${" * 700_000)),
    HostilePage("comments without end", lambda: script("/* " * 1_000_000)),
    HostilePage("arrows", lambda: script("a=>" * 700_000)),
    HostilePage("a sum without end", lambda: script(f"var a={chr(39)}x{chr(39)}{'+y' * 500_000};$.get(a);")),
    HostilePage("variables of variables", lambda: script(each("var v#=w#+w#;w#=v#+v#;", SHORT) + "$.get(v1);")),
    HostilePage("many requests", lambda: script("$.ajax({url:'/a?x=1',type:'post',data:{p:1}});" * SHORT)),
    HostilePage("a tree without end", lambda: script("zNodes=[" + "{name:'x',url:'/a/" * MANY)),
    HostilePage("many keys", lambda: html(f"<select><option value=x>1</select><script>{each(''' 'k#':'/a/#/',''', MANY)}</script>")),
    HostilePage("rows as data", lambda: json.dumps({"total": MANY, "rows": listed(range(SHORT))}).encode()),
    HostilePage("deep data", lambda: b"[" * 5_000_000),
    HostilePage("deep named data", lambda: '{"报告":'.encode() * 100_000),
    HostilePage("rows in a script", lambda: script(f"var a={json.dumps(listed(range(SHORT)), ensure_ascii=False)}"), "reports as data, of which"),
    HostilePage("groups in a script", lambda: script(f"报告{each('{a:#,' + chr(39) + 'x' * 1400 + chr(39) + '}', 2000)}")),
    HostilePage("one line", lambda: html("x" * 8_000_000), BYTES),
    HostilePage("white space", lambda: html(f"<p>a{' ' * 8_000_000}b</p>"), BYTES),
    HostilePage("digits", lambda: html(f"<p>{'1' * 4_000_000}</p>")),
    HostilePage("half a pager", lambda: html(f"<p>{'共 ' * 900_000}</p>")),
    HostilePage("marks on one letter", lambda: html(f"<p>年{'̧́' * 900_000}</p><a href=/x.html>年{'̧́' * 50_000}</a>")),
    HostilePage("a label of commas", lambda: html(f"<a href=/x.html>{'，' * MANY}年</a>" * 10)),
    HostilePage("a way on without end", lambda: html(f"<script>location{' ' * 4_000_000}</script>")),
    HostilePage("many options", lambda: html(f"<select onchange='go(this.value)'>{each('<option value=#>民政局#</option>', SHORT)}</select>"), LINKS),
    HostilePage("many selects", lambda: html(f"<form action=/q>{'<select name=a><option value=1>民政局<option value=2>教育局</select>' * 10_000}</form>"), LINKS),
    HostilePage("many forms", lambda: html(f"<script>function go(x){{document.f.p.value=x;document.f.submit()}}</script>{'<form><input name=p></form>' * 10_000}{each('<a href=javascript:go(#)>#</a>', 10_000)}"), LINKS),
    HostilePage("a pager of all numbers", lambda: html(f"<div class=page>{each('<a href=/x/index_#.html>#</a>', SHORT)}</div>"), LINKS),
    HostilePage("a pager of one number", lambda: html(f"<div class=page>{'<span>2</span>' * 30_000}</div>")),
    HostilePage("many frames", lambda: html(each("<iframe src=/f/#.html></iframe>", 40_000))),
    HostilePage("many scripts", lambda: html("<script>var a={url:'/x/'};</script>" * 40_000)),
    HostilePage("unclosed attributes", lambda: html('<a href="' * 400_000)),
    HostilePage("unclosed comments", lambda: html("<!--" * 1_000_000)),
    HostilePage("rows as XML", lambda: f"<?xml version='1.0'?><root>{each(f'<item><title>{TITLE}</title><url>/x/2024/0102/#.html</url></item>', 15_000)}</root>".encode()),
    HostilePage("deep XML", lambda: f"<?xml version='1.0'?><root>{'<a>' * 1_000_000}".encode(), TAGS),
    HostilePage("laughs in XML", lambda: ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]><root><t>&i;</t></root>").encode()),
    HostilePage("two encodings", lambda: b"<html><body>" + ("年".encode("gbk") + b"<" + "年".encode() + b">") * 500_000),
    HostilePage("keys to click", lambda: html(f"<script>$('.it').click(function(){{location.href='/show?id='+$(this).data('id')}})</script>{each('<li class=it data-id=#>n#</li>', 40_000)}")),
    HostilePage("templates", lambda: html("<script>" + "var h='<a href=\"/x/'+r.id+'\">';" * SHORT + "</script>")),
    HostilePage("long addresses", lambda: html(f"<a href='/x?{each('a#=#&', MANY)}'>n</a>" * 3)),
    HostilePage("a day many times", lambda: html(f"<ul><li>{'2024-01-02 ' * 300_000}<a href=/x.html>x</a></ul>")),
    HostilePage("a map of the site", lambda: f"<?xml version='1.0'?><urlset>{each('<url><loc>http://www.hurt.gov.cn/zfxxgk/#.html</loc></url>', SHORT)}</urlset>".encode()),
)  # fmt: skip
