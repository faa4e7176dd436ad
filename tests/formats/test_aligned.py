"""Tables without lines between their columns: read by what stands in line, else said to be unsure."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.documents.printed import Glyph, PrintedPage, blocks_of_pages
from govcrawl.documents.printed.form_words import APPLICANTS, APPLICATIONS, HEADS, OUTCOMES, PROACTIVE, bare
from govcrawl.model import Document, Fact, Status
from govcrawl.reports.schema import load_schema
from govcrawl.reports.tables import read_tables

Text = tuple[float, float, str]
GROUPS: list[Text] = [
    (150, 100, "行政复议"),
    (400, 100, "行政诉讼"),
    (300, 112, "未经复议直接起诉"),
    (470, 112, "复议后起诉"),
]
NAMES: list[Text] = [(40 + 36 * n, 124, OUTCOMES[n % 5][:2]) for n in range(15)]
NAMES += [(40 + 36 * n, 134, OUTCOMES[n % 5][2:]) for n in range(15)]


def facts(texts: Sequence[Text], size: float = 8) -> dict[str, Fact]:
    page = PrintedPage(600, 800)
    for left, top, text in texts:
        for n, sign in enumerate(text):
            wide = size if ord(sign) > 255 else size / 2
            at = left + sum(size if ord(other) > 255 else size / 2 for other in text[:n])
            page.glyphs.append(Glyph(sign, at, top, at + wide, top + 1.2 * size))
    blocks, _ = blocks_of_pages([page])
    return dict(read_tables(Document("pdf", tuple(blocks))).reading.facts)


def test_the_words_are_those_of_the_schema() -> None:
    templates = load_schema().templates.values()
    known = {bare(label) for path in APPLICATIONS for label in path} | {bare(w) for w in (*HEADS, *PROACTIVE)}
    rows = {bare(row.label) for template in templates for row in template.application}
    assert {row for row in rows if not any(label.startswith(row) for label in known)} == set()
    blocks = [block for template in templates for block in template.blocks]
    assert {bare(part.label) for block in blocks for part in (*block.rows, *block.columns)} <= known
    assert tuple(column.label for column in load_schema().applicants) == APPLICANTS


def test_blanks_are_told_by_where_the_numbers_stand() -> None:
    found = facts([*GROUPS, *NAMES, (46, 150, "7"), (188, 150, "12"), (550, 150, "－")])
    values = {name.split(".", 1)[1]: fact.value for name, fact in found.items() if fact.value is not None}
    assert values == {"review:upheld": 7, "review:total": 12}
    assert found["challenge.litigation_after_review:total"].status is Status.DASH
    assert found["challenge.review:corrected"].status is Status.BLANK


def test_a_number_between_two_columns_is_of_none() -> None:
    found = facts([*GROUPS, *NAMES, (46, 150, "7"), (65, 150, "1")])
    assert {fact.status for name, fact in found.items() if name.startswith("challenge")} == {Status.AMBIGUOUS}


def test_a_number_broken_over_two_lines_is_one() -> None:
    row = [(44 + 36 * n, 150.0, str(n)) for n in range(15) if n != 3]
    found = facts([*GROUPS, *NAMES, *row, (148, 145, "102"), (150, 155, "34")])
    assert found["challenge.review:pending"].value == 10234
    assert found["challenge.review:total"].value == 4


def test_a_second_line_of_numbers_leaves_the_row_unsure() -> None:
    row = [(44 + 36 * n, 150.0, str(n)) for n in range(15)]
    found = facts([*GROUPS, *NAMES, *row, (44, 164, "5")])
    assert {fact.status for name, fact in found.items() if name.startswith("challenge")} == {Status.AMBIGUOUS}


def test_a_row_of_digits_at_the_foot_is_no_page_number() -> None:
    lower = [(left, top + 620, text) for left, top, text in (*GROUPS, *NAMES)]
    found = facts([*lower, *((44.0 + 36 * n, 770.0, "0") for n in range(15))])
    assert [fact.value for name, fact in found.items() if name.startswith("challenge")] == [0] * 15


def test_a_list_in_prose_is_no_table() -> None:
    texts = ("行政许可1件，行政处罚2件，行政强制0件，规范性文件3件，结果维持和结果纠正各1件。", "自然人5件")
    assert facts([(40, 100 + 14 * n, text) for n, text in enumerate(texts)]) == {}
