"""What can be the name of a body: Chinese words, not an address, a formula or a sign before a title."""

from __future__ import annotations

import re

_BEFORE = re.compile(r"^[^\w(（《〈「『【\[]+")
_FOREIGN = re.compile(r"[=<>{}\\@＠\"|;]|://|www\.", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_LEAST = 2  # Chinese characters


def body_name(text: str) -> str | None:
    """The body's name in what stands before a report's title, without signs before it; None for no name."""
    name = _BEFORE.sub("", text)
    if _FOREIGN.search(name) or len(_HAN.findall(name)) < _LEAST:
        return None
    return name
