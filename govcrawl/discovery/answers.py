"""What an answer of data says of itself: that there are no rows, and that this is no error."""

from __future__ import annotations

import re

from govcrawl.discovery.page import Page

_QUOTE = r"""\\?["']"""  # an answer may be packed as a text into another one
_NO_ROWS = re.compile(
    rf"""{_QUOTE}(?:total|count|records?|rows?)(?:_?(?:count|num(?:ber)?|rows?|records?|size|elements))?{_QUOTE}\s*:\s*(?:{_QUOTE})?0\b"""
    rf"""|{_QUOTE}(?:data|rows?|list|records?|items?|results?|content|infos?){_QUOTE}\s*:\s*\[\s*\]""",
    re.IGNORECASE,
)
_ERROR = re.compile(
    rf"""{_QUOTE}(?:code|status|state|errno)\w*{_QUOTE}\s*:\s*(?:{_QUOTE})?(?:-\d|[45]\d\d\b)"""
    rf"""|{_QUOTE}success{_QUOTE}\s*:\s*(?:{_QUOTE})?false|{_QUOTE}error{_QUOTE}\s*:\s*{_QUOTE}[^"'\\]""",
    re.IGNORECASE,
)
_HEAD = 4_000  # characters; an answer without rows is short


def says_none(page: Page) -> bool:
    """Whether a page is an answer of data that says in so many words that there are no rows."""
    text = page.text.strip()
    if len(text) > _HEAD or not text.startswith(("{", "[")):
        return False
    return text == "[]" or (_NO_ROWS.search(text) is not None and _ERROR.search(text) is None)
