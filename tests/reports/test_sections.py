"""Headings of the form are found where the text stands, not where it is only announced."""

from __future__ import annotations

import pytest

from govcrawl.model import Block, Paragraph
from govcrawl.reports.sections import statutory, with_others
from tests.reports.forms import HEADINGS


def text_of(contents: list[str], *, stray: dict[int, str] | None = None) -> list[Block]:
    """A report's paragraphs behind a table of contents; ``stray`` stand before a section's text."""
    lines = [*contents]
    for n, heading in enumerate(HEADINGS):
        lines += [heading, *([stray[n]] if stray and n in stray else []), f"第{n + 1}部分的内容写在这里。"]
    return [Paragraph(line) for line in lines]


@pytest.mark.parametrize(
    "contents",
    [
        [],
        ["目录", *HEADINGS],
        ["目录", *HEADINGS[:3]],
        ["目录", *(part for n, heading in enumerate(HEADINGS) for part in (heading, str(n + 1)))],
        ["目录", *(part for heading in HEADINGS for part in (heading, "……"))],
    ],
)
def test_a_table_of_contents_takes_no_section(contents: list[str]) -> None:
    blocks = text_of(contents)
    found = statutory(blocks)
    assert [heading.number for heading in found] == [1, 2, 3, 4, 5, 6]
    assert [heading.block for heading in found] == [len(contents) + 2 * n for n in range(6)]


@pytest.mark.parametrize("place", range(5))
def test_a_stray_last_heading_does_not_swallow_the_real_one(place: int) -> None:
    blocks = text_of([], stray={place: "其他需要报告的事项"})
    found = statutory(blocks)
    assert [heading.text for heading in found] == list(HEADINGS)


def test_headings_without_any_text_stay_headings() -> None:
    found = statutory([Paragraph(heading) for heading in HEADINGS])
    assert [heading.block for heading in found] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、工作总体情况"),
        (1, "（一）总体情况"),
        (1, "一、总体概况"),
        (1, "一、2021年政务信息公开总体情况"),
        (2, "二、主动公开政府信息情况（单位：件）"),
        (2, "二、主动公开信息"),
        (3, "三、信息公开申请受理和办理情况"),
        (3, "三、收到、处理政府信息公开申请情况"),
        (3, "三、收到和办理信息公开申请情况"),
        (3, "三、收到和处理政府信息依申请公开情况"),
        (4, "四、行政复议和诉讼情况"),
        (6, "六、其它事项"),
    ],
)
def test_headings_in_other_words(number: int, heading: str) -> None:
    lines = [*HEADINGS]
    lines[number - 1] = heading
    found = statutory([Paragraph(line) for named in lines for line in (named, "这一部分的内容写在这里。")])
    assert [(found.number, found.text) for found in found] == list(enumerate(lines, 1))


@pytest.mark.parametrize(
    "numeral",
    ["（{}）", "{} ", "{}．", "第{}部分 ", "第{}部分："],
    ids=["brackets", "space", "dot", "part", "colon"],
)
def test_numerals_of_other_forms(numeral: str) -> None:
    lines = [numeral.format(heading[0]) + heading[2:] for heading in HEADINGS]
    found = statutory(
        [Paragraph(line) for named in lines for line in (named, "（一）主动公开情况", "内容。")]
    )
    assert [(heading.number, heading.text) for heading in found] == list(enumerate(lines, 1))


def test_sub_headings_in_brackets_are_no_sections() -> None:
    subs = ["（一）主动公开情况", "（二）主动公开政府信息情况", "（三）依申请公开情况", "（四）存在的问题"]
    lines = [HEADINGS[0], *subs, *HEADINGS[1:]]
    found = statutory([Paragraph(line) for line in lines])
    assert [heading.text for heading in found] == list(HEADINGS)


@pytest.mark.parametrize(
    "line", ["六个方面其他事项", "主动公开信息", "一总体情况好转", "其他事项", "一批问题和不足"]
)
def test_everyday_words_are_no_heading(line: str) -> None:
    assert statutory([Paragraph(line)]) == []


@pytest.mark.parametrize("order", [(0, 2, 1, 3, 4, 5), (0, 1, 2, 3, 5, 4)])
def test_sections_in_the_office_s_own_order(order: tuple[int, ...]) -> None:
    lines = [HEADINGS[n] for n in order]
    found = statutory([Paragraph(line) for named in lines for line in (named, "内容。")])
    assert [(heading.number, heading.text) for heading in found] == [(n + 1, HEADINGS[n]) for n in order]


def test_a_summary_before_the_six_is_a_section_without_a_number_of_the_form() -> None:
    six = ["二三四五六七"[n] + heading[1:] for n, heading in enumerate(HEADINGS)]
    lines = ["一、概述", *six]
    found = statutory([Paragraph(line) for named in lines for line in (named, "内容。")])
    assert [heading.text for heading in found] == lines
    assert [heading.number for heading in found] == [0, 1, 2, 3, 4, 5, 6]


OLD = ["一、概述", "二、主动公开政府信息情况", "三、依申请公开情况", "四、收费及减免情况",
       "五、行政复议、行政诉讼情况", "六、存在的问题及改进措施", "七、附表"]  # fmt: skip


def test_headings_that_only_the_old_reports_have_are_sections() -> None:
    blocks = [Paragraph(line) for named in OLD for line in (named, "内容写在这里。")]
    found = with_others(blocks, statutory(blocks))
    assert [(heading.number, heading.text) for heading in found] == list(
        zip([1, 2, 3, 0, 4, 5, 0], OLD, strict=True)
    )


def test_an_enumeration_within_a_section_is_no_heading() -> None:
    lines = [OLD[0], "一、加强领导", "二、完善制度", *OLD[1:]]
    blocks = [Paragraph(line) for named in lines for line in (named, "内容写在这里。")]
    assert with_others(blocks, statutory(blocks)) == statutory(blocks)
