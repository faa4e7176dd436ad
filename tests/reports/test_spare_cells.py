"""Rows of table 二 with a cell too many: read where the whole table has it, ambiguous where single rows do."""

from __future__ import annotations

from govcrawl.model import Status
from govcrawl.reports import read_report
from tests.reports.forms import Item, document, grid, loose, numbers, proactive

VALUES = numbers("2021") | {"proactive.art20_1.rules:in_force": ""}
RULES = [f"proactive.art20_1.rules:{column}" for column in ("issued", "repealed", "in_force")]
DOCS = "proactive.art20_1.normative_docs:issued"


def rows() -> list[list[Item]]:
    return proactive("2021", lambda fact: str(VALUES[fact]))


def read(table: list[list[Item]]) -> dict[str, tuple[Status, object]]:
    report = read_report(document(grid(table)))
    return {fact.fact: (fact.status, fact.value) for fact in report.facts}


def test_a_number_too_many_before_a_row_that_ends_blank() -> None:
    table = rows()
    table[2].insert(1, "3")
    read_facts = read(table)
    assert {read_facts[fact][0] for fact in RULES} == {Status.AMBIGUOUS}
    assert read_facts[DOCS] == (Status.NUMBER, VALUES[DOCS])


def test_a_blank_column_behind_all_rows() -> None:
    table = [row if "第二十条" in str(row[0]) or row[0] == "信息内容" else [*row, ""] for row in rows()]
    table[2][3] = "5"
    read_facts = read(table)
    assert [read_facts[fact][0] for fact in RULES] == [Status.NUMBER] * 3
    assert read_facts[DOCS] == (Status.NUMBER, VALUES[DOCS])


def test_a_number_before_one_value_that_its_header_spans() -> None:
    table = rows()
    place = next(n for n, row in enumerate(table) if row[0] == "行政强制")
    table[place] = ["行政强制", "3", ("", 1, 3)]
    assert read(table)["proactive.art20_6.coercion:decisions"][0] is Status.AMBIGUOUS


def test_a_number_too_many_in_a_dump() -> None:
    texts = [[item if isinstance(item, str) else item[0] for item in row] for row in rows()]
    texts[2].insert(1, "3")
    report = read_report(document(loose(texts)))
    found = {fact.fact: fact.status for fact in report.facts}
    assert {found[fact] for fact in RULES} == {Status.AMBIGUOUS}
    assert found[DOCS] is Status.NUMBER
