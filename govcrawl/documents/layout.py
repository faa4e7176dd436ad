"""What HTML elements do to a text: which break it, are silent or hidden, which tables are layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from lxml import etree

from govcrawl.text import line

SILENT = frozenset(
    "script style noscript template select textarea button svg math head title".split()  # noqa: SIM905
)
BLOCKS = frozenset(
    (  # noqa: SIM905
        "address article aside blockquote body caption center dd details dir div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre "
        "section summary table tbody td tfoot th thead tr ul ucapcontent"
    ).split()
)
CELLS = frozenset(("td", "th", "caption"))
# Elements whose text some reader sees: what is left out of them is said.
WORDED = frozenset(("noscript", "button", "object", "textarea"))
_REPORT_WORDS = ("总体情况", "主动公开政府信息", "收到和处理", "行政复议", "改进情况", "其他需要报告")
SOURCE_BREAK = re.compile(r"[\t\n\r\f\v]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)")
# Of a lower-case source, by the word that each begins with, which is found several times as fast. A reference
# may stand for any part of a style.
_HIDING = (
    (b"hidden", re.compile(rb"hidden(?:(?<=aria-hidden)|(?<![\w-]hidden)[\s=>/])")),
    (b"display", re.compile(rb"display[\s\x80-\xff]*(?:&|:[\s\x80-\xff]*(?:none|&))")),
    (b"visibility", re.compile(rb"visibility[\s\x80-\xff]*(?:&|:[\s\x80-\xff]*(?:hidden|collapse|&))")),
)
_REFERENCE_IN_STYLE = re.compile(rb"style\s*=[^<>]*&#")
_ICON = re.compile(
    r"(?:icon|ico|dot|logo|spacer|blank|qr|ewm|wx|weixin|print|share|arrow|line|bg)[\w-]*\.\w{3,4}$", re.I
)
_ICON_SIZE = 48
_STRING = etree.XPath("string()", smart_strings=False)
_NUMBER = re.compile(r"[-+]?[\d,.]{1,12}")
_FIGURES = re.compile(r"[\d\s,.+\-]+")
_ARTICLE_CELL = 300
MAX_ROWS = 20_000
MAX_CELLS = 200_000

_NO_ROWS = SILENT | {"table", "caption"}
_TRUE = ("true", "TRUE", "True")

Row = tuple[object, list[etree._Element]]


def is_hidden(element: etree._Element) -> bool:
    """Whether the element itself says that a reader does not see it."""
    names = element.keys()
    if not names:
        return False
    if "style" in names and _hides(element.get("style", "")):
        return True
    return "hidden" in names or ("aria-hidden" in names and element.get("aria-hidden") in _TRUE)


def may_hide(lower: bytes) -> bool:
    """Whether lower-case markup has any sign of hidden parts: quicker than asking each element."""
    if any(sign.match(lower, place) for word, sign in _HIDING for place in places(word, lower)):
        return True
    return b"&#" in lower and _REFERENCE_IN_STYLE.search(lower) is not None


def places(word: bytes, source: bytes) -> Iterator[int]:
    """Where a word stands in a source."""
    place = source.find(word)
    while place >= 0:
        yield place
        place = source.find(word, place + 1)


@lru_cache(maxsize=1 << 12)
def _hides(style: str) -> bool:
    """Whether a style hides its element; remembered, since a page's cells share a few styles."""
    lower = style.lower()
    hides = "none" in lower or "hidden" in lower or "collapse" in lower
    return hides and _HIDDEN_STYLE.search(lower) is not None


def shows_report(element: etree._Element) -> bool:
    """Whether what is hidden is a report: one that a script shows later (a tab, a print view) counts."""
    if element.tag in SILENT - WORDED:
        return False
    text = raw_text(element)
    return sum(word in text for word in _REPORT_WORDS) >= 3


def is_icon(image: etree._Element) -> bool:
    """Whether a picture only decorates: it has no source, an icon's name, or an icon's size."""
    source = image.get("src") or ""
    if not source or _ICON.search(source):
        return True
    sizes = [image.get(name, "").removesuffix("px") for name in ("width", "height")]
    return any(size.isdigit() and int(size) < _ICON_SIZE for size in sizes)


def raw_text(element: etree._Element) -> str:
    """All text of an element as it stands in the source, hidden parts included."""
    return cast("str", _STRING(element)) if len(element) else element.text or ""


def own_rows(table: etree._Element) -> list[Row]:
    """Rows of a table as (row group, cells): hidden ones, empty ones and nested tables left out.

    No more than ``MAX_ROWS`` rows and ``MAX_CELLS`` cells: a table beyond that is cut.
    """
    rows: list[Row] = []
    row: etree._Element | None = None
    cells = 0
    walk = [iter(table)]
    while walk:
        node = next(walk[-1], None)
        if node is None:
            walk.pop()
            continue
        tag = node.tag
        if tag in _NO_ROWS or not isinstance(tag, str) or is_hidden(node):
            continue
        if tag in ("td", "th"):
            if not rows or (row is not None and not _within(node, row)):
                row = None
                rows.append((node.getparent(), []))
            rows[-1][1].append(node)
            cells += 1
            if cells >= MAX_CELLS or len(rows) > MAX_ROWS:
                break
            continue
        if tag == "tr":
            row = node
            rows.append((node.getparent(), []))
        walk.append(iter(node))
    return [entry for entry in rows if entry[1]]


def _within(cell: etree._Element, row: etree._Element) -> bool:
    return cell.getparent() is row or row in cell.iterancestors("tr")


def is_layout_table(table: etree._Element) -> bool:
    """Whether a table only places parts of the page; see is_layout."""
    texts = [[raw_text(cell) for cell in cells] for _, cells in own_rows(table)]
    return is_layout(texts, nests=has_table(table))


def has_table(table: etree._Element) -> bool:
    """Whether another table stands in a cell of this one; between rows it only follows one left open."""
    return any(_in_cell(inner, table) for inner in table.iterdescendants("table"))


def _in_cell(inner: etree._Element, table: etree._Element) -> bool:
    for above in inner.iterancestors():
        if above is table:
            return False
        if above.tag in ("td", "th"):
            return True
    return False


def is_cut(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a grid's rows are as many as own_rows takes of a table: its end may be missing."""
    return len(rows) > MAX_ROWS or sum(map(len, rows)) >= MAX_CELLS


def text_outside_cells(table: etree._Element) -> str:
    """Text or tags that stand in the table but in none of its cells: what follows a forgotten end tag."""
    walk = etree.iterwalk(table, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            if node.tag in CELLS or node.tag in SILENT or (node is not table and is_hidden(node)):
                walk.skip_subtree()
            elif node.tag in ("table", "img") and node is not table:
                return str(node.tag)
            elif node.text and node.text.strip():
                return line(node.text)
        elif node is not table and node.tail and node.tail.strip():
            return line(node.tail)
    return ""


def is_layout(rows: Sequence[Sequence[str]], *, nests: bool) -> bool:
    """Whether cells only place parts of a page: one column, one cell that is the article, or other tables.

    ``rows`` are cell texts, a spanning cell once. A table of numbers stays a table even where a cell of it
    holds another one (``nests``).
    """
    if all(len(row) == 1 for row in rows):
        return True
    texts = [text.strip() for row in rows for text in row]
    if nests or len(rows) == 1:
        numbers = sum(_NUMBER.fullmatch(text) is not None for text in texts)
        if nests:
            return numbers < 6 or numbers * 10 < 3 * len(texts)
        if len(texts) <= 3 and not numbers:
            return True
    longest = max(texts, key=len)
    if 2 * len(longest) <= sum(map(len, texts)):
        return False
    return len(longest) > _ARTICLE_CELL and len(_FIGURES.sub("", longest)) > _ARTICLE_CELL // 2
