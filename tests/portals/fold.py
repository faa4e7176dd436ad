"""The comparison form of text that the scorer uses, written apart from the code under test."""

from __future__ import annotations

import re
import unicodedata

_GONE = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad]+")


def folded(text: str) -> str:
    """NFKC without any white space or invisible character, lower case."""
    return _GONE.sub("", unicodedata.normalize("NFKC", text)).lower()
