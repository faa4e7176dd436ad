"""A county whose reports are files only: each way to a file with each format, and files that are none."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random
from urllib.parse import quote

from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from tests.crawl.network import Answer, Asked
from tests.formats.archives import as_rar, as_zip
from tests.formats.disguised import as_html, as_mht, as_rtf
from tests.formats.makers import as_docx, as_pdf, as_xlsx
from tests.formats.ofd import as_ofd
from tests.formats.parts import Part, parts_of
from tests.portals.model import Body, ReportTruth
from tests.portals.reports import make_report

HOST = "www.shilin.gov.cn"
BASE = f"http://{HOST}"
_TOWNS = "东坪西岭南塘北沟白石青林黄沙红岩清溪龙潭凤山马路牛场杨柳松竹梅溪桃源杏村榆树柏树荷塘石桥木桥上街下街前山后山左江右江"


@dataclass(frozen=True)
class Case:
    """A report's page: how its body leads to the file, the file, and what is to come of it.

    ``kind`` is the stored report's source type, empty where none is stored; ``words`` stand in the reason.
    """

    name: str
    body: str
    path: str
    file: Answer = field(repr=False)
    state: str = "stored"
    kind: str = ""
    words: str = ""
    filename: str = ""


@cache
def report(place: int) -> ReportTruth:
    """The report of the town at a place of the list."""
    town = f"{_TOWNS[2 * place : 2 * place + 2]}镇"
    rng = Random(f"ways {place}")
    while True:
        made = make_report(Body(f"w{place}", f"石林县{town}人民政府", town, "town"), 2023, rng, "clean", 0.0)
        if made.template == "2021":
            return replace(made, html=made.html.replace("&nbsp;", " "))


def whole(place: int) -> list[Part]:
    return list(parts_of(report(place)))


def _link(address: str, text: str = "附件") -> str:
    return f"<p>附件：<a href='{address}'>{text}</a></p>"


def _typed(body: bytes, media: str, disposition: str = "") -> Answer:
    return Answer(
        body, headers={"Content-Type": media} | ({"Content-Disposition": disposition} if disposition else {})
    )


def _locked_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    canvas.drawString(99, 700, "report")
    canvas.save()
    return out.getvalue()


def _scan() -> bytes:
    out = io.BytesIO()
    Image.new("L", (1240, 1754), 255).save(out, "PNG")
    return out.getvalue()


def _page(words: str) -> bytes:
    return f"<html><head><title>{words}</title></head><body><h1>{words}</h1><p>请返回首页</p></body></html>".encode()


_LOGIN = (
    "<html><head><title>用户登录</title></head><body><form action='/login'><input name=user>"
    "<input type=password name=pass><button>登录</button></form></body></html>"
).encode()


def good(office: Mapping[str, bytes]) -> list[Case]:
    """Ways and formats that must be read; ``office`` are doc and xls by the place of their report."""
    title = [report(place).title for place in range(12)]
    viewer = f"/pdfjs/web/viewer.html?file={quote('/f/viewer.pdf', safe='')}"
    found = [
        Case("link", _link("/f/link.docx"), "/f/link.docx", _typed(as_docx(whole(0)), "application/msword"), kind="docx"),
        Case("viewer", f"<iframe src='{viewer}'></iframe>", "/f/viewer.pdf", Answer(as_pdf(whole(1))), kind="pdf"),
        Case("frame", "<iframe src='/f/frame.ofd'></iframe>", "/f/frame.ofd", Answer(as_ofd(whole(2))), kind="ofd"),
        Case("click", "<a onclick=\"window.open('/f/click.rtf')\">查看附件</a>", "/f/click.rtf", Answer(as_rtf(whole(3))), kind="rtf"),
        Case(
            "gbk name", _link("/download.jsp?id=4", "点击下载"), "/download.jsp?id=4",
            _typed(as_xlsx(whole(4)), "application/octet-stream", f'attachment; filename="{title[4]}.xlsx"'.encode("gb18030").decode("latin-1")),
            kind="xlsx", filename=f"{title[4]}.xlsx",
        ),
        Case(
            "rfc 5987", _link("/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=5", "附件下载"),
            "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=5",
            _typed(as_docx(whole(5)), "application/x-download", f"attachment; filename*=UTF-8''{quote(title[5])}.docx"),
            kind="docx", filename=f"{title[5]}.docx",
        ),
        Case(
            "row", f"<table><tr><th>附件</th></tr><tr><td>1</td><td><a href='/f/row.zip'>{title[6]}.zip</a></td></tr></table>", "/f/row.zip",
            Answer(as_zip({f"{title[6]}.docx": as_docx(whole(6))})), kind="docx",
        ),
        Case(
            "json", f"<script>var files={json.dumps([{'fileName': title[7] + '.ofd', 'fileUrl': '/u/2024/7.ofd'}], ensure_ascii=False)};</script>",
            "/u/2024/7.ofd", Answer(as_ofd(whole(7))), kind="ofd", filename=f"{title[7]}.ofd",
        ),
        Case("wrong ending", _link("/f/wrong.pdf"), "/f/wrong.pdf", _typed(as_docx(whole(8)), "application/pdf"), kind="docx"),
        Case("wrong type", _link("/f/type.pdf"), "/f/type.pdf", _typed(as_pdf(whole(9)), "text/html; charset=utf-8"), kind="pdf"),
        Case("saved page", _link("/f/saved.doc"), "/f/saved.doc", _typed(as_mht(whole(10)), "application/msword"), kind="html"),
        Case("rar", _link("/f/packed.rar"), "/f/packed.rar", Answer(as_rar({f"{title[11]}.html": as_html(whole(11), 'gb2312').encode('gb18030')})), kind="html"),
    ]  # fmt: skip
    for place, (ending, kind) in enumerate((("doc", "doc"), ("wps", "doc"), ("xls", "xls")), start=12):
        if office:
            path = f"/f/office{place}.{ending}"
            found.append(Case(ending, _link(path, "年报全文"), path, Answer(office[str(place)]), kind=kind))
    return found


def bad() -> list[Case]:
    """Files that cannot be read, with the state and the reason that their report gets."""
    sound = as_pdf(whole(15))
    cases: Sequence[tuple[str, str, Answer, str, str]] = (
        ("protected", "locked.pdf", Answer(_locked_pdf()), "failed", "password-protected"),
        ("cut off", "cut.pdf", Answer(sound[: len(sound) // 3]), "failed", "damaged"),
        ("cut zip", "cut.docx", Answer(as_docx(whole(15))[:3000]), "failed", "damaged"),
        ("empty", "empty.pdf", Answer(b""), "failed", "empty"),
        ("error page", "error.pdf", _typed(_page("404 您访问的页面不存在"), "application/pdf"), "failed", "does not exist"),
        ("login", "login.pdf", _typed(_LOGIN, "text/html"), "blocked", "login wall"),
        ("scan", "scan.png", _typed(_scan(), "image/png"), "failed", "a picture"),
        ("locked rar", "locked.rar", Answer(as_rar({"a.html": b"<p>1</p>"}, encrypted=True)), "failed", "password"),
        ("no document", "data.pdf", Answer(bytes(range(1, 256)) * 20), "failed", "binary data"),
    )  # fmt: skip
    return [
        Case(name, _link(f"/f/{file}", "年报全文"), f"/f/{file}", answer, state, "", words)
        for name, file, answer, state, words in cases
    ]


class County:
    """The county's server; a file is given only to who comes from the page that leads to it."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases

    def url(self, place: int) -> str:
        return f"{BASE}/nb/t20240120_{100 + place}.html"

    def answer(self, asked: Asked) -> Answer:
        path = asked.path + (f"?{asked.query}" if asked.query else "")
        for place, case in enumerate(self.cases):
            if path == case.path:
                own = asked.headers.get("Referer", "") == self.url(place)
                return case.file if own else Answer(b"<h1>403</h1>", 403)
            if f"{BASE}{path}" == self.url(place):
                title = report(place).title
                return _around(
                    title, f"<h1>{title}</h1><p>发布时间：2024-01-20</p><div class='cont'>{case.body}</div>"
                )
        if path in ("/", "/nb/"):
            rows = "".join(
                f"<li><a href='{self.url(n)}'>{report(n).title}</a><span>2024-01-20</span></li>"
                for n in range(len(self.cases))
            )
            return _around("政府信息公开年报", f"<ul>{rows if path == '/nb/' else ''}</ul>")
        return Answer(b"<h1>404</h1>", 404)


def _around(title: str, body: str) -> Answer:
    menu = "<ul class='nav'><li><a href='/'>首页</a></li><li><a href='/nb/'>政府信息公开年报</a></li></ul>"
    return Answer(
        f"<html><head><meta charset='utf-8'><title>{title}_石林县人民政府</title></head><body>{menu}{body}"
        "<div class='foot'>主办：石林县人民政府 备案号：000000</div></body></html>".encode()
    )
