from __future__ import annotations

import pytest

from govcrawl.export.form import forms_of
from govcrawl.reports.schema import load_schema


@pytest.mark.parametrize("template", ["2014", "2019", "2021"])
def test_every_fact_has_one_slot_and_slots_fill_the_form(template: str) -> None:
    facts = {fact.id for fact in load_schema().facts(template)}
    forms = forms_of(template, facts)
    placed = [slot.fact for form in forms for slot in form.slots if slot.fact]
    assert len(placed) == len(set(placed)) == len(facts)
    assert set(placed) == facts
    for form in forms:
        cells = [
            (slot.row + down, slot.col + right)
            for slot in form.slots
            for down in range(slot.height)
            for right in range(slot.width)
        ]
        assert len(cells) == len(set(cells)), form.table
        width = max(col for _, col in cells) + 1
        assert len(cells) == form.rows * width, form.table


def test_labels_stand_as_in_the_official_form() -> None:
    proactive, application, challenge = forms_of("2021", ())
    assert (proactive.heading, application.rows, challenge.rows) == ("二、主动公开政府信息情况", 28, 4)
    by_text = {slot.text: slot for slot in application.slots if slot.text}
    results = by_text["三、本年度办理结果"]
    assert (results.row, results.col, results.height, results.width) == (5, 0, 22, 1)
    refused = by_text["(三)不予公开"]
    assert (refused.col, refused.height, refused.width) == (1, 8, 1)
    assert by_text["(一)予以公开"].width == 2
    assert by_text["四、结转下年度继续办理"].width == 3


def test_a_table_of_the_other_form_is_laid_out_as_it_is() -> None:
    old = {fact.id for fact in load_schema().facts("2019") if fact.table == "proactive"}
    new = {fact.id for fact in load_schema().facts("2021") if fact.table != "proactive"}
    proactive, application, _ = forms_of("2021", old | new)
    assert {slot.fact for slot in proactive.slots if slot.fact} == old
    assert "application.result.other.misc:total" in {slot.fact for slot in application.slots}
    assert forms_of("free", ()) == ()
    assert [form.table for form in forms_of("free", {"stat2014.review"})] == ["stat2014"]
