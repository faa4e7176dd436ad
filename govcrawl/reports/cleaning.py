"""Page boilerplate taken out of a report, every line recorded with the rule that named it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import yaml

from govcrawl.attachments.addresses import ENDINGS
from govcrawl.model import Block, Paragraph, Removal, Table
from govcrawl.reports.dates import is_date_line
from govcrawl.reports.metadata import is_body
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import negative_class, report_title
from govcrawl.text import folded

_INFO = re.compile("索引号|发布机构|发文机关|公开日期|主题分类|发文日期|文号")
_MARK = "[bookmark:"
_PREFIX = re.compile(r"^\s*(\[bookmark:\s*_?\w+\])\s*")
_NOTE = re.compile(r"附件|\(?(?:注|备注|说明)\d?[:.、)]")
_PROSE = 60
_DUPLICATE = "title_repeated"
_RELATED = "related"
_NUMBERED = re.compile(r"\(?\d{1,2}[.、)]|附|.*" + ENDINGS + "$")
_TITLES_LISTED = re.compile(r"(?:[^。;]{0,60}?公开[^。;]{0,24}?(?:报告|年报|通知)){2,}")
_ENDS_LIKE_TITLE = re.compile('(?:报告|年报|通知|解读|图解)[)\\]》"]?$')
_LABEL = re.compile(r"[^:。]{2,8}:")
_VALUE = 40


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of cleaning_rules.yaml; ``end`` marks a footer, ``signed`` needs the signature before it."""

    id: str
    zone: str
    pattern: re.Pattern[str]
    end: bool = False
    signed: bool = False


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file."""
    text = files("govcrawl.reports").joinpath("cleaning_rules.yaml").read_text(encoding="utf-8")
    return tuple(
        Rule(
            item["id"],
            item["zone"],
            re.compile(item["re"]),
            item.get("end", False),
            item.get("signed", False),
        )
        for item in yaml.safe_load(text)
    )


def without_info_tables(blocks: Sequence[Block], first: int) -> tuple[tuple[Block, ...], list[Removal]]:
    """Blocks without the portal's information tables before block ``first``, and what was taken out."""
    kept: list[Block] = []
    removed: list[Removal] = []
    for n, block in enumerate(blocks):
        if n < first and isinstance(block, Table) and _is_info(block):
            removed += [Removal("H09", " ".join(dict.fromkeys(row))) for row in block.grid.texts()]
        else:
            kept.append(block)
    return tuple(kept), removed


def without_marks(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[Removal]]:
    """Blocks without a word processor's bookmarks at the beginning of paragraphs."""
    removed: list[Removal] = []
    kept: list[Block] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or _MARK not in block.text:
            kept.append(block)
            continue
        if mark := _PREFIX.match(block.text):
            removed.append(Removal("T14", mark[1]))
            block = replace(block, text=block.text[mark.end() :])
        kept.append(block)
    return tuple(kept), removed


def cleaned(blocks: Sequence[Block], headings: Sequence[Heading]) -> tuple[tuple[int, ...], list[Removal]]:
    """Indexes of the blocks that belong to the report, and the removals in order.

    Head is what stands before the first heading; the tail is walked back from the end to the first prose.
    """
    head = _head_end(blocks, headings)
    tail = _tail_start(blocks, headings)
    fenced = _fence(headings, len(blocks))
    closed = _signature_end(blocks, tail)
    kept: list[int] = []
    removed: list[Removal] = []
    ended = signed = False
    titles: set[str] = set()
    label = False
    for n, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            kept.append(n)
            continue
        zones = _zones(n, head, tail, fenced)
        rule = _matching(block.text, zones, signed or ended)
        # A page's footer stands behind the signature, never between the report's text and it.
        if rule is not None and rule.end and n < closed:
            rule = None
        valued = label and n < head and rule is None and _is_value(block.text)
        label = rule is not None and n < head and _LABEL.fullmatch(folded(block.text)) is not None
        if rule is None and n < head and _repeats(block.text, titles):
            removed.append(Removal(_DUPLICATE, block.text))
        elif valued:
            removed.append(Removal("H09", block.text))
        elif rule is None and n >= tail and _is_related(block.text):
            removed.append(Removal(_RELATED, block.text))
        elif rule is not None:
            removed.append(Removal(rule.id, block.text))
            ended = ended or (rule.end and "tail" in zones)
        elif ended and not _protected(block.text):
            removed.append(Removal("footer", block.text))
        else:
            kept.append(n)
            signed = signed or ("tail" in zones and is_date_line(block.text))
    return tuple(kept), removed


def _is_info(table: Table) -> bool:
    text = "".join(cell.text for row in table.grid.rows for cell in row)
    return len(text) < 2000 and len(set(_INFO.findall(folded(text)))) >= 2


def _head_end(blocks: Sequence[Block], headings: Sequence[Heading]) -> int:
    """First block behind the head: the first heading, or the first prose where section one's is not known."""
    if headings and headings[0].number <= 1:
        return headings[0].block
    prose = (
        n
        for n, b in enumerate(blocks)
        if isinstance(b, Paragraph) and ("。" in b.text or len(b.text) > _PROSE)
    )
    return min(next(prose, len(blocks)), headings[0].block) if headings else next(prose, 0)


def _tail_start(blocks: Sequence[Block], headings: Sequence[Heading]) -> int:
    """First block of the tail: behind the last heading, table and line of prose."""
    floor = headings[-1].block + headings[-1].blocks if headings else 0
    start = len(blocks)
    while start > floor:
        block = blocks[start - 1]
        if isinstance(block, Table):
            break
        if isinstance(block, Paragraph) and _is_prose(block.text):
            break
        start -= 1
    return start


def _signature_end(blocks: Sequence[Block], tail: int) -> int:
    """Block behind the last body's name with a date below it, 0 where the tail has none."""
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    for n in range(len(blocks) - 1, tail, -1):
        if is_date_line(texts[n]) and is_body(texts[n - 1]):
            return n + 1
    return 0


def _is_value(text: str) -> bool:
    """What stands on a line of its own under a label of the portal's information."""
    plain = folded(text)
    return len(plain) <= _VALUE and "。" not in plain and "年度报告" not in plain and "年报" not in plain


def _is_related(text: str) -> bool:
    """A title of another report, or several, in the list that portals put under an article."""
    plain = folded(text)
    if "公开" not in plain or "。" in plain or _NUMBERED.match(plain):
        return False
    named = report_title(text) is not None or negative_class(text) is not None
    return (named and _ENDS_LIKE_TITLE.search(plain) is not None) or _TITLES_LISTED.fullmatch(
        plain
    ) is not None


def _is_prose(text: str) -> bool:
    if _matching(text, ("tail",), after=True) is not None or _is_related(text):
        return False
    return "。" in text.rstrip() or len(folded(text)) > _PROSE


def _fence(headings: Sequence[Heading], end: int) -> range:
    """Between headings 二 and 五 every short line may be data."""
    starts = [heading.block for heading in headings if 2 <= heading.number <= 4]
    stops = [heading.block for heading in headings if heading.number >= 5]
    return range(min(starts), min(stops, default=end)) if starts else range(0)


def _zones(n: int, head: int, tail: int, fenced: range) -> tuple[str, ...]:
    if n >= tail:
        return ("tail", "edges", "any")
    if n < head:
        return ("head", "edges", "any")
    return () if n in fenced else ("any",)


def _matching(text: str, zones: Sequence[str], after: bool) -> Rule | None:
    plain = folded(text)
    if not zones or not plain or len(plain) > 240 or (plain.endswith("。") and not after):
        return None
    own = _rules_in(tuple(zones), after)
    return next((rule for rule in own if rule.pattern.fullmatch(plain)), None)


@cache
def _rules_in(zones: tuple[str, ...], after: bool) -> tuple[Rule, ...]:
    """The rules for some zones; ``after`` the signature also those that need it."""
    return tuple(rule for rule in rules() if rule.zone in zones and (after or not rule.signed))


def _repeats(text: str, titles: set[str]) -> bool:
    if report_title(text) is None:
        return False
    plain = folded(text)
    seen = plain in titles
    titles.add(plain)
    return seen


def _protected(text: str) -> bool:
    """Dates, notes, attachments and prose are the report's own even behind a footer's first line."""
    return is_date_line(text) or _NOTE.match(folded(text)) is not None or _is_prose(text)
