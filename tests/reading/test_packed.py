"""What is sent as columns arrives as it was, and nothing that does not hold together arrives at all."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from govcrawl.model import Cell, Check, Fact, Grid, Outcome, Report, ReportTable, Status
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


def test_what_does_not_hold_together_is_no_answer() -> None:
    sent = packed(Answer(REPORT))
    assert isinstance(sent, Packed)
    for broken in (
        replace(sent, answer=Answer()),
        replace(sent, facts=sent.facts[:-1]),
        replace(sent, checks=(*sent.checks[:-1], ("1",))),
        replace(sent, widths=sent.widths[:-1]),
        replace(sent, widths=((2, 1, 1), (), (0, 1))),
        replace(sent, cells=()),
    ):
        with pytest.raises(ValueError, match=r"no report|columns|shorter|longer|beyond"):
            unpacked(broken)
