from __future__ import annotations

from govcrawl.export.harmonised import derived
from govcrawl.reports.schema import load_schema

BY_NAME = {item.name: item for item in derived()}


def test_every_rule_names_facts_of_its_form() -> None:
    for item in derived():
        for template, facts in item.sums.items():
            assert set(facts) <= {fact.id for fact in load_schema().facts(template)}, item.name
            assert all(fact in item.rule for fact in facts)


def test_other_handling_is_one_cell_in_2019_and_three_in_2021() -> None:
    other = BY_NAME["derived_other"]
    assert other.of("2019", {"application.result.other:total": 4}) == 4
    parts = ("overdue_correction", "unpaid_fee", "misc")
    values = {f"application.result.other.{part}:total": 2 for part in parts}
    assert other.of("2021", values) == 6
    assert other.of("2014", values) is None
    assert other.of("free", values) is None


def test_a_cell_without_a_number_leaves_it_empty() -> None:
    total = BY_NAME["derived_litigation_total"]
    values: dict[str, int | float | None] = {
        "challenge.litigation_direct:total": 3, "challenge.litigation_after_review:total": None,
    }  # fmt: skip
    assert total.of("2021", values) is None
    assert total.of("2021", {**values, "challenge.litigation_after_review:total": 0}) == 3
    assert total.of("2014", {"stat2014.litigation": 0}) == 0
