"""A fetched HTML page as discovery sees it: text, frames, scripts, and its links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from lxml import etree
from lxml import html as lxml_html

from govcrawl.discovery.bounds import MOST_LINKS, MOST_SCRIPT, too_many, within_bytes, within_tags
from govcrawl.discovery.calls import text_at
from govcrawl.discovery.foremost import foremost
from govcrawl.discovery.kept import kept_links
from govcrawl.discovery.links import PageLink, clickable, fragment_links, iso_date, links_of, tree
from govcrawl.discovery.menus import array_entries, tree_entries, tree_nodes
from govcrawl.discovery.raw_queries import send_as_written
from govcrawl.discovery.scripts.handlers import handled, picked
from govcrawl.discovery.scripts.page_scripts import functions_of, scripts_of
from govcrawl.discovery.scripts.templates import row_templates
from govcrawl.discovery.scripts.values import Scripts
from govcrawl.discovery.urls import absolute, same_host, shape
from govcrawl.documents.encoding import decode
from govcrawl.text import folded, line

if TYPE_CHECKING:
    from govcrawl.discovery.dialects.base import Dialect
    from govcrawl.discovery.steps import Step

__all__ = ["Page", "PageLink", "fragment_links", "iso_date", "tree"]

_HANDLED = re.compile(r"\.data\(|['\"]data-|\.dataset\b|\bzTree\b")
_DATA = re.compile(r"\s*(?:[\w.$]+\(\s*)?[{\[]")
_SENT = re.compile(r"(?<![\w$])location(?:\.href|\.replace(?=\()|\.assign(?=\())?\s*(?:=(?!=)|\()")
_BEGUN = re.compile(r"""\s*['"]([^'"]+)['"]""")
_UNSEEN = frozenset(("script", "style"))
_STATUTORY = re.compile("公开|指南")
_OFFICE = re.compile(
    r"^[^\d:：]{2,16}(?:局|委员会|办公室|镇|乡|苏木|街道|街道办|街道办事处|(?:镇|乡)人民政府)$"
)
_CROWD = 3  # bodies named in one place that make it a list of them
_REFRESH = re.compile(r"""url\s*=\s*['"]?([^'";>]+)""", re.IGNORECASE)


@dataclass
class Page:
    """A page after decoding and parsing, once; ``url`` is the address that answered.

    ``form`` is what was posted for it, None when it was simply asked for; ``system`` the dialect that
    recognised it, None before it was asked. ``drawn`` are the templates of the rows' addresses where the page
    answers another one's request, which knows them. ``lent`` are the form fields of the page whose script
    file it is, ``shown_on`` the list whose page shows what another host's data say. ``cut`` says what of it
    was not looked at, see bounds.py; ``harmless`` that these are links whose words lead to no reports.
    """

    url: str
    text: str
    root: lxml_html.HtmlElement
    size: int
    charset: str = "utf-8"
    form: str | None = None
    system: Dialect | None = None
    drawn: tuple[str, ...] | None = None
    lent: tuple[tuple[str, str], ...] = ()
    shown_on: str = ""
    cut: str = ""
    harmless: bool = False

    @classmethod
    def parse(cls, url: str, content: bytes, charset: str | None = None) -> Page:
        """Page from raw bytes; an empty page has an empty root. Never raises for bad markup."""
        looked_at, cut = within_bytes(content)
        decoded = decode(looked_at, charset)
        text, more = within_tags(decoded.text)
        markup = "" if _DATA.match(text) else _written(text)  # addresses in JSON are escaped: no links
        root = tree(markup)
        send_as_written(root, markup, decoded.charset)
        return cls(url, text, root, len(content), decoded.charset, cut=cut or more)

    @cached_property
    def links(self) -> tuple[PageLink, ...]:
        """Links in reading order, one for each address and label."""
        written = list(links_of(self.root, self.base))
        left, promising = foremost(clickable(self.root))[1:]
        if left and not self.cut:
            self.cut, self.harmless = too_many(MOST_LINKS, "links"), not promising
        menus = (tree_entries(self.text, self.base), array_entries(self.functions, self.base))
        entries = dict.fromkeys(chain.from_iterable(menus))
        drawn = [
            PageLink(url, label, "", -1, len(written) + place) for place, (label, url) in enumerate(entries)
        ]
        handled = self._handled(len(written) + len(drawn))
        return (*written, *drawn, *handled, *kept_links(self.root, self.text, self.base))

    def _handled(self, place: int) -> Iterator[PageLink]:
        """Links of elements and entries of a tree that carry only a key, which a handler makes a request."""
        if not _HANDLED.search(self.functions):
            return
        for node, asked in handled(self.root, self.reading):
            url, label = absolute(self.base, asked.address), line(node.text_content())
            if url is not None and label:
                title, date = line(node.get("title") or ""), iso_date(label)
                yield PageLink(url, label, title, -1, place, label, date, form=asked.form)
        for label, fields in tree_nodes(self.functions):
            picks = picked(self.reading, fields)
            url = absolute(self.base, picks.address) if picks else None
            if picks is not None and url is not None:
                yield PageLink(url, label, "", -1, place, form=picks.form)

    @cached_property
    def base(self) -> str:
        """Address that relative links start from."""
        for href in self.root.xpath("//base/@href"):
            return absolute(self.url, str(href)) or self.url
        if self.shown_on and _DATA.match(self.text) and not same_host(self.shown_on, self.url):
            return self.shown_on
        return self.url

    @cached_property
    def statutory(self) -> frozenset[int]:
        """The lists and panels, by their number, in which statutory entries of disclosure stand."""
        return frozenset(link.block for link in self.links if _STATUTORY.search(folded(link.label)))

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Addresses in the lists that name at least three departments or towns, and those made alike."""
        named = [link for link in self.links if link.block >= 0 and _OFFICE.search(folded(link.label))]
        counted = Counter(block for block, _ in {(link.block, link.label) for link in named})
        listed = {link.block for link in named if counted[link.block] >= _CROWD}
        alike = {shape(link.url) for link in named if link.block in listed}
        return frozenset(
            link.url for link in self.links if link.block in listed or (alike and shape(link.url) in alike)
        )

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
        return "".join(text.strip() for body in self.root.iter("body") for text in _written_in(body))

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

    def answers(self, step: Step) -> None:
        """Take note of the request that the page answers."""
        self.form = step.target.body if step.target.method == "POST" else None
        self.drawn = step.chain.drawn if step.chain else None
        self.lent = step.fields
        self.shown_on = step.chain.listing if step.chain else ""

    @cached_property
    def functions(self) -> str:
        """The text of the page's own scripts, of the file that is one."""
        text = functions_of(self.root) if self.text.lstrip().startswith("<") else self.text
        return text[:MOST_SCRIPT]

    @cached_property
    def templates(self) -> tuple[str, ...]:
        """How the addresses of rows are put together of their fields, see scripts/templates.py."""
        if self.drawn is not None or _DATA.match(self.text):
            return self.drawn or ()
        return row_templates(self.reading, self.text, self.functions)

    @cached_property
    def reading(self) -> Scripts:
        """What the page's own scripts call by name."""
        scripts = scripts_of(self.functions, self.root)
        scripts.fields = {**dict(self.lent), **scripts.fields}
        scripts.asked = dict(parse_qsl(urlsplit(self.url).query))
        return scripts

    def redirect(self) -> str | None:
        """Address that a page without content of its own sends the browser to, else None."""
        if len(self.links) > 10 or len(self.visible_text) > 400:
            return None
        for content in self.root.xpath("//meta[translate(@http-equiv,'REFSH','refsh')='refresh']/@content"):
            if found := _REFRESH.search(str(content)):
                return absolute(self.base, found[1])
        for script in map(str, self.root.xpath("//script/text() | //body/@onload")):
            for found in _SENT.finditer(script):
                begun = _BEGUN.match(script, found.end())
                if address := text_at(script, found.end(), {}, script) or (begun and begun[1]):
                    return absolute(self.base, address)
        return None


def _written(text: str) -> str:
    """The markup that a script file writes, in place of the script."""
    if "document.write" not in text or "<body" in text[:20_000].lower():
        return text
    return text.replace('\\"', '"').replace("\\'", "'").replace("\\/", "/")


def _written_in(body: lxml_html.HtmlElement) -> Iterator[str]:
    """The texts of a page's body in their order; XPath takes the square of their number to put them so."""
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if event == "start" and node.tag not in _UNSEEN:
            yield node.text or ""
        elif event == "end" and node is not body:
            yield node.tail or ""
