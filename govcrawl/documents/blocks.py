"""One walk over a page: every paragraph, table and picture in reading order, with the element it is in.

The page is walked whole, once; the main content is then a slice of what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from govcrawl.documents.flow import Entry, Flow, Item, behind
from govcrawl.documents.grid import caption_of, data_grid, flat_text, rows_of, spanned_rows
from govcrawl.documents.layout import (
    BLOCKS,
    CELLS,
    SILENT,
    SOURCE_BREAK,
    WORDED,
    has_table,
    is_cut,
    is_hidden,
    is_icon,
    is_layout_table,
    own_rows,
    raw_text,
    shows_report,
    text_outside_cells,
)
from govcrawl.documents.one_table import parts_of
from govcrawl.documents.regular import TextRow, regular_rows
from govcrawl.model import Block, Figure, Finding, Grid, Paragraph, Removal, Table
from govcrawl.text import line

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HEADING_LENGTH = 80
_EMBEDS = frozenset({"iframe", "embed", "object"})
_LONGEST_NOTE = 500
_UNSHOWN = SILENT | _EMBEDS
_NOT_INLINE = _UNSHOWN | CELLS | {"img", "table"}
_PLACED = BLOCKS | {"a", "br"}
_SPECIAL = frozenset((*_HEADINGS, "pre", "table"))


def read_flow(
    root: etree._Element,
    *,
    hides: bool = True,
    grids: Mapping[etree._Element, Grid] | None = None,
    lists: Mapping[etree._Element, Sequence[Entry]] | None = None,
) -> Flow:
    """Walk an element: hidden parts, scripts and styles are skipped, layout tables are walked into.

    ``hides`` is False where the page is known to have no hidden part: no element is asked then. ``grids``
    are those of tables that were read before, ``lists`` the entries that images stand for.
    """
    return _Walk(hides, grids or {}, lists or {}).over(root)


def blocks_of(items: Iterable[Item]) -> Iterator[Block]:
    """Items as blocks, their tables expanded; a table without any text is none."""
    for item in items:
        if item.grid is not None:
            yield Table(item.grid, caption_of(item.element))
        elif item.figure is not None:
            yield item.figure
        else:
            yield Paragraph(item.text, item.level)


@dataclass(slots=True)
class _Open:
    """A table that is being walked into; ``grid`` is None where it only lays the page out."""

    element: etree._Element
    grid: Grid | None
    nests: bool
    emitted: bool = False


class _Walk:
    """The state of a walk: the paragraph being put together and where it stands."""

    def __init__(
        self,
        hides: bool,
        grids: Mapping[etree._Element, Grid],
        lists: Mapping[etree._Element, Sequence[Entry]],
    ) -> None:
        self.flow = Flow()
        self.hides = hides
        self.grids = grids
        self.lists = lists
        self.nodes: list[etree._Element] = []
        self.opened: list[etree._Element] = []
        self.pieces: list[str] = []
        self.figures: list[Item] = []
        self.starts: list[int] = []
        self.linked = 0
        self.level = 0
        self.joined_heading: etree._Element | None = None
        self.anchors = 0
        self.preformatted = 0
        self.tables: list[_Open] = []

    def over(self, root: etree._Element) -> Flow:
        """Walk all nodes in document order; an element is left at the first one that is not in it."""
        nodes = self.nodes = self.flow.nodes = list(root.iter())
        parents = [node.getparent() for node in nodes]
        parents.append(None)
        opened, pieces, hides = self.opened, self.pieces, self.hides
        following = depth = 0
        for index, (node, parent) in enumerate(zip(nodes, parents, strict=False)):
            if index < following:
                continue
            if opened and opened[-1] is not parent:
                self._leave(parent)
            tag = node.tag
            if not isinstance(tag, str):
                if tag is etree.Comment:
                    self.flow.marks.append((len(self.flow.items), node.text or ""))
            elif (tag in _NOT_INLINE or (hides and is_hidden(node))) and self._passes_over(
                node, tag, index + 1
            ):
                following = behind(node, nodes, index + 1)
            elif parents[index + 1] is node:
                opened.append(node)
                if len(opened) > depth:
                    depth = len(opened)
                if tag in _PLACED:
                    self._open(node, tag)
                self._shown(node)
                continue
            else:
                if len(opened) >= depth:
                    depth = len(opened) + 1
                if placed := tag in _PLACED:
                    self._open(node, tag)
                self._shown(node)
                if placed:
                    self._close(node, tag)
            tail = node.tail if node is not root else None
            if tail and (pieces or self.preformatted or not tail.isspace()):
                self._text(tail, node)
        self._leave(None)
        self._flush(root)
        self.flow.depth = depth
        return self.flow

    def _leave(self, parent: etree._Element | None) -> None:
        """Close elements up to ``parent`` and take the text behind each; that behind the root is no text."""
        opened, pieces = self.opened, self.pieces
        while opened and (node := opened[-1]) is not parent:
            opened.pop()
            if (tag := node.tag) in _PLACED:
                self._close(node, tag)
            tail = node.tail if opened else None
            if tail and (pieces or self.preformatted or not tail.isspace()):
                self._text(tail, node)

    def _passes_over(self, node: etree._Element, tag: str, index: int) -> bool:
        if (tag in _UNSHOWN or (self.hides and is_hidden(node))) and not shows_report(node):
            self._leave_out(node)
            return True
        if tag == "img":
            if (entries := self.lists.get(node)) is not None:
                own = self.opened[-1]
                self.flow.items += [Item(text, own, self.level, linked) for text, linked in entries]
            elif not is_icon(node):
                figure = Figure(node.get("src") or "", line(node.get("alt") or ""))
                self.figures.append(Item("", node, figure=figure))
            return True
        if tag == "table":
            return self._table(node, self.nodes[index : behind(node, self.nodes, index)])
        if tag in CELLS and self.tables and self.tables[-1].grid is not None:
            self._emit(self.tables[-1])
            return True
        return False

    def _leave_out(self, node: etree._Element) -> None:
        """A removal for text that a reader without scripts, or with a screen reader, is given."""
        if node.tag in SILENT - WORDED or (not node.text and not len(node)):
            return
        if text := line(" ".join(flat_text(node).split("\n"))):
            rule = str(node.tag) if node.tag in WORDED else "hidden"
            self._note(node, Removal(f"element_{rule}", text[:_LONGEST_NOTE]))

    def _note(self, node: etree._Element, note: Finding | Removal) -> None:
        self.flow.notes.append((len(self.flow.items), node, note))

    def _table(self, node: etree._Element, inside: Sequence[etree._Element]) -> bool:
        """Take a data table as one item, walked into only for what stands in it outside of its cells."""
        if (known := self.grids.get(node)) is not None:
            self._emit(_Open(node, known, nests=False))
            return True
        rows = regular_rows(node, inside, hides=self.hides)
        grid = _grid_of(node, rows)
        table = _Open(node, grid, nests=rows is None and has_table(node))
        if grid is not None:
            if is_cut(grid.rows):
                self._note(node, Finding("table_cut", "document", f"read up to row {len(grid.rows)}"))
            if rows is not None or not (stray := text_outside_cells(node)):
                self._emit(table)
                return True
            self._note(node, Finding("text_outside_cells", "document", f"in a table: {stray[:40]}"))
        self.tables.append(table)
        return False

    def _emit(self, table: _Open) -> None:
        """The table's item, at its first cell, then the tables in its cells, which leave them out."""
        if table.grid is None or table.emitted:
            return
        table.emitted = True
        self._flush(table.element.getparent())
        for part in parts_of(table.grid):
            text, grid = (part, None) if isinstance(part, str) else ("", part)
            self.flow.items.append(Item(text, table.element, grid=grid))
        if table.nests:
            cells = [cell for _, cells in own_rows(table.element) for cell in cells]
            for inner in (inner for cell in cells for inner in cell.iterdescendants("table")):
                if (grid := _grid_of(inner, regular_rows(inner))) is not None:
                    self.flow.items.append(Item("", inner, grid=grid))

    def _open(self, node: etree._Element, tag: str) -> None:
        if tag == "a":
            self.anchors += 1
        elif tag == "br":
            if self.joined_heading is None:
                self._flush(node.getparent())
        else:
            if self.pieces or self.figures:
                self._flush(node.getparent())
            self.starts.append(len(self.flow.items))
            if tag not in _SPECIAL:
                return
            if tag in _HEADINGS:
                self.level = _HEADINGS[tag]
                if len(raw_text(node)) <= _HEADING_LENGTH:
                    self.joined_heading = node
            elif tag == "pre":
                self.preformatted += 1

    def _close(self, node: etree._Element, tag: str) -> None:
        if tag == "a":
            self.anchors -= 1
        elif tag != "br":
            if self.pieces or self.figures:
                self._flush(node)
            self.flow.spans[node] = (self.starts.pop(), len(self.flow.items))
            if tag not in _SPECIAL:
                return
            if tag in _HEADINGS:
                self.level = 0
                self.joined_heading = None
            elif tag == "pre":
                self.preformatted -= 1
            else:
                self.tables.pop()

    def _shown(self, node: etree._Element) -> None:
        if (text := node.text) and (self.pieces or self.preformatted or not text.isspace()):
            self._text(text, node)

    def _text(self, raw: str, node: etree._Element) -> None:
        """Take a text, of which some is shown."""
        if self.preformatted:
            first, *others = raw.split("\n")
            self._piece(first)
            for other in others:
                self._flush(node)
                self._piece(other)
        elif self.anchors:
            self._piece(raw if raw.isprintable() else SOURCE_BREAK.sub(" ", raw))
        else:
            self.pieces.append(raw)

    def _piece(self, text: str) -> None:
        self.pieces.append(text)
        if self.anchors:
            self.linked += len(text.strip())

    def _flush(self, element: etree._Element | None) -> None:
        if self.pieces:
            text = line(self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces))
            self.pieces.clear()
            if text and element is not None:
                self.flow.items.append(Item(text, element, self.level, self.linked))
            self.linked = 0
        if self.figures:
            self.flow.items.extend(self.figures)
            self.figures.clear()


def _grid_of(table: etree._Element, regular: Sequence[TextRow] | None) -> Grid | None:
    """The grid of a table that holds data; ``regular`` are its rows where regular_rows could read them."""
    if regular is not None:
        return data_grid(spanned_rows(regular))
    nests = has_table(table)
    return None if nests and is_layout_table(table) else data_grid(rows_of(table), nests=nests)
