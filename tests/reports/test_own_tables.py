"""Of several tables of a kind only the report's own is read; where none is, its cells are ambiguous."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from govcrawl.model import Block, Document, Grid, Paragraph, Report, Status, Table
from govcrawl.reports import read_report
from govcrawl.reports.lines import RIVALS
from tests.reports import forms
from tests.reports.forms import document, grid

PLACE = {"proactive": 0, "application": 1, "challenge": 2}


def tables_of(add: int = 0) -> list[Grid]:
    value = {fact: str(number + add) for fact, number in forms.numbers("2021").items()}.__getitem__
    return [
        grid(forms.proactive("2021", value)),
        grid(forms.application("2021", value)),
        grid(forms.challenge(value)),
    ]


def blank() -> list[Grid]:
    def value(fact: str) -> str:
        return ""

    return [
        grid(forms.proactive("2021", value)),
        grid(forms.application("2021", value)),
        grid(forms.challenge(value)),
    ]


def report_with(extra: dict[int, Sequence[Block]], own: Sequence[Grid | tuple[()]] | None = None) -> Report:
    """A report of 2021 with further blocks right below the headings of these numbers."""
    base = document(*(tables_of() if own is None else own))
    blocks: list[Block] = []
    for block in base.blocks:
        blocks.append(block)
        for number, more in extra.items():
            if isinstance(block, Paragraph) and block.text == forms.HEADINGS[number - 1]:
                blocks += more
    return read_report(type(base)("html", tuple(blocks), titles=base.titles))


def wrong(report: Report) -> dict[str, object]:
    truth = forms.numbers("2021")
    return {f.fact: f.value for f in report.facts if f.value is not None and f.value != truth[f.fact]}


def lost(report: Report) -> set[str]:
    return {fact.fact for fact in report.facts if fact.value is None}


@pytest.mark.parametrize("kind", PLACE)
@pytest.mark.parametrize(
    "words",
    ["上年数据如下：", "2020年数据", "附：石桥镇2020年情况统计表", "石桥镇人民政府统计表", "去年同期情况"],
)
def test_the_words_above_a_table_are_respected(kind: str, words: str) -> None:
    other: list[Block] = [Paragraph(words), Table(tables_of(5000)[PLACE[kind]]), Paragraph("本年数据如下：")]
    report = report_with({PLACE[kind] + 2: other})
    assert not wrong(report)
    assert not lost(report)
    assert [finding.subject for finding in report.findings if finding.kind == "foreign_table"] == [kind]


@pytest.mark.parametrize("kind", PLACE)
def test_an_annex_is_no_substitute_for_the_table(kind: str) -> None:
    own: list[Grid | tuple[()]] = list(tables_of())
    own[PLACE[kind]] = ()
    annex: list[Block] = [Paragraph("附：石桥镇2020年数据"), Table(tables_of(5000)[PLACE[kind]])]
    report = report_with({6: annex}, own)
    assert not wrong(report)
    assert {fact.split(".")[0] for fact in lost(report)} == {kind}
    assert {fact.status for fact in report.facts if fact.value is None} == {Status.MISSING}


@pytest.mark.parametrize("kind", PLACE)
@pytest.mark.parametrize("number", [1, 5, 6])
def test_the_table_in_its_own_section_wins(kind: str, number: int) -> None:
    report = report_with({number: [Table(tables_of(5000)[PLACE[kind]])]})
    assert not wrong(report)
    assert not lost(report)


@pytest.mark.parametrize("kind", PLACE)
@pytest.mark.parametrize("number", [1, 2, 3, 4, 6])
def test_a_blank_form_never_wins(kind: str, number: int) -> None:
    report = report_with({number: [Paragraph("样表："), Table(blank()[PLACE[kind]])]})
    assert not wrong(report)
    assert not lost(report)


@pytest.mark.parametrize("kind", PLACE)
def test_two_filled_tables_in_one_section_are_ambiguous(kind: str) -> None:
    report = report_with({PLACE[kind] + 2: [Table(tables_of(5000)[PLACE[kind]])]})
    assert not wrong(report)
    unsure = [fact for fact in report.facts if fact.value is None]
    assert {fact.fact.split(".")[0] for fact in unsure} == {kind}
    assert {(fact.status, fact.note) for fact in unsure} == {(Status.AMBIGUOUS, RIVALS)}


def test_a_caption_of_another_year_above_the_only_table_is_said() -> None:
    base = tables_of()
    report = report_with({3: [Paragraph("2020年收到和处理申请情况表")]}, base)
    assert not wrong(report)
    assert not lost(report)
    assert ("period_year_mismatch", "application") in {(f.kind, f.subject) for f in report.findings}


@pytest.mark.parametrize("row", [["3"], ["", "3"], ["2", "0", "2", "1"], ["第3页"]])
@pytest.mark.parametrize("place", range(4))
def test_a_page_number_is_no_data_row(row: list[str], place: int) -> None:
    value = {fact: str(number) for fact, number in forms.numbers("2021").items()}.__getitem__
    rows = forms.challenge(value)
    made = grid([*rows[:place], row, *rows[place:]])
    width = 15
    whole = tuple(
        (*line, *(type(line[0])("", r, c, 0, 0) for c in range(len(line), width)))
        for r, line in enumerate(made.rows)
    )
    report = report_with({}, [*tables_of()[:2], Grid(whole)])
    assert not wrong(report)
    if place in (0, 3):
        assert not lost(report)


def test_two_data_rows_are_ambiguous() -> None:
    value = {fact: str(number) for fact, number in forms.numbers("2021").items()}.__getitem__
    rows = forms.challenge(value)
    report = report_with(
        {}, [*tables_of()[:2], grid([*rows[:3], [str(n) for n in range(900, 915)], rows[3]])]
    )
    assert not wrong(report)
    assert len(lost(report)) == 15


def whole_report(title: str, add: int = 0) -> list[Block]:
    return list(document(*tables_of(add), title=title).blocks)


OWN = "临水镇2021年政府信息公开工作年度报告"
OTHERS = ("石桥镇2021年政府信息公开工作年度报告", "临水镇2020年政府信息公开工作年度报告")


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("first", [True, False])
def test_another_report_in_the_container_is_cut_out(other: str, first: bool) -> None:
    own, foreign = whole_report(OWN), whole_report(other, 5000)
    blocks = [*foreign, *own] if first else [*own, *foreign]
    report = read_report(Document("html", tuple(blocks), meta={"articletitle": OWN}, titles=(OWN,)))
    assert not wrong(report)
    assert not lost(report)
    assert (report.agency, report.year) == ("临水镇", 2021)
    assert other not in report.text
    assert other in {removal.line for removal in report.removals if removal.rule == "other_report"}


@pytest.mark.parametrize("first", [True, False])
def test_two_reports_that_cannot_be_told_apart_are_ambiguous(first: bool) -> None:
    own, foreign = whole_report(""), whole_report("", 5000)
    blocks = [*foreign, *own] if first else [*own, *foreign]
    report = read_report(Document("html", (Paragraph(OWN), *blocks), titles=(OWN,)))
    assert not wrong(report)
    assert {fact.status for fact in report.facts} == {Status.AMBIGUOUS}


def test_a_related_title_cuts_nothing() -> None:
    blocks = [Paragraph(OTHERS[0]), *whole_report(OWN), Paragraph(f"上一篇：{OTHERS[1]}")]
    report = read_report(Document("html", tuple(blocks), titles=(OWN,)))
    assert not wrong(report)
    assert not lost(report)
    assert OTHERS[0] in report.text
