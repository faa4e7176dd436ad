"""Reports wholly in one table, in a table for each row, in tables never closed, or with columns left out."""

from __future__ import annotations

import re

import pytest

from govcrawl.model import Status
from tests.reports import forms
from tests.reports.forms import Item
from tests.reports.test_variations import (
    T2,
    T3,
    TITLE,
    Rows,
    assert_true,
    cells,
    markup,
    page,
    read,
    tables,
    truth,
)

SENTENCE = "全镇依法公开各类信息，群众查阅方便，工作平稳有序。"
PROBLEM = "公开内容还不够细，需要加强培训。"


@pytest.mark.parametrize("width", [11, 15])
@pytest.mark.parametrize("template", ["2019", "2021"])
def test_a_report_wholly_in_one_table(template: str, width: int) -> None:
    def alone(text: str) -> list[Item]:
        return [(text, 1, width)]

    rows: Rows = [alone(text) for text in (TITLE, forms.HEADINGS[0], SENTENCE)]
    for heading, own in zip(forms.HEADINGS[1:], tables(template), strict=False):
        rows += [alone(heading), *own]
    rows += [alone(text) for text in (forms.HEADINGS[4], PROBLEM, forms.HEADINGS[5], "无")]
    report = read(
        f"<html><head><title>{TITLE}</title></head><body><div id='zoom'><h1>{TITLE}</h1>"
        f"{markup(rows)}</div></body></html>"
    )
    assert_true(report, truth(template))
    assert [s.heading for s in report.sections if s.number] == list(forms.HEADINGS)
    texts = {section.number: section.text for section in report.sections}
    assert (texts[1], texts[5], texts[6]) == (SENTENCE, PROBLEM, "无")
    for fact in report.facts:
        assert fact.table is not None
        assert fact.row is not None
        assert fact.column is not None
        assert report.tables[fact.table - 1].grid.rows[fact.row][fact.column].text == fact.raw


@pytest.mark.parametrize("template", ["2019", "2021"])
def test_a_sheet_saved_as_a_page_has_blank_cells_behind_its_prose(template: str) -> None:
    width = 15

    def alone(*texts: str) -> Rows:
        return [[text, *[""] * (width - 1)] for text in texts]

    rows: Rows = alone(TITLE, "", forms.HEADINGS[0], SENTENCE, "附表见下")
    for heading, own in zip(forms.HEADINGS[1:], tables(template), strict=False):
        rows += alone(heading) + own
    rows += alone(forms.HEADINGS[4], PROBLEM, forms.HEADINGS[5], "无", "", "临水县青山镇人民政府")
    report = read(f"<html><head><title></title></head><body>{markup(rows)}</body></html>")
    assert_true(report, truth(template))
    assert (report.title, report.year) == (TITLE, 2021)
    texts = {section.number: section.text for section in report.sections}
    assert texts[1] == f"{SENTENCE}\n\n附表见下"
    assert texts[5] == PROBLEM
    assert texts[6].startswith("无")


@pytest.mark.parametrize("template", ["2019", "2021"])
def test_a_table_for_each_row(template: str) -> None:
    def apart(rows: Rows) -> str:
        return "".join(
            markup([[item if isinstance(item, str) else (item[0], 1, item[2]) for item in row]])
            for row in rows
        )

    assert_true(read(page(*map(apart, tables(template)))), truth(template))


@pytest.mark.parametrize("template", ["2019", "2021"])
def test_table_two_with_neither_banners_nor_headers(template: str) -> None:
    made = tables(template)
    made[T2] = [row for row in made[T2] if len(row) > 1 and row[0] != "信息内容"]
    assert_true(read(page(*made)), truth(template))


@pytest.mark.parametrize("which", [0, 1, 2])
def test_what_follows_a_table_that_is_never_closed_is_no_part_of_its_last_cell(which: int) -> None:
    text = page(*tables())
    ends = [found.start() for found in re.finditer("</td></tr></table>", text)]
    cut = text[: ends[which]] + text[ends[which] + len("</td></tr></table>") :]
    report = read(cut)
    assert_true(report, truth())
    assert [s.heading for s in report.sections if s.number] == list(forms.HEADINGS)


@pytest.mark.parametrize("head", ["总计", "数量", "件数（件）", "合计"])
def test_table_three_with_nothing_but_totals(head: str) -> None:
    made = tables()
    rows: Rows = [[("项目", 1, 3), head]]
    made[T3] = rows + [[*row[:-7], row[-1]] for row in made[T3][3:]]
    report = read(page(*made))
    others = tuple(f"application.{row}:{c}" for row in forms.rows_of("2021") for c in forms.COLUMNS[:-1])
    assert_true(report, truth(), others)
    assert {cells(report)[fact] for fact in others} == {(None, Status.MISSING.value)}


def test_a_single_column_without_a_header_is_not_told() -> None:
    made = tables()
    made[T3] = [[*row[:-7], row[-1]] for row in made[T3][3:]]
    report = read(page(*made))
    told = {fact.status for fact in report.facts if fact.fact.startswith("application.")}
    assert told == {Status.AMBIGUOUS}
