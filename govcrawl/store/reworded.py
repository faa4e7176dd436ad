"""Texts of one report that say other words: what is a correction, and what only frames them otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govcrawl.text import folded

_ENDS = re.compile(r"(?<=[。；！？;!?])|\n")
_NO_LETTER = re.compile(r"\W+")


def reworded(before: str, after: str) -> bool:
    """Whether one of two texts (Markdown) has a sentence that the other one lacks, tables aside.

    Lines without an end of a sentence are left out: a source, a date, a caption, which another page or
    another format puts around the same report. So are white space and punctuation.
    """
    return any(_lacks(one, other) for one, other in ((before, after), (after, before)))


def _lacks(one: str, other: str) -> bool:
    known = _letters("".join(_prose(other)))
    return any(_letters(sentence) not in known for part in _prose(one) for sentence in _sentences(part))


def _prose(text: str) -> Iterator[str]:
    return (part for part in text.split("\n\n") if not part.lstrip().startswith("|"))


def _sentences(part: str) -> Iterator[str]:
    return (piece for piece in _ENDS.split(part) if piece and piece.strip()[-1:] in set("。；！？;!?"))


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", folded(text))
