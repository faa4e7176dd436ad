"""An HTML page to a Document: parsed once, walked once, and only then told apart from its surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from govcrawl.documents.answers import article_in_answer
from govcrawl.documents.blocks import blocks_of, read_flow
from govcrawl.documents.bounds import MAX_TAGS, cut_to_size
from govcrawl.documents.content import Content, by_headings, by_selector, is_furniture
from govcrawl.documents.cut import page_with_mark
from govcrawl.documents.drawn_blocks import may_draw, with_drawn
from govcrawl.documents.encoding import Decoded, without_bad_references
from govcrawl.documents.flow import Flow
from govcrawl.documents.gkmlpt import embedded_article
from govcrawl.documents.kept_article import kept_article
from govcrawl.documents.links import attachment_links
from govcrawl.documents.page_meta import Page, page_meta
from govcrawl.documents.prose import bare, by_trafilatura
from govcrawl.documents.tree import Parsed, Source, parse, parse_apart, source_of
from govcrawl.model import Document, Finding, Removal

_CUT = Finding("page_cut", "document", f"read up to tag {MAX_TAGS}, the rest left out")


def read_html(decoded: Decoded) -> Document:
    """The article of a page with its tables, metadata, title candidates and attachment links."""
    if (answered := article_in_answer(decoded.text)) is not None:
        decoded = replace(decoded, text=answered)
    text, cut = cut_to_size(page_with_mark(decoded.text.replace("#PAGE_BREAK#", "")))
    text, bad = without_bad_references(text)
    decoded = replace(decoded, replaced=decoded.replaced + bad)
    if (source := source_of(text)) is None:
        return _nothing(decoded)
    document = _around_tables(decoded, source)
    if document is None:
        parsed = parse(source)
        document = _nothing(decoded) if parsed is None else _article(decoded, text, parsed)
    return replace(document, defects=(_CUT, *document.defects)) if cut else document


def _nothing(decoded: Decoded) -> Document:
    return Document("html", (), charset=decoded.charset, replaced=decoded.replaced)


def _around_tables(decoded: Decoded, source: Source) -> Document | None:
    """The article told by its headings, the tree around its tables parsed; None where it takes all of it."""
    if (parsed := parse_apart(source)) is None:
        return None
    flow = read_flow(parsed.root, hides=parsed.hides, grids=parsed.grids, lists=parsed.lists)
    content = by_headings(flow)
    if content is None or may_draw(flow.items[index] for index in content.indexes()):
        return None
    return _document(decoded, Page(parsed.root, flow), flow, content, parsed.root)


def _article(decoded: Decoded, text: str, parsed: Parsed) -> Document:
    root, flow = parsed.root, read_flow(parsed.root, hides=parsed.hides)
    page = Page(root, flow)
    content = by_headings(flow)
    if content is None and (embedded := embedded_article(text)) is not None:
        inner, body = _within(embedded.html)
        if body is not None and inner.items:
            article = by_headings(inner) or Content(0, len(inner.items), "selector")
            return _document(decoded, Page(root, flow, embedded.meta), inner, article, body.root)
    if content is None and (kept := kept_article(root)) is not None:
        inner, body = _within(kept)
        if body is not None and (told := by_headings(inner)) is not None:
            return _document(decoded, page, inner, told, body.root)
    if content is None:
        content = by_selector(flow) or _alone(flow) or by_trafilatura(root, flow) or bare(flow)
    return _document(decoded, page, flow, content, root)


def _within(markup: str) -> tuple[Flow, Parsed | None]:
    """What markup that stands in a page as text shows, and its tree."""
    source = source_of(without_bad_references(markup)[0])
    body = None if source is None else parse(source)
    return (Flow() if body is None else read_flow(body.root, hides=body.hides)), body


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
