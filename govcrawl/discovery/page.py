"""A fetched HTML page as discovery sees it: its links with what is written on and around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import html as lxml_html
from lxml.etree import ParserError

from govcrawl.discovery.urls import absolute, page_key
from govcrawl.documents.encoding import decode
from govcrawl.text import line

_BLOCK_TAGS = frozenset({"ul", "ol", "dl", "table", "nav", "select", "section", "div", "td", "map"})
_ROW_TAGS = frozenset({"li", "tr", "dd", "dt"})
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_DATA = re.compile(r"\s*(?:[\w.$]+\(\s*)?[{\[]")
_LINK_TAGS = frozenset({"a", "area", "option"})
_MORE = re.compile(r"^[\W_]*(?:更多|查看更多|more)[\W_]*$", re.IGNORECASE)
_HEADING = 30  # characters; longer text beside 更多 is a row, no heading
_QUOTED = re.compile(
    r"""['"]((?:https?://|\.{0,2}/)[^'"\s<>]+|[\w./-]+\.(?:s?html?|jsp|aspx?|php)(?:\?[^'"\s]*)?)['"]"""
)
_LOCATION = re.compile(
    r"""(?:window|top|self|parent|document)?\.?location(?:\.href|\.replace\()?\s*(?:=|\()?\s*['"]([^'"]+)['"]"""
)
_REFRESH = re.compile(r"""url\s*=\s*['"]?([^'";>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link: its address, its label (text, or title or image text), and where it stands.

    ``row`` is the text of the list row around it, ``date`` the ISO date in that row. ``block`` numbers the
    list or panel it stands in; ``under`` is the label of the list item that encloses its list, if any;
    ``image`` the file of the picture that it shows.
    """

    url: str
    label: str
    title: str
    block: int
    position: int
    row: str = ""
    date: str | None = None
    under: str = ""
    image: str = ""

    @property
    def name(self) -> str:
        """The fullest wording: the title attribute when the visible label was cut short."""
        cut = self.label.rstrip(".…·") if self.label.endswith(("…", "...", "..")) else None
        if cut is not None and self.title.startswith(cut[: max(4, len(cut) - 1)]):
            return self.title
        return self.label or self.title


@dataclass
class Page:
    """A page after decoding and parsing, once; ``url`` is the address that answered."""

    url: str
    text: str
    root: lxml_html.HtmlElement
    size: int

    @classmethod
    def parse(cls, url: str, content: bytes, charset: str | None = None) -> Page:
        """Page from raw bytes; an empty page has an empty root. Never raises for bad markup."""
        text = decode(content, charset).text
        markup = "" if _DATA.match(text) else _written(text)  # addresses in JSON are escaped: no links
        return cls(url, text, tree(markup), len(content))

    @cached_property
    def links(self) -> tuple[PageLink, ...]:
        """Links in reading order, one for each address and label."""
        return tuple(_links(self.root, self.base))

    @cached_property
    def base(self) -> str:
        """Address that relative links start from."""
        for href in self.root.xpath("//base/@href"):
            return absolute(self.url, str(href)) or self.url
        return self.url

    @cached_property
    def title(self) -> str:
        """Text of the title element."""
        return line(" ".join(str(t) for t in self.root.xpath("//title//text()")))

    @cached_property
    def breadcrumb(self) -> str:
        """Text of the line that says where one is, empty when there is none."""
        for node in self.root.iter():
            if isinstance(node.tag, str) and node.text and "位置" in node.text and len(node.text) < 40:
                holder = node.getparent() if node.getparent() is not None else node
                return line(holder.text_content())[:300]
        return ""

    @cached_property
    def visible_text(self) -> str:
        """Text outside scripts and styles, white space around its pieces removed."""
        parts = self.root.xpath("//body//text()[not(ancestor::script) and not(ancestor::style)]")
        return "".join(str(part).strip() for part in parts)

    @cached_property
    def frames(self) -> tuple[str, ...]:
        """Addresses of frames, in order."""
        found = (absolute(self.base, str(src)) for src in self.root.xpath("//iframe/@src | //frame/@src"))
        return tuple(dict.fromkeys(url for url in found if url))

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """Addresses of script files, in order."""
        found = (absolute(self.base, str(src)) for src in self.root.xpath("//script/@src"))
        return tuple(dict.fromkeys(url for url in found if url))

    def redirect(self) -> str | None:
        """Address that a page without content of its own sends the browser to, else None."""
        if len(self.links) > 10 or len(self.visible_text) > 400:
            return None
        for content in self.root.xpath("//meta[translate(@http-equiv,'REFSH','refsh')='refresh']/@content"):
            if found := _REFRESH.search(str(content)):
                return absolute(self.base, found[1])
        for script in self.root.xpath("//script/text()"):
            if found := _LOCATION.search(str(script)):
                return absolute(self.base, found[1])
        return None


def tree(text: str) -> lxml_html.HtmlElement:
    """An lxml tree of decoded text; an empty document for text without markup."""
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(text, parser=parser)
    except (ParserError, ValueError):
        return lxml_html.document_fromstring("<html><body></body></html>")


def _written(text: str) -> str:
    """The markup that a script file writes, in place of the script."""
    if "document.write" not in text or "<body" in text[:20_000].lower():
        return text
    return text.replace('\\"', '"').replace("\\'", "'").replace("\\/", "/")


def fragment_links(markup: str, base: str) -> list[PageLink]:
    """Links of a piece of markup that a script or an answer carries."""
    return list(_links(tree(f"<div>{markup}</div>"), base))


def _links(root: lxml_html.HtmlElement, base: str) -> Iterator[PageLink]:
    blocks: dict[object, int] = {}
    seen: set[tuple[str, str]] = set()
    nodes = (node for node in root.iter("*") if node.tag in _LINK_TAGS or node.get("onclick"))
    for position, node in enumerate(nodes):
        url = _target(node, base)
        if url is None:
            continue
        label, title = _label(node), line(node.get("title") or "")
        if _MORE.match(label):
            label = _heading_of(node) or label
        if (url, label) in seen:
            continue
        seen.add((url, label))
        holder = _holder(node)
        block = blocks.setdefault(holder, len(blocks))
        row, date = _row(node)
        yield PageLink(url, label, title, block, position, row, date, _under(holder), _image(node))


def _target(node: lxml_html.HtmlElement, base: str) -> str | None:
    href = node.get("value") if node.tag == "option" else node.get("href") if node.tag in _LINK_TAGS else None
    if node.tag == "option" and not re.match(r"(?:https?:)?/|\.{1,2}/|[\w-]+/", href or ""):
        return None
    if href and (url := absolute(base, href)):
        return url
    for script in (href or "", node.get("onclick") or ""):
        if ("location" in script or "open" in script) and (found := _QUOTED.search(script)):
            return absolute(base, found[1])
    return None


def _image(node: lxml_html.HtmlElement) -> str:
    return next((str(image.get("src") or "") for image in node.iter("img")), "")


def _heading_of(node: lxml_html.HtmlElement) -> str:
    """What a 更多 link shows more of: the heading that it stands in or behind."""
    current = node
    for _ in range(3):
        parent = current.getparent()
        if parent is None:
            return ""
        beside = [parent.text or "", *(child.text_content() for child in parent if child is not current)]
        words = [line(text) for text in beside if line(text)]
        if words and len(words[0]) <= _HEADING and not _MORE.match(words[0]):
            return words[0]
        if words:
            return ""
        current = parent
    return ""


def _label(node: lxml_html.HtmlElement) -> str:
    text = line(node.text_content())
    if text:
        return text
    for image in node.iter("img"):
        text = line(image.get("alt") or image.get("title") or "")
        if text:
            return text
    return line(node.get("alt") or node.get("aria-label") or node.get("title") or "")


def _holder(node: lxml_html.HtmlElement) -> object:
    """The nearest list, table or panel that holds more than this one link."""
    current = node.getparent()
    while current is not None:
        if current.tag in _BLOCK_TAGS and next(_other_links(current, node), None) is not None:
            return current
        current = current.getparent()
    return None


def _other_links(holder: lxml_html.HtmlElement, node: lxml_html.HtmlElement) -> Iterator[object]:
    return (other for other in holder.iter("a", "option") if other is not node)


def _row(node: lxml_html.HtmlElement) -> tuple[str, str | None]:
    current, steps = node, 0
    while current is not None and steps < 5:
        if current.tag in _ROW_TAGS:
            text = line(current.text_content())
            return (text[:300], iso_date(text)) if len(text) < 600 else ("", None)
        current, steps = current.getparent(), steps + 1
    return "", None


def _under(holder: object) -> str:
    """Label of the list item whose own link stands before this nested list."""
    if not isinstance(holder, lxml_html.HtmlElement):
        return ""
    item = holder.getparent()
    if item is None or item.tag not in {"li", "dd", "dl", "div"}:
        return ""
    for sibling in holder.itersiblings(preceding=True):
        if sibling.tag in {"a", "span", "h2", "h3", "h4", "p", "dt", "strong", "em", "i"}:
            text = line(sibling.text_content())
            return text if len(text) <= 40 else ""
    return line(item.text or "") if len(item.text or "") <= 40 else ""


def iso_date(text: str) -> str | None:
    """The last calendar date in a row of text, ISO; None when there is none that exists."""
    for year, month, day in reversed(_DATE.findall(text)):
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return f"{year}-{int(month):02d}-{int(day):02d}"
    return None


def same_page(one: str, other: str) -> bool:
    """Whether two addresses name the same page."""
    return page_key(one) == page_key(other)
