"""Which links of a very long page are looked at: first those whose words or address may lead to reports.

A county's site map has 10,000 links, most of them to columns of news; each link that is looked at costs half
a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import html as lxml_html

from govcrawl.discovery.bounds import MOST_LINKS
from govcrawl.discovery.columns import Label, classify

_WORDS = re.compile(r"公开|报告|年报|年度|20\d\d")
_ADDRESS = re.compile(r"xxgk|gkml|gknb|ndbg|nianbao|annual", re.IGNORECASE)
_LONGEST = 200  # characters of a label; more is no label


def foremost(nodes: Iterable[lxml_html.HtmlElement]) -> tuple[list[lxml_html.HtmlElement], int, int]:
    """The elements that are looked at, in their order; how many are left out, and how many promising ones."""
    every = list(nodes)
    if len(every) <= MOST_LINKS:
        return every, 0, 0
    promising = [place for place, node in enumerate(every) if _may_lead(node)]
    chosen = set(promising[:MOST_LINKS])
    for place in range(len(every)):
        if len(chosen) >= MOST_LINKS:
            break
        chosen.add(place)
    left = max(0, len(promising) - MOST_LINKS)
    return [every[place] for place in sorted(chosen)], len(every) - len(chosen), left


def _may_lead(node: lxml_html.HtmlElement) -> bool:
    words = f"{node.text_content()[:_LONGEST].strip()} {node.get('title') or ''}".strip()
    address = node.get("href") or node.get("onclick") or ""
    if _WORDS.search(words) or _ADDRESS.search(address):
        return True
    return classify(words) is not Label.OTHER
