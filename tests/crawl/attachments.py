"""A county whose report pages have attached files of every kind: a place for each thing that can happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from random import Random
from urllib.parse import quote

from tests.crawl.network import Answer, Asked
from tests.formats.archives import as_zip
from tests.formats.makers import as_pdf, as_xlsx
from tests.formats.ofd import as_ofd
from tests.formats.parts import Part, parts_of
from tests.portals.model import Body, ReportTruth
from tests.portals.reports import make_report

HOST = "www.linzhou.gov.cn"
CASES = (
    "only", "tables", "twin", "viewer", "frame", "gone", "forbidden", "walled", "outside", "broken", "missing",
    "damaged", "letter", "direct", "bundle", "several", "first", "second", "astray", "saved", "drawn",
    "notice", "neighbour", "bare", "news", "sent_home", "listed",
)  # fmt: skip
_TOWNS = "东坪西岭南塘北沟白石青林黄沙红岩清溪龙潭凤山马路牛场杨柳松竹梅溪桃源杏村榆树柏树荷塘竹山石桥双河大坝小溪平川"
_WALL = "<html><body>请完成安全验证<br>请输入验证码</body></html>"


@cache
def report(case: str) -> ReportTruth:
    """The report of the town that stands for a case."""
    place = CASES.index(case)
    name = f"{_TOWNS[2 * place : 2 * place + 2]}镇"
    rng = Random(f"attached {case}")
    while True:
        made = make_report(Body(case, f"临洲县{name}人民政府", name, "town"), 2023, rng, "clean", 0.0)
        if made.template == "2021":
            return replace(made, html=made.html.replace("&nbsp;", " "))


def url(case: str) -> str:
    """Address of a case's page, of its file where the list leads straight to it, of its place in an archive."""
    if case in ("first", "second"):
        return f"http://{HOST}/f/several.zip#{quote(f'{report(case).title}.ofd')}"
    return f"http://{HOST}/{'f/direct.pdf' if case == 'direct' else f'nb/{case}.html'}"


def _prose(case: str) -> str:
    return "".join(f"<p>{part}</p>" for part in parts_of(report(case)) if isinstance(part, str))


def _tables(case: str) -> list[Part]:
    return ["附表", *(part for part in parts_of(report(case)) if not isinstance(part, str))]


def _bodies() -> Mapping[str, str]:
    file = "<p>附件：<a href='{}'>{}</a></p>".format
    return {
        "only": file("./P0202401.pdf", "附件"),
        "tables": _prose("tables") + file("/f/tables.xlsx", "统计表"),
        "twin": report("twin").html + file("/f/twin.pdf", f"{report('twin').title}.pdf"),
        "viewer": "<iframe src='/pdf/viewer.html?file=%2Ff%2Fviewer.ofd'></iframe>",
        "frame": file("/showfile.jsp?id=7", "查看附件"),
        "gone": file("/f/gone.pdf", "附件"),
        "forbidden": file("/secret/1.pdf", "附件"),
        "walled": file("/download.jsp?id=8", "附件"),
        "outside": file("http://files.elsewhere.gov.cn/1.pdf", "附件"),
        "broken": _prose("broken") + file("/f/broken.xlsx", "统计表"),
        "missing": _prose("missing") + file("/f/missing.xlsx", "统计表"),
        "damaged": file("/f/damaged.doc", "附件"),
        "letter": file("/f/letter.txt.doc", "附件"),
        "saved": file("/f/saved.doc", "附件"),
        "drawn": "<p><img src='/upload/20240118/1.png'></p><p><img src='/upload/20240118/2.png'></p>",
        "astray": file("/go?id=5", "查看原文"),
        "bundle": file("/f/bundle.zip", "附件"),
        "several": file("/f/several.zip", "各乡镇年度报告"),
        "notice": file("/f/notice.docx", "附件"),
        "neighbour": file("/f/neighbour.docx", "附件"),
        "bare": file("/f/bare.docx", "附件"),
        "news": file("/f/news.docx", "附件"),
        "listed": file("/f/listed.docx", "附件"),
        "sent_home": file("/f/sent_home.docx", "附件"),
    }


@cache
def _files() -> Mapping[str, Answer]:
    def whole(case: str) -> list[Part]:
        return list(parts_of(report(case)))

    return {
        "/nb/P0202401.pdf": Answer(as_pdf(whole("only")), headers={"Content-Type": "application/pdf"}),
        "/f/tables.xlsx": Answer(
            as_xlsx(_tables("tables")), headers={"Content-Type": "application/octet-stream"}
        ),
        "/f/twin.pdf": Answer(as_ofd(whole("twin"))),
        "/f/viewer.ofd": Answer(as_ofd(whole("viewer")), headers={"Content-Type": "text/html"}),
        "/showfile.jsp": Answer(b"<html><body><embed src='/f/frame.ofd'></body></html>"),
        "/f/frame.ofd": Answer(as_ofd(whole("frame"))),
        "/download.jsp": Answer(_WALL.encode()),
        "/f/broken.xlsx": Answer(b"<h1>500</h1>", 500),
        "/f/damaged.doc": Answer(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
        "/go": _page(report("only").title, f"<h1>{report('only').title}</h1>{report('only').html}"),
        "/f/saved.doc": _page(
            report("saved").title, f"<h1>{report('saved').title}</h1>{report('saved').html}"
        ),
        "/f/neighbour.docx": _page(
            report("only").title,
            f"<p><a href='/a'>通知</a><a href='/b'>公告</a></p>{report('only').html}",
        ),
        "/f/bare.docx": Answer(
            f"<title>{report('only').title}_临洲县</title><h1>{report('only').title}</h1>{report('only').html}".encode()
        ),
        "/f/news.docx": _page(
            "全县安全生产工作会议召开",
            f"<p><a href='/a'>通知</a><a href='/b'>公告</a></p>{'<p>各乡镇和部门负责同志参加会议。</p>' * 120}",
        ),
        "/f/listed.docx": _page("年报", f"<p><a href='/nb/P0202401.pdf'>{report('only').title}</a></p>"),
        "/f/sent_home.docx": Answer(status=302, headers={"Location": "/"}),
        "/f/notice.docx": Answer("<html><title>提示</title><body>网站正在升级维护</body></html>".encode()),
        "/f/letter.txt.doc": Answer(
            "各单位：请按时参加会议。".encode() * 9, headers={"Content-Type": "application/msword"}
        ),
        "/f/bundle.zip": Answer(
            as_zip(
                {
                    "正文.pdf": as_pdf([part for part in whole("bundle") if isinstance(part, str)]),
                    "附表.xlsx": as_xlsx(_tables("bundle")),
                }
            )
        ),
        "/f/several.zip": Answer(
            as_zip({f"{report(one).title}.ofd": as_ofd(whole(one)) for one in ("first", "second")})
        ),
        "/f/direct.pdf": Answer(as_pdf(whole("direct")), headers={"Content-Type": "application/pdf"}),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /secret/\n", headers={"Content-Type": "text/plain"}),
    }


def _page(title: str, body: str) -> Answer:
    menu = "<ul class='nav'><li><a href='/'>首页</a></li><li><a href='/nb/'>政府信息公开年报</a></li></ul>"
    return Answer(
        f"<html><head><meta charset='utf-8'><title>{title}_临洲县人民政府</title></head><body>{menu}{body}"
        "<div class='foot'>主办：临洲县人民政府</div></body></html>".encode()
    )


def answer(asked: Asked) -> Answer:
    """What the county's server says; files without the page that leads to them as referer are not given."""
    if asked.path in ("/", "/nb/"):
        rows = "".join(
            f"<li><a href='{url(case)}'>{report(case).title}</a><span>2024-01-20</span></li>"
            for case in CASES
            if case in _bodies() or case == "direct"
        )
        return _page(
            "政府信息公开年报" if asked.path == "/nb/" else "首页",
            f"<ul>{rows if asked.path == '/nb/' else ''}</ul>",
        )
    if asked.path in _files():
        referer = asked.headers.get("Referer", "")
        own = asked.path == "/robots.txt" or referer.startswith(f"http://{HOST}/")
        return _files()[asked.path] if own else Answer(b"<h1>403</h1>", 403)
    case = asked.path.removeprefix("/nb/").removesuffix(".html")
    if case in _bodies():
        title = report(case).title
        return _page(
            title, f"<h1>{title}</h1><p>发布时间：2024-01-20</p><div class='cont'>{_bodies()[case]}</div>"
        )
    return Answer(b"<h1>404</h1>", 404)
