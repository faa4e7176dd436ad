"""What stands on a printed page. Lengths are in points, x runs to the right and y runs down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Glyph(NamedTuple):
    """A character and its box; ``spaced`` says that the source wrote a space before it.

    ``uncertain`` is one that was recognised on an image and may be another.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    spaced: bool = False
    uncertain: bool = False

    @property
    def x(self) -> float:
        """Middle from left to right."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Middle from top to bottom."""
        return (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A drawn line: ``at`` is its y (or x when it runs down), ``start`` and ``end`` its extent."""

    at: float
    start: float
    end: float


class Picture(NamedTuple):
    """An image on the page, named as its container names it."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class PrintedPage:
    """One page: ``across`` are its horizontal rules, ``down`` its vertical ones.

    ``drawn`` counts the paths on it, which may be text made into outlines; ``dots`` are the places of its
    smallest shapes, ``watermark`` is print that lies across the page and is not among the glyphs.
    ``fonts`` names the font of each glyph where the container does. ``recognised`` is a page of an image, on
    which what is not among the glyphs may have been overlooked; ``hidden`` is one whose text is not drawn, as
    what a program once recognised on its pictures.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    drawn: int = 0
    dots: list[tuple[float, float]] = field(default_factory=list)
    watermark: str = ""
    fonts: list[str] = field(default_factory=list)
    recognised: bool = False
    hidden: bool = False
