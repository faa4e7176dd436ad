"""Links of a page with what is written on and around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from urllib.parse import parse_qsl, urlsplit

from lxml import html as lxml_html
from lxml.etree import ErrorTypes, ParserError

from govcrawl.attachments.addresses import is_file, is_viewer, shown_by
from govcrawl.discovery.bounds import MOST_SCRIPT
from govcrawl.discovery.calls import asked_by
from govcrawl.discovery.cells import by_place
from govcrawl.discovery.foremost import foremost
from govcrawl.discovery.menus import addresses_by_key
from govcrawl.discovery.places import Places, iso_date
from govcrawl.discovery.scripts.values import decoded
from govcrawl.discovery.submissions import submitted_by
from govcrawl.discovery.urls import absolute, same_host
from govcrawl.documents.bounds import unnested
from govcrawl.text import line

__all__ = ["PageLink", "fragment_links", "iso_date", "links_of", "tree"]

_DEEPEST = 2_000
_LINK_TAGS = frozenset({"a", "area", "option"})
MORE = re.compile(r"^[\W_]*(?:更多|查看更多|more)[\W_]*$", re.IGNORECASE)
"""What a link to the rest of a list says."""

_CLICKS = ("onclick", "data-url", "data-href", "data-link")
_THROUGH = frozenset({"url", "link", "href", "target", "to", "u"})
_FILE = re.compile(r"[\w-]{1,60}\.(?:s?html?|jsp|aspx?|php|action|do)(?:\?[\w=&%.-]*)?", re.IGNORECASE)
_SENDS_ON = re.compile(r"/(?:go|goto|link|jump|redirect|click|transfer|forward)(?:\.\w+)?$", re.IGNORECASE)
_PICKED = re.compile(r"this(?:\.options\[this\.selectedIndex\])?\.value")
_GOES = re.compile(
    r"\blocation\b[^;]*=[^;=]*\bvalue\b|\b(?:open|location\.(?:assign|replace))\([^;]*\bvalue\b"
)
_CAPTION = 20  # characters; longer text beside a picture is a story, no label
_HEADING = 30  # characters; longer text beside 更多 is a row, no heading


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link: its address, its label (text, or title or image text), and where it stands.

    ``row`` is the text of the list row around it, ``date`` the ISO date in that row. ``block`` numbers the
    list or panel it stands in; ``under`` is the label of the list item that encloses its list, if any;
    ``image`` the file of the picture that it shows. ``form`` is what a click posts, None for a plain link;
    ``other`` an address to try when this one answers nothing.
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
    form: str | None = None
    other: str = ""

    @property
    def name(self) -> str:
        """The fullest wording: the title attribute when the visible label was cut short."""
        cut = self.label.rstrip(".…·") if self.label.endswith(("…", "...", "..")) else None
        if cut is not None and self.title.startswith(cut[: max(4, len(cut) - 1)]):
            return self.title
        return self.label or self.title


def tree(text: str) -> lxml_html.HtmlElement:
    """An lxml tree of decoded text; an empty document for text without markup."""
    root, complete = _tree(text)
    if not complete:
        root, _ = _tree(unnested(text))
    return root


def _tree(text: str) -> tuple[lxml_html.HtmlElement, bool]:
    """The tree, and whether the parser held the page to its end: it gives up at a depth of 2,048."""
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (ParserError, ValueError):
        return lxml_html.document_fromstring("<html><body></body></html>"), True
    may_be_cut = text.count("<") > _DEEPEST
    return root, not (
        may_be_cut and any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    )


def fragment_links(markup: str, base: str) -> list[PageLink]:
    """Links of a piece of markup that a script or an answer carries."""
    return list(links_of(tree(f"<div>{markup}</div>"), base))


def links_of(root: lxml_html.HtmlElement, base: str) -> Iterator[PageLink]:
    """Links in reading order, one for each address and label, of the foremost that may be clicked."""
    blocks: dict[object, int] = {}
    seen: set[tuple[str, str, str | None]] = set()
    places = Places()
    functions = "\n".join(str(text) for text in root.xpath("//script/text()"))[:MOST_SCRIPT]
    kept = addresses_by_key(functions) if root.find(".//option") is not None else {}
    for position, node in enumerate(foremost(clickable(root))[0]):
        target = _chosen(node, base, kept) or _target(node, base, functions)
        if target is None:
            continue
        url, form = _behind(target[0], base), target[1]
        label, title = _label(node) or _beside(node), line(node.get("title") or "")
        if MORE.match(label):
            label = _heading_of(node) or label
        label = by_place(node, label) or label
        if (url, label, form) in seen:
            continue
        seen.add((url, label, form))
        holder = places.holder(node)
        block = blocks.setdefault(holder, len(blocks))
        row, date = places.row(node)
        framed = _framed(url)
        yield PageLink(
            framed or url, label, title, block, position, row, date, places.under(holder), _image(node), form,
            url if framed else "",
        )  # fmt: skip


def _chosen(node: lxml_html.HtmlElement, base: str, kept: Mapping[str, str]) -> tuple[str, None] | None:
    """The address that a script keeps under the value of a select's option."""
    address = kept.get(node.get("value") or "") if node.tag == "option" else None
    url = absolute(base, address) if address else None
    return (url, None) if url else None


def clickable(root: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    """The elements of a page that may be clicked."""
    return filter(_clickable, root.iter("*"))


def _clickable(node: lxml_html.HtmlElement) -> bool:
    return node.tag in _LINK_TAGS or any(node.get(name) for name in _CLICKS)


def _target(node: lxml_html.HtmlElement, base: str, functions: str) -> tuple[str, str | None] | None:
    """(address, form to post or None) of a click on an element, None when it leads nowhere."""
    href = node.get("value") if node.tag == "option" else node.get("href") if node.tag in _LINK_TAGS else None
    if node.tag == "option" and not re.match(r"(?:https?:)?/|\.{1,2}/|[\w-]+/", href or ""):
        return _picked(node, base, functions) or _opened(node, base)
    if href and (url := absolute(base, href)):
        return url, None
    for script in ((href or "").partition("javascript:")[2], node.get("onclick") or ""):
        if script and (asked := _asked(script, functions, node, base)) and (url := absolute(base, asked[0])):
            return url, asked[1]
    data = next((value for name in _CLICKS[1:] if (value := node.get(name))), "")
    data = data if "/" in data or _FILE.fullmatch(data) else decoded(data) or ""
    named = "/" in data or _FILE.fullmatch(data)
    return (url, None) if named and (url := absolute(base, data)) else None


def _behind(url: str, base: str) -> str:
    """Where a link through a counting script or a viewer of the site ends, when that is on the same host."""
    parts = urlsplit(url)
    if is_viewer(url) and (shown := shown_by(url, base)) and is_file(shown) and same_host(shown, url):
        return absolute(base, shown) or url
    sends_on = _SENDS_ON.search(parts.path) is not None
    for name, value in parse_qsl(parts.query) if sends_on or "http" in url[8:] else ():
        whole = value.startswith("http") or (sends_on and value.startswith("/"))
        inner = absolute(base, value) if name.lower() in _THROUGH and whole else None
        if inner is not None and same_host(inner, url):
            return inner
    return url


def _asked(
    script: str, functions: str, node: lxml_html.HtmlElement, base: str
) -> tuple[str, str | None] | None:
    root = node.getroottree().getroot()
    return asked_by(script, functions) or submitted_by(script, functions, root, base)


def _picked(node: lxml_html.HtmlElement, base: str, functions: str) -> tuple[str, str | None] | None:
    """What picking an option asks for, when its select hands the value to a function of the page."""
    select, value = next(node.iterancestors("select"), None), node.get("value") or ""
    change = (select.get("onchange") or "") if select is not None else ""
    if not _PICKED.search(change) or not re.fullmatch(r"[\w-]{1,40}", value):
        return None
    asked = asked_by(_PICKED.sub(f"'{value}'", change), functions)
    url = absolute(base, asked[0]) if asked else None
    return (url, asked[1]) if asked and url else None


def _opened(node: lxml_html.HtmlElement, base: str) -> tuple[str, None] | None:
    """The file that picking an option opens, when its select makes the value the page's address."""
    select, value = next(node.iterancestors("select"), None), node.get("value") or ""
    change = (select.get("onchange") or "") if select is not None else ""
    url = absolute(base, value) if _GOES.search(change) and _FILE.fullmatch(value) else None
    return (url, None) if url else None


def _framed(url: str) -> str | None:
    """The page inside a department's frame: ``/jax/bm/list.shtml?code=A1&temp=nb`` shows /jax/A1/nb.shtml."""
    if "temp=" not in url or "code=" not in url:
        return None
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    names = (parts.path.split("/")[1], given.get("code", ""), given.get("temp", ""))
    if not all(re.fullmatch(r"[\w-]{1,40}", name) for name in names):
        return None
    return f"{parts.scheme}://{parts.netloc}/{'/'.join(names)}.shtml"


def _beside(node: lxml_html.HtmlElement) -> str:
    """What stands right behind or around a picture or an empty link that is alone in its place."""
    words = line(node.tail or "")
    parent = node.getparent()
    if not words and parent is not None and len(list(islice(parent.iter("a", "area"), 2))) == 1:
        words = line(parent.text_content())
    return words if len(words) <= _CAPTION else ""


def _image(node: lxml_html.HtmlElement) -> str:
    return next((str(image.get("src") or "") for image in node.iter("img")), "")


def _heading_of(node: lxml_html.HtmlElement) -> str:
    """What a 更多 link shows more of: the heading that it stands in or behind."""
    current = node
    for _ in range(3):
        parent = current.getparent()
        if parent is None:
            return ""
        others = (child.text_content() for child in parent if child is not current)
        beside = chain([parent.text or ""], others)
        first = next((words for text in beside if (words := line(text))), "")
        if first:
            return first if len(first) <= _HEADING and not MORE.match(first) else ""
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
