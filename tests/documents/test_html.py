from __future__ import annotations

import time

import pytest

from govcrawl.documents import read_document
from govcrawl.documents.headings import heading_key
from govcrawl.model import Document, Figure, Link, Paragraph, Table

LONGEST = 2.0  # seconds that any page may take
NAV = (
    '<div class="nav"><ul>'
    + "".join(f'<li><a href="/c{n}">栏目{n}</a></li>' for n in range(9))
    + "</ul></div>"
)
FOOT = '<div class="foot"><p>主办单位：柳河镇人民政府</p><p>京ICP备11000000号</p></div>'
TITLE = "柳河镇2023年政府信息公开工作年度报告"
T4 = "<table><tr><td>行政复议</td><td>行政诉讼</td></tr><tr><td>5</td><td>2</td></tr></table>"
SECTIONS = (
    ("一、总体情况", "<p>全镇公开信息三百条，全年没有差错，群众反映良好。</p>"),
    (
        "二、主动公开政府信息情况",
        "<table><tr><td>规章</td><td>0</td></tr><tr><td>规范性文件</td><td></td></tr></table>",
    ),
    (
        "三、收到和处理政府信息公开申请情况",
        "<table><tr><td>自然人</td><td>总计</td></tr><tr><td>3</td><td>3</td></tr></table>",
    ),
    ("四、政府信息公开行政复议、行政诉讼情况", T4),
    ("五、存在的主要问题及改进情况", "<p>一是人员不足。二是公开不够及时，下一步加强培训。</p>"),
    ("六、其他需要报告的事项", "<p>无</p>"),
)
BODY = "".join(f"<p><b>{heading}</b></p>{content}" for heading, content in SECTIONS)
PREAMBLE = "<p>本报告根据《中华人民共和国政府信息公开条例》的要求编制。</p>"
SIGNED = "<p>柳河镇人民政府</p><p>2024年1月17日</p>"


def read(markup: str) -> Document:
    return read_document(markup.encode(), name="page.html")


def page(article: str, head: str = "") -> Document:
    return read(
        f"<html><head><title>{TITLE}_柳河镇人民政府</title>{head}</head><body>{NAV}{article}{FOOT}</body></html>"
    )


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def report_texts(*, preamble: bool = True, signed: bool = True) -> list[str]:
    return texts(read("<div>" + PREAMBLE * preamble + BODY + SIGNED * signed + "</div>"))


@pytest.mark.parametrize(
    "article",
    [
        f'<div id="zoom">{PREAMBLE}{BODY}{SIGNED}</div>',
        f"<div class='a'><h1>{TITLE}</h1><p>来源：柳河镇</p><div class='b'>{PREAMBLE}{BODY}{SIGNED}</div><p>【打印】</p></div>",
        f"<table><tr><td>{NAV}</td><td><table><tr><td>{TITLE}</td></tr><tr><td>{PREAMBLE}{BODY}{SIGNED}</td></tr></table></td></tr></table>",
        f"<div class='art'><h2>{TITLE}</h2><p>发布时间：2024-01-18</p>{PREAMBLE}<div class='secs'>{BODY}</div>{SIGNED}<p>上一篇：<a href=/1>通知</a></p></div>",
        "<div id='zoom'>"
        + PREAMBLE
        + "".join(
            f"<section><section><span>{h}</span></section><section>{c}</section></section>"
            for h, c in SECTIONS
        )
        + SIGNED
        + "</div>",
        f"<div class='x'><div class='tab' style='display:none'>{PREAMBLE}{BODY}{SIGNED}</div></div>",
        "<div><ul class='toc'>"
        + "".join(f"<li>{h}</li>" for h, _ in SECTIONS)
        + f"</ul></div><div class='y'>{PREAMBLE}{BODY}{SIGNED}</div>",
        f"<form><div><!--ZJEG_RSS.content.begin-->{PREAMBLE}{BODY}{SIGNED}<!--ZJEG_RSS.content.end--></div></form>",
        f"<div id=zoom>{PREAMBLE}{BODY}{SIGNED}".replace("五、", "#PAGE_BREAK#五、"),
    ],
    ids=[
        "zoom",
        "div",
        "layout tables",
        "wrapped sections",
        "sections",
        "hidden tab",
        "contents",
        "marks",
        "page break",
    ],
)
def test_statutory_headings_give_the_article_whatever_holds_it(article: str) -> None:
    document = page(article)
    assert document.main == "anchors"
    assert texts(document) == report_texts()
    assert [block.grid.texts() for block in document.blocks if isinstance(block, Table)] == [
        [["规章", "0"], ["规范性文件", ""]],
        [["自然人", "总计"], ["3", "3"]],
        [["行政复议", "行政诉讼"], ["5", "2"]],
    ]
    assert TITLE in document.titles


def test_tables_stand_between_their_paragraphs() -> None:
    blocks = page(f"<div id=zoom>{BODY}</div>").blocks
    kinds = [block.text[:1] if isinstance(block, Paragraph) else "T" for block in blocks]
    assert "".join(kinds) == "一全二T三T四T五一六无"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("一、总体情况", "general"),
        ("一、 总体情况", "general"),
        ("总体情况", "general"),
        ("二、总体情况", "general"),
        ("（一）总体情况", None),
        ("第二部分 主动公开政府信息情况", "proactive"),
        ("三、收到和处理政府信息公开申请情况：", "application"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "challenge"),
        ("四、政府信息公开行政复议、行政诉讼情况", "challenge"),
        ("五、政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("六、其他需要报告的事项。无。", "other"),
        ("总体情况、主动公开政府信息情况、收到和处理申请情况等六部分组成", None),
        ("本报告由总体情况等部分组成", None),
        ("概述", None),
        ("一、概述", "general"),
        ("四、结转下年度继续办理", None),
        ("三、本年度办理结果", None),
        ("", None),
    ],
)
def test_headings_are_told_by_words(text: str, key: str | None) -> None:
    assert heading_key(text) == key


def test_paragraphs_breaks_and_inline_formatting() -> None:
    document = read(
        "<div>第<b>一</b><i>段</i>文字<br>第二段&nbsp;&nbsp;文字<p>三<span>、</span>四</p>尾<ul><li>甲</li><li>乙</li></ul>"
        "<h2>标题<br>续行</h2><script>x</script><!-- c --><p hidden>无</p><p style='display:none'>无</p>"
        "<p aria-hidden=true>无</p><pre>行一\n行二</pre></div>"
    )
    assert texts(document) == [
        "第一段文字",
        "第二段 文字",
        "三、四",
        "尾",
        "甲",
        "乙",
        "标题续行",
        "行一",
        "行二",
    ]
    assert document.blocks[6] == Paragraph("标题续行", 2)


def test_pictures_keep_their_place_and_icons_do_not() -> None:
    document = read(
        "<div><p>前文字</p><p><img src='W020.png' alt='申请情况表'></p><img src='dot.gif'><img src=a.jpg width=16><p>后</p></div>"
    )
    assert [block for block in document.blocks if isinstance(block, Figure)] == [
        Figure("W020.png", "申请情况表")
    ]
    assert isinstance(document.blocks[1], Figure)


def test_caption_belongs_to_its_table() -> None:
    document = read(
        "<table><caption>附表</caption><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>"
    )
    (block,) = document.blocks
    assert isinstance(block, Table)
    assert block.caption == "附表"
    assert block.grid.texts() == [["a", "1"], ["b", "2"]]


def test_a_table_in_a_cell_of_a_table_of_numbers_is_kept_beside_it() -> None:
    inner = "<table><tr><td>x</td><td>91</td></tr><tr><td>y</td><td>92</td></tr></table>"
    row = "<td>1</td><td>2</td><td>3</td><td>4</td>"
    document = read(f"<table><tr><td>行{inner}</td>{row}</tr><tr><td>列</td>{row}</tr></table>")
    grids = [block.grid.texts() for block in document.blocks if isinstance(block, Table)]
    assert grids == [[["行", "1", "2", "3", "4"], ["列", "1", "2", "3", "4"]], [["x", "91"], ["y", "92"]]]


META = """<meta content="柳河镇政务公开年报" name=ArticleTitle><META NAME="PubDate" CONTENT="2024-01-18 09:30">
<meta name='ContentSource' content=''><meta name="SiteName" content="柳河镇人民政府"><meta name=viewport content=x>"""
INFO = """<table><tr><td>索 引 号：</td><td>11/2024-1</td><td>发布机构</td><td>柳河镇人民政府</td></tr>
<tr><td>名　　称</td><td colspan=3>柳河镇2023年政府信息公开工作年度报告</td></tr>
<tr><td>文号</td><td></td><td>发文日期</td><td>2024年1月17日</td></tr></table>"""


def test_what_the_page_states_is_collected_before_anything_is_dropped() -> None:
    document = page(
        f"<div>您现在的位置：<a href=/>首页</a> &gt; <a>年报</a> &gt; 正文</div>{INFO}<h1>{TITLE}</h1>"
        "<div><span>发布时间：2024-01-18 09:30</span><span>来源：柳河镇党政办</span><span>字体：【大 中 小】</span></div>"
        f"<div id=zoom>{BODY}</div>",
        META,
    )
    assert document.meta["articletitle"] == "柳河镇政务公开年报"
    assert document.meta["pubdate"] == "2024-01-18 09:30"
    assert document.meta["sitename"] == "柳河镇人民政府"
    assert document.meta["breadcrumb"].startswith("您现在的位置：首页")
    assert document.meta["source"] == "柳河镇党政办"
    assert document.meta["published"] == "2024-01-18 09:30"
    assert document.meta["index_number"] == "11/2024-1"
    assert document.meta["publisher"] == "柳河镇人民政府"
    assert document.meta["issued"] == "2024年1月17日"
    assert "doc_number" not in document.meta
    assert "contentsource" not in document.meta
    assert "viewport" not in document.meta
    assert document.titles[0] == TITLE
    assert not any("索引" in text or "来源" in text for text in texts(document))


def test_ucap_elements_and_page_breaks() -> None:
    document = page(
        f"<h1><ucaptitle>{TITLE}</ucaptitle></h1><publishtime>2024-01-17</publishtime>"
        f"<div id=UCAP-CONTENT><UCAPCONTENT>{BODY}<pagebreak></pagebreak>{SIGNED}</UCAPCONTENT></div>"
    )
    assert document.meta["publishtime"] == document.meta["pubdate"] == "2024-01-17"
    assert document.titles[0] == TITLE
    assert texts(document)[-2:] == ["柳河镇人民政府", "2024年1月17日"]


PROSE = "<p>" + "我镇召开会议，部署安全生产工作，要求各村做好防范。" * 4 + "</p>"


@pytest.mark.parametrize(
    "article",
    [
        f"<div class=TRS_Editor>{PROSE}{PROSE}</div>",
        f"<div id=vsb_content_2>{PROSE}{PROSE}</div>",
        f"<div><!--<$[信息内容]>begin-->{PROSE}{PROSE}<!--<$[信息内容]>end--></div>",
        f"<div class='main content'>{PROSE}{PROSE}</div>",
    ],
)
def test_pages_without_headings_are_read_from_their_container(article: str) -> None:
    document = page(article)
    assert document.main == "selector"
    assert len(document.blocks) == 2


def test_an_unknown_container_is_left_to_trafilatura() -> None:
    table = "<table><tr><td>项目</td><td>数量</td></tr><tr><td>检查</td><td>12</td></tr></table>"
    document = page(f"<div class=qq><h1>安全生产会议</h1>{PROSE}{table}{PROSE.replace('会议', '大会')}</div>")
    assert document.main == "trafilatura"
    assert "栏目3" not in texts(document)
    assert any(
        isinstance(block, Table) and block.grid.texts()[1] == ["检查", "12"] for block in document.blocks
    )


def test_gkmlpt_article_in_a_script() -> None:
    body = BODY.replace('"', '\\"').replace("</", "<\\/")
    config = (
        f'{{SID: "1", DETAIL: {{"title": "{TITLE}", "publisher": "柳河镇人民政府", "date": "2024-01-17", '
        f'"content": "{body}"}}}}'
    )
    document = page(f"<div id=app></div><script>window._CONFIG = {config}</script>")
    assert texts(document) == report_texts(preamble=False, signed=False)
    assert document.meta["publisher"] == "柳河镇人民政府"
    assert document.titles[0] == TITLE


def test_links_that_may_be_attachments() -> None:
    document = page(
        "<div class=main><div id=zoom><p>详见附件</p></div>"
        "<p>附件：<a href='./P0202.pdf'>年报.pdf</a> <a href='/a.html'>通知</a>"
        "<a href='/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=9'>年报.docx</a>"
        "<a href='/module/download/downfile.jsp?filename=1.doc&x=1'>下载</a><a onclick=\"window.open('/f/b.wps')\">b</a></p>"
        "<iframe src='/pdfjs/viewer.html?file=/upload/c.pdf'></iframe><embed src='/d.ofd'></div>"
    )
    assert document.links == (
        Link("./P0202.pdf", "年报.pdf"),
        Link("/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=9", "年报.docx"),
        Link("/module/download/downfile.jsp?filename=1.doc&x=1", "下载"),
        Link("/f/b.wps", "b"),
        Link("/upload/c.pdf", ""),
        Link("/d.ofd", ""),
    )
    assert texts(document) == ["详见附件"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 3000 + "深" + "</div>" * 3000,
        "<table><tr><td>" * 600 + "深",
        "<b>" * 5000 + "深",
        "<p>" + "长" * 200_000,
        "<table>" + "<tr><td rowspan=9999 colspan=9999>1</td></tr>" * 200 + "</table>",
        "<ul>" + "<li><a href=x>链接</a></li>" * 9000 + "</ul>",
        "\x00<html\x00><p>文\x00字",
        "<?xml version='1.0' encoding='gb2312'?><html><p>文字</p></html>",
        "<p>文字&#55296;&#0;&#xFFFFFF;&#xfffd;&#x&#x4e2d;</p>",
        "<![CDATA[<p>文字</p>]]><p>文字",
    ],
    ids=["divs", "tables", "inline", "long", "spans", "links", "nul", "xml", "entities", "cdata"],
)
def test_hostile_markup_is_read_without_harm(markup: str) -> None:
    started = time.process_time()
    document = read("<html><body><p>开头</p>" + markup)
    assert time.process_time() - started < LONGEST
    assert document.blocks
    assert "\ufffd" not in str(document)


def test_samples_are_read_whole_and_nothing_else(shared) -> None:  # type: ignore[no-untyped-def]
    import json

    def squeezed(text: str) -> str:
        return "".join(text.split())

    for path in sorted((shared / "samples" / "html").glob("*.html")):
        truth = json.loads((shared / "samples" / "gt" / f"{path.stem}.json").read_text(encoding="utf-8"))
        document = read_document(path.read_bytes(), name=path.name)
        want = [
            [[squeezed(cell) for cell in row] for row in block[1]]
            for block in truth["blocks"]
            if block[0] == "t"
        ]
        got = [
            [[squeezed(cell) for cell in row] for row in block.grid.texts()]
            for block in document.blocks
            if isinstance(block, Table)
        ]
        assert got == want, path.name
        paragraphs = [squeezed(block[1]) for block in truth["blocks"] if block[0] == "p"]
        assert [squeezed(text) for text in texts(document)] == paragraphs, path.name
        assert document.main == "anchors"
        assert squeezed(document.titles[0]) == squeezed(truth["title"]), path.name
        dates = (document.meta.get("pubdate", ""), document.meta.get("issued", ""))
        assert any(date.startswith(truth["date"][:10]) for date in dates), path.name


def test_a_real_page_is_read_between_preamble_and_signature(shared) -> None:  # type: ignore[no-untyped-def]
    document = read_document((shared / "data" / "real" / "shuyang_fgj_2023.html").read_bytes())
    assert document.main == "anchors"
    assert texts(document)[0].startswith("根据《中华人民共和国政府信息公开条例》")
    assert texts(document)[-2:] == ["沭阳县发展和改革局", "2024年1月17日"]
    tables = [block.grid for block in document.blocks if isinstance(block, Table)]
    assert [(len(grid.rows), len(grid.rows[0])) for grid in tables] == [(14, 4), (28, 10), (4, 15)]
    assert document.meta["publisher"] == "沭阳县发展和改革局"


@pytest.mark.parametrize("name", ["cjn", "gzggw", "shanxi", "sxmu"])
def test_other_real_pages_are_read_without_their_surroundings(shared, name: str) -> None:  # type: ignore[no-untyped-def]
    document = read_document((shared / "data" / "real" / f"not_a_report_{name}.html").read_bytes())
    assert document.main == "selector"
    assert document.blocks
    assert not any("版权所有" in text or "ICP" in text for text in texts(document))
