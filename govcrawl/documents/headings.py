"""The six statutory headings of a report (国办公开办函〔2019〕60号, 〔2021〕30号), told by their words.

Offices renumber, reword and run on: 一、概述 may come first, and the text may follow on the same line.
"""

from __future__ import annotations

import re
from functools import lru_cache

from govcrawl.text import folded

_WORDS = {
    "general": r"(?:20\d\d年度?)?(?:(?:政府|政务)信息公开)?(?:工作)?(?:基本|总体|整体)(?:工作)?(?:情况|概况)"
    r"|概述",
    "proactive": r"(?:政府)?(?:信息)?主动公开(?:政府)?(?:信息)?(?:的)?(?:工作)?情况",
    "application": r"收到[和及与、]?[处办]理(?:的)?(?:政府)?信息(?:依申请)?公开(?:申请)?(?:的)?(?:相关)?情况"
    r"|收到政府信息公开申请(?:的)?(?:[处办]理)?情况"
    r"|(?:政府)?信息公开申请(?:的)?(?:收到|受理)[和及与、]?[处办]理(?:的)?情况"
    r"|(?:政府信息)?依申请公开(?:政府)?(?:信息)?(?:的)?(?:工作|办理)?情况",
    "challenge": r"(?:因?政府信息公开(?:工作)?)?(?:被?(?:申请|提起))?行政复议[、,和及与]?"
    r"(?:被?提起)?(?:行政)?诉讼(?:的)?情况",
    "problems": r"(?:政府信息公开工作)?(?:存在(?:的)?)?(?:主要)?(?:问题|不足)(?:及|和|与|、)(?:下一步)?"
    r"(?:改进|整改)(?:的)?(?:情况|措施|打算)?",
    "other": r"其他(?:需要?|应当?)?(?:报告|说明)的?(?:其他)?(?:事项|情况|内容)|其[他它]事项",
}
_NUMBERED = (
    r"(?:第?[一二三四五六七八九十]{1,2}(?:部分)?|[1-9](?!\d))[、.:,\s)]*|\([一二三四五六七八九十]{1,2}\)"
)
_HEADING = re.compile(
    rf"(?P<number>{_NUMBERED})?(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in _WORDS.items())
    + r")(?P<tail>.*)",
    re.DOTALL,
)
_OPENING = re.compile(r"[\s\W\d_]*[一二三四五六七八九十第总工基概政信主收依因行存其整问被]")
_RUN_ON = tuple("。.::;；")
_LONG_HEADING = 60
_SPOKEN_TAIL = 16


def heading_key(text: str) -> str | None:
    """Which statutory section a line heads: general, proactive, application, challenge, problems, other.

    None for everything else, a sentence that lists the sections and a sub-heading in parentheses included. A
    heading whose words are also everyday ones (概述, 依申请公开情况) needs its number.
    """
    return _known_key(text) if len(text) <= _LONG_HEADING else _key_of(text)


@lru_cache(maxsize=1 << 12)
def _known_key(text: str) -> str | None:
    """What a short line heads, remembered: a portal's menus and a form's lines come with every page."""
    return _key_of(text)


def _key_of(text: str) -> str | None:
    if not text or _OPENING.match(text) is None:
        return None
    found = _HEADING.match(folded(text[: 4 * _LONG_HEADING]))
    if found is None:
        return None
    if (found["number"] or "").startswith("("):
        return None
    key = next(key for key in _WORDS if found[key] is not None)
    tail = found["tail"]
    if tail and not tail.startswith(_RUN_ON) and not _harmless(tail):
        return None
    if found["number"] is None and (tail.startswith(_RUN_ON[:1]) or not _unmistakable(found, key)):
        return None
    return key


def _harmless(tail: str) -> bool:
    """A remark behind the heading, as in 二、主动公开政府信息情况(单位:件)."""
    return len(tail) <= _SPOKEN_TAIL and (tail[0] in "([（" or not any(mark in tail for mark in "、,。;"))


def _unmistakable(found: re.Match[str], key: str) -> bool:
    words = found[key]
    if key in ("challenge", "other") or words in ("总体情况", "主动公开政府信息情况"):
        return True
    return "主要问题" in words or "收到" in words
