"""Markup that a page keeps as text until a script puts it in its place: in a text area, in a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import html as lxml_html

from govcrawl.discovery.links import PageLink, fragment_links

_KEEPS = re.compile(
    r"<textarea\b|<xmp\b|<script[^>]*\btype\s*=\s*[\"']?text/(?:html|\w*-?template)", re.IGNORECASE
)
_KEPT = "//textarea | //xmp | //script[contains(@type, 'template') or contains(@type, 'text/html')]"
_LINK = re.compile(r"<a\s", re.IGNORECASE)
_HOLES = re.compile(r"\{\{|\$\{|<%|\[\[|\{[#/]")  # a template that is filled for each row, no list


def kept_links(root: lxml_html.HtmlElement, text: str, base: str) -> Iterator[PageLink]:
    """Links of the markup that a page keeps as text; their blocks are those of no list on the page."""
    if not _KEEPS.search(text):
        return
    for place, node in enumerate(root.xpath(_KEPT)):
        markup = str(node.text or "")
        if _LINK.search(markup) and not _HOLES.search(markup):
            for link in fragment_links(markup, base):
                yield replace(link, block=-1000 * (place + 1) - link.block)
