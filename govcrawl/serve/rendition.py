"""An archived page as a few harmless elements: its paragraphs, lists and tables, and nothing that acts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import islice

import lxml.html
from lxml import etree

from govcrawl.documents.encoding import decode, without_bad_references, without_xml_declaration

LARGEST = 4 << 20
"""Bytes of a page that are shown; the rest is in the download."""

_KEPT = frozenset(
    (
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table",
        "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "b", "strong", "em", "i", "u",
        "sub", "sup", "blockquote", "pre", "center", "section", "article",
    )
)  # fmt: skip
_EMPTY = frozenset(("br", "hr"))
_DROPPED = frozenset(
    (
        "script", "style", "noscript", "template", "iframe", "frame", "frameset", "object", "embed",
        "applet", "svg", "math", "canvas", "audio", "video", "head", "title", "link", "meta",
        "base", "select", "button", "textarea", "input", "option", "datalist",
    )
)  # fmt: skip
_MOST = 200  # columns or rows that a cell may span
_FEW = 200  # elements of a table that are looked through for a word


def rendition(content: bytes, charset: str | None) -> Iterator[str]:
    """Pieces of HTML made by us alone: elements of a fixed list, spans that are numbers, escaped text."""
    text = decode(content[:LARGEST], charset).text
    text, _ = without_bad_references(without_xml_declaration(text))
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except etree.ParserError:  # it has no element and no text
        return
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _DROPPED or not tag or _is_spacer(element):
                walk.skip_subtree()
                continue
            if tag in _KEPT or tag in _EMPTY:
                yield f"<{tag}{_spans(element) if tag in ('td', 'th') else ''}>"
            yield escape(element.text or "")
            continue
        if tag in _KEPT and not _is_spacer(element):
            yield f"</{tag}>"
        yield escape(element.tail or "") if element is not root else ""


def _is_spacer(element: etree._Element) -> bool:
    """Whether it is a table without a word, which held pictures or nothing: it would be empty boxes."""
    if element.tag != "table":
        return False
    within = [*islice(element.iter(), _FEW + 1)]
    texts = [element.text, *(text for one in within[1:] for text in (one.text, one.tail))]
    return len(within) <= _FEW and not any(text and text.strip() for text in texts)


def _spans(element: etree._Element) -> str:
    told = ""
    for name in ("colspan", "rowspan"):
        value = (element.get(name) or "").strip()
        if value.isascii() and value.isdigit() and len(value) < 5 and 1 < int(value) <= _MOST:
            told += f' {name}="{int(value)}"'
    return told
