"""Scans without a report in them: badly read ones are failed, well read ones are no report."""

from __future__ import annotations

import pytest

from govcrawl.errors import CutShort, NotAReport
from govcrawl.model import Document, Fact, Finding, Paragraph, Status
from govcrawl.reports import read_report
from govcrawl.reports.lines import Reading
from govcrawl.reports.tables import TableReading, complete

READ = Finding("recognised", "document", "1 scanned pages; 3 of 90 characters uncertain")
LINES = [f"第{n}项要求各单位认真组织落实。" for n in range(9)]


def document(lines: list[str], doubtful: int = 0, *, scan: bool = True) -> Document:
    defects = (READ, *(Finding("doubtful_text", "document", f"line {n}") for n in range(doubtful)))
    return Document(
        "image", tuple(map(Paragraph, lines)), titles=(lines[0],), defects=defects if scan else ()
    )


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (
            document(["北门镇人民政府202年政府信息公开工作年度报告", "见附表"]),
            "scan with the title of a report",
        ),
        (
            document(["北内镇人民改府文件", *LINES], 6),
            "scan badly read, 0 of 0 cells and 6 lines doubtful",
        ),
        (
            document(
                [
                    "2020年，县财政局认真贯彻《条例》和上级部署，坚持以公开为常态、不公开为例外，扎实推进各项工作。",
                    *LINES,
                ],
                6,
            ),
            "scan badly read, .*look-alike",
        ),
    ],
)
def test_a_scan_that_was_badly_read_is_cut_short(made: Document, reason: str) -> None:
    with pytest.raises(CutShort, match=reason):
        read_report(made)


@pytest.mark.parametrize(
    "made",
    [
        document(["北内镇人民改府文件", *LINES], 2),
        document(["北内镇人民改府文件", *LINES], 6, scan=False),
    ],
)
def test_a_scan_that_was_well_read_is_no_report(made: Document) -> None:
    with pytest.raises(NotAReport) as told:
        read_report(made)
    assert not isinstance(told.value, CutShort)


@pytest.mark.parametrize(
    ("recognised", "images", "told"),
    [
        (False, frozenset(), {Status.MISSING: "no such row"}),
        (True, frozenset(), {Status.AMBIGUOUS: "no such table was recognised on the image"}),
        (True, frozenset(("challenge",)), {Status.IMAGE: "the table is only an image"}),
    ],
)
def test_a_table_that_is_not_found_on_an_image_may_be_there(
    recognised: bool, images: frozenset[str], told: dict[Status, str]
) -> None:
    facts = complete(TableReading({0: "application"}), "2021", images, recognised=recognised)
    assert {fact.status: fact.note for fact in facts if fact.fact.startswith("challenge.")} == told
    rows = {fact.status for fact in facts if fact.fact.startswith("application.")}
    assert rows == ({Status.AMBIGUOUS} if recognised else {Status.MISSING})


@pytest.mark.parametrize("recognised", [True, False])
def test_a_cell_that_a_row_on_an_image_lacks_may_be_there(recognised: bool) -> None:
    name = "proactive.art20_5.license:decisions"
    reading = Reading({name: Fact(name, None, "", Status.MISSING, note="no such cell")})
    found = TableReading({0: "proactive"}, {"proactive": "2021"}, reading)
    facts = {fact.fact: fact for fact in complete(found, "2021", frozenset(), recognised=recognised)}
    assert facts[name].status is (Status.AMBIGUOUS if recognised else Status.MISSING)
