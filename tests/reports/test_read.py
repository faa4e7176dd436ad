from __future__ import annotations

import pytest

from govcrawl.errors import NotAReport
from govcrawl.model import Document, Figure, Outcome, Paragraph, Status
from govcrawl.reports import Place, looks_like_report, read_report
from tests.reports import forms
from tests.reports.forms import document, grid

TITLE = "临水县青山镇2021年政府信息公开工作年度报告"


def zeros(template: str = "2021", **cells: str) -> list[forms.Grid]:
    named = {name.replace("__", ":").replace("_of_", "."): text for name, text in cells.items()}
    value = lambda fact: named.get(fact, "0")  # noqa: E731
    tables = (forms.proactive(template, value), forms.application(template, value), forms.challenge(value))
    return [grid(table) for table in tables]


def with_lines(head: list[str], tail: list[str], **meta: str) -> Document:
    base = document(*zeros(), title="")
    blocks = (*map(Paragraph, head), *base.blocks, *map(Paragraph, tail))
    return Document("html", blocks, meta=meta)


def test_boilerplate_goes_and_is_recorded_and_prose_stays() -> None:
    head = [
        "您当前的位置：首页 > 年报",
        "发布时间：2022-01-20 来源：青山镇 浏览次数：12",
        "【字体：大 中 小】",
        TITLE,
        TITLE,
    ]
    tail = ["临水县青山镇人民政府", "2022年1月17日", "附件：2021年报.docx", "扫一扫在手机打开当前页", "上一篇：白河镇2021年政府信息公开年报",
            "主办单位：临水县人民政府", "人民网", "联系电话：0000-1234567"]  # fmt: skip
    report = read_report(with_lines(head, tail))
    lines = report.text.split("\n")
    assert lines[0] == TITLE
    assert lines.count(TITLE) == 1
    assert "临水县青山镇人民政府" in lines
    assert "2022年1月17日" in lines
    assert "附件：2021年报.docx" in lines
    assert "无" in lines
    for gone in (*head[:3], *tail[3:]):
        assert gone not in report.text
    assert {removal.rule for removal in report.removals} >= {
        "H02",
        "H04",
        "H07",
        "T01",
        "T04",
        "T07",
        "title_repeated",
    }
    assert report.published == "2022-01-20"


def test_numbers_between_headings_are_never_cleaned_away() -> None:
    base = document(*zeros(), title=TITLE)
    at = next(n for n, b in enumerate(base.blocks) if isinstance(b, Paragraph) and b.text.startswith("三、"))
    blocks = (*base.blocks[:at], Paragraph("打印"), Paragraph("0"), *base.blocks[at:])
    report = read_report(Document("txt", blocks))
    assert "打印" in report.text.split("\n")
    assert not report.removals


def test_metadata_and_their_sources() -> None:
    report = read_report(
        with_lines([], ["临水县青山镇人民政府", "二〇二二年一月二十五日"]),
        title="2021年政府信息公开年报",
        published="2022-02-01",
    )
    assert (report.agency, report.year, report.published) == ("临水县青山镇人民政府", 2021, "2022-02-01")
    assert report.evidence["agency"] == "signature"
    assert report.evidence["title"] == "listing"
    unlisted = read_report(with_lines([], ["临水县青山镇人民政府 2022年1月17日"]))
    assert (unlisted.title, unlisted.year, unlisted.published) == ("", 2021, "2022-01-17")
    assert "title_missing" in {finding.kind for finding in unlisted.findings}
    tagged = read_report(with_lines([TITLE], [], pubdate="2022-03-04 09:10", contentsource="县府办"))
    assert (tagged.agency, tagged.published) == ("临水县青山镇", "2022-03-04")


def test_title_over_two_lines() -> None:
    report = read_report(with_lines(["临水县青山镇人民政府", "2021年政府信息公开工作年度报告"], []))
    assert report.title == "临水县青山镇人民政府2021年政府信息公开工作年度报告"
    assert report.agency == "临水县青山镇人民政府"


def test_years_in_conflict_are_recorded() -> None:
    report = read_report(with_lines([TITLE, "统计期限自2020年1月1日起至2020年12月31日止。"], []))
    assert report.year == 2021
    assert any(f.kind == "period_year_mismatch" and "2020" in f.detail for f in report.findings)
    assert [c.outcome for c in report.checks if c.rule == "Y1"] == [Outcome.FAIL]
    plan = read_report(with_lines([TITLE], ["针对以上问题，2021年我镇将加强培训。"]))
    assert any("2021年我镇将加强培训" in f.detail for f in plan.findings)
    fine = read_report(with_lines([TITLE], ["针对2021年存在的问题，2022年我镇将加强培训。"]))
    assert [c.outcome for c in fine.checks if c.rule == "Y1"] == [Outcome.NOT_ASSESSABLE]


def test_identities() -> None:
    cells = {"application_of_received_new__natural_person": "3", "application_of_received_new__total": "3",
             "application_of_result_of_granted__natural_person": "3", "application_of_result_of_total__natural_person": "3",
             "application_of_result_of_total__total": "3", "challenge_of_review__upheld": "1"}  # fmt: skip
    report = read_report(document(*zeros(**cells), title=TITLE))
    failed = {(c.rule, c.subject, c.expected, c.actual) for c in report.checks if c.outcome is Outcome.FAIL}
    assert failed == {
        ("A3", "application.result.granted", "3", "0"),
        ("A2", "application.result.total:total", "0", "3"),
        ("C1", "challenge.review", "1", "0"),
    }
    blank = read_report(document(*zeros(application_of_carried_in__total=""), title=TITLE))
    unsure = {
        (c.rule, c.subject) for c in blank.checks if c.outcome is Outcome.NOT_ASSESSABLE and c.rule != "Y1"
    }
    assert unsure == {("A1", "application.carried_out:total"), ("A3", "application.carried_in")}


def test_regulations_below_prefecture_rank() -> None:
    made = document(
        *zeros(proactive_of_art20_1_of_rules__issued="1"), title="临水市2021年政府信息公开年度报告"
    )
    place = Place("临水市", level="prefecture")
    assert [c.outcome for c in read_report(made, place=place).checks if c.rule == "P1"] == [Outcome.PASS]
    place = Place("临水县", level="county")
    assert [c.outcome for c in read_report(made, place=place).checks if c.rule == "P1"] == [Outcome.FAIL]


def test_sections_by_words() -> None:
    texts = ["一、概述", "全年平稳。", "二、总体情况", "依法公开。", "三、主动公开政府信息情况", "四、收到和处理政府信息公开申请情况",
             "五、因政府信息公开工作被申请行政复议、", "提起行政诉讼情况", "没有。", "六、存在的主要问题及改进情况", "培训不够。",
             "七、其他需要报告的事项：无"]  # fmt: skip
    report = read_report(Document("txt", tuple(map(Paragraph, [TITLE, *texts]))))
    assert [s.number for s in report.sections] == [0, 0, 1, 2, 3, 4, 5, 6]
    assert report.sections[2].text == "依法公开。"
    assert report.sections[5].text == "没有。"
    assert report.sections[7].text == "无"


def test_figures_in_place_of_tables() -> None:
    base = document(title=TITLE)
    at = next(n for n, b in enumerate(base.blocks) if isinstance(b, Paragraph) and b.text.startswith("三、"))
    report = read_report(Document("html", (*base.blocks[: at + 1], Figure("a.png"), *base.blocks[at + 1 :])))
    states = {f.fact.split(".")[0]: f.status for f in report.facts}
    assert states == {"proactive": Status.MISSING, "application": Status.IMAGE, "challenge": Status.MISSING}
    assert ("tables_as_image", "application") in {(f.kind, f.subject) for f in report.findings}


def test_free_form() -> None:
    prose = (
        "全年主动公开信息120条，收到依申请公开3件，均已答复；没有因信息公开引起的行政复议和行政诉讼，未收费。"
        * 3
    )
    texts = [
        "青山镇2012年政府信息公开工作年度报告",
        "一、概述",
        prose,
        "二、存在的主要问题和改进措施",
        "人手不足。",
    ]
    report = read_report(Document("txt", tuple(map(Paragraph, texts))))
    assert (report.template, report.year, report.facts) == ("free", 2012, ())
    assert prose in report.text


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("文字解读：青山镇2021年政府信息公开工作年度报告", "interpretation"),
        ("关于做好2021年政府信息公开工作年度报告编制工作的通知", "notice"),
        ("青山镇政府信息公开指南", "guide"),
    ],
)
def test_look_alikes_are_rejected_even_with_the_headings(title: str, word: str) -> None:
    blocks = [Paragraph(title), *map(Paragraph, forms.HEADINGS)]
    with pytest.raises(NotAReport, match=word):
        read_report(Document("html", tuple(blocks), titles=(title,)))


def test_news_is_rejected_with_evidence() -> None:
    with pytest.raises(NotAReport, match="statutory headings: none"):
        read_report(Document("html", (Paragraph("县委书记调研春耕备耕工作。"),), titles=("县委书记调研",)))


def test_text_is_markdown() -> None:
    report = read_report(document(*zeros(), title=TITLE))
    assert (
        "| 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 |\n| --- | --- | --- | --- |"
        in report.text
    )
    assert (
        report.text.index("二、主动公开")
        < report.text.index("| 规章 |")
        < report.text.index("三、收到和处理")
    )


def test_looks_like_report() -> None:
    assert looks_like_report(TITLE)
    assert not looks_like_report("青山镇政府信息公开指南")
    assert looks_like_report(document(title=TITLE))


def test_site_name_in_the_window_title_is_no_agency() -> None:
    short = "2021年政府信息公开工作年度报告"
    base = with_lines(
        [], ["临水县司法局", "2022年1月17日"], articletitle=short, title=f"临水县人民政府 {short}"
    )
    report = read_report(
        Document("html", base.blocks, meta=base.meta, titles=(short, f"临水县人民政府 {short}"))
    )
    assert (report.title, report.agency) == (short, "临水县司法局")
