"""Source of a page to its tree, parsed once, with what the source tells beforehand of what it can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from govcrawl.documents.apart import placed, tables_apart
from govcrawl.documents.bounds import unnested
from govcrawl.documents.encoding import without_xml_declaration
from govcrawl.documents.flow import Entry
from govcrawl.documents.layout import may_hide
from govcrawl.documents.lists_apart import listed, lists_apart
from govcrawl.documents.typography import may_stand_out, set_apart
from govcrawl.documents.unclosed import close_tables, may_be_open
from govcrawl.documents.unseen import may_be_unseen, may_be_unseen_by_class, take_out_unseen
from govcrawl.model import Grid

_ANYTHING = re.compile(r"[^\s\x00]")
# Words of the statutory headings: a page without most of them is not told by its headings.
_HEADINGS = tuple(word.encode() for word in ("情况", "主动公开", "申请", "行政复议", "问题", "其他"))


@dataclass(frozen=True, slots=True)
class Source:
    """A page's source in UTF-8; ``lower`` is its lower-case form, of the same length."""

    content: bytes
    lower: bytes


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a page; ``hides`` is False where none of it can be hidden.

    ``grids`` are those of tables that the tree has only the place of, ``lists`` entries of lists likewise.
    """

    root: etree._Element
    hides: bool
    grids: Mapping[etree._Element, Grid] = field(default_factory=dict)
    lists: Mapping[etree._Element, Sequence[Entry]] = field(default_factory=dict)


def source_of(text: str) -> Source | None:
    """The source of a page's text, None when there is nothing in it."""
    text = without_xml_declaration(text)
    if not _ANYTHING.search(text):
        return None
    content = text.encode("utf-8", "ignore").replace(b"\x00", b"")
    return Source(content, content.lower())


def parse(source: Source) -> Parsed | None:
    """The tree of a page, None where it has no element; the widest limits, as parsel sets them."""
    root, complete = _tree(source.content)
    if not complete:
        root, _ = _tree(unnested(source.content.decode("utf-8")).encode("utf-8"))
    if root is None:
        return None
    if may_be_open(source.lower):
        close_tables(root)
    # Setting apart hides what is shrunk to nothing.
    if stands_out := may_stand_out(source.lower):
        set_apart(root)
    if may_be_unseen(source.lower) or may_be_unseen_by_class(source.lower):
        take_out_unseen(root)
    return Parsed(root, stands_out or may_hide(source.lower))


def parse_apart(source: Source) -> Parsed | None:
    """The tree around a page's data tables, None where it does not do: then all of it is to be parsed."""
    if (apart := tables_apart(source.content, source.lower)) is None:
        return None
    lists = lists_apart(apart.source)
    around = apart.source if lists is None else lists.source
    lower = around.lower()
    if may_be_open(lower) or may_stand_out(lower) or may_be_unseen(lower):
        return None
    if may_be_unseen_by_class(source.lower, lower):
        return None
    if not all(word in around for word in _HEADINGS):
        return None
    root, complete = _tree(around)
    grids = placed(root, apart.grids) if root is not None and complete else None
    if root is None or grids is None:
        return None
    entries = {} if lists is None else listed(root, lists.runs)
    if entries is None:
        return None
    # A table in which anything is hidden or stands out was not taken, nor one in an element that is hidden.
    return Parsed(root, may_hide(lower), grids, entries)


def _tree(source: bytes) -> tuple[etree._Element | None, bool]:
    """The tree, and whether the parser held the page to its end: it gives up at a depth of 2,048."""
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8")
    root = etree.fromstring(source, parser)
    return root, not any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
