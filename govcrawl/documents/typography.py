"""Raised, crossed-out and shrunken text, which is no part of the number it touches, made visible as text.

``31<sup>2</sup>`` becomes ``31²``, ``31<del>9</del>`` becomes ``31~~9~~`` (as Markdown writes it): a reader
sees them apart, and plain text would run them together. What is shown from right to left gets the control
that says so in plain text; formulas become text.
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from govcrawl.documents.class_styles import class_styles
from govcrawl.documents.formulas import formula_text, svg_text
from govcrawl.documents.layout import BLOCKS, raw_text
from govcrawl.documents.marks import LONGEST, LOWERED, RAISED, as_marked

_MARKED = etree.XPath(
    "//sup|//sub|//del|//s|//strike|//rt|//rp|//*[contains(@style, 'line-through')"
    " or contains(@style, ': super') or contains(@style, ':super') or contains(@style, 'LINE-THROUGH')"
    " or contains(@style, ':sub') or contains(@style, ': sub')"
    " or contains(translate(@style, 'SIZE ', 'size'), 'size:0') or contains(@style, 'bidi-override')]"
    "|//bdo|//math|//td//svg|//th//svg"
)
_CLASSED = etree.XPath("//*[@class]")
_SMALL = etree.XPath(
    "//*[" + " or ".join(f"contains(translate(@style, 'SIZE ', 'size'), 'size:{n}')" for n in ".0123") + "]"
)
# Asked of the source before the tree is: most pages have none of it, and asking each element is dear.
# Each begins with literal characters, rare ones at best, which makes the search many times as fast.
_SIGNS = (
    re.compile(rb"<(?:su[pb]|del|s[ >]|strike|r[tp]|bdo|math|text[ >])"),
    re.compile(rb"su(?:(?<=:su)|(?<=: su))(?:per|b)"),
    re.compile(rb"size ?: ?(?:0|\.\d|[123](?:\.\d+)?p[tx])"),
    re.compile(rb"bidi-override"),
)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super\b", re.IGNORECASE)
_LOWERED_STYLE = re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_NOT_TAKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_SIZE = re.compile(r"font-size\s*:\s*0+(?:\.0+)?\s*(?:[a-z]{2,3}|%)?\s*(?:!|;|$)", re.IGNORECASE)
# Nobody reads print of three points, which some put between the digits of others.
_TINY = re.compile(r"font-size\s*:\s*(?:0?\.\d+|[0-3](?:\.\d+)?)p[tx]", re.IGNORECASE)
_TURNED = re.compile(r"unicode-bidi\s*:\s*[\w-]*override", re.IGNORECASE)
_LEFTWARDS = re.compile(r"direction\s*:\s*rtl", re.IGNORECASE)
_OVERRIDE, _ENDED = "\u202e", "\u202c"


def may_stand_out(lower: bytes) -> bool:
    """Whether a page's source, lower-case and in UTF-8, has any sign of such text."""
    return b"line-through" in lower or any(sign.search(lower) for sign in _SIGNS)


def set_apart(root: etree._Element) -> None:
    """Rewrite such text in the tree, in place; what holds blocks is left alone, being no part of a line."""
    outside: dict[etree._Element, bool] = {}
    for node in _struck_by_class(root):
        _cross_out(node)
    for node in cast("list[etree._Element]", _MARKED(root)):
        style = node.get("style") or ""
        if node.tag in ("del", "s", "strike") or _STRUCK_STYLE.search(style):
            _cross_out(node)
        elif node.tag == "rp" or (_NO_SIZE.search(style) and not _is_sized_within(node)):
            node.set("hidden", "")
        elif node.tag in ("math", "svg"):
            _replace(node, formula_text(node) if node.tag == "math" else svg_text(node))
            node.tag = "span"
        elif _is_turned(node, style):
            _turn(node)
        elif node.tag == "rt":
            _replace(node, f"({raw_text(node).strip()})")
        elif node.tag == "sup" or _RAISED_STYLE.search(style):
            _raise(node, RAISED, outside)
        elif node.tag == "sub" or _LOWERED_STYLE.search(style):
            _raise(node, LOWERED, outside)
    for node in cast("list[etree._Element]", _SMALL(root)):
        tiny = _TINY.search(node.get("style") or "") is not None
        if tiny and not _is_sized_within(node) and _is_part_of_line(node):
            node.set("hidden", "")


def _struck_by_class(root: etree._Element) -> list[etree._Element]:
    """Elements that the page's own style sheets cross out."""
    styles = class_styles(raw_text(style) for style in root.iter("style"))
    struck = {name for name, style in styles.items() if _STRUCK_STYLE.search(style)}
    nodes = cast("list[etree._Element]", _CLASSED(root)) if struck else []
    return [node for node in nodes if not struck.isdisjoint((node.get("class") or "").lower().split())]


def _is_part_of_line(node: etree._Element) -> bool:
    """Whether other text stands in the line of an element."""
    block = next((above for above in (node, *node.iterancestors()) if above.tag in BLOCKS), None)
    if block is None or block is node:
        return False
    return len("".join(raw_text(block).split())) > len("".join(raw_text(node).split()))


def _is_turned(node: etree._Element, style: str) -> bool:
    """Whether an element shows its text from its end to its beginning."""
    leftwards = (node.get("dir") or "").strip().lower() == "rtl" or _LEFTWARDS.search(style) is not None
    return leftwards and (node.tag == "bdo" or _TURNED.search(style) is not None)


def _turn(node: etree._Element) -> None:
    """Put the control that turns text round before an element's text, and the one that ends it behind."""
    lines = [part for part in node.iter() if part.tag in BLOCKS] or [node]
    for part in lines:
        part.text = _OVERRIDE + _taken(part.text or "")
        if len(part):
            part[-1].tail = _taken(part[-1].tail or "") + _ENDED
        else:
            part.text += _ENDED


def _is_sized_within(node: etree._Element) -> bool:
    """Whether anything in an element may have a size of its own."""
    return any(part.get("style") or part.get("size") or part.get("class") for part in node.iterdescendants())


def _cross_out(node: etree._Element) -> None:
    for part in node.iter("td", "th") if node.tag == "tr" else (node,):
        if any(child.tag in BLOCKS for child in part.iterdescendants()) or not raw_text(part).strip():
            continue
        part.text = "~~" + _taken(part.text or "")
        if len(part):
            part[-1].tail = _taken(part[-1].tail or "") + "~~"
        else:
            part.text += "~~"


def _raise(node: etree._Element, mark: str, outside: dict[etree._Element, bool]) -> None:
    text = raw_text(node).strip()
    if not text or len(text) > LONGEST or not _stands_beside_text(node, outside):
        return
    if (marked := as_marked(text, mark)) != text:
        _replace(node, marked)


def _stands_beside_text(node: etree._Element, outside: dict[etree._Element, bool]) -> bool:
    """Whether the line has text that is not raised: a whole number set small is a number."""
    block = next((above for above in (node, *node.iterancestors()) if above.tag in BLOCKS), None)
    if block is None or block is node:
        return False
    if block not in outside:
        outside[block] = any(part.strip() for part in _plain_parts(block))
    return outside[block]


def _plain_parts(block: etree._Element) -> list[str]:
    raised = set(block.iter("sup", "sub"))
    raised |= {node for node in block.iter() if "vertical-align" in (node.get("style") or "").lower()}
    parts: list[str] = []
    for node in block.iter():
        above = any(parent in raised for parent in (node, *node.iterancestors()))
        if node.text and not above and isinstance(node.tag, str):
            parts.append(node.text)
        if node.tail and node is not block and not any(parent in raised for parent in node.iterancestors()):
            parts.append(node.tail)
    return parts


def _replace(node: etree._Element, text: str) -> None:
    for child in list(node):
        node.remove(child)
    node.text = _taken(text)


def _taken(text: str) -> str:
    """Text as lxml takes it: its own parser lets characters through that no page shows."""
    return _NOT_TAKEN.sub("", text)
