"""Tables whose rows or columns stand in another order, for other years too, or with fields to fill in."""

from __future__ import annotations

from itertools import permutations

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Report
from govcrawl.reports import read_report
from tests.reports import forms
from tests.reports.forms import Item
from tests.reports.test_variations import (
    T2,
    T3,
    T4,
    TITLE,
    Rows,
    assert_true,
    cells,
    page,
    read,
    tables,
    truth,
)

HEADS = dict(zip(forms.OUTCOMES, ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"), strict=True))


def number(group: str, outcome: str) -> str:
    return str(truth()[f"challenge.{group}:{outcome}"])


def of_four(rows: Rows) -> Report:
    made = tables()
    made[T4] = rows
    return read(page(*made))


def dump(rows: list[list[str]]) -> Report:
    """A dump of table 四 with its cells between tabs; the other two tables are left out."""
    told = ["\t".join(row) for row in rows]
    lines = [
        "临水县青山镇2021年政府信息公开工作年度报告", forms.HEADINGS[0], "全镇依法公开各类信息。",
        *forms.HEADINGS[1:4], *told, *forms.HEADINGS[4:], "无。",
    ]  # fmt: skip
    return read_report(read_document("\n".join(lines).encode(), name="dump.txt"))


@pytest.mark.parametrize("order", list(permutations(forms.OUTCOMES))[7::29])
def test_outcomes_of_a_dump_in_another_order_stand_as_named(order: tuple[str, ...]) -> None:
    heads = [HEADS[name] for name in order]
    numbers = [number(group, name) for group in forms.GROUPS for name in order]
    report = dump(
        [["行政复议", "行政诉讼"], [*heads, "未经复议直接起诉", "复议后起诉"], [*heads, *heads], numbers]
    )
    assert_true(report, truth(), ("proactive", "application"))


def test_groups_of_a_dump_in_another_order_are_not_taken_for_the_forms() -> None:
    heads = list(HEADS.values())
    order = ("review", "litigation_after_review", "litigation_direct")
    numbers = [number(group, name) for group in order for name in forms.OUTCOMES]
    report = dump(
        [["行政复议", "行政诉讼"], [*heads, "复议后起诉", "未经复议直接起诉"], [*heads, *heads], numbers]
    )
    told = {fact.fact: fact.value for fact in report.facts if fact.value is not None}
    assert {fact: value for fact, value in told.items() if value != truth()[fact]} == {}


@pytest.mark.parametrize("order", [("total", "upheld", "corrected", "other", "pending"), forms.OUTCOMES])
def test_a_row_for_each_group_with_the_total_first(order: tuple[str, ...]) -> None:
    labels = ("行政复议", "未经复议直接起诉", "复议后起诉")
    rows: Rows = [["类别", *(HEADS[name] for name in order)]]
    rows += [
        [label, *(number(group, name) for name in order)]
        for label, group in zip(labels, forms.GROUPS, strict=True)
    ]
    assert_true(of_four(rows), truth())


@pytest.mark.parametrize(
    "years", [("2020", "2021"), ("2021", "2020"), ("上年", "本年"), ("2020年", "2021年"), ("本年", "上年")]
)
@pytest.mark.parametrize("change", [False, True])
def test_table_four_with_rows_for_years_and_their_difference(years: tuple[str, str], *, change: bool) -> None:
    made = tables()
    *heads, own = made[T4]
    rows = [own if label in ("2021", "本年", "2021年") else ["3"] * 15 for label in years]
    rows += [["-2"] * 15] if change else []
    labels = [*years, "增减"]
    headed: Rows = [[("年度", len(heads), 1), *heads[0]], *heads[1:]]
    made[T4] = [*headed, *([label, *row] for label, row in zip(labels, rows, strict=False))]
    assert_true(read(page(*made)), truth())


def test_a_blank_column_before_the_fifteen_numbers() -> None:
    made = tables()
    flat = [[cell.text for cell in row] for row in forms.grid(made[T4]).rows]
    made[T4] = [["", *row] for row in flat]
    assert_true(read(page(*made)), truth())


def test_a_span_that_a_markdown_dump_wrote_out_in_every_row() -> None:
    grid = [[cell.text for cell in row] for row in forms.grid(tables()[T3]).rows]
    rows = [f"| {' | '.join([*row[:4], row[3], *row[4:]])} |" for row in grid]
    text = "\n".join(
        [
            "# 临水县青山镇2021年政府信息公开工作年度报告",
            "",
            forms.HEADINGS[0],
            "",
            "全镇依法公开各类信息。",
            "",
            forms.HEADINGS[2],
            "",
            *rows[:1],
            f"|{' --- |' * 11}",
            *rows[1:],
            "",
            *forms.HEADINGS[4:],
            "",
            "无。",
        ]
    )
    report = read_report(read_document(text.encode(), name="dump.md"))
    assert_true(report, truth(), ("proactive", "challenge"))


def test_a_piece_of_table_two_without_its_header_has_the_columns_of_the_piece_before() -> None:
    blank = {"proactive.art20_5.other_services:items_prev": ""}
    made = tables("2019", blank)
    rows: Rows = [list(row) for row in made[T2]]
    for row in rows:
        if len(row) > 1:
            row.append("备注" if row[0] == "信息内容" else "见附表")
    cut = next(n for n, row in enumerate(rows) if row[0] == "其他对外管理服务事项")
    head = "".join(page(rows[:cut], "", "").split("<table>")[1].split("</table>")[0])
    tail = "".join(page(rows[cut:], "", "").split("<table>")[1].split("</table>")[0])
    report = read(page(f"<table>{head}</table><table>{tail}</table>", *made[1:]))
    assert_true(report, truth("2019"), tuple(blank))
    assert cells(report)["proactive.art20_5.other_services:items_prev"] == (None, "blank")


@pytest.mark.parametrize(
    "field",
    [
        "<input type='text' value='{}'>",
        "<input value='{}' readonly>",
        "<span><input type='number' value={}></span>",
        "<textarea>{}</textarea>",
        "<select><option>9</option><option selected>{}</option></select>",
        "<select><option>{}</option><option>9</option></select>",
        "<input type='hidden' value='9'>{}",
        "{}<input type='button' value='9'>",
    ],
)
def test_a_field_of_a_form_says_what_a_reader_sees(field: str) -> None:
    text = page(*tables())
    for value in truth().values():
        text = text.replace(f">{value}</td>", f">{field.format(value)}</td>")
    assert_true(read(text), truth())


def test_an_empty_field_is_a_blank_cell() -> None:
    text = page(*tables(given={"application.carried_in:total": "<>"}))
    report = read(text.replace("&lt;&gt;", "<input type='text'>"))
    assert cells(report)["application.carried_in:total"] == (None, "blank")


def test_litigation_in_a_table_of_its_own() -> None:
    heads = list(HEADS.values())
    review, *litigation = [[number(group, name) for name in forms.OUTCOMES] for group in forms.GROUPS]
    report = dump(
        [
            ["行政复议", "", "", "", ""],
            heads,
            review,
            ["行政诉讼", *[""] * 9],
            ["未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
            [*heads, *heads],
            [*litigation[0], *litigation[1]],
        ]
    )
    assert_true(report, truth(), ("proactive", "application"))


@pytest.mark.parametrize("order", [(1, 0, 2, 3, 4), (4, 3, 2, 1, 0), (0, 2, 1, 4, 3)])
def test_kinds_of_applicants_in_another_order_where_columns_are_lost(order: tuple[int, ...]) -> None:
    rows = [[item if isinstance(item, str) else item[0] for item in row] for row in tables()[T3]]
    for row in rows[2:]:
        end = len(row) if row is rows[2] else -1
        kinds = row[:5] if row is rows[2] else row[-6:-1]
        row[-5 if row is rows[2] else -6 : end] = [kinds[place] for place in order]
    report = dump(rows)
    assert_true(report, truth(), ("proactive", "challenge"))


@pytest.mark.parametrize("head", [["统计指标", "合计", "备注"], ["序号", "统计指标", "统计数", "说明"]])
def test_a_remark_beside_the_numbers_of_the_form_of_2014(head: list[str]) -> None:
    labels = [
        "主动公开政府信息数",
        "制发规范性文件总数",
        "政府网站公开政府信息数",
        "回应公众关注热点或重大舆情数",
    ]
    labels += ["收到申请数", "当面申请数", "传真申请数", "网络申请数", "信函申请数"]
    serial = len(head) == 4
    rows: Rows = [list(head)]
    rows += [[*([""] if serial else []), label, str(70 + n), "含转载"] for n, label in enumerate(labels)]
    title = "临水县青山镇2016年政府信息公开工作年度报告"
    report = read(page("", "", rows, title=title))
    told = [fact.value for fact in report.facts if fact.status.value == "number"]
    assert (report.template, told) == ("2014", list(range(70, 70 + len(labels))))


def test_last_years_columns_under_shared_headers_shift_no_number() -> None:
    rows = tables(given={f"application.result.granted:{column}": "0" for column in forms.COLUMNS})[T3]
    own: Rows = []
    for n, row in enumerate(rows):
        wide: list[Item] = [(text, high, 2 * span) for text, high, span in map(spanned, row)]
        if n < 3:
            own.append([spanned(row[0]), *wide[1:]] if n == 0 else wide)
            continue
        if n == 3:
            own.append(["上年", "本年"] * 7)
        labels, numbers = row[:-7], row[-7:]
        own.append([*labels, *(part for item in numbers for part in ("33", item))])
    text, _, span = spanned(own[0][0])
    own[0][0] = (text, 4, span)
    made = tables()
    made[T3] = own
    report = read(page(*made))
    assert_true(report, truth(), ("application.result.granted",))
    granted = [fact for fact in report.facts if fact.fact.startswith("application.result.granted:")]
    assert [fact.value for fact in granted] == [0] * 7


def test_headers_of_table_four_of_different_heights_stand_over_their_columns() -> None:
    made = tables()
    groups, high, low, numbers = made[T4]
    high = [*high[:1], "什用", *high[2:5], ("未经", 1, 2), "议直", ("起诉", 1, 2), *high[6:]]
    report = of_four([groups, high, ["纠正", *low], numbers])
    assert_true(report, truth())


def spanned(item: Item) -> tuple[str, int, int]:
    return (item, 1, 1) if isinstance(item, str) else item


@pytest.mark.parametrize("template", ["2019", "2021"])
def test_table_two_in_pipes_with_rows_of_different_lengths(template: str) -> None:
    lines = [TITLE, forms.HEADINGS[0], "全镇依法公开各类信息。", forms.HEADINGS[1], ""]
    for row in tables(template)[T2]:
        lines += ["|", *(f"{item if isinstance(item, str) else item[0]} |" for item in row)]
    text = "\n".join([*lines, "", *forms.HEADINGS[4:], "无。"])
    report = read_report(read_document(text.encode(), name="dump.md"))
    assert_true(report, truth(template), ("application", "challenge"))


def test_a_blank_that_pipes_do_not_show_leaves_its_row_untold() -> None:
    lines = [TITLE, forms.HEADINGS[0], "全镇依法公开各类信息。", forms.HEADINGS[1], ""]
    lost = str(truth()["proactive.art20_1.rules:issued"])
    for row in tables()[T2]:
        texts = [item if isinstance(item, str) else item[0] for item in row]
        lines += ["|", *(f"{text} |" for text in texts if text != lost)]
    text = "\n".join([*lines, "", *forms.HEADINGS[4:], "无。"])
    found = cells(read_report(read_document(text.encode(), name="dump.md")))
    of_row = {fact: pair for fact, pair in found.items() if fact.startswith("proactive.art20_1.rules:")}
    assert set(of_row.values()) == {(None, "ambiguous")}
    others = {
        fact: value for fact, value in truth().items() if fact.startswith("proactive.art20_1.normative")
    }
    told = {fact: found[fact][0] for fact in others}
    assert all(value is None or value == others[fact] for fact, value in told.items())


def test_the_years_numbers_under_a_head_shared_with_those_of_all_years() -> None:
    labels = [
        "主动公开政府信息数",
        "制发规范性文件总数",
        "政府网站公开政府信息数",
        "回应公众关注热点或重大舆情数",
    ]
    labels += ["收到申请数", "当面申请数", "传真申请数", "网络申请数", "信函申请数"]
    rows: Rows = [[("统计指标", 2, 1), ("单位", 2, 1), ("统计数", 1, 2)], ["本年", "累计"]]
    rows += [[label, "件", str(70 + n), str(900 + n)] for n, label in enumerate(labels)]
    report = read(page("", "", rows, title="临水县青山镇2016年政府信息公开工作年度报告"))
    told = [fact.value for fact in report.facts if fact.status.value == "number"]
    assert (report.template, told) == ("2014", list(range(70, 70 + len(labels))))
