"""What the page around a report says of it: its title, its day, its body; and pages that only look like one."""

from __future__ import annotations

import re

import pytest

from govcrawl.documents import read_document
from govcrawl.errors import NotAReport
from govcrawl.model import Paragraph, Report, Status
from govcrawl.reports import read_report
from govcrawl.reports.titles import report_title
from tests.reports import forms

TITLE = "柳溪县教育局2022年政府信息公开工作年度报告"
OTHER = "松山镇人民政府2021年政府信息公开工作年度报告"
HEADINGS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)  # fmt: skip
SIGNED = "<p>柳溪县教育局</p><p>2023年3月31日</p>"
PROSE = "我局做好主动公开和依申请公开，没有行政复议、行政诉讼，存在的问题是人员不足，将改进。" * 4
T4 = (
    "<table><tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr><tr>"
    + "<td rowspan=2>结果维持</td><td rowspan=2>结果纠正</td><td rowspan=2>其他结果</td><td rowspan=2>尚未审结</td>"
    + "<td rowspan=2>总计</td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr><tr>"
    + "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>" * 2
    + "</tr><tr>"
    + "".join(f"<td>{n}</td>" for n in range(31, 46))
    + "</tr></table>"
)
LICENSE = (
    "<table><tr><td colspan=2>第二十条第（五）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
    "<tr><td>行政许可</td><td>21</td></tr><tr><td colspan=2>第二十条第（六）项</td></tr>"
    "<tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政处罚</td><td>22</td></tr>"
    "<tr><td>行政强制</td><td>23</td></tr></table>"
)
BODY = "".join(
    f"<p>{heading}</p>{ {1: LICENSE, 3: T4}.get(n, '<p>我局全年没有其他情况，各项工作开展正常。</p>') }"
    for n, heading in enumerate(HEADINGS)
)


def read(
    *,
    before: str = "",
    head: str = f"<h1>{TITLE}</h1>",
    body: str = BODY,
    end: str = SIGNED,
    top: str = TITLE,
) -> Report:
    markup = (
        f"<html><head>{top if '<' in top else f'<title>{top}</title>'}</head><body>{before}<div class=hd>{head}"
        f"</div><div class=TRS_Editor>{body}{end}</div></body></html>"
    )
    return read_report(read_document(markup.encode()), url="page.html")


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("2022年政府信息公开工作年度报告（柳溪县人民政府）", "柳溪县人民政府"),
        ("【松山镇人民政府】2022年政府信息公开工作年度报告", "松山镇人民政府"),
        ("柳溪县教育局2022年政府信息公开工作年度报告（含附件）", "柳溪县教育局"),
        ("柳溪县2022年政府信息公开工作年度报告（2022年1月1日至12月31日）", "柳溪县"),
    ],
)
def test_brackets_of_a_title_are_kept_as_published(title: str, agency: str) -> None:
    report = read(top=f'<title>门户网站</title><meta name="ArticleTitle" content="{title}">', head="", end="")
    assert (report.title, report.agency, report.year) == (title, agency, 2022)


@pytest.mark.parametrize(
    "text",
    [
        f"[图文]{TITLE}",
        f"{TITLE}[2023-02-01]",
        f"{TITLE}(2023-02-01)",
        f"{TITLE}（点击：31）",
        f"[部门] {TITLE}",
    ],
)
def test_a_list_s_words_in_brackets_are_no_part_of_the_title(text: str) -> None:
    found = report_title(text)
    assert found is not None
    assert (found.title, found.agency) == (TITLE, "柳溪县教育局")


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p>[ 2023-01-30 ] [ 柳溪县教育局 ] [ <a href=x>关 闭</a> ]</p>", "2023-01-30"),
        ("<span>2023-01-30</span>", "2023-01-30"),
        ("<p>2023年1月9日 09:30</p>", "2023-01-09"),
        ("<p>更新时间：2023/1/11 8:05:01</p>", "2023-01-11"),
        ("<div>发布于 2023.02.09</div>", "2023-02-09"),
        ("<p>来源：教育局 2023-01-30 浏览次数：17</p>", "2023-01-30"),
        ("<p>今天是2024年5月3日 星期五</p>", "2023-03-31"),
        ("<p>《条例》自2019年5月15日起施行。</p>", "2023-03-31"),
        ("<p><a href=/n>2023-05-05 召开会议</a></p>", "2023-03-31"),
        ("", "2023-03-31"),
    ],
)
def test_a_bare_date_under_the_title_comes_before_the_signature_s(line: str, day: str, inside: bool) -> None:
    title = f"<h1>{TITLE}</h1>"
    report = read(head="", body=title + line + BODY) if inside else read(head=title + line)
    assert report.published == day


def test_a_labelled_date_comes_before_a_bare_one_and_a_dump_has_bare_ones_too() -> None:
    report = read(head=f"<h1>{TITLE}</h1><p>发布日期：2023-01-20</p><p>2023-01-30</p>")
    assert report.published == "2023-01-20"
    dump = f"{TITLE}\n[ 2023-01-30 ] [ 柳溪县教育局 ] [ 关 闭 ]\n" + "\n".join(
        f"{heading}\n{PROSE}" for heading in HEADINGS
    )
    assert (
        read_report(read_document(f"{dump}\n柳溪县教育局\n2023年3月31日\n".encode())).published
        == "2023-01-30"
    )


def test_the_fuller_name_of_the_body_is_kept_as_evidence() -> None:
    short = read(head=f"<h1>{TITLE[3:]}</h1>", top=TITLE[3:])
    assert (short.agency, short.evidence["agency_full"]) == ("教育局", "柳溪县教育局")
    assert "agency_full" not in read().evidence
    other = read(head=f"<h1>{TITLE[3:]}</h1>", top=TITLE[3:], end=SIGNED.replace("教育", "林业"))
    assert "agency_full" not in other.evidence


@pytest.mark.parametrize("line", [OTHER, f"相关：{OTHER}", f"相关阅读：{OTHER}"])
def test_a_line_that_names_another_report_is_not_the_title(line: str) -> None:
    for report in (read(before=f"<p>{line}</p>"), read(before=f"<p>{line}</p>", head="", body=TITLE + BODY)):
        assert (report.title, report.agency, report.year) == (TITLE, "柳溪县教育局", 2022)


def test_a_plain_line_is_the_title_where_nothing_else_is() -> None:
    report = read(top="柳溪县门户网站", head=f"<p>{TITLE}</p>")
    assert (report.title, report.agency) == (TITLE, "柳溪县教育局")


@pytest.mark.parametrize(
    "markup",
    [
        f"<h1>柳溪县发布2022年政府信息公开工作年度报告</h1><p>{PROSE}</p>",
        f"<h1>柳溪县2022年政府信息公开工作年度报告正式发布</h1><p>{PROSE}</p>",
        f"<h1>{TITLE}</h1><p>1月12日，柳溪县教育局发布了2022年政府信息公开工作年度报告。</p><p>{PROSE}</p>",
        "<h1>政府信息公开年报</h1>"
        + "".join(f"<p>柳溪县{n}局2022年政府信息公开工作年度报告</p>" for n in "水利粮食林业农业教育卫生"),
    ],
    ids=["news title", "headline", "news opening", "list of titles"],
)
def test_what_speaks_of_reports_is_none(markup: str) -> None:
    with pytest.raises(NotAReport):
        read_report(read_document(f"<title>柳溪县</title><div>{markup}</div>".encode()))


def test_prose_under_a_report_s_own_title_is_still_one() -> None:
    report = read_report(read_document(f"<h1>{TITLE}</h1><div><p>{PROSE}</p></div>".encode()))
    assert (report.agency, report.template) == ("柳溪县教育局", "free")


@pytest.mark.parametrize("own", ["", "<p>XX单位2022年政府信息公开工作年度报告</p>"])
def test_a_notice_with_the_form_to_fill_in_is_no_report_but_one_with_numbers_is(own: str) -> None:
    notice = "关于做好2022年政府信息公开工作年度报告编制工作的通知"
    facts = forms.application("2021", lambda fact: "0")
    zeros = "".join("<tr>" + "".join(f"<td>{td(cell)}</td>" for cell in row) + "</tr>" for row in facts)
    form = BODY.replace(HEADINGS[3], f"<table>{zeros}</table>{HEADINGS[3]}")
    blank = re.sub(r"<td>\d+</td>", "<td>0</td>", form)
    with pytest.raises(NotAReport):
        read(top=notice, head=f"<h1>{notice}</h1>{own}", body=blank, end="")
    real = notice.replace("做好", "公布").replace("编制工作", "")
    numbers = {fact.fact: fact for fact in read(top=real, head=f"<h1>{real}</h1>", body=form).facts}
    assert numbers["challenge.review:upheld"].value == 31


def td(cell: str | tuple[str, int, int]) -> str:
    return cell if isinstance(cell, str) else cell[0]


def test_lost_bytes_in_a_cell_and_left_out_text_reach_the_report() -> None:
    document = read_document(
        f"<div><h1>{TITLE}</h1>{BODY}<noscript>请打开脚本</noscript>{SIGNED}</div>".encode().replace(
            b"<td>31</td>", b"<td>3\xff1</td>"
        )
    )
    report = read_report(document)
    facts = {fact.fact: fact for fact in report.facts}
    hit = facts["challenge.review:upheld"]
    assert (hit.value, hit.status, hit.raw) == (None, Status.AMBIGUOUS, "3〓1")
    assert facts["challenge.review:corrected"].value == 32
    assert "undecodable_bytes" in {finding.kind for finding in report.findings}
    assert ("element_noscript", "请打开脚本") in {(removal.rule, removal.line) for removal in report.removals}
    assert Paragraph("请打开脚本") not in document.blocks


@pytest.mark.parametrize("mark", ["<sup>2</sup>", "<sup>[1]</sup>", "<del>9</del>", "<s>9</s>"])
def test_marks_beside_a_number_do_not_change_it(mark: str) -> None:
    facts = {fact.fact: fact for fact in read(body=BODY.replace("<td>31</td>", f"<td>31{mark}</td>")).facts}
    hit = facts["challenge.review:upheld"]
    assert (hit.value, hit.status) == (31, Status.NUMBER)
    assert hit.note
    struck = {fact.fact: fact for fact in read(body=BODY.replace("<td>31<", "<td><del>31</del><")).facts}
    assert struck["challenge.review:upheld"].status is Status.AMBIGUOUS


@pytest.mark.parametrize("number", ["27<sup>1</sup>", "27<del>9</del>", "<s>26</s>27", "2&#xfffd;7"])
def test_a_sentence_whose_number_is_marked_or_damaged_states_nothing(number: str) -> None:
    def told(text: str) -> list[float]:
        sentence = f"<p>2022年，我局新收政府信息公开申请{text}件。</p>"
        return [s.value for s in read(body=BODY.replace(HEADINGS[1], sentence + HEADINGS[1])).statements]

    assert told("27") == [27]
    assert told(number) == []


LISTED = (
    "石桥镇2020年政府信息公开工作年度报告",
    "一图读懂2021年政府信息公开年报",
    "白马乡2022年政府信息公开年报",
)
LISTS = {
    "lines": "<div>" + "<br>".join(LISTED) + "</div>",
    "divisions": "".join(f"<div>{text}</div>" for text in LISTED),
    "cells": "<table><tr>" + "".join(f"<td>{text}</td>" for text in LISTED) + "</tr></table>",
    "words": "<p>" + " ".join(f"<span>{text}</span>" for text in LISTED) + "</p>",
}


@pytest.mark.parametrize("shape", LISTS)
@pytest.mark.parametrize("place", ["before", "after", "both"])
@pytest.mark.parametrize(
    "title",
    [TITLE, "柳溪县教育局２０２２年政府信息公开工作年度报告", "柳溪县教育局二〇二二年度政务公开工作报告"],
)
def test_a_list_of_other_reports_does_not_name_the_page_s(shape: str, place: str, title: str) -> None:
    before, after = (LISTS[shape] if place in (where, "both") else "" for where in ("before", "after"))
    report = read(
        before=before,
        head=f"<h1>{title}</h1><p>发布时间：2023-02-01</p>",
        end=f"{SIGNED}</div>{after}<div>",
        top="柳溪县",
    )
    assert (report.title, report.agency, report.year) == (title, "柳溪县教育局", 2022)


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_list_of_other_reports_lends_a_nameless_title_no_body(place: str) -> None:
    before, after = (LISTS["divisions"] if place == where else "" for where in ("before", "after"))
    head = "<h1>2022年政府信息公开工作年度报告</h1>"
    report = read(before=before, head=head, end=f"{SIGNED}</div>{after}<div>", top="柳溪县")
    assert (report.agency, report.year) == ("柳溪县教育局", 2022)


@pytest.mark.parametrize(
    ("stated", "title", "agency"),
    [
        ("政府信息公开工作年度报告", "政府信息公开工作年度报告", "柳溪县教育局"),
        ("柳溪县教育局2022年度信息公开工作总结", "柳溪县教育局2022年度信息公开工作总结", "柳溪县教育局"),
        (
            "柳溪县教育局2022年1月-12月政府信息公开工作年度报告",
            "柳溪县教育局2022年1月-12月政府信息公开工作年度报告",
            "柳溪县教育局",
        ),
        (f"【年报】{TITLE}", TITLE, "柳溪县教育局"),
    ],
)
def test_titles_in_other_words_are_titles_too(stated: str, title: str, agency: str) -> None:
    report = read(
        top=f'<title>门户</title><meta name="ArticleTitle" content="{stated}">', head=f"<h1>{stated}</h1>"
    )
    assert (report.title, report.agency) == (title, agency)
    assert "title_missing" not in {finding.kind for finding in report.findings}
