"""Tables that a page or a dump draws without a table element."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import pytest

from govcrawl.documents.drawn import drawn_rows
from tests.reports import forms
from tests.reports.forms import Item
from tests.reports.test_variations import assert_true, page, read, tables, truth

Row = list[str]


def rows_of(table: Sequence[Sequence[Item]], *, blanks: bool) -> list[Row]:
    """Texts of each row; what a span covers is blank, or left out."""
    rows: list[Row] = []
    for r, row in enumerate(forms.grid(table).rows):
        cells = [(cell.text, (cell.row, cell.column) == (r, c)) for c, cell in enumerate(row)]
        rows.append([text if own else "" for text, own in cells if own or blanks])
    return rows


def boxes(rows: list[Row]) -> str:
    cell = '<div style="display:table-cell">{}</div>'
    inside = ("".join(cell.format(escape(text)) for text in row) for row in rows)
    drawn = "".join(f'<div style="display:table-row">{row}</div>' for row in inside)
    return f'<div style="display:table">{drawn}</div>'


def spans(rows: list[Row]) -> str:
    inside = ("".join(f"<span>{escape(text)}</span>" for text in row) for row in rows)
    return "".join(f"<div>{row}</div>" for row in inside)


def lists(rows: list[Row]) -> str:
    inside = ("".join(f"<li>{escape(text)}</li>" for text in row) for row in rows)
    return "".join(f"<ul>{row}</ul>" for row in inside)


def paragraphs(rows: list[Row]) -> str:
    return "".join(f"<p>{'&nbsp;&nbsp;&nbsp;&nbsp;'.join(map(escape, row))}</p>" for row in rows)


def preformatted(gap: str) -> Callable[[list[Row]], str]:
    return lambda rows: f"<pre>{chr(10).join(gap.join(map(escape, row)) for row in rows)}</pre>"


def lines(rows: list[Row]) -> str:
    return "<div>" + "<br>".join(escape(text) for row in rows for text in row if text) + "</div>"


@pytest.mark.parametrize("template", ["2019", "2021"])
@pytest.mark.parametrize("blanks", [False, True])
@pytest.mark.parametrize(
    "draw",
    [
        boxes,
        spans,
        lists,
        paragraphs,
        preformatted("\t"),
        preformatted("    "),
        preformatted("│"),
        preformatted(" | "),
        lines,
    ],
)
def test_every_number_of_a_drawn_table(draw: Callable[[list[Row]], str], blanks: bool, template: str) -> None:
    report = read(page(*(draw(rows_of(table, blanks=blanks)) for table in tables(template))))
    assert_true(report, truth(template))
    assert report.template == template
    assert "一、本年新收政府信息公开申请数量" in report.text


@pytest.mark.parametrize("template", ["2019", "2021"])
@pytest.mark.parametrize("form", ["cell lines", "gaps", "plain lines"])
def test_every_number_of_a_dump_without_tabs(form: str, template: str) -> None:
    made = []
    for table in tables(template):
        rows = rows_of(table, blanks=form != "plain lines")
        if form == "gaps":
            made.append("\n".join("    ".join(row).rstrip() for row in rows))
        elif form == "cell lines":
            made.append("\n\n".join("\n".join(f"  {text}" for text in row) for row in rows))
        else:
            made.append("\n".join(text for row in rows for text in row))
    parts = [forms.HEADINGS[0], "全镇依法公开各类信息，群众查阅方便，工作平稳有序。"]
    for n, table in enumerate(made):
        parts += [forms.HEADINGS[n + 1], table]
    text = "\n".join(["临水县青山镇2021年政府信息公开工作年度报告", *parts, *forms.HEADINGS[4:], "无"])
    report = read(text, name="dump.txt")
    assert_true(report, truth(template))
    assert [section.number for section in report.sections if section.number] == [1, 2, 3, 4, 5, 6]


def test_a_lost_blank_leaves_its_row_ambiguous() -> None:
    made = [rows_of(table, blanks=False) for table in tables()]
    row = next(row for row in made[1] if row[0].startswith("一、"))
    del row[3]
    report = read(page(*map(paragraphs, made)))
    first = [fact for fact in report.facts if fact.fact.startswith("application.received_new:")]
    assert {(fact.value, fact.status.value) for fact in first} == {(None, "ambiguous")}
    assert_true(report, truth(), ("application.received_new",))


@pytest.mark.parametrize(
    "prose",
    [
        ["一是公开行政许可12件。", "二是公开行政处罚3件。", "三是规范性文件清理。", "行政强制0件。"],
        ["行政许可", "行政处罚", "行政强制", "规范性文件", "重复申请"],
        ["领导信箱", "12", "在线咨询", "3", "民意征集", "4"],
    ],
)
def test_prose_and_lists_are_no_table(prose: list[str]) -> None:
    assert drawn_rows(prose) is None
