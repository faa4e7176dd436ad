"""Which part of a page is its article: statutory headings first, then the containers of known CMSs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from govcrawl.documents.flow import Flow, Item
from govcrawl.documents.headings import heading_key
from govcrawl.documents.rivals import Span, crosses, holds, own_of
from govcrawl.model import Finding
from govcrawl.text import folded

_MARKS = (("ZJEG_RSS.content.begin", "ZJEG_RSS.content.end"), ("<$[信息内容]>begin", "<$[信息内容]>end"))
_SELECTORS = (
    r"ucapcontent", r"#ucap-content", r"#zoomcon", r"#zoom", r"\.trs_editor_view", r"\.trs_ueditor",
    r"\.trs_editor", r"\.trs_paper_default", r"\.custom_unionstyle", r"#vsb_content\w*",
    r"\.v_news_content", r"#ivs_content",
    r"\.article[_-]?content", r"\.article-con", r"\.article-body", r"\.wp_articlecontent",
    r"\.wzzw-article", r"\.pages_content", r"\.xxgk[_-]content", r"\.xxgkcont", r"\.govinfocontent",
    r"\.newscontent", r"\.ewb-zoom", r"#fontzoom", r"#czfxfontzoom", r"\.detail-content", r"\.zw-content",
    r"\.wh_xl_t", r"\.art_con", r"#con\d+", r"\.view", r"#content", r"\.content",
)  # fmt: skip
_STRONG = re.compile("|".join(_SELECTORS[:12]))
_STRONG_REACH = 2
_WEAK = frozenset({r"\.view", r"#content", r"\.content"})
_SIGNED = re.compile(
    r".{2,30}(?:政府|办事处|局|委|委员会|办公室|中心|管委会|镇|乡|街道|院|厅)"
    r"|(?:(?:19|20)\d{2}|[二〇零○一三四五六七八九十]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_FURNITURE = re.compile(
    r"您?(?:当前|现在)?的?(?:所在)?的?位置|当前栏目|首页|(?:信息|文章|稿件)?来源:"
    r"|(?:发布|更新|发表)(?:时间|日期|机构):|(?:日期|时间|作者|编辑):"
    r"|【?(?:字体|字号|打印|关闭|我要打印|下载)|打印|关闭窗口|分享|.{0,6}扫一扫|[上下]一[篇条页]"
    r"|相关(?:链接|文章|信息|新闻|稿件|阅读|解读|文档)|责任编辑|版权所有|主办|承办|索引号|浏览次数|点击"
    r"|我要(?:收藏|纠错)|【我要纠错】|文件下载|关联文件|返回(?:顶部|首页)|网站地图|联系我们"
    r"|.*(?:icp备|公网安备|网站标识码)"
)
_MANY_LINKS = 0.5
_LABEL = 10


@dataclass(frozen=True, slots=True)
class Content:
    """The article as a slice of the page's items, ``left_out`` taken from it.

    ``how`` is what Document.main says; ``element`` holds the slice where one element does. ``others`` are
    the slices of other reports on the page, ``finding`` what is to be said of them.
    """

    start: int
    end: int
    how: str
    element: etree._Element | None = None
    left_out: frozenset[int] = frozenset()
    others: tuple[Span, ...] = ()
    finding: Finding | None = None

    def indexes(self) -> list[int]:
        """Items of the article in reading order."""
        return [index for index in range(self.start, self.end) if index not in self.left_out]


def by_headings(flow: Flow) -> Content | None:
    """The smallest element with at least three statutory headings, widened to the whole of the article."""
    heads = _headings(flow.items)
    if len(set(heads.values())) < 3:
        return None
    holding = _holders(flow, heads)
    if not holding:
        return None
    choice = own_of(flow, holding, heads)
    element, span = choice.own
    rivals = choice.others
    for other, wider in holding:
        more = _keys(heads, wider) - _keys(heads, span)
        if not more or not holds(wider, span) or any(crosses(wider, rival) for rival in rivals):
            continue
        if not _navigation(flow.items, span, wider):
            element, span = other, wider
    element, span = _widened(flow, element, span, rivals)
    start, end = _marked(flow, span) or span
    start, end = _outwards(flow, element, start, end)
    start, end = _trimmed(flow.items, heads, start, end)
    inside = (index for rival in rivals for index in range(*rival) if start <= index < end)
    return Content(start, end, "anchors", element, frozenset(inside), rivals, choice.finding)


def by_selector(flow: Flow) -> Content | None:
    """The first container of the known CMSs that holds anything: comment markers, then ids and classes."""
    marked = _between_marks(flow)
    if marked is not None:
        return Content(*marked, "selector", _common(flow, *marked))
    named: dict[str, etree._Element] = {}
    for element in flow.spans:
        for name in _names(element):
            named.setdefault(name, element)
    for selector in _SELECTORS:
        pattern = re.compile(selector)
        for name, element in named.items():
            start, end = flow.spans[element]
            if pattern.fullmatch(name) and start < end and _article(flow.items[start:end], selector in _WEAK):
                return Content(start, end, "selector", element)
    return None


def link_share(items: list[Item]) -> float:
    """How much of the items' text is links, 0 to 1."""
    total = sum(len(item.text) for item in items)
    return min(1.0, sum(item.linked for item in items) / total) if total else 0.0


def is_furniture(item: Item) -> bool:
    """Whether a line belongs to the page around an article: tools, source line, neighbours, footer."""
    if item.grid is not None or item.figure is not None:
        return False
    if item.linked > _MANY_LINKS * len(item.text):
        return not item.text.startswith("附件")
    # A sentence of the report may begin with any of these words.
    return (
        len(item.text) <= 160
        and not item.text.endswith("。")
        and _FURNITURE.match(folded(item.text)) is not None
    )


def _headings(items: list[Item]) -> dict[int, str]:
    """Item index to section; lines of a table of contents are passed over where the text has them too."""
    heads = {
        index: key
        for index, item in enumerate(items)
        if item.text and 2 * item.linked <= len(item.text) and (key := heading_key(item.text))
    }
    sound = {index: key for index, key in heads.items() if heads.get(index + 1, key) == key}
    return sound if len(set(sound.values())) >= 3 else heads


def _holders(flow: Flow, heads: dict[int, str]) -> list[tuple[etree._Element, tuple[int, int]]]:
    """Elements around headings that hold three sections or more, smallest first."""
    around: dict[etree._Element, tuple[int, int]] = {}
    for index in heads:
        item = flow.items[index]
        for element in (item.element, *item.element.iterancestors()):
            span = flow.spans.get(element)
            if span is not None and element not in around and len(_keys(heads, span)) >= 3:
                around[element] = span
    # Of elements with the same items the outer one comes later, and has no more to offer.
    return sorted(around.items(), key=lambda entry: entry[1][1] - entry[1][0])


def _keys(heads: dict[int, str], span: tuple[int, int]) -> set[str]:
    return {key for index, key in heads.items() if span[0] <= index < span[1]}


def _navigation(items: list[Item], inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    added = items[outer[0] : inner[0]] + items[inner[1] : outer[1]]
    return link_share(added) > _MANY_LINKS


def _widened(
    flow: Flow, element: etree._Element, span: tuple[int, int], rivals: Sequence[Span]
) -> tuple[etree._Element, tuple[int, int]]:
    """The outermost ancestor that adds nothing but article: in a known container only navigation stops it."""
    best = element, span
    reach = 0
    for ancestor in element.iterancestors():
        wider = flow.spans.get(ancestor)
        if wider is None or ancestor.tag in ("body", "html"):
            continue
        if any(crosses(wider, rival) for rival in rivals):
            break
        added = flow.items[wider[0] : best[1][0]] + flow.items[best[1][1] : wider[1]]
        if all(_is_article_line(item) for item in added) or (
            _is_known(ancestor) and link_share(added) < _MANY_LINKS
        ):
            best = ancestor, wider
            reach = 0
        elif reach == _STRONG_REACH:
            break
        else:
            reach += 1
    return best


def _is_known(element: etree._Element) -> bool:
    return any(_STRONG.fullmatch(name) for name in _names(element))


def _names(element: etree._Element) -> list[str]:
    names = [f".{name}" for name in (element.get("class") or "").lower().split()]
    if identity := element.get("id"):
        names.append(f"#{identity.lower()}")
    if element.tag == "ucapcontent":
        names.append("ucapcontent")
    return names


def _between_marks(flow: Flow) -> tuple[int, int] | None:
    for begin, finish in _MARKS:
        starts = [index for index, mark in flow.marks if begin in mark]
        ends = [index for index, mark in flow.marks if finish in mark]
        if starts and ends and starts[0] < ends[-1]:
            return starts[0], ends[-1]
    return None


def _marked(flow: Flow, span: tuple[int, int]) -> tuple[int, int] | None:
    """The slice that the CMS's comments mark, where it too holds the report."""
    marked = _between_marks(flow)
    if marked is None or marked[0] > span[0]:
        return None
    inside = {heading_key(item.text) for item in flow.items[marked[0] : marked[1]]} - {None}
    return marked if len(inside) >= 3 else None


def _common(flow: Flow, start: int, end: int) -> etree._Element | None:
    item = flow.items[start]
    for element in (item.element, *item.element.iterancestors()):
        span = flow.spans.get(element)
        if span is not None and span[0] <= start and end <= span[1]:
            return element
    return None


def _outwards(flow: Flow, element: etree._Element, start: int, end: int) -> tuple[int, int]:
    """Preamble and signature that stand beside the container rather than in it."""
    around = element
    for ancestor in list(element.iterancestors())[:2]:
        if ancestor.tag not in ("body", "html") and ancestor in flow.spans:
            around = ancestor
    low, high = flow.spans[around]
    while start > low and _is_prose(flow.items[start - 1]):
        start -= 1
    while end < high and _is_article_line(flow.items[end]):
        end += 1
    return start, end


def _is_prose(item: Item) -> bool:
    return (
        not item.linked
        and len(item.text) >= 20
        and item.text.endswith(("。", "：", ":"))
        and not is_furniture(item)
    )


def _is_label(item: Item) -> bool:
    """Whether a line of the portal's information ends in a colon, so that its value is the next line."""
    return len(item.text) <= _LABEL and item.text.endswith(("：", ":"))


def _is_sentence(item: Item) -> bool:
    return not item.linked and item.text.endswith("。") and not is_furniture(item)


def _is_article_line(item: Item) -> bool:
    """Prose, or a line of the signature: what may stand beside the container of the sections."""
    if item.linked or not item.text or is_furniture(item):
        return False
    return _is_prose(item) or _SIGNED.fullmatch(folded(item.text)) is not None


def _trimmed(items: list[Item], heads: dict[int, str], start: int, end: int) -> tuple[int, int]:
    """Without the furniture before the first heading and after the last one's text."""
    inside = [index for index in heads if start <= index < end]
    first, last = min(inside), max(inside)
    top = first
    if heads[first] != "general":
        # The first heading is in words not known here, among prose: no line behind any prose is furniture.
        top = next((n for n in range(start, first) if _is_sentence(items[n])), first)
    for index in range(top - 1, start - 1, -1):
        if is_furniture(items[index]):
            valued = _is_label(items[index]) and index + 1 < top and not _is_prose(items[index + 1])
            start = index + 2 if valued else index + 1
            break
    while end - 1 > last and is_furniture(items[end - 1]):
        end -= 1
    return start, end


def _article(items: list[Item], weak: bool) -> bool:
    if weak:
        return sum(len(item.text) for item in items) >= 100 and link_share(items) < _MANY_LINKS
    return True
