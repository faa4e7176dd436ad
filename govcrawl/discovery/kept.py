"""Markup that a page keeps as text until a script puts it in its place: in a text area, in a template.

Markup that a script writes out is of that kind too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import html as lxml_html

from govcrawl.discovery.links import PageLink, fragment_links
from govcrawl.discovery.scripts.tokens import unescaped

_KEEPS = re.compile(
    r"<textarea\b|<xmp\b|<script[^>]*\btype\s*=\s*[\"']?text/(?:html|\w*-?template)|document\.write",
    re.IGNORECASE,
)
_KEPT = "//textarea | //xmp | //script[contains(@type, 'template') or contains(@type, 'text/html')]"
_WRITES = re.compile(
    r"""document\.write(?:ln)?\(\s*(?:unescape\(\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)"""
)
_ESCAPE = re.compile(r"%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})")
_LINK = re.compile(r"<a\s", re.IGNORECASE)
_HOLES = re.compile(r"\{\{|\$\{|<%|\[\[|\{[#/]")  # a template that is filled for each row, no list


def kept_links(root: lxml_html.HtmlElement, text: str, base: str) -> Iterator[PageLink]:
    """Links of the markup that a page keeps as text; their blocks are those of no list on the page."""
    if not _KEEPS.search(text):
        return
    kept = [str(node.text or "") for node in root.xpath(_KEPT)]
    for place, markup in enumerate((*kept, *_written(root))):
        if _LINK.search(markup) and not _HOLES.search(markup):
            for link in fragment_links(markup, base):
                yield replace(link, block=-1000 * (place + 1) - link.block)


def _written(root: lxml_html.HtmlElement) -> Iterator[str]:
    """What each script of a page writes into it, where that is written out, escaped or not."""
    for script in map(str, root.xpath("//script/text()")):
        said = "".join(unescaped(double or single) for double, single in _WRITES.findall(script))
        yield _ESCAPE.sub(_character, said) if "unescape" in script else said


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16))
