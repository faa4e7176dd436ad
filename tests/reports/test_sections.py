"""Headings of the form are found where the text stands, not where it is only announced."""

from __future__ import annotations

import pytest

from govcrawl.model import Block, Paragraph
from govcrawl.reports.sections import statutory
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
