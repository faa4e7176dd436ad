"""What a link that says only 查看 stands for: the words of its row and the year above its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html as lxml_html

from govcrawl.discovery.columns import Label, classify
from govcrawl.text import folded, line

_VIEW = re.compile(
    r"[\W_]*(?:(?:点击|在线|立即)?(?:查看|查阅|浏览|阅读|下载|打开|预览|进入)(?:详情|详细|全文|原文|内容|报告|年报|此处)?"
    r"|详情|详细|详细内容|全文|链接|点击|有|已公开|已发布|pdf|word|docx?|html?|网页版?|more|view|detail|[√✓✔●○☑]*)[\W_]*"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_LONGEST = 60  # characters of a cell that names something; longer ones are prose
_BOXES = 4  # elements around a link that are looked at for a heading
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "dt")
_WIDEST = 200  # links of a row
_HIGHEST = 200  # rows above that are looked at for a cell that reaches down


def says_nothing(label: str) -> bool:
    """Whether a label says only what a click does: 查看, 详情, √."""
    return _VIEW.fullmatch(folded(label)) is not None


def by_place(node: lxml_html.HtmlElement, label: str) -> str:
    """Body and year of a link by its place in a table or row; empty where the place does not tell.

    A year alone beside a body counts like a bare 查看: it is the cell of a table of bodies and years.
    """
    row = next(node.iterancestors("tr", "li"), None)
    if row is None or not (says_nothing(label) or _YEAR.fullmatch(folded(label))):
        return _headed(node) if row is None and folded(label) and says_nothing(label) else ""
    if next(islice(row.iter("a"), _WIDEST, None), None) is not None:
        return ""  # no row of bodies and years
    others = [line(other.text_content()) for other in row.iter("a") if other is not node]
    if any("报" in other and not says_nothing(other) for other in others):
        return ""  # the row has a link with its title
    above = list(_reaching_down(row)) if row.tag == "tr" else []
    cells = [*above, *row.iterchildren("td", "th")] if row.tag == "tr" else [row]
    told = [word for cell in cells if (word := _unlinked(cell))]
    kinds = [classify(word) for word in told]
    words = [word for word, kind in zip(told, kinds, strict=True) if kind is not Label.GROUP] or told
    if _YEAR.fullmatch(folded(label)):
        return " ".join([*words, line(label)]) if Label.BODY in kinds else ""
    if not any(map(_WORDS.search, words)):
        return _headed(node) if row.tag == "li" else ""
    head = _column_head(node, row, sum(map(_width, above)))
    return " ".join([*words, head] if head else words)


def _headed(node: lxml_html.HtmlElement) -> str:
    """The heading of the box around a link that is alone in it: of a card with a summary; empty for none."""
    box = node
    for _ in range(_BOXES):
        parent = box.getparent()
        if parent is None or parent.tag in {"body", "html"} or len(list(islice(parent.iter("a"), 2))) > 1:
            break
        box = parent
    heads = (line(head.text_content()) for head in box.iter(*_HEADS) if head is not node)
    return next((words for words in heads if len(words) <= _LONGEST and _WORDS.search(words)), "")


def _unlinked(node: lxml_html.HtmlElement) -> str:
    """What stands in a cell or row outside its links; empty when it names nothing."""
    pieces = node.xpath(".//text()[not(ancestor::a) and not(ancestor::script)]")
    text = line("".join(str(piece) for piece in pieces)).rstrip(":：|-— ")
    return text if len(text) <= _LONGEST and (_WORDS.search(text) or _YEAR.fullmatch(text)) else ""


def _reaching_down(row: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    """The cells of the rows above that span this one too."""
    for distance, above in enumerate(row.itersiblings("tr", preceding=True), 1):
        if distance > _HIGHEST:
            return
        for cell in above.iterchildren("td", "th"):
            span = cell.get("rowspan") or "1"
            if span.isdecimal() and int(span) > distance:
                yield cell


def _column_head(node: lxml_html.HtmlElement, row: lxml_html.HtmlElement, before: int) -> str:
    """The year above a link's cell, if any; ``before`` is the width of the cells that reach down."""
    around = set(node.iterancestors("td", "th"))
    own = next((cell for cell in row.iterchildren("td", "th") if cell in around), None)
    table = next(row.iterancestors("table"), None)
    first = next(table.iter("tr"), None) if table is not None else None
    if own is None or first is None or first is row:
        return ""
    place = before + sum(_width(cell) for cell in own.itersiblings("td", "th", preceding=True))
    for cell in first.iterchildren("td", "th"):
        if place < _width(cell):
            head = line(cell.text_content())
            return head if classify(head) is Label.YEAR else ""
        place -= _width(cell)
    return ""


def _width(cell: lxml_html.HtmlElement) -> int:
    span = cell.get("colspan") or "1"
    return int(span) if span.isdecimal() else 1
