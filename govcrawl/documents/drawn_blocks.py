"""Items of a page that together draw a table: boxes in rows, lines of a ``pre``, a paragraph for each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from govcrawl.documents.drawn import Rows, drawn_rows, is_cell_like, is_form, named
from govcrawl.documents.flow import Item
from govcrawl.documents.grid import flat_text
from govcrawl.documents.layout import is_hidden, raw_text
from govcrawl.documents.rows import grid_of
from govcrawl.text import line

_LEAST = 3


def with_drawn(items: Sequence[Item]) -> list[Item]:
    """The items, those that draw a statutory table put together as one with its grid."""
    if not may_draw(items):
        return list(items)
    found: list[Item] = []
    for alike, run in groupby(items, key=_may_belong):
        part = list(run)
        rows = _rows(part) if alike and len(part) >= _LEAST and named([i.text for i in part]) else None
        found += [Item("", part[0].element, grid=grid_of(rows))] if rows else part
    return found


def may_draw(items: Iterable[Item]) -> bool:
    """Whether items beside the tables name rows or columns of the statutory ones."""
    return named([item.text for item in items if item.grid is None])


def _may_belong(item: Item) -> bool:
    return item.grid is None and item.figure is None and not item.level and is_cell_like(item.text)


def _rows(part: list[Item]) -> Rows | None:
    boxes = _boxes(part)
    if boxes and is_form(boxes):
        return boxes
    return drawn_rows([text for _, own in groupby(part, key=_element) for text in _lines(list(own))])


def _element(item: Item) -> etree._Element:
    return item.element


def _boxes(part: Sequence[Item]) -> Rows:
    """Rows of elements that stand in elements, as display:table draws them; hidden ones are left out."""
    held: dict[etree._Element, list[Item]] = {}
    for item in part:
        own = item.element
        row = own if len(_children(own)) > 1 and not (own.text or "").strip() else own.getparent()
        held.setdefault(own if row is None else row, []).append(item)
    rows: Rows = []
    for row, items in held.items():
        cells = [flat_text(cell) for cell in _children(row)]
        texts = [item.text for item in items]
        # An element with more in it than these items holds the table rather than a row.
        rows += [cells] if _bare(cells) == _bare(texts) else [[text] for text in texts]
    return rows


def _bare(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())


def _children(element: etree._Element) -> list[etree._Element]:
    tags = [child for child in element if isinstance(child.tag, str) and child.tag != "br"]
    return [child for child in tags if not is_hidden(child)]


def _lines(own: list[Item]) -> list[str]:
    """The lines of one element with their white space, or its items' texts where they do not match."""
    element = own[0].element
    lines = list(_source_lines(element))
    texts = [item.text for item in own]
    shown = [n for n, text in enumerate(lines) if line(text)]
    for first in range(len(shown) - len(own) + 1):
        places = shown[first : first + len(own)]
        if [line(lines[n]) for n in places] == texts:
            return lines[places[0] : places[-1] + 1]
    return texts


def _source_lines(element: etree._Element) -> Iterator[str]:
    if element.tag == "pre":
        yield from raw_text(element).split("\n")
        return
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag == "br":
                pieces.append("\n")
            elif isinstance(node.tag, str) and node.text:
                pieces.append(" ".join(node.text.split("\n")))
        elif node is not element and node.tail:
            pieces.append(" ".join(node.tail.split("\n")))
    yield from "".join(pieces).strip(" \r\t").split("\n")
