"""Rows of a Word table and their cells: where they are, and what their properties say of their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from govcrawl.documents.word_numbers import W

TR_PR, TC_PR, _VAL = (f"{W}{name}" for name in ("trPr", "tcPr", "val"))
_ASKED = frozenset(f"{W}{name}" for name in ("gridBefore", "gridSpan", "vMerge", "hMerge", "del"))
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins"))


def parts_of(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also where content controls wrap them."""
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag in _WRAPPERS:
            yield from parts_of(node, tag)


def stated(node: etree._Element, tag: str) -> dict[str, str]:
    """What the properties of a row or cell say of its place; ``restart`` and the like as they stand."""
    properties = next(node.iterchildren(tag), None)
    if properties is None:
        return {}
    return {own.tag[len(W) :]: own.get(_VAL, "continue") for own in properties if own.tag in _ASKED}


def deleted(row: etree._Element) -> bool:
    """Whether a tracked change took the row away."""
    return "del" in stated(row, TR_PR)


def goes_on(merge: str | None) -> bool:
    """Whether a cell of such a ``vMerge`` or ``hMerge`` belongs to the cell before it."""
    return merge is not None and merge != "restart"


def number_of(own: Mapping[str, str], name: str, default: int) -> int:
    """A number that ``stated`` gave; the default for none and for one that no table has."""
    value = own.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 5 else default
