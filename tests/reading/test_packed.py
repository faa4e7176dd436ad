"""What is sent as columns arrives as it was, and nothing that does not hold together arrives at all."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

import pytest

from govcrawl.model import (
    Attachment,
    Cell,
    Check,
    Fact,
    Finding,
    Grid,
    Outcome,
    Removal,
    Report,
    ReportTable,
    Section,
    Statement,
    Status,
)
from govcrawl.reading import Answer
from govcrawl.reading.packed import Packed, packed, unpacked

_CELL = Cell("一、", 0, 0, 1, 2)
REPORT = Report(
    "标题", "某局", 2023, None, "2021", "文", "html",
    tables=(
        ReportTable(0, "", Grid(((_CELL, _CELL), (Cell("", 1, 0),)), aligned=False), "proactive"),
        ReportTable(1, "空", Grid(())),
        ReportTable(2, "", Grid(((), (Cell("3", 1, 0, uncertain=True),)))),
    ),
    facts=(Fact("a.b:c", 1.5, "1.5", Status.NUMBER, "件", table=0, row=1, column=0),
           Fact("a.b:d", None, "", Status.BLANK)),
    checks=(Check("R1", "a", Outcome.FAIL, "1", "2"), Check("R2", "b", Outcome.PASS)),
    sections=(Section(0, "", "前言"), Section(1, "一、", "文")), statements=(Statement("a.b:c", 3, "共3件。"),),
    findings=(Finding("kind", "subject"), Finding("kind", "subject", "detail")),
    attachments=(Attachment("http://a.b/c.pdf", "c.pdf", "application/pdf", "ab" * 32, "twin"),),
    removals=(Removal("rule", "line"),), evidence={"agency": "title"}, scope="aggregate",
    agency_type="department", agency_norm="局", township_code="450703001",
)  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        Answer(REPORT, "reason"),
        Answer(replace(REPORT, tables=(), facts=(), checks=())),
        Answer(reason="no report", failed=True),
    ],
)
def test_an_answer_arrives_as_it_was(answer: Answer) -> None:
    sent = pickle.loads(pickle.dumps(packed(answer)))
    there = unpacked(sent) if isinstance(sent, Packed) else sent
    assert repr(there) == repr(answer)
    assert there == answer


def test_nothing_of_a_report_is_left_out_of_the_test() -> None:
    told = Report("", None, None, None, "", "", "")
    same = {one.name for one in fields(Report) if getattr(REPORT, one.name) == getattr(told, one.name)}
    assert same == {"published"}


def test_what_does_not_hold_together_is_no_answer() -> None:
    sent = packed(Answer(REPORT))
    assert isinstance(sent, Packed)
    for broken in (
        sent._replace(about=sent.about[:-1]),
        sent._replace(rest=()),
        sent._replace(rows=sent.rows[:-1]),
        sent._replace(facts=sent.facts[:-1]),
        sent._replace(checks=(*sent.checks[:-1], ("1",))),
        sent._replace(tables=sent.tables[:-1]),
        sent._replace(widths=sent.widths[:-1]),
        sent._replace(widths=((2, 1, 1), (), (0, 1))),
        sent._replace(cells=()),
    ):
        with pytest.raises(ValueError, match=r"columns|shorter|longer|beyond"):
            unpacked(broken)
    for broken in (sent._replace(rows=((("1",),), *sent.rows[1:])), sent._replace(tables=(1, 2, 3))):
        with pytest.raises(TypeError, match=r"argument|unpack"):
            unpacked(broken)
