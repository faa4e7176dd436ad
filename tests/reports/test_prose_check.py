from __future__ import annotations

from collections.abc import Sequence

from govcrawl.model import Document, Outcome, Paragraph, Report
from govcrawl.reports import Place, read_report
from tests.reports import forms
from tests.reports.forms import Item, grid

TITLE = "临水县青山镇2021年政府信息公开工作年度报告"


def read(prose: str, cells: dict[str, str]) -> Report:
    value = lambda fact: cells.get(fact, "0")  # noqa: E731
    tables = (forms.proactive("2021", value), forms.application("2021", value), forms.challenge(value))
    base = forms.document(*map(grid, tables), title=TITLE)
    return read_report(Document("html", (*base.blocks[:2], Paragraph(prose), *base.blocks[3:])))


def outcomes(report: Report, rule: str) -> list[tuple[str, Outcome, str | None, str | None]]:
    return [(c.subject, c.outcome, c.expected, c.actual) for c in report.checks if c.rule == rule]


def test_text_and_table_agree_or_the_sentence_is_named() -> None:
    cells = {"application.received_new:total": "3", "challenge.litigation_direct:total": "1",
             "challenge.litigation_after_review:total": "1"}  # fmt: skip
    report = read("全年收到信息公开申请3件。因信息公开发生行政复议31件，行政诉讼2件。", cells)
    assert outcomes(report, "T1") == [
        ("application.received_new:total", Outcome.PASS, "3", "3"),
        ("challenge.review:total", Outcome.FAIL, "0", "31"),
        ("challenge.litigation:total", Outcome.PASS, "2", "2"),
    ]
    [finding] = [f for f in report.findings if f.kind == "identity_fail:T1"]
    assert finding.subject == "challenge.review:total"
    assert "行政复议31件" in finding.detail
    assert [s.value for s in report.statements] == [3, 31, 2]
    assert {f.fact: f.value for f in report.facts}["challenge.review:total"] == 0


def test_received_may_count_the_stock_unless_it_says_new() -> None:
    cells = {"application.received_new:total": "3", "application.carried_in:total": "2"}
    assert outcomes(read("收到信息公开申请5件。", cells), "T1")[0][1] is Outcome.PASS
    assert outcomes(read("新收信息公开申请5件。", cells), "T1")[0][1] is Outcome.FAIL


def test_a_blank_cell_is_not_assessable() -> None:
    report = read("收到信息公开申请5件。", {"application.received_new:total": ""})
    assert [c[1] for c in outcomes(report, "T1")] == [Outcome.NOT_ASSESSABLE]


def test_sums_of_the_form_of_2014() -> None:
    rows: Sequence[Sequence[Item]] = [
        ["统计指标", "单位", "统计数"],
        ["（一）收到申请数", "件", "5"], ["1.当面申请数", "件", "1"], ["2.传真申请数", "件", "0"],
        ["3.网络申请数", "件", "2"], ["4.信函申请数", "件", "1"], ["（二）申请办结数", "件", "4"],
        ["1.按时办结数", "件", "4"], ["2.延期办结数", "件", ""], ["四、行政复议数量", "件", "3"],
        ["（一）维持具体行政行为数", "件", "2"], ["（二）被依法纠错数", "件", "1"], ["（三）其他情形数", "件", "0"],
    ]  # fmt: skip
    report = read_report(forms.document(grid(rows), title="临水镇2016年政府信息公开工作年度报告"))
    found = {subject: rest for subject, *rest in outcomes(report, "L1")}
    assert found["stat2014.application.received"] == [Outcome.FAIL, "4", "5"]
    assert found["stat2014.application.closed"][0] is Outcome.NOT_ASSESSABLE
    assert found["stat2014.review"] == [Outcome.PASS, "3", "3"]


def test_regulations_by_rank_of_the_body() -> None:
    value = lambda fact: "6" if fact.startswith("proactive.art20_1.rules") else "0"  # noqa: E731
    made = [grid(forms.proactive("2021", value))]
    city = Place("临水市", level="prefecture")
    expected = {
        ("临水市人民政府", city): Outcome.PASS,
        ("青山镇", city): Outcome.FAIL,
        ("云岭县人民政府", city): Outcome.FAIL,
        ("青山街道办事处", None): Outcome.FAIL,
        ("临水市人民政府", None): Outcome.NOT_ASSESSABLE,
        ("临水市人民政府", Place("临水市", level="county")): Outcome.FAIL,
    }
    for (agency, place), outcome in expected.items():
        title = f"{agency}2021年政府信息公开工作年度报告"
        report = read_report(forms.document(*made, title=title), place=place)
        assert [c.outcome for c in report.checks if c.rule == "P1"] == [outcome], (agency, place)
