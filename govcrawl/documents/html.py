"""An HTML page to a Document: parsed once, walked once, and only then told apart from its surroundings."""

from __future__ import annotations

from lxml import etree

from govcrawl.documents.blocks import Flow, blocks_of, read_flow
from govcrawl.documents.content import Content, by_headings, by_selector
from govcrawl.documents.encoding import Decoded, without_xml_declaration
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
    content = by_headings(flow)
    stated: dict[str, str] = {}
    if content is None and (embedded := embedded_article(text)) is not None:
        stated = embedded.meta
        body = parse(embedded.html)
        if body is not None:
            root_flow = read_flow(body)
            if root_flow.items:
                return _document(decoded, Page(root, flow, stated), root_flow, _article_of(root_flow), body)
    if content is None:
        content = by_selector(flow) or by_trafilatura(root, flow) or Content(0, len(flow.items), "whole")
    return _document(decoded, Page(root, flow, stated), flow, content, root)


def parse(text: str) -> etree._Element | None:
    """Tree of a page, None when there is nothing in it; the widest limits, as parsel sets them."""
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8")
    content = without_xml_declaration(text).replace("\x00", "").encode("utf-8", "ignore")
    if not content.strip():
        return None
    tree = etree.fromstring(content, parser)
    return tree if tree is not None else None


def _article_of(flow: Flow) -> Content:
    return by_headings(flow) or Content(0, len(flow.items), "selector")


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
