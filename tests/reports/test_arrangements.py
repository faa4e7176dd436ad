"""Tables turned, set side by side, with rows of their own or a text where a number is expected."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.reports import read_report
from tests.reports import forms
from tests.reports.forms import Item
from tests.reports.test_variations import T2, T3, T4, assert_true, cells, changed, page, read, tables, truth

Rows = list[list[Item]]


def turned(rows: Rows) -> Rows:
    """Rows as columns, spans with them."""
    grid = forms.grid(rows).rows
    return [
        [
            (cell.text, cell.colspan, cell.rowspan)
            for r, row in enumerate(grid)
            if (cell := row[column]) and (cell.row, cell.column) == (r, column)
        ]
        for column in range(len(grid[0]))
    ]


@pytest.mark.parametrize("template", ["2019", "2021"])
@pytest.mark.parametrize("number", [T2, T3, T4])
def test_a_table_with_rows_and_columns_changed_over(number: int, template: str) -> None:
    made = tables(template)
    made[number] = turned(made[number])
    report = read(page(*made))
    assert_true(report, truth(template))
    shown = report.tables[number].grid
    kind = ("proactive", "application", "challenge")[number]
    for fact in (fact for fact in report.facts if fact.fact.startswith(kind) and fact.row is not None):
        assert fact.column is not None
        assert fact.row is not None
        assert shown.rows[fact.row][fact.column].text == fact.raw


def test_table_two_with_a_row_for_each_number() -> None:
    made = tables()
    rows: Rows = [["事项", "指标", "数量"]]
    heads: list[Item] = []
    for row in made[T2]:
        label, *rest = [item if isinstance(item, str) else item[0] for item in row]
        if label == "信息内容":
            heads = list(rest)
        elif rest:
            rows += [[label, head, value] for head, value in zip(heads, rest, strict=True)]
    made[T2] = rows
    assert_true(read(page(*made)), truth())


def test_blocks_of_table_two_side_by_side() -> None:
    made = tables()
    rows = [[(item, 1, 1) if isinstance(item, str) else item for item in row] for row in made[T2]]
    left, right = rows[:4], rows[7:11]
    made[T2] = [
        *([*a, *b] for a, b in zip(left, right, strict=True)),
        *rows[4:7],
        *rows[11:],
    ]
    assert_true(read(page(*made)), truth())


@pytest.mark.parametrize("label", ["其中：网络申请", "——涉及土地", "其中：补正后受理"])
def test_a_sub_row_lends_no_numbers_to_the_blank_row_above_it(label: str) -> None:
    blank = {f"application.carried_in:{column}": "" for column in forms.COLUMNS}
    made = tables(given=blank)
    place = next(n for n, row in enumerate(made[T3]) if "上年结转" in str(row[0]))
    made[T3].insert(place + 1, [(label, 1, 3), *["9"] * 7])
    report = read(page(*made))
    found = cells(report)
    assert {found[fact] for fact in blank} == {(None, "blank")}
    assert_true(report, truth(), ("application.carried_in",))


@pytest.mark.parametrize("text", ["详见附件", "3+2", "约3"])
def test_a_text_in_the_first_column_is_no_label(text: str) -> None:
    given = {
        "application.result.other:natural_person": text,
        "proactive.art20_5.other_services:items_prev": text,
    }
    report = read(page(*tables("2019", given)))
    assert {cells(report)[fact] for fact in given} == {(None, "text")}
    assert_true(report, truth("2019"), tuple(given))


@pytest.mark.parametrize("template", ["2019", "2021"])
def test_line_breaks_of_a_markdown_dump_are_line_breaks(template: str) -> None:
    parts = [
        "# 临水县青山镇2021年政府信息公开工作年度报告",
        forms.HEADINGS[0],
        "全镇依法公开各类信息，群众满意。",
    ]
    for heading, rows in zip(forms.HEADINGS[1:], tables(template), strict=False):
        cut = changed(rows, lambda text: text if text.isdigit() else f"{text[:2]}<br>{text[2:]}")
        grid = forms.grid(cut).rows
        parts += [heading, ""]
        parts += [
            f"| {' | '.join(c.text if (c.row, c.column) == (r, n) else '' for n, c in enumerate(row))} |"
            for r, row in enumerate(grid)
        ]
        parts.append("")
    text = "\n".join([*parts, *forms.HEADINGS[4:], "无"])
    report = read_report(read_document(text.encode(), name="dump.md"))
    assert report.template == template
    wrong = {f: v for f, (v, _) in cells(report).items() if v is not None and v != truth(template)[f]}
    assert wrong == {}
    assert_true(
        report, truth(template), ("application", "challenge", "proactive.art20_8", "proactive.art20_9")
    )
