"""What an RTF reader remembers on its way: the group it is in, and the part that is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from govcrawl.documents.rtf.flow import Flow, RowShape


@dataclass(slots=True)
class State:
    """What a group inherits from the one around it."""

    silent: bool = False
    hidden: bool = False
    mark: str = ""
    table: str = ""
    font: int = 0
    skip: int = 1
    aside: bytes = b""


@dataclass(slots=True)
class Part:
    """The body, a note or a text box under construction, with what was said of its paragraph and row."""

    flow: Flow = field(default_factory=Flow)
    pieces: list[str] = field(default_factory=list)
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
