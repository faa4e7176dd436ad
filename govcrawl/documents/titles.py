"""Candidates for a document's title, best first: the waist carries them all, the report decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from govcrawl.model import Paragraph
from govcrawl.text import folded, line

REPORT_TITLE = re.compile(
    r"(?:(?:政府|政务)?信息|政务)公开(?:工作|的|年度|年|情况|(?:19|20)\d{2}|[()]){0,7}(?:报告|年报)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}|二[〇零○]")
_NAMELESS = re.compile(r"(?:19|20)\d{2}|二[〇零○0].{2}|年度?|关于|工作|的|[^\w]")
_BODY = re.compile("(?:政府|[局委办厅部署站院校所社会处队镇乡村县区市旗州盟省]|中心|公司|街道|苏木)$")
_SUFFIX = re.compile(r"\s*[-_|｜—–]+\s*")
_NO_TITLE = re.compile(
    r"。|[：:]\s*$|^(?:相关|推荐|延伸)[^：:]{0,4}[：:]|^(?:附件|您?(?:当前|现在)?的?(?:所在)?的?位置|标题|名称|上一|下一)|[>＞»›]"
)
_LONGEST = 100


def title_candidates(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Titles among a document's first paragraphs; one that runs over two lines is also offered joined."""
    found: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        if not is_report_title(paragraph.text):
            continue
        before = paragraphs[index - 1].text if index else ""
        if (
            before
            and len(before) <= 40
            and not _NAMELESS.sub("", REPORT_TITLE.sub("", folded(paragraph.text)))
            and _could_be_agency(before)
        ):
            found.append(before + paragraph.text)
        found.append(paragraph.text)
    return tuple(dict.fromkeys(found))


def is_report_title(text: str) -> bool:
    """Whether a line has the words of a report's title: it is short and no sentence."""
    return 0 < len(text) <= _LONGEST and _is_title(text)


@lru_cache(maxsize=1 << 12)
def _is_title(text: str) -> bool:
    if _NO_TITLE.search(text):
        return False
    return REPORT_TITLE.search(folded(text)) is not None


def page_title_parts(title: str) -> list[str]:
    """Parts of ``<title>`` without the site's name, the one that reads like a report's title first."""
    whole = line(title)
    parts = [part for part in _SUFFIX.split(whole) if part]
    parts += [word for part in parts if " " in part for word in part.split(" ")]
    reports = [part for part in parts if is_report_title(part)]
    dated = [part for part in reports if _YEAR.search(folded(part))]
    return list(dict.fromkeys([*sorted(dated, key=len, reverse=True)[:1], *reports, *parts[:1]]))


def best_first(candidates: Iterable[str]) -> tuple[str, ...]:
    """Distinct candidates: a report's title with its year, then without, then whatever else was named."""
    distinct = list(dict.fromkeys(text for text in map(line, candidates) if text))
    return tuple(
        sorted(distinct, key=lambda text: (not is_report_title(text), _YEAR.search(folded(text)) is None))
    )


def _could_be_agency(text: str) -> bool:
    plain = folded(text)
    return re.search(r"[。,:;!?、]", plain) is None and _BODY.search(plain) is not None
