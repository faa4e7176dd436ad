"""Numbers reach their facts by their labels, whatever the table looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.model import Grid, Report, Status
from govcrawl.reports import read_report
from tests.reports import forms
from tests.reports.forms import Item, document, grid, loose

TEMPLATES = ("2019", "2021")


def values_of(template: str) -> tuple[dict[str, int], Callable[[str], str]]:
    truth = forms.numbers(template)
    return truth, lambda fact: str(truth[fact])


def whole(template: str) -> tuple[dict[str, int], list[list[list[Item]]]]:
    truth, value = values_of(template)
    tables = [forms.proactive(template, value), forms.application(template, value), forms.challenge(value)]
    return truth, tables


def read(*tables: Grid | Sequence[Grid], **options: str) -> Report:
    return read_report(document(*tables, **options))


def check(report: Report, truth: dict[str, int], unsure: frozenset[str] = frozenset()) -> None:
    found = {fact.fact: fact for fact in report.facts}
    wrong = {
        f: (found[f].value, found[f].note)
        for f, v in truth.items()
        if f not in unsure and found[f].value != v
    }
    assert not wrong
    assert len(found) == len(report.facts)


def each(table: list[list[Item]], change: Callable[[str], str]) -> list[list[Item]]:
    def changed(item: Item) -> Item:
        return change(item) if isinstance(item, str) else (change(item[0]), item[1], item[2])

    return [[changed(item) for item in row] for row in table]


@pytest.mark.parametrize("template", TEMPLATES)
def test_official_form(template: str) -> None:
    truth, tables = whole(template)
    report = read(*map(grid, tables))
    check(report, truth)
    assert report.template == template
    assert [fact.fact for fact in report.facts] == sorted(truth, key=[f.fact for f in report.facts].index)
    assert len(report.facts) == {"2019": 198, "2021": 200}[template]
    assert [table.kind for table in report.tables] == ["proactive", "application", "challenge"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_flattened_form(template: str) -> None:
    truth, tables = whole(template)
    plain = [[[i if isinstance(i, str) else i[0] for i in row] for row in table] for table in tables]
    check(read(*map(loose, plain)), truth)


@pytest.mark.parametrize("template", TEMPLATES)
def test_tables_in_any_order_one_big_table_and_pieces(template: str) -> None:
    truth, tables = whole(template)
    check(read(*map(grid, reversed(tables))), truth)
    check(read(grid([row for table in tables for row in table])), truth)
    proactive, application, challenge = tables
    starts = [n for n, row in enumerate(proactive) if str(row[0][0]).startswith("第二十条")]
    blocks = [proactive[a:b] for a, b in zip(starts, [*starts[1:], len(proactive)], strict=True)]
    check(read([grid(block) for block in blocks], grid(application), grid(challenge)), truth)


@pytest.mark.parametrize("template", TEMPLATES)
def test_missing_banners(template: str) -> None:
    truth, tables = whole(template)
    tables[0] = [row for row in tables[0] if not str(row[0][0]).startswith("第二十条")]
    check(read(*map(grid, tables)), truth)


@pytest.mark.parametrize("template", TEMPLATES)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_white_space_and_line_breaks_in_labels(template: str, data: st.DataObject) -> None:
    truth, tables = whole(template)

    def broken(text: str) -> str:
        if text.isdigit() or len(text) < 2:
            return f"\u00a0{text} "
        at = data.draw(st.integers(1, len(text) - 1))
        return text[:at] + data.draw(st.sampled_from((" ", "\n", "\u3000", "\n\n"))) + text[at:]

    check(read(*(grid(each(table, broken)) for table in tables)), truth)


def test_header_one_character_a_line_and_cut_headers() -> None:
    truth, tables = whole("2019")
    tables[2] = each(tables[2], lambda text: text if text.isdigit() else "\n".join(text))
    tables[0] = each(
        tables[0],
        lambda t: {"本年增/减": "本年增/", "本年新制作数量": "本年新", "本年新公开数量": "本年新"}.get(t, t),
    )
    report = read(*map(grid, tables))
    check(report, truth)
    assert any(finding.kind == "header_truncated" for finding in report.findings)


def test_columns_follow_their_headers() -> None:
    truth, tables = whole("2021")
    table = grid(tables[1])
    order = [0, 1, 2, 9, 3, 4, 5, 6, 7, 8]
    moved = Grid(tuple(tuple(row[n] for n in order) for row in table.rows))
    check(read(grid(tables[0]), moved, grid(tables[2])), truth)


def test_shifted_row_is_read_by_count_and_short_row_is_ambiguous() -> None:
    truth, tables = whole("2021")
    lost = tables[1][3]
    tables[1][3] = [lost[0], "3", "3"]
    tables[1][7] = [("（三）不予公开", 7, 1), *tables[1][7][1:]]
    report = read(*map(grid, tables))
    gone = frozenset(f"application.received_new:{column}" for column in forms.COLUMNS)
    check(report, truth, gone)
    facts = {fact.fact: fact for fact in report.facts}
    assert {facts[f].status for f in gone} <= {Status.AMBIGUOUS, Status.MISSING, Status.NUMBER}


def test_lost_blanks_of_a_dump_are_ambiguous_never_wrong() -> None:
    _, tables = whole("2021")
    plain = [[[i if isinstance(i, str) else i[0] for i in row] for row in table] for table in tables]
    plain[1][3] = [plain[1][3][0], "3", "3"]
    plain[2][3] = ["1", "1"]
    report = read(*map(loose, plain))
    unsure = [
        fact for fact in report.facts if fact.fact.startswith(("application.received_new", "challenge."))
    ]
    assert {fact.status for fact in unsure} == {Status.AMBIGUOUS}
    assert {fact.value for fact in unsure} == {None}
    assert unsure[0].raw == "3 | 3"
    assert "2 cells for 7 columns" in (unsure[0].note or "")


def test_labels_split_over_a_page_break() -> None:
    truth, tables = whole("2019")
    rows = tables[1]
    first = next(n for n, row in enumerate(rows) if row[0] == ("（五）不予处理", 5, 1))
    values = rows[first][2:]
    rows[first] = [("（五）", 1, 1), "1.信访举报投诉", *values]
    rows[first + 1 : first + 1] = [[("不予处理", 5, 1), "类申请", *[""] * 7]]
    rows[5] = [("三、本年度办理结果", 20, 1), *rows[5][1:]]
    second = next(n for n, row in enumerate(rows) if row[0] == "4.无正当理由大量反复申请")
    rows[second] = ["4.无正当理由大", *rows[second][1:]]
    rows.insert(second + 1, ["量反复申请", *[""] * 7])
    report = read(*map(grid, tables))
    check(report, truth)
    assert "split_label_repaired" in {finding.kind for finding in report.findings}


def test_blank_dash_and_words_are_no_zeros() -> None:
    truth = forms.numbers("2021")
    shown = {"application.carried_in:natural_person": "", "application.carried_in:total": "—",
             "application.carried_in:org.other": "无", "challenge.review:upheld": "详见附件",
             "proactive.art20_8.fees:amount": "84565元", "proactive.art20_1.rules:issued": "22（其中修订16件）"}  # fmt: skip
    value = lambda fact: shown.get(fact, str(truth[fact]))  # noqa: E731
    built = (forms.proactive("2021", value), forms.application("2021", value), forms.challenge(value))
    report = read(*map(grid, built))
    facts = {fact.fact: fact for fact in report.facts}
    assert [facts[f].status.value for f in shown] == [
        "blank",
        "dash",
        "none_word",
        "text",
        "number",
        "number",
    ]
    assert facts["proactive.art20_8.fees:amount"].value == 8.4565
    assert facts["proactive.art20_8.fees:amount"].unit_source == "cell"
    assert facts["proactive.art20_1.rules:issued"].value == 22
    assert facts["proactive.art20_1.rules:issued"].note == "其中修订16件"
    check(report, {f: v for f, v in truth.items() if f not in shown})


def test_sub_rows_of_other_services_and_unknown_rows() -> None:
    truth, tables = whole("2019")
    rows = tables[0]
    at = next(n for n, row in enumerate(rows) if row[0] == "其他对外管理服务事项")
    wide = [[row[0] if isinstance(row[0], str) else (row[0][0], 1, row[0][2] + 1), *row[1:]] for row in rows]
    wide = [[(r[0], 1, 2), *r[1:]] if isinstance(r[0], str) else r for r in wide]
    wide[at : at + 1] = [
        [("其他对外管理服务事项", 2, 1), "行政检查", "1", "+2", "3"],
        ["行政确认", "10", "-20", "30"],
    ]
    wide.insert(4, [("其他主动公开文件", 1, 2), "9", "9", "9"])
    report = read(grid(wide), grid(tables[1]), grid(tables[2]))
    facts = {fact.fact: fact for fact in report.facts}
    parent = "proactive.art20_5.other_services"
    assert [facts[f"{parent}:{c}"].value for c in ("items_prev", "items_change", "decisions")] == [
        11,
        -18,
        33,
    ]
    assert facts[f"{parent}:items_change"].raw == "+2 + -20"
    assert facts[f"{parent}.inspection:decisions"].value == 3
    assert "derived" in (facts[f"{parent}:decisions"].note or "")
    assert any(f.kind == "unknown_row" and "其他主动公开文件" in f.detail for f in report.findings)
    check(report, {f: v for f, v in truth.items() if not f.startswith(parent)})


def test_challenge_as_three_small_tables() -> None:
    truth, tables = whole("2021")
    heads: list[Item] = ["结果维持", "结果纠正", "其他结果", "未审结", "总计"]
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    small = [
        grid([[(name, 1, 5)], heads, [str(truth[f"challenge.{group}:{o}"]) for o in forms.OUTCOMES]])
        for name, group in zip(names, forms.GROUPS, strict=True)
    ]
    report = read(grid(tables[0]), grid(tables[1]), small)
    check(report, truth)
    assert "synonym_header" in {finding.kind for finding in report.findings}


def test_repeated_table_is_ignored_and_said() -> None:
    truth, tables = whole("2021")
    report = read(grid(tables[0]), [grid(tables[1]), grid(tables[1])], grid(tables[2]))
    check(report, truth)
    assert "duplicate_table" in {finding.kind for finding in report.findings}


def test_mixed_formats() -> None:
    truth, tables = whole("2021")
    old, older = whole("2019")
    report = read(grid(tables[0]), grid(older[1]), grid(older[2]))
    expected = {f: v for f, v in truth.items() if f.startswith("proactive")}
    expected |= {f: v for f, v in old.items() if not f.startswith("proactive")}
    check(report, expected)
    assert "format_mixed" in {finding.kind for finding in report.findings}
    assert len(report.facts) == 10 + 161 + 15


def test_absent_tables_are_missing() -> None:
    report = read_report(document(title="临水镇2020年政府信息公开工作年度报告"))
    assert report.template == "2019"
    assert {fact.status for fact in report.facts} == {Status.MISSING}
    assert len(report.facts) == 198
    assert [f.subject for f in report.findings if f.kind == "tables_missing"] == [
        "proactive", "application", "challenge",
    ]  # fmt: skip


def test_one_cell_over_two_rows_is_ambiguous() -> None:
    truth, tables = whole("2021")
    rows = tables[1]
    rows[3][1] = ("5", 2, 1)
    del rows[4][1]
    report = read(*map(grid, tables))
    shared = frozenset(f"application.{row}:natural_person" for row in ("received_new", "carried_in"))
    facts = {fact.fact: fact for fact in report.facts}
    assert {facts[f].status for f in shared} == {Status.AMBIGUOUS}
    check(report, truth, shared)


def test_statistics_form_of_2014() -> None:
    rows = [
        ["统计指标", "单位", "统计数"],
        ["一、主动公开情况", "——", "——"],
        ["（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "320"],
        ["其中：主动公开规范性文件数", "条", "4"],
        ["制发规范性文件总数", "件", "5"],
        ["1.政府公报公开政府信息数", "条", "0"],
        ["2.政府网站公开政府信息数", "条", "300"],
        ["四、行政复议数量", "件", "3"],
        ["（一）维持具体行政行为数", "件", "2"],
        ["（二）被依法纠错数", "件", "1"],
        ["五、行政诉讼数量", "件", "8"],
        ["（二）被依法纠错数", "件", "7"],
    ]
    report = read(grid(rows), title="临水镇2016年政府信息公开工作年度报告")
    facts = {fact.fact: fact.value for fact in report.facts if fact.value is not None}
    assert report.template == "2014"
    assert len(report.facts) == 58
    assert facts["stat2014.proactive.disclosed_total"] == 320
    assert facts["stat2014.review.corrected"] == 1
    assert facts["stat2014.litigation.corrected"] == 7
