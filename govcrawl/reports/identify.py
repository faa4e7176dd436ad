"""Is this document an annual report? The evidence, for and against (domain reference 1.9)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govcrawl.errors import CutShort, NotAReport
from govcrawl.model import Block, Document, Paragraph
from govcrawl.reports.clones import clone_evidence
from govcrawl.reports.metadata import best_title
from govcrawl.reports.sections import NAMES, Heading
from govcrawl.reports.tables import TableReading
from govcrawl.reports.titles import ReportTitle, negative_class, report_title
from govcrawl.text import folded

ENOUGH_HEADINGS = 3
ENOUGH_ROWS = 5
ENOUGH_WORDS = 3
ENOUGH_NUMBERS = 20
ENOUGH_SENTENCES = 2
_OWN = frozenset((2, 3, 4))
_WORDS = (
    "主动公开",
    "依申请公开",
    "行政复议",
    "行政诉讼",
    "收费",
    "存在的问题",
    "主要问题",
    "改进",
    "不予公开",
    "政府信息",
)
_OPENNESS = re.compile("公开|公示|政务|发布信息|信息.{0,6}[条篇件]|保密审查|查阅|申请")
_ELSEWHERE = re.compile("附件|点击|下载|链接|转载|版权|详见|如下|登录|首页")
_FOOTER = re.compile("版权所有|icp备|公网安备|网安备|网站标识码", re.IGNORECASE)
_SHORTEST = 120
_SENTENCE = 40
_SPOKEN = 12
_FILLED = 5
_NUMBERED = re.compile(r"\s*[(（][一二三四五六七八九十]+[)）]")
_PLACEHOLDER = re.compile("[x×*_某○]{2}|某")
_NEWS_TITLE = re.compile(
    "^(?!关于).{2,}(?:发布|公布|晒出|推出|亮出)了?.{0,40}(?:报告|年报)"
    '|(?:报告|年报)[》"]?(?:已|正式|全文|如期|按时|陆续|全部|集中|对外|新鲜)*(?:发布|公布|出炉|上线|公开|亮相)[!。]?$'
)
OWN_TITLE, _OF_LINK = "title", "no title but its link's"
"""Begins what is told of a page that is no report, yet the one that its list named."""

_NEWS = re.compile(
    "(?:发布|公布|公开)了.{0,60}(?:年度报告|年报)|记者|^(?:日前|近日|[^。]{0,12}(?:讯|电)[,:])"
)


def identify(
    blocks: Sequence[Block],
    headings: Sequence[Heading],
    tables: TableReading,
    candidates: Sequence[tuple[str, str]],
    cut: str = "",
) -> str:
    """What makes the document a report, in words; raises NotAReport naming what was looked for and found.

    ``cut`` says why a part of the document is unread: then it is a CutShort where nothing was found.
    """
    clone = clone_evidence([text for _, text in candidates], blocks)
    if clone is not None:
        raise NotAReport(f"no annual report but a clone of one: {clone}")
    best = best_title(candidates)
    against = _against(candidates, best[1] if best else None)
    if against and not (against[0] == "notice" and _announces(tables, headings, best)):
        told = (
            f"no annual report but a look-alike ({against[0]}): {against[1]!r}; "
            f"{_seen(headings, _rows(tables), best)}"
        )
        # The title of a badly read scan may be unread, and a sentence stand in its place.
        raise CutShort(f"{cut}: {told}") if cut and "。" in against[1] else NotAReport(told)
    own = {heading.number for heading in headings} & _OWN
    if len(headings) >= ENOUGH_HEADINGS and (own or best):
        return f"{len(headings)} statutory headings"
    rows = _rows(tables)
    if len(rows) >= ENOUGH_ROWS:
        return f"{len(rows)} rows of table 三"
    if "stat2014" in tables.templates and any(f.value is not None for f in tables.reading.facts.values()):
        return "statistics table of 2014 to 2018"
    if best and best[1].year and not _is_news(candidates, blocks):
        if _prose(blocks) >= ENOUGH_WORDS:
            return "title of a report over fitting prose"
        if best[0] == "page" and best[1].agency and _sentences(blocks) >= ENOUGH_SENTENCES:
            return "a body's title for a year over sentences on openness"
    told = f"no annual report: {_seen(headings, rows, best)}"
    raise CutShort(f"{cut}: {told}") if cut else NotAReport(told)


def _rows(tables: TableReading) -> set[str]:
    """Names of the rows of table 三 that were read."""
    return {fact.partition(":")[0] for fact in tables.reading.facts if fact.startswith("application.")}


def looks_like_report(source: str | Document) -> bool:
    """A cheap guess from a title, or from a document's titles and first paragraphs; reading decides."""
    if isinstance(source, str):
        return report_title(source) is not None
    texts = [block.text for block in source.blocks[:12] if isinstance(block, Paragraph)]
    return any(report_title(text) for text in (*source.titles, *texts))


def _against(candidates: Sequence[tuple[str, str]], best: ReportTitle | None) -> tuple[str, str] | None:
    """The look-alike class of the title: of the page's first title, else of the first line above the text."""
    named = [text for where, text in candidates if where in ("page", "listing")][:1]
    lines = [text for where, text in candidates if where == "text" and len(text) <= 60]
    named += [text for text in lines if not ("。" in text and _NUMBERED.match(text))][:2]  # prose is no title
    for text in named:
        if best is not None and folded(best.title) == folded(text):
            return None
        kind = negative_class(text)
        if kind is not None:
            return kind, text.strip()
        if report_title(text) is not None:
            return None
    return None


def _announces(
    tables: TableReading, headings: Sequence[Heading], best: tuple[str, ReportTitle] | None
) -> bool:
    """Whether a notice carries the report it speaks of, rather than the form that others are to fill in."""
    values = [fact.value for fact in tables.reading.facts.values() if fact.value is not None]
    if len(values) < ENOUGH_NUMBERS or len(headings) < ENOUGH_HEADINGS:
        return False
    own = best is not None and best[1].agency is not None and not _PLACEHOLDER.search(best[1].agency.lower())
    return own or sum(value != 0 for value in values) >= _FILLED


def _is_news(candidates: Sequence[tuple[str, str]], blocks: Sequence[Block]) -> bool:
    """Whether a title or an opening tells that a report has appeared; asked where nothing is statutory."""
    titles = [folded(text) for _, text in candidates if report_title(text) is not None]
    sentences = [
        folded(block.text) for block in blocks if isinstance(block, Paragraph) and "。" in block.text
    ]
    return any(map(_NEWS_TITLE.search, titles)) or any(map(_NEWS.search, sentences[:1]))


def _prose(blocks: Sequence[Block]) -> int:
    """How many of a report's words its sentences use; a list of titles has none."""
    paragraphs = [
        block.text for block in blocks if isinstance(block, Paragraph) and not _FOOTER.search(block.text)
    ]
    text = "".join(
        text for text in paragraphs if "。" in text or (len(text) > _SENTENCE and report_title(text) is None)
    )
    return sum(word in text for word in _WORDS) if len(text) >= _SHORTEST else 0


def _sentences(blocks: Sequence[Block]) -> int:
    """How many sentences tell of openness; none where one sends the reader elsewhere for the report."""
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph) and "。" in block.text]
    told = [part for text in paragraphs for part in text.split("。") if len(part) >= _SPOKEN]
    if any(_ELSEWHERE.search(part) for part in told):
        return 0
    return sum(_OPENNESS.search(part) is not None for part in told)


def _seen(headings: Sequence[Heading], rows: set[str], best: tuple[str, ReportTitle] | None) -> str:
    found = "、".join(NAMES[heading.number] for heading in headings) or "none"
    title = (
        f"{OWN_TITLE if best[0] != 'listing' else _OF_LINK} {best[1].title!r}" if best else "no report title"
    )
    return f"{title}, statutory headings: {found}, rows of table 三: {len(rows)}"
