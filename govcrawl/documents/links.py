"""Links of an article that may be attachments: files, download scripts, viewers, embedded frames."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from govcrawl.documents.content import Content
from govcrawl.documents.layout import raw_text
from govcrawl.model import Link
from govcrawl.text import line

_FILE = r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rar|zip|rtf|7z)"
_ENDING = re.compile(_FILE + r"(?:[?#]|$)", re.IGNORECASE)
_SCRIPT = re.compile(
    r"downfile\.jsp\?.*filename=|download\.jsp\?|/DownloadAttachUrl|downloadattach|[?&]file(?:name|path|url)?=",
    re.I,
)
_ONCLICK = re.compile(r"""["']([^"']{1,400}?""" + _FILE + r"""(?:[?#][^"']{0,200})?)["']""", re.IGNORECASE)
_EMBEDDED = {"iframe": "src", "embed": "src", "object": "data"}
_AROUND = 3
_ELSEWHERE = frozenset({"nav", "header", "footer", "aside"})


def attachment_links(root: etree._Element, content: Content) -> Iterator[Link]:
    """Distinct links around the article in reading order; addresses as published, names as shown."""
    seen: set[str] = set()
    for node in _area(root, content).iter("a", *_EMBEDDED):
        for url in _addresses(node):
            if url not in seen and not any(above.tag in _ELSEWHERE for above in node.iterancestors()):
                seen.add(url)
                yield Link(url, line(raw_text(node)) or line(node.get("title") or ""))


def _area(root: etree._Element, content: Content) -> etree._Element:
    """The article's surroundings: lists of attachments stand beside its container as often as in it."""
    area = content.element
    if area is None:
        return root
    for ancestor in list(area.iterancestors())[:_AROUND]:
        if ancestor.tag in ("body", "html"):
            break
        area = ancestor
    return area


def _addresses(node: etree._Element) -> Iterator[str]:
    attribute = _EMBEDDED.get(str(node.tag))
    if attribute is not None:
        source = (node.get(attribute) or "").strip()
        if source and (_ENDING.search(source) or _SCRIPT.search(source)):
            yield source
        return
    address = (node.get("href") or "").strip()
    if address and not address.lower().startswith(("javascript:", "mailto:", "#")):
        shown = line(raw_text(node))
        if _ENDING.search(address) or _SCRIPT.search(address) or _ENDING.search(shown):
            yield address
            return
    for source in (node.get("onclick") or "", address):
        if "'" in source or '"' in source:
            yield from _ONCLICK.findall(source)
