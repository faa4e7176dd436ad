"""What HTML elements do to a text: which break it, which are silent or hidden, which tables only lay a page out."""

from __future__ import annotations

import re

from lxml import etree

SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "select",
        "textarea",
        "button",
        "svg",
        "math",
        "head",
        "title",
    }
)
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "ucapcontent",
    }
)  # fmt: skip
SOURCE_BREAK = re.compile(r"[\t\n\r\f\v]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[-+]?[\d,.]{1,12}\s*")
_ARTICLE_CELL = 300

Row = tuple[object, list[etree._Element]]


def is_hidden(element: etree._Element) -> bool:
    """Whether the element itself says that a reader does not see it."""
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    if style and ":" in style and _HIDDEN_STYLE.search(style):
        return True
    return "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true"


def own_rows(table: etree._Element) -> list[Row]:
    """Rows of a table as (row group, cells): hidden ones, empty ones and nested tables left out."""
    rows: list[Row] = []
    row: etree._Element | None = None
    walk = etree.iterwalk(table, events=("start",))
    for _, node in walk:
        if node is table:
            continue
        tag = node.tag
        if tag in ("table", "caption") or tag in SILENT or is_hidden(node):
            walk.skip_subtree()
        elif tag == "tr":
            row = node
            rows.append((node.getparent(), []))
        elif tag in ("td", "th"):
            if not rows or (
                row is not None and row is not node.getparent() and row not in node.iterancestors("tr")
            ):
                row = None
                rows.append((node.getparent(), []))
            rows[-1][1].append(node)
            walk.skip_subtree()
    return [entry for entry in rows if entry[1]]


def is_layout_table(table: etree._Element) -> bool:
    """Whether a table only places parts of the page: one column, one cell that is the article, or other tables.

    A table of numbers stays a table even where a cell of it holds another one.
    """
    rows = own_rows(table)
    if all(len(cells) == 1 for _, cells in rows):
        return True
    texts = ["".join(cell.itertext()) for _, cells in rows for cell in cells]
    numbers = sum(_NUMBER.fullmatch(text) is not None for text in texts)
    if table.find(".//table") is not None:
        return numbers < 6 or numbers * 10 < 3 * len(texts)
    if len(rows) == 1 and len(texts) <= 3 and not numbers:
        return True
    longest = max(len(text.strip()) for text in texts)
    return longest > _ARTICLE_CELL and 2 * longest > sum(map(len, texts))
