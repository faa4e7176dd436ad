"""Main text of pages without statutory headings or a known container: trafilatura decides what is prose.

Settings and traps as measured: layout tables unwrapped first, precision favoured, comments off, never
``deduplicate``. Its verdict only filters our own items, so tables keep their structure and their place.
"""

from __future__ import annotations

import copy
from itertools import islice

from lxml import etree
from lxml import html as lxml_html

from govcrawl.documents.content import Content, is_furniture
from govcrawl.documents.flow import Flow, Item
from govcrawl.documents.layout import is_layout_table, raw_text
from govcrawl.text import folded

# Beyond these, trafilatura recurses or runs for seconds; such pages are no articles.
_MAX_DEPTH = 200
_MAX_ITEMS = 4000
_MAX_ELEMENTS = 20_000
_LAYOUT_TAGS = ("tr", "td", "th", "tbody", "thead", "tfoot")


def by_trafilatura(root: etree._Element, flow: Flow) -> Content | None:
    """The items whose text trafilatura keeps, tables and pictures between them included."""
    if flow.depth > _MAX_DEPTH or not 0 < len(flow.items) <= _MAX_ITEMS:
        return None
    if next(islice(root.iter(), _MAX_ELEMENTS, None), None) is not None:
        return None
    text = _extracted(unwrap_layout(root))
    if not text:
        return None
    kept = [index for index, item in enumerate(flow.items) if item.text and folded(item.text) in text]
    if not kept:
        return None
    start, end = kept[0], kept[-1] + 1
    taken = set(kept)
    left_out = frozenset(
        index for index in range(start, end) if index not in taken and not _structure(flow.items[index])
    )
    return Content(start, end, "trafilatura", left_out=left_out)


def bare(flow: Flow) -> Content:
    """The whole page without its menus, tools and footers: what a page that is only a link to a file says."""
    around = frozenset(index for index, item in enumerate(flow.items) if is_furniture(item) or _menu(item))
    everything = len(around) == len(flow.items)
    return Content(0, len(flow.items), "whole", left_out=frozenset() if everything else around)


def _menu(item: Item) -> bool:
    """Whether a table is nothing but links."""
    if item.grid is None:
        return False
    linked = sum(len(raw_text(link).strip()) for link in item.element.iter("a"))
    return 2 * linked > sum(len(cell) for row in item.grid.texts() for cell in row)


def unwrap_layout(root: etree._Element) -> etree._Element:
    """A copy of the tree in which tables that only lay out the page are plain divisions."""
    tree = copy.deepcopy(root)
    for table in [table for table in tree.iter("table") if is_layout_table(table)]:
        for node in table.iter(*_LAYOUT_TAGS):
            if next(node.iterancestors("table", "div-table"), table) is table:
                node.tag = "div"
    for table in [table for table in tree.iter("table") if table.find(".//tr") is None]:
        table.tag = "div"
    return tree


def _structure(item: Item) -> bool:
    return item.grid is not None or item.figure is not None


def _extracted(tree: etree._Element) -> str:
    # Imported where it is needed: it costs a third of a second, and most reports never come here.
    import trafilatura

    markup = etree.tostring(tree, encoding="utf-8", method="html")
    text = trafilatura.extract(
        lxml_html.document_fromstring(markup, lxml_html.HTMLParser(huge_tree=True, encoding="utf-8")),
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
        target_language=None,
    )
    return folded(text) if text else ""
