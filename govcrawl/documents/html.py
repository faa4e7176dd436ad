"""An HTML page to a Document: parsed once, walked once, and only then told apart from its surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from govcrawl.documents.blocks import blocks_of, read_flow
from govcrawl.documents.bounds import MAX_TAGS, cut_to_size, unnested
from govcrawl.documents.content import Content, by_headings, by_selector, is_furniture
from govcrawl.documents.cut import page_with_mark
from govcrawl.documents.drawn_blocks import with_drawn
from govcrawl.documents.encoding import Decoded, without_bad_references, without_xml_declaration
from govcrawl.documents.flow import Flow
from govcrawl.documents.gkmlpt import embedded_article
from govcrawl.documents.layout import may_hide
from govcrawl.documents.links import attachment_links
from govcrawl.documents.page_meta import Page, page_meta
from govcrawl.documents.prose import bare, by_trafilatura
from govcrawl.documents.typography import may_stand_out, set_apart
from govcrawl.documents.unclosed import close_tables, may_be_open
from govcrawl.model import Document, Finding, Removal

_ANYTHING = re.compile(r"[^\s\x00]")
_CUT = Finding("page_cut", "document", f"read up to tag {MAX_TAGS}, the rest left out")


def read_html(decoded: Decoded) -> Document:
    """The article of a page with its tables, metadata, title candidates and attachment links."""
    text, cut = cut_to_size(page_with_mark(decoded.text.replace("#PAGE_BREAK#", "")))
    text, bad = without_bad_references(text)
    decoded = replace(decoded, replaced=decoded.replaced + bad)
    parsed = parse(text)
    if parsed is None:
        return Document("html", (), charset=decoded.charset, replaced=decoded.replaced)
    document = _article(decoded, text, parsed)
    return replace(document, defects=(_CUT, *document.defects)) if cut else document


def _article(decoded: Decoded, text: str, parsed: Parsed) -> Document:
    root, flow = parsed.root, read_flow(parsed.root, hides=parsed.hides)
    page = Page(root, flow)
    content = by_headings(flow)
    if content is None and (embedded := embedded_article(text)) is not None:
        body = parse(without_bad_references(embedded.html)[0])
        inner = Flow() if body is None else read_flow(body.root, hides=body.hides)
        if body is not None and inner.items:
            article = by_headings(inner) or Content(0, len(inner.items), "selector")
            return _document(decoded, Page(root, flow, embedded.meta), inner, article, body.root)
    if content is None:
        content = by_selector(flow) or _alone(flow) or by_trafilatura(root, flow) or bare(flow)
    return _document(decoded, page, flow, content, root)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a page; ``hides`` is False where none of it can be hidden."""

    root: etree._Element
    hides: bool


def parse(text: str) -> Parsed | None:
    """Tree of a page, None when there is nothing in it; the widest limits, as parsel sets them."""
    text = without_xml_declaration(text)
    if not _ANYTHING.search(text):
        return None
    source = text.encode("utf-8", "ignore").replace(b"\x00", b"")
    root, complete = _tree(source)
    if not complete:
        root, _ = _tree(unnested(source.decode("utf-8")).encode("utf-8"))
    if root is None:
        return None
    if may_be_open(source):
        close_tables(root)
    # Setting apart hides what is shrunk to nothing.
    if stands_out := may_stand_out(source):
        set_apart(root)
    return Parsed(root, stands_out or may_hide(source))


def _tree(source: bytes) -> tuple[etree._Element | None, bool]:
    """The tree, and whether the parser held the page to its end: it gives up at a depth of 2,048."""
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8")
    root = etree.fromstring(source, parser)
    return root, not any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def _whole(flow: Flow) -> Content:
    return Content(0, len(flow.items), "whole")


def _alone(flow: Flow) -> Content | None:
    """The whole page where nothing surrounds its text: a saved fragment, an exported document."""
    return None if any(is_furniture(item) for item in flow.items) else _whole(flow)


def _document(decoded: Decoded, page: Page, flow: Flow, content: Content, root: etree._Element) -> Document:
    meta, titles = page_meta(page, flow, content)
    noted = list(_noted(flow, content))
    return Document(
        "html",
        tuple(blocks_of(with_drawn([flow.items[index] for index in content.indexes()]))),
        meta=meta,
        titles=titles,
        links=tuple(attachment_links(root, content)),
        charset=decoded.charset,
        replaced=decoded.replaced,
        main=content.how,
        defects=tuple(note for note in noted if isinstance(note, Finding)),
        removed=tuple(note for note in noted if isinstance(note, Removal)),
    )


def _noted(flow: Flow, content: Content) -> Iterator[Finding | Removal]:
    """What the walk noted within the article, and what is said of other reports beside it."""
    if content.finding is not None:
        yield content.finding
    for index, node, note in flow.notes:
        inside = content.element is not None and content.element in node.iterancestors()
        if inside or content.start < index < content.end or content.how == "whole":
            yield note
