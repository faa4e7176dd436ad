"""What a walk over a page finds: its items in reading order, each with the element it is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from govcrawl.model import Figure, Finding, Grid, Removal


class Entry(NamedTuple):
    """A line of a list, and how much of it is links."""

    text: str
    linked: int


@dataclass(slots=True)
class Item:
    """A block as found: its text (empty for others), its element, how much of the text is links."""

    text: str
    element: etree._Element
    level: int = 0
    linked: int = 0
    grid: Grid | None = None
    figure: Figure | None = None


@dataclass(slots=True)
class Flow:
    """A page's items in reading order; ``spans`` says which of them each block element holds.

    ``marks`` are the CMS comments met between items, as (index of the next item, comment); ``notes`` what was
    left out or found broken, as (index of the next item, element, note). ``nodes`` are all that were walked
    over, held while the page is read: lxml would make its elements anew for every walk over them.
    """

    items: list[Item] = field(default_factory=list)
    spans: dict[etree._Element, tuple[int, int]] = field(default_factory=dict)
    marks: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, etree._Element, Finding | Removal]] = field(default_factory=list)
    nodes: list[etree._Element] = field(default_factory=list, repr=False)
    depth: int = 0


def behind(node: etree._Element, nodes: list[etree._Element], index: int) -> int:
    """Place of the first node after all of an element's own, which begin at ``index``."""
    if not len(node):
        return index
    above: etree._Element | None = node
    while above is not None and above is not nodes[0]:
        if (after := above.getnext()) is not None:
            return nodes.index(after, index)
        above = above.getparent()
    return len(nodes)
