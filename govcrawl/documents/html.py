"""An HTML page to a Document: parsed once, walked once, and only then told apart from its surroundings."""

from __future__ import annotations

from lxml import etree

from govcrawl.documents.blocks import Flow, blocks_of, read_flow
from govcrawl.documents.content import Content, by_headings, by_selector, is_furniture
from govcrawl.documents.encoding import Decoded, without_bad_references, without_xml_declaration
from govcrawl.documents.gkmlpt import embedded_article
from govcrawl.documents.links import attachment_links
from govcrawl.documents.page_meta import Page, page_meta
from govcrawl.documents.prose import by_trafilatura
from govcrawl.model import Document


def read_html(decoded: Decoded) -> Document:
    """The article of a page with its tables, metadata, title candidates and attachment links."""
    text = decoded.text.replace("#PAGE_BREAK#", "")
    root = parse(text)
    if root is None:
        return Document("html", (), charset=decoded.charset, replaced=decoded.replaced)
    flow = read_flow(root)
    page = Page(root, flow)
    content = by_headings(flow)
    if content is None and (embedded := embedded_article(text)) is not None:
        body = parse(embedded.html)
        inner = Flow() if body is None else read_flow(body)
        if body is not None and inner.items:
            article = by_headings(inner) or Content(0, len(inner.items), "selector")
            return _document(decoded, Page(root, flow, embedded.meta), inner, article, body)
    if content is None:
        content = by_selector(flow) or _alone(flow) or by_trafilatura(root, flow) or _whole(flow)
    return _document(decoded, page, flow, content, root)


def parse(text: str) -> etree._Element | None:
    """Tree of a page, None when there is nothing in it; the widest limits, as parsel sets them."""
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8")
    content = (
        without_bad_references(without_xml_declaration(text)).replace("\x00", "").encode("utf-8", "ignore")
    )
    if not content.strip():
        return None
    return etree.fromstring(content, parser)


def _whole(flow: Flow) -> Content:
    return Content(0, len(flow.items), "whole")


def _alone(flow: Flow) -> Content | None:
    """The whole page where nothing surrounds its text: a saved fragment, an exported document."""
    return None if any(is_furniture(item) for item in flow.items) else _whole(flow)


def _document(decoded: Decoded, page: Page, flow: Flow, content: Content, root: etree._Element) -> Document:
    meta, titles = page_meta(page, flow, content)
    return Document(
        "html",
        tuple(blocks_of(flow.items[index] for index in content.indexes())),
        meta=meta,
        titles=titles,
        links=tuple(attachment_links(root, content)),
        charset=decoded.charset,
        replaced=decoded.replaced,
        main=content.how,
    )
