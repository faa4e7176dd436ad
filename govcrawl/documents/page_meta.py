"""What a page says of itself: meta tags, CMS elements, information table, the lines under its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from govcrawl.documents.content import Content
from govcrawl.documents.flow import Flow, Item
from govcrawl.documents.headings import heading_key
from govcrawl.documents.layout import raw_text
from govcrawl.documents.titles import best_first, is_report_title, page_title_parts, title_candidates
from govcrawl.model import Grid, Paragraph
from govcrawl.text import folded, line

_IGNORED_NAMES = frozenset(
    {
        "viewport",
        "renderer",
        "format-detection",
        "robots",
        "generator",
        "contentstart",
        "contentend",
        "referrer",
    }
)
_ELEMENTS = {"ucaptitle": "ucaptitle", "publishtime": "publishtime"}
_LABELS = {
    "索引号": "index_number", "信息索引号": "index_number", "索引码": "index_number",
    "发布机构": "publisher", "发文机关": "publisher", "发文机构": "publisher", "发布单位": "publisher",
    "公开责任部门": "publisher", "公开机构": "publisher", "制发机关": "publisher", "所属机构": "publisher",
    "发文日期": "issued", "成文日期": "issued", "生成日期": "issued",
    "发布日期": "published", "发布时间": "published", "公开日期": "published", "公开时间": "published",
    "发表时间": "published", "发稿时间": "published", "日期": "published", "时间": "published",
    "文号": "doc_number", "发文字号": "doc_number", "文件编号": "doc_number",
    "名称": "name", "标题": "name", "信息名称": "name",
    "来源": "source", "信息来源": "source", "文章来源": "source", "稿件来源": "source",
    "作者": "author", "责任编辑": "editor", "编辑": "editor",
    "主题分类": "topic", "分类": "topic", "信息分类": "topic", "有效性": "validity", "时效": "validity",
    "关键词": "subject_words", "主题词": "subject_words",
    "更新时间": "updated", "更新日期": "updated",
}  # fmt: skip
_OTHER_LABELS = (
    "字体|字号|浏览次数|阅读次数|访问次数|浏览量|点击数|点击率|点击量|点击|浏览|打印|分享|审核|录入"
    "|视力保护色|保护视力色|文字大小|收藏|体裁分类|组配分类|公开方式"
)
# 采集时间 is no 时间: the bare words count only where no word runs into them.
_BARE = {
    label
    for label in _LABELS
    if label in ("日期", "时间", "名称", "标题", "分类", "编辑", "作者", "时效", "文号")
}
_LABEL = re.compile(
    rf"(?P<label>{'|'.join(sorted(_LABELS.keys() - _BARE, key=len, reverse=True))}|{_OTHER_LABELS}"
    rf"|(?<![\u4e00-\u9fff])(?:{'|'.join(sorted(_BARE))}))(?:\s*[:：]|(?=[【\[]))\s*"
)
_LABEL_END = re.compile(r"[:：【\[]")
_END = re.compile(r"[【\[|｜]|　{2,}| {3,}")
_LABELLED_WORDS = re.compile(rf"(?:{_OTHER_LABELS})[^\]】|｜]*")
_BREADCRUMB = re.compile(
    r"(?:您?(?:当前|现在)?的?(?:所在)?的?位置|当前栏目|首页)[:：]?.*[>＞»›].*|.*[>＞»›].*[>＞»›].*正文"
)
TITLE_CLASS = re.compile(r"title|(?:^|[\s_-])(?:bt|tit|biaoti|tt)(?:$|[\s_-])", re.IGNORECASE)
_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}(?!\d)\s*日?"
    r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
# Today's date, a deadline, a statute's day: dates that the top of a page shows beside that of the article.
_OTHER_DAY = re.compile(
    r"今天|今日|现在|星期|周[一二三四五六日]|农历|截至|截止|生成|成文|实施|施行|有效|第\d+号|[。；;至]"
)
_BESIDE_DAY = 40
_UNDER_TITLE = 4
_ABOVE = 14
_DATES = ("pubdate", "firstpublishedtime", "publishtime", "published")
_LINE_LENGTH = 200
_NEAR = 60
_MAX_TABLE_ROWS = 14
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Page:
    """The page around an article: its tree, its items, and what a script stated about the article."""

    root: etree._Element
    flow: Flow
    stated: Mapping[str, str] = field(default_factory=dict)


def page_meta(page: Page, flow: Flow, content: Content) -> tuple[dict[str, str], tuple[str, ...]]:
    """Metadata under the keys of Document.meta and title candidates; what is stated first wins."""
    meta = dict(page.stated)
    for key, value in _tagged(page.root):
        meta.setdefault(key, value)
    own = page.flow is flow
    outside = _nearest_first(page.flow.items, content) if own else list(page.flow.items)
    for key, value in _visible(outside):
        meta.setdefault(key, value)
    if own and (heading := _heading_above(flow, content)):
        meta.setdefault("heading", heading)
    under = _under_title(flow, content) if own else ()
    if day := next((day for item in under if (day := bare_day(item.text))), ""):
        meta.setdefault("dated", day)
    if date := next((meta[key] for key in _DATES if key in meta), ""):
        meta.setdefault("pubdate", date)
    above = _right_above(flow, content) if own else []
    return meta, _titles(meta, outside, [flow.items[index] for index in content.indexes()[:8]], above)


def _tagged(root: etree._Element) -> Iterator[tuple[str, str]]:
    for node in root.iter("meta", "title", *_ELEMENTS):
        if node.tag == "meta":
            key = line(node.get("name") or node.get("property") or "").lower()
            value = line(node.get("content") or "")
            if key in _IGNORED_NAMES:
                continue
        else:
            key = _ELEMENTS.get(str(node.tag), "title")
            value = line(raw_text(node))
        if key and value:
            yield key, value[:_LONGEST]


def _nearest_first(items: list[Item], content: Content) -> list[Item]:
    """Items before the article, nearest first, then its own first lines, then those after it."""
    before = [items[n] for n in _beside(range(max(0, content.start - _NEAR), content.start), content)]
    after = [
        items[n] for n in _beside(range(content.end, content.end + _NEAR // 2), content) if n < len(items)
    ]
    return [*reversed(before), *(items[n] for n in content.indexes()[:6]), *after]


def _beside(indexes: range, content: Content) -> Iterator[int]:
    """Those of the items that belong to no other report on the page."""
    return (n for n in indexes if not any(start <= n < end for start, end in content.others))


def _heading_above(flow: Flow, content: Content) -> str:
    """The nearest heading above the article that is a report's title."""
    for index in reversed(list(_beside(range(max(0, content.start - _NEAR), content.start), content))):
        item = flow.items[index]
        if item.level and not item.linked and is_report_title(item.text):
            return item.text
    return ""


def _under_title(flow: Flow, content: Content) -> Iterator[Item]:
    """Lines between the title and the text: nearest first above the article, then its own first ones."""
    for index in range(content.start - 1, max(-1, content.start - 1 - 2 * _UNDER_TITLE), -1):
        if any(start <= index < end for start, end in content.others):
            break
        item = flow.items[index]
        if item.text and (item.level or is_report_title(item.text) or _BREADCRUMB.fullmatch(item.text)):
            break
        if 2 * item.linked <= len(item.text):
            yield item
    for item in flow.items[content.start : min(content.end, content.start + _UNDER_TITLE)]:
        if len(item.text) > _LINE_LENGTH or "。" in item.text or heading_key(item.text):
            break
        yield item


def bare_day(text: str) -> str:
    """The date of a line that holds little else: ``[ 2022-02-22 ] [ 区教育局 ]``, ``发布于 2022.02.09``."""
    found = _DAY.search(text) if len(text) <= _LINE_LENGTH else None
    if found is None or _OTHER_DAY.search(text) or is_report_title(text):
        return ""
    beside = _LABELLED_WORDS.sub("", text[: found.start()] + text[found.end() :])
    return found.group().strip() if len(folded(beside)) <= _BESIDE_DAY else ""


def _visible(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    for item in items:
        if item.grid is not None:
            yield from _labelled_cells(item.grid)
        elif item.text and len(item.text) <= _LINE_LENGTH:
            if _BREADCRUMB.fullmatch(item.text):
                yield "breadcrumb", item.text
            yield from labelled_values(item.text)


def labelled_values(text: str) -> Iterator[tuple[str, str]]:
    """Values of a line such as 发布时间：2021-01-27 来源：某镇人民政府 字号：【大 中 小】."""
    found = list(_LABEL.finditer(text)) if _LABEL_END.search(text) else ()
    if not found or found[0].start() > 12:
        return
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        value = _END.split(text[match.end() : end])[0].strip(" 　|；;（(")
        key = _LABELS.get(match["label"])
        if key and value:
            yield key, value[:_LONGEST]


def _labelled_cells(grid: Grid) -> Iterator[tuple[str, str]]:
    if len(grid.rows) > _MAX_TABLE_ROWS:
        return
    labels = {folded(cell.text).rstrip(":") for row in grid.rows for cell in row}
    if len(labels & _LABELS.keys()) < 2:
        return
    for row in grid.rows:
        cells = [cell for column, cell in enumerate(row) if cell.column == column]
        for cell, following in pairwise(cells):
            key = _LABELS.get(folded(cell.text).rstrip(":"))
            if key and following.text and folded(following.text).rstrip(":") not in _LABELS:
                yield key, line(following.text)[:_LONGEST]


def _titles(
    meta: dict[str, str], outside: list[Item], inside: list[Item], above: list[Item]
) -> tuple[str, ...]:
    candidates = [meta.get(key, "") for key in ("articletitle", "detail_title", "ucaptitle", "name")]
    beside = [item for item in outside if item.text and 2 * item.linked < len(item.text)]
    shown = [item for item in beside if _is_title(item)]
    candidates += [item.text for item in shown if is_report_title(item.text)]
    candidates += title_candidates([Paragraph(item.text) for item in inside if item.text])
    candidates += page_title_parts(meta.get("title", ""))
    # A line of mere words may stand in a menu or a list and name another body's report: it counts right above
    # the article, and elsewhere only where nothing else is a title.
    candidates += [item.text for item in above if is_report_title(item.text)][:1]
    if not any(map(is_report_title, candidates)):
        candidates += [item.text for item in beside if item not in shown and is_report_title(item.text)]
    candidates += [item.text for item in shown if item.level][:1]
    return best_first(candidates)


def _right_above(flow: Flow, content: Content) -> list[Item]:
    """Lines between the article and the heading above it, nearest first."""
    found: list[Item] = []
    for index in reversed(list(_beside(range(max(0, content.start - _ABOVE), content.start), content))):
        item = flow.items[index]
        if item.text and _is_title(item):
            break
        if 2 * item.linked < len(item.text):
            found.append(item)
    return found


def _is_title(item: Item) -> bool:
    if item.level in (1, 2, 3):
        return True
    element: etree._Element | None = item.element
    for _ in range(2):
        if element is None:
            return False
        if TITLE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
    return False
