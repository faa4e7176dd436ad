"""Word's equation fields (EQ) as plain text: what is seen of a sign with its reading above, or a fraction.

Offices meet them as phonetic guides over names and as signs in circles; the field itself keeps no result.
Source: ECMA-376 part 1, 17.16.5.12 leaves EQ to Word, whose help names the switches.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from govcrawl.documents.marks import LOWERED, RAISED, as_marked

_EQUATION = re.compile(r"\s*EQ\b", re.IGNORECASE)
_FORMAT = re.compile(r"\\\*\s*(?:\"[^\"]*\"|[^\s\\(]+)")
_SWITCH = re.compile(r"\\([a-zA-Z]{1,2})\s*(-?\d{1,4})?\s*")
_DEEPEST = 8
_CIRCLES = "○〇◯"


class _Shown(NamedTuple):
    text: str
    aside: bool = False
    """Whether all of it is raised or lowered beside what it belongs to."""


def equation(instruction: str) -> str | None:
    """The text that a field of equations shows; None for any other field."""
    if (found := _EQUATION.match(instruction)) is None:
        return None
    source = _FORMAT.sub("", instruction[found.end() :]).strip()
    return _Reader(source).shown(0, ends="").text.strip()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def shown(self, depth: int, ends: str = ",;)") -> _Shown:
        """What is shown up to one of the signs that end it, which is left to be read."""
        pieces: list[_Shown] = []
        while self.at < len(self.source) and self.source[self.at] not in ends:
            sign = self.source[self.at]
            if sign == "\\" and (switches := self._switches()) and self._opens():
                pieces.append(_made(switches, self._parts(depth + 1)))
            elif sign == "\\" and not switches:
                self.at += 1  # it stands before a sign that is meant as such
                pieces.append(_Shown(self.source[self.at : self.at + 1]))
                self.at += 1
            elif sign != "\\":
                pieces.append(_Shown(sign))
                self.at += 1
        return _Shown("".join(piece.text for piece in pieces), bool(pieces) and all(p.aside for p in pieces))

    def _switches(self) -> list[str]:
        found: list[str] = []
        while (match := _SWITCH.match(self.source, self.at)) is not None:
            self.at = match.end()
            found.append(match[1].lower())
        return found

    def _opens(self) -> bool:
        return self.source.startswith("(", self.at)

    def _parts(self, depth: int) -> list[_Shown]:
        """What stands in brackets, by its commas."""
        found: list[_Shown] = []
        while self.at < len(self.source) and self.source[self.at] != ")":
            self.at += 1
            if depth > _DEEPEST:
                self.at = len(self.source)
                break
            found.append(self.shown(depth))
        self.at += 1
        return found


def _made(switches: list[str], parts: list[_Shown]) -> _Shown:
    texts = [part.text.strip() for part in parts]
    if switches[0] == "f":
        return _Shown("/".join(texts))
    if switches[0] == "s" and {"up", "do"} & set(switches):
        return _Shown(as_marked("".join(texts), RAISED if "up" in switches else LOWERED), aside=True)
    if switches[0] == "o":
        own = [part.text.strip() for part in parts if not part.aside] or texts
        if len(own) == 2 and own[0] in _CIRCLES:
            return _Shown(_circled(own[1]))
        return _Shown("".join(own))
    return _Shown(("" if switches[0] in "xbd" else " ").join(texts))


def _circled(text: str) -> str:
    number = int(text) if text.isascii() and text.isdigit() else 0
    return chr(0x2460 + number - 1) if 0 < number <= 20 else f"({text})"
