"""Links of an article that may be attachments: files, download scripts, viewers, embedded frames."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

from lxml import etree

from govcrawl.attachments.addresses import DOCUMENT, ENDINGS, is_download, is_file, shown_by
from govcrawl.documents.content import Content
from govcrawl.documents.layout import raw_text
from govcrawl.model import Link
from govcrawl.text import line

_ONCLICK = re.compile(r"""["']([^"']{1,400}?""" + ENDINGS + r"""(?:[?#][^"']{0,200})?)["']""", re.IGNORECASE)
_EMBEDDED = {"iframe": "src", "embed": "src", "object": "data"}
_AROUND = 3
_ELSEWHERE = frozenset({"nav", "header", "footer", "aside"})


def attachment_links(root: etree._Element, content: Content) -> Iterator[Link]:
    """Distinct links around the article in reading order; names as shown, addresses as published.

    Where a viewer shows a document, the address is the document's.
    """
    seen: set[str] = set()
    for node in _area(root, content).iter("a", *_EMBEDDED):
        for url in _addresses(node):
            if url not in seen and not any(above.tag in _ELSEWHERE for above in node.iterancestors()):
                seen.add(url)
                yield Link(url, line(raw_text(node)) or line(node.get("title") or ""))


def may_lead_to_file(values: Iterable[str]) -> bool:
    """Whether any attribute of a link, as it stands in the source, may be an attachment's address."""
    return any(
        _is_attached(told) or _ONCLICK.search(told) is not None
        for value in values
        for told in {value, unescape(value).strip()}
    )


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
        if source and (is_file(source) or is_download(source)):
            yield _shown(source)
        return
    address = (node.get("href") or "").strip()
    if address and not address.lower().startswith(("javascript:", "mailto:", "#")):
        shown = line(raw_text(node))
        if _is_attached(address) or DOCUMENT.search(shown):
            yield _shown(address)
            return
    for source in (node.get("onclick") or "", address):
        if "'" in source or '"' in source:
            yield from map(_shown, _ONCLICK.findall(source))


@lru_cache(maxsize=1 << 12)
def _is_attached(address: str) -> bool:
    return is_file(address) or is_download(address)


def _shown(address: str) -> str:
    """The document that a viewer's address names, as it is written there; any other address as it is."""
    return shown_by(address, "") or address if "=" in address else address
