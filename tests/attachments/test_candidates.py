"""Attached files wherever a page hides their addresses, and what is worth a request."""

from __future__ import annotations

import time

import pytest

from govcrawl.attachments.candidates import Candidate, How, candidates
from govcrawl.attachments.choice import Need, Sought, Wanted, score, worth_asking
from govcrawl.discovery.page import Page
from govcrawl.errors import UsageError
from govcrawl.reports.titles import report_title

PAGE = "http://www.shiwu.gov.cn/zwgk/nb/t20240118_1.html"
TITLE = "石梧县长洲镇2023年政府信息公开工作年度报告"
SOUGHT = Sought(Need.REPORT, report_title(TITLE))
AROUND = (
    "<div class='nav'><a href='/'>首页</a><a href='/nb/'>政府信息公开年报</a><a href='/sqb.doc'>申请表</a></div>{}"
    "<div class='right'><a href='/zn.pdf'>政府信息公开指南</a></div><div class='foot'><a href='/xz/reader.exe'>PDF阅读器</a></div>"
)


def found(markup: str) -> list[Candidate]:
    page = Page.parse(PAGE, f"<html><body>{AROUND.format(markup)}</body></html>".encode())
    return candidates(page.root, page.url, page.text)


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ("<div id=zoom><a href='./P020240118.docx'>附件</a></div>", "/zwgk/nb/P020240118.docx"),
        ("<p>附件：<a href='/f.PDF?v=1'>点击下载</a></p>", "/f.PDF?v=1"),
        ("<iframe src='/pdfjs/web/viewer.html?file=%2Fattach%2F0%2Fab12.pdf'></iframe>", "/attach/0/ab12.pdf"),
        ("<iframe src='/web/viewer.html?file=..%2Ff%2F1.pdf#page=2'></iframe>", "/f/1.pdf"),
        ("<embed src='/u/cms/1.pdf' type='application/pdf'>", "/u/cms/1.pdf"),
        ("<object data='1.pdf'><param name='src' value='1.pdf'></object>", "/zwgk/nb/1.pdf"),
        ("<a onclick=\"window.open('/f/b.wps')\">查看</a>", "/f/b.wps"),
        ("<a href=\"javascript:showPdf('/f/b.ofd','1')\">查看</a>", "/f/b.ofd"),
        ("<span onclick='down(77)'>下载附件</span><script>function down(n){window.open('/download.do?id='+n)}</script>",
         "/download.do?id=77"),
        ("<a href='/module/download/downfile.jsp?classid=0&filename=20240118.doc'>报告</a>",
         "/module/download/downfile.jsp?classid=0&filename=20240118.doc"),
        ("<a href='/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=9'>附件【年报】</a>",
         "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=9"),
        ("<a href='/attachment/0/12/345.jhtml?x=1'>附件</a>", "/attachment/0/12/345.jhtml?x=1"),
        ("<a href='/group1/M00/0A/rBQ.docx'>附件</a>", "/group1/M00/0A/rBQ.docx"),
        ("<table><tr><td>文件下载：</td><td><a href='/d?i=3'>2023年年报.doc</a></td></tr></table>", "/d?i=3"),
        ("<div class='file' data-url='/files/z.docx'>预览</div>", "/files/z.docx"),
        ("<script>var files=[{\"fileName\":\"年报.docx\",\"fileUrl\":\"\\/u\\/a1.docx\"}];</script>", "/u/a1.docx"),
        ("<script>var body=\"<a href=\\\"\\/e\\/f.pdf\\\">附件<\\/a>\";</script>", "/e/f.pdf"),
        ("<p style='line-height:16px'><img src='/ueditor/fileTypeImages/icon_doc.gif'>"
         "<a href='/ueditor/jsp/upload/file/1.docx' title='年报.docx'>年报.docx</a></p>", "/ueditor/jsp/upload/file/1.docx"),
        ("<input type=hidden value='/p/1.ofd'>", "/p/1.ofd"),
    ],
)  # fmt: skip
def test_an_attached_file_is_asked_for_first_and_nothing_of_the_surroundings(markup: str, url: str) -> None:
    assert [one.url for one in worth_asking(found(markup), SOUGHT)] == [f"http://www.shiwu.gov.cn{url}"]


RARER = "docm dot dotx wpt ett xlsm xlsb xlt odt ods fodt uof uot csv mhtml".split()  # noqa: SIM905


@pytest.mark.parametrize("ending", RARER)
def test_files_of_rarer_endings_are_found_wherever_they_stand(ending: str) -> None:
    for markup in (
        "<p>附件：<a href='/f/1.{}'>点击下载</a></p>",
        "<a onclick=\"window.open('/f/1.{}')\">查看</a>",
        "<script>var files=[{{name:'年报',path:'/f/1.{}'}}];</script>",
        "<iframe src='/web/viewer.html?file=%2Ff%2F1.{}'></iframe>",
    ):
        asked = worth_asking(found(markup.format(ending)), SOUGHT)
        assert [one.url for one in asked] == [f"http://www.shiwu.gov.cn/f/1.{ending}"]


def test_names_and_places() -> None:
    [link] = [
        one for one in found(f"<p>附件：<a href='a.docx'>{TITLE}.docx</a></p>") if one.url.endswith("a.docx")
    ]
    assert (link.name, link.how, link.sure) == (f"{TITLE}.docx", How.LINK, True)
    assert link.near.startswith("附件：")
    [island] = [
        one
        for one in found("<script>[{title:'长洲镇年报',path:'/u/1.pdf'},{title:'其他',path:''}]</script>")
        if one.how is How.ISLAND
    ]
    assert (island.name, island.how) == ("长洲镇年报", How.ISLAND)
    images = [
        one
        for one in found("<img src='/pic/W020240118.png'><img src='/img/logo.png'>")
        if one.how is How.IMAGE
    ]
    assert [one.url for one in images] == ["http://www.shiwu.gov.cn/pic/W020240118.png"]


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='/a.doc'>政府信息公开申请表</a>",
        "<a href='/a.doc'>2023年政府信息公开工作年度报告模板.doc</a>",
        "<a href='/a.pdf'>石梧县长洲镇2022年政府信息公开工作年度报告.pdf</a>",
        "<a href='/a.pdf'>一图读懂长洲镇2023年政府信息公开工作年度报告.pdf</a>",
        "<a href='/download/'>下载中心</a><a href='/app/1.exe'>客户端下载</a>",
        "<img src='/pic/W0202.png'>",
        "<p>附件：<a href='/mb.dot'>政府信息公开申请表模板.dot</a><a href='/t.csv'>机构编码目录.csv</a></p>",
        "<p>附件：<a href='/s.xlsm'>统计表填报说明书.xlsm</a></p>",
        "".join(f"<a href='/{n}.pdf'>长洲镇{n}年政府信息公开工作年度报告</a>" for n in range(2019, 2024)),
        "".join(f"<a href='/{n}.pdf'>{n}镇2023年政府信息公开工作年度报告</a>" for n in "长大小"),
    ],
)
def test_what_is_not_worth_a_request(markup: str) -> None:
    assert worth_asking(found(markup), SOUGHT) == []


def test_a_page_in_a_frame_where_the_report_stands_nowhere_else() -> None:
    frame = "<h1>年报</h1><iframe src='/content/c_88.html'></iframe>"
    assert [one.url for one in worth_asking(found(frame), SOUGHT)] == [
        "http://www.shiwu.gov.cn/content/c_88.html"
    ]
    with_file = worth_asking(found(f"{frame}<a href='./P020240118.docx'>附件</a>"), SOUGHT)
    assert [one.url.rpartition("/")[2] for one in with_file] == ["P020240118.docx"]
    assert worth_asking(found(frame), Sought(Need.TABLES, report_title(TITLE))) == []
    assert worth_asking(found(f"<div class='foot'>{frame}</div>"), SOUGHT) == []


def test_the_neighbours_of_a_page_are_no_list_of_files() -> None:
    url = "http://www.shiwu.gov.cn/index.php?a=show&id=5"
    markup = (
        "<p>附件：<a href='/f/5.pdf'>长洲镇2023年政府信息公开工作年度报告.pdf</a></p>"
        "<p>上一篇：<a href='/index.php?a=show&id=4'>大湾镇2022年政府信息公开工作年度报告</a></p>"
        "<p>下一篇：<a href='/index.php?a=show&id=6'>小湾镇2021年政府信息公开工作年度报告</a></p>"
    )
    page = Page.parse(url, f"<html><body>{markup}</body></html>".encode())
    asked = worth_asking(candidates(page.root, page.url, page.text), SOUGHT)
    assert [one.url for one in asked] == ["http://www.shiwu.gov.cn/f/5.pdf"]


def test_of_several_the_likeliest_first() -> None:
    asked = worth_asking(
        found(
            "<p>附件：1.<a href='1.xls'>附表.xls</a> 2.<a href='2.pdf'>长洲镇2023年政府信息公开工作年度报告.pdf</a>"
            " 3.<a href='3.docx'>长洲镇2023年政府信息公开工作年度报告.docx</a> 4.<a href='4.pdf'>会议照片.pdf</a></p>"
        ),
        SOUGHT,
    )
    assert [one.url.rpartition("/")[2] for one in asked][:2] == ["3.docx", "2.pdf"]
    assert "4.pdf" not in [one.url.rpartition("/")[2] for one in asked]


def test_tables_alone_are_sought_in_files_that_speak_of_them() -> None:
    tables = Sought(Need.TABLES, report_title(TITLE))
    some = found("<p>附件：<a href='1.xlsx'>统计表</a></p><p>图为<a href='2.pdf'>现场</a></p>")
    assert [one.url.rpartition("/")[2] for one in worth_asking(some, tables)] == ["1.xlsx"]
    assert worth_asking(some, Sought(Need.NOTHING, None)) == []


def test_a_notice_needs_a_file_that_is_called_a_report() -> None:
    some = found("<p><a href='1.docx'>附件</a><a href='2.docx'>长洲镇2023年政府信息公开工作年度报告</a></p>")
    named = Sought(Need.REPORT, None, named=True)
    assert [score(one, named) > 0 for one in some if not one.aside and one.url.endswith("docx")] == [
        False,
        True,
    ]


def test_a_choice_that_there_is_not() -> None:
    assert Wanted.of(" All") is Wanted.ALL
    with pytest.raises(UsageError, match=r"ATTACHMENTS=some.*needed, all, none"):
        Wanted.of("some")


@pytest.mark.parametrize(
    "markup",
    [
        "".join(f"<p><a href='/f/{n}.pdf'>附件{n}</a>文字</p>" for n in range(9_000)),
        "".join(f"<a href='/f/{n}.pdf'></a>" for n in range(20_000)),
        "<div>" * 900 + "".join(f"<img src='/upload/2024{n:05}.png'>" for n in range(9_000)),
        "".join(f"<a onclick=\"go('{n}')\">附件</a>" for n in range(9_000))
        + f"<script>function go(n){{window.open('/d?id='+n)}}{'var a=1;' * 20_000}</script>",
        "<script>" + 'var f={a:"/x/1.pdf",name:"y"};' * 20_000 + "</script>",
        f"<script>{chr(39) * 500_000}</script><a href='{'%2e' * 90_000}'>附件</a>",
    ],
    ids=["files", "no words", "pictures", "clicks", "data", "quotes"],
)
def test_a_hostile_page_takes_no_time(markup: str) -> None:
    page = Page.parse(PAGE, f"<html><body>{markup}</body></html>".encode())
    started = time.process_time()
    assert len(candidates(page.root, page.url, page.text)) <= 200
    assert time.process_time() - started < 2


def test_a_linked_scan_is_a_picture_of_the_report() -> None:
    images = [
        one
        for one in found("<p><a href='/f/a.png'>年报全文</a><a href='/b.jpg'>风景</a></p>")
        if one.how is How.IMAGE
    ]
    assert [one.url for one in images] == ["http://www.shiwu.gov.cn/f/a.png"]
