"""Whether a text holds a query: as it is printed, which is quick to see, or only after folding."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from govcrawl.store.grams import Part, runs
from govcrawl.text import folded


def holds(text: str, plain: str, part: Part) -> bool:
    """Whether a part of a text holds a folded query; what runs over a part's end counts as tables."""
    if part is Part.TITLE:
        return plain in folded(text)
    if _printed(text, plain, part):
        return True
    if "|" not in plain or part is Part.PROSE:
        return any(plain in run for own, run in runs(text) if own is part)
    found = [(own, plain in run) for own, run in runs(text)]
    if any(held for own, held in found if own is part):
        return True
    return not any(held for _, held in found) and plain in folded(text)


def _printed(text: str, plain: str, part: Part) -> bool:
    """Whether a paragraph of that part is seen to hold the query without folding it."""
    at = text.find(plain) if _is_plain(plain) else -1
    while at >= 0:
        start, end = text.rfind("\n\n", 0, at), text.find("\n\n", at)
        block = text[start + 2 if start >= 0 else 0 : end if end >= 0 else len(text)]
        if _is_table(block) is (part is Part.TABLES) and _ends(text, at + len(plain)):
            return True
        at = text.find(plain, end) if end >= 0 else -1
    return False


def _is_table(block: str) -> bool | None:
    """Whether a paragraph is a table; None where only folding it tells."""
    first, last = folded(block[:1]), folded(block[-1:])
    return None if not first or not last else first[0] == last[-1] == "|"


def _ends(text: str, place: int) -> bool:
    """Whether a character ends before a place: nothing follows that would be composed with it."""
    after = text[place : place + 1]
    return after <= "\u02ff" or "\u4e00" <= after <= "\u9fff" or not _is_composed(after)


@lru_cache(maxsize=1 << 10)
def _is_plain(query: str) -> bool:
    """Whether a folded query stays as it is when a text is folded in which it is printed."""
    return folded(query) == query and not _is_composed(query[0])


def _is_composed(character: str) -> bool:
    return unicodedata.combining(character) > 0 or "\u1100" <= character <= "\u11ff"
