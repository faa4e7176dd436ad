"""The prose of a report without its tables, for telling whether two documents are one report."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from govcrawl.text import folded, folded_utf8

ALIKE = 0.9
_SHORTEST = 200


@lru_cache(maxsize=8)  # a report is asked for its own several times while it is stored
def narrative(text: str) -> str:
    """The folded prose of a report's text (Markdown): its pipe tables are left out."""
    return folded(_prose(text))


def narrative_hash(text: str) -> str:
    """BLAKE2b of the narrative, 32 hexadecimal digits."""
    return hashlib.blake2b(folded_utf8(_prose(text)), digest_size=16).hexdigest()


def likeness(first: str, second: str) -> float:
    """Jaccard similarity of two narratives by pieces of three characters; 0 where one is too short."""
    if min(len(first), len(second)) < _SHORTEST:
        return 0.0
    one, other = _pieces(first), _pieces(second)
    return len(one & other) / len(one | other)


def _pieces(text: str) -> set[str]:
    return {text[n : n + 3] for n in range(len(text) - 2)}


def _prose(text: str) -> str:
    parts = text.split("\n\n")
    return "".join([part for part in parts if "|" not in part or not part.lstrip().startswith("|")])
