"""What an RTF reader remembers on its way: the group it is in, and the part that is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from govcrawl.documents.left_out import left_out
from govcrawl.documents.marks import as_marked, settled
from govcrawl.documents.rtf.colours import seen
from govcrawl.documents.rtf.flow import Flow, RowShape

MAX_COLUMNS = 1_000
PLAIN = {"hidden": False, "mark": "", "white": False, "filled": False, "tiny": False, "narrow": False}
"""What letters are when nothing is said of them."""


@dataclass(slots=True)
class State:
    """What a group inherits from the one around it."""

    silent: bool = False
    hidden: bool = False
    mark: str = ""
    white: bool = False
    filled: bool = False
    tiny: bool = False
    narrow: bool = False
    copied: bool = False
    table: str = ""
    font: int = 0
    skip: int = 1
    aside: bytes = b""


@dataclass(slots=True)
class Part:
    """The body, a note or a text box under construction, with what was said of its paragraph and row."""

    flow: Flow = field(default_factory=Flow)
    pieces: list[str] = field(default_factory=list)
    white: set[int] = field(default_factory=set)
    tiny: set[int] = field(default_factory=set)
    filled: bool = False
    shape: RowShape = field(default_factory=RowShape)
    pending: set[str] = field(default_factory=set)
    is_marked: bool = False
    in_table: bool = False
    depth: int = 0
    level: int = 0

    @property
    def at(self) -> int:
        """How deep in tables the paragraph lies."""
        return max(self.depth, 1) if self.in_table else 0

    @property
    def has_ground(self) -> bool:
        """Whether the paragraph or its cell is filled with a colour."""
        return self.filled or (self.at > 0 and self.flow.cell_number(self.at) in self.shape.filled)

    def keep(self, text: str, state: State) -> None:
        """A piece of text of the open paragraph."""
        if state.white and not state.filled:
            self.white.add(len(self.pieces))
        if state.tiny or state.narrow:
            self.tiny.add(len(self.pieces))
        self.pieces.append(as_marked(text, state.mark) if state.mark else text)
        self.is_marked |= bool(state.mark)

    def taken(self) -> str:
        """The text of the open paragraph, which is closed."""
        if self.has_ground:
            self.white = set()
        if self.white or self.tiny:
            self.pieces = seen(self.pieces, self.white | self.tiny)
        text = "".join(self.pieces)
        if self.is_marked:
            text, self.is_marked = settled(text), False
        self.pieces, self.white, self.tiny = [], set(), set()
        return text

    def begin_paragraph(self) -> None:
        """What is said of the paragraph is forgotten."""
        self.in_table, self.depth, self.level, self.filled = False, 0, 0, False

    def nest(self, depth: int) -> None:
        """How deep in tables the paragraph lies."""
        self.depth = min(max(depth, 0), 100)
        self.in_table = self.in_table or self.depth > 0

    def begin_row(self) -> None:
        """What is said of the row and its cells is forgotten."""
        self.shape, self.pending = RowShape(), set()

    def fill_cell(self, filled: bool) -> None:
        """Whether the cell whose edge comes next is filled with a colour."""
        if filled:
            self.pending.add("filled")

    def edge(self, place: int) -> None:
        """The right edge of the next cell, which ends what is said of it."""
        number = len(self.shape.ends)
        if number >= MAX_COLUMNS:
            left_out(f"columns of a table beyond {MAX_COLUMNS:,}")
        else:
            self.shape.ends.append(place)
            for how in self.pending:
                getattr(self.shape, how).add(number)
        self.pending = set()
