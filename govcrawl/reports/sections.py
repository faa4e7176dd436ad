"""The six statutory sections, told by their words: numbers shift and wordings age (domain reference 1.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from govcrawl.model import Block, Paragraph
from govcrawl.text import folded

_TOP = (
    r"(?:第[一二三四五六七八九十]+(?:部分|章|节)[、.,:\s]*|第?[一二三四五六七八九十]+(?:部分)?[、.,:\s]+"
    r"|[1-9][、.](?!\d)|[ⅰ-ⅻivx]+[、.]|\([一二三四五六]\)|[一二三四五六七])?"
)
_OF = "(?:的)?"
_REVIEW_LEAD = rf"(?:因)?(?:政府)?信息公开(?:工作)?{_OF}(?:被申请|申请|引起|提起)?{_OF}"
_WORDS = (
    (
        1,
        r"(?:20\d\d年度?)?(?:(?:政府|政务)信息公开)?(?:工作)?(?:总体|整体|基本|主要)(?:工作)?(?:情况|概况)",
    ),
    (2, rf"(?:政府信息)?主动公开{_OF}(?:政府)?(?:信息)?{_OF}(?:工作)?情况"),
    (
        3,
        rf"(?:收到(?:和|及|与|、)?[处办]理{_OF}(?:政府)?信息(?:依申请)?公开{_OF}(?:申请)?{_OF}(?:相关)?情况"
        rf"|收到(?:政府)?信息公开申请{_OF}(?:[处办]理)?情况"
        rf"|(?:政府)?信息公开申请{_OF}(?:收到|受理)(?:和|及|与|、)?[处办]理{_OF}情况"
        rf"|(?:政府信息)?依申请公开(?:政府信息)?(?:办理)?{_OF}情况)",
    ),
    (
        4,
        rf"(?:{_REVIEW_LEAD})?(?:被申请|申请)?行政复议(?:和|及|、|与|,)?(?:被)?(?:提起)?{_OF}"
        rf"(?:行政)?诉讼{_OF}(?:情况)?",
    ),
    (
        5,
        rf"(?:政府信息公开工作)?(?:存在的?)?(?:主要)?(?:困难)?(?:和)?(?:问题|不足)(?:及|和|与|以及|、)?"
        rf"(?:下一步)?{_OF}(?:主要)?(?:改进|整改|解决)?{_OF}(?:情况|措施|打算)?",
    ),
    (6, rf"(?:其他|其它|需要)需?(?:要)?(?:报告|说明){_OF}(?:其他)?(?:事项|情况|问题)"),
)
_HEADINGS = tuple((number, re.compile(rf"^(?P<enum>{_TOP})(?P<words>{words})")) for number, words in _WORDS)
# Everyday words, which head a section only behind a numeral and alone on their line.
_BARE = ((2, re.compile("主动公开(?:政府)?信息|(?:政府)?信息主动公开")), (6, re.compile("其[他它]事项")))
_BRACKETED = re.compile(r"\([一二三四五六]\)")
_ENUMERATED = re.compile(r"^[一二三四五六七八][、.,:]")
_UNMARKED = re.compile("[一二三四五六七](?![一二三四五六七八九十、.,:])")
# What any of them begins with, so that a paragraph of prose is told from its first words.
_OPENING = re.compile(rf"{_TOP}[政总整基主收依因信被申行存困和问不其需工2]")
_FIRST_WORDS = 64
_REMEMBERED = 1000
_SUMMARY = re.compile(r"^[一1][、.](?:概述|概况|工作概述)")
_FREE = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分)?)[、.:]\S{2,38}$")
_END = re.compile(r"^(?:\([^()]{1,12}\))?[:。.\s]*$")
_STRIPPED = re.compile(r"^\[bookmark:[^\]]*\]")
_LONGEST = 46
_NUMERALS = "一二三四五六"
_TOP_NUMERAL = re.compile("第?[一二三四五六七]")
_REORDERED = 4
_CONTENTS = 3
_PAGE = re.compile(r"^[.·…\-(]*\d{0,3}[)\-]*$")
NAMES = {1: "总体情况", 2: "主动公开政府信息情况", 3: "收到和处理政府信息公开申请情况",
         4: "行政复议、行政诉讼情况", 5: "存在的主要问题及改进情况", 6: "其他需要报告的事项"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: block index, number, text as published, how many blocks it runs over.

    ``rest`` is what follows the heading in the same paragraph.
    """

    block: int
    number: int
    text: str
    blocks: int = 1
    rest: str = ""


def statutory(blocks: Sequence[Block], named: Sequence[Heading] | None = None) -> list[Heading]:
    """Statutory headings in reading order, each number once; ``named`` are those announced, where known.

    A 概述 that the office put before the six is a heading of number 0, or 1 where it stands for 总体情况.
    """
    known = _without_strays(announced(blocks) if named is None else named)
    found = list(known) if _is_reordered(known) else _increasing(known)
    if found and (found[0].number > 1 or folded(found[0].text).startswith("二")):
        summary = _summary(blocks, found[0])
        found[:0] = [summary] if summary else []
    return found


def announced(blocks: Sequence[Block]) -> list[Heading]:
    """Every line that is a statutory heading by its words; a table of contents is passed over."""
    found: list[Heading] = []
    for n, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            heading = _heading(n, block.text) or _split(n, blocks)
            found += [heading] if heading else []
    return _without_contents(_without_sub_headings(found), blocks)


def free(blocks: Sequence[Block]) -> list[Heading]:
    """Enumerated headings of a report in free form, numbered by place."""
    found: list[Heading] = []
    for n, block in enumerate(blocks):
        if isinstance(block, Paragraph) and _FREE.match(folded(block.text)) and "。" not in block.text:
            found.append(Heading(n, len(found) + 1, block.text.strip()))
    return found


def with_others(blocks: Sequence[Block], known: Sequence[Heading]) -> list[Heading]:
    """Statutory headings and those between that the form does not know, numbered 0.

    Only where all of them together count up from 一: an enumeration within a section is no heading.
    """
    own = {heading.block: heading for heading in known}
    every = sorted(
        [*known, *(replace(h, number=0) for h in free(blocks) if h.block not in own)], key=lambda h: h.block
    )
    numerals = [folded(heading.text).removeprefix("第")[:1] for heading in every]
    return every if numerals == list("一二三四五六七八九十"[: len(every)]) else list(known)


def _without_contents(found: list[Heading], blocks: Sequence[Block]) -> list[Heading]:
    """Headings without those of a table of contents: a run of them with nothing between, all named again."""
    kept: list[Heading] = []
    start = 0
    while start < len(found):
        end = start + 1
        while end < len(found) and _follows(found[end - 1], found[end], blocks):
            end += 1
        again = {heading.number for heading in found[end:]}
        listed = end - start >= _CONTENTS and again >= {heading.number for heading in found[start:end]}
        kept += [] if listed else found[start:end]
        start = end
    return kept


def _without_sub_headings(found: list[Heading]) -> list[Heading]:
    """Headings without those in brackets, unless these alone head a section that the form numbers so."""
    plain = [heading for heading in found if not _BRACKETED.match(folded(heading.text))]
    if len(plain) == len(found):
        return found
    numbers = {heading.number for heading in plain}
    alone = len(numbers) < _CONTENTS
    return [
        heading
        for heading in found
        if heading in plain
        or (
            heading.number not in numbers
            and (alone or heading.number == 1)
            and folded(heading.text)[1] == _NUMERALS[heading.number - 1]
        )
    ]


def _is_reordered(found: Sequence[Heading]) -> bool:
    """Whether all headings have a numeral and stand once, so that only the office's order is its own."""
    numbers = {heading.number for heading in found}
    return len(numbers) == len(found) > _REORDERED and all(_TOP_NUMERAL.match(folded(h.text)) for h in found)


def _without_strays(found: Sequence[Heading]) -> list[Heading]:
    """Headings without those that lack the form's own numeral where another of the same words has it."""
    own = {heading.number for heading in found if _numbered(heading)}
    return [heading for heading in found if _numbered(heading) or heading.number not in own]


def _numbered(heading: Heading) -> bool:
    return folded(heading.text).removeprefix("第").lstrip("(").startswith(_NUMERALS[heading.number - 1])


def _follows(first: Heading, second: Heading, blocks: Sequence[Block]) -> bool:
    """Whether nothing but a page number stands between two headings in the form's order."""
    between = blocks[first.block + first.blocks : second.block]
    return first.number < second.number and all(
        isinstance(block, Paragraph) and _PAGE.match(folded(block.text)) for block in between
    )


def _increasing(found: Sequence[Heading]) -> list[Heading]:
    """The longest run of headings in the form's order: a stray sub-heading must not break it."""
    best: list[list[Heading]] = []
    for heading in found:
        runs = [run for run in best if run[-1].number < heading.number]
        best.append([*max(runs, key=len, default=[]), heading])
    return max(best, key=len, default=[])


def _heading(n: int, text: str) -> Heading | None:
    found = _known(text) if len(text) <= _REMEMBERED else _read(text)
    return replace(found, block=n) if found else None


@lru_cache(maxsize=512)
def _known(text: str) -> Heading | None:
    """The reading of a paragraph, remembered: a report's are asked for several times."""
    return _read(text)


def _read(text: str) -> Heading | None:
    whole = _STRIPPED.sub("", text.strip())
    if len(whole) > _FIRST_WORDS and not _OPENING.match(folded(whole[:_FIRST_WORDS])):
        return None
    plain = folded(whole)
    if not _OPENING.match(plain):
        return None
    for number, pattern in _HEADINGS:
        match = pattern.match(plain)
        if match is None:
            continue
        rest = plain[match.end() :]
        if _UNMARKED.match(plain) and not _END.match(rest):
            continue
        if _END.match(rest) and len(plain) <= _LONGEST:
            return Heading(0, number, whole.strip())
        if match["enum"] and rest and (rest[0] in ":。(" or _spaced(text, match.end())):
            return _run_in(number, text, match.end())
    return _bare(whole, plain)


def _bare(whole: str, plain: str) -> Heading | None:
    """A heading of everyday words, behind a numeral and alone on its line."""
    words = _ENUMERATED.sub("", plain)
    for number, pattern in _BARE:
        match = pattern.match(words) if words != plain and len(plain) <= _LONGEST else None
        if match and _END.match(words[match.end() :]):
            return Heading(0, number, whole.strip())
    return None


def _spaced(text: str, end: int) -> bool:
    """Whether white space, or a sentence of its own, follows the heading's words in the paragraph."""
    seen = 0
    for place, char in enumerate(text):
        if seen >= end:
            return text[place].isspace() or text[place:].strip("。. ") in ("无", "暂无", "没有")
        seen += len(folded(char))
    return False


def _run_in(number: int, text: str, end: int) -> Heading:
    seen = 0
    for place, char in enumerate(text):
        if seen >= end:
            return Heading(0, number, text[:place].strip(), 1, text[place:].lstrip(":：。 \u3000"))
        seen += len(folded(char))
    return Heading(0, number, text.strip())


def _split(n: int, blocks: Sequence[Block]) -> Heading | None:
    """A heading cut in two paragraphs."""
    first = blocks[n]
    second = blocks[n + 1] if n + 1 < len(blocks) else None
    if not isinstance(first, Paragraph) or not isinstance(second, Paragraph):
        return None
    if len(first.text) > 30 or len(second.text) > 30 or not re.match("^[一二三四五六]", folded(first.text)):
        return None
    heading = _heading(n, first.text + second.text)
    if heading is None or heading.rest:
        return None
    return Heading(n, heading.number, heading.text, 2)


def _summary(blocks: Sequence[Block], first: Heading) -> Heading | None:
    for n, block in enumerate(blocks[: first.block]):
        if isinstance(block, Paragraph) and _SUMMARY.match(folded(block.text)):
            return Heading(n, 1 if first.number > 1 else 0, block.text.strip())
    return None
