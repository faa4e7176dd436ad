"""Markup that no parser could hold: cut to a size, and unnested to a depth, that a tree can have.

Published reports have a few thousand tags, nested a few dozen deep; far more is an accident or an attack.
"""

from __future__ import annotations

import re
from collections import Counter

from govcrawl.documents.layout import BLOCKS

MAX_TAGS = 600_000
MAX_NESTED = 200
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*)(?:\s[^<>]*)?>")
# Their end tags may be left out, so that counting would take siblings for descendants.
_CLOSES_ITSELF = frozenset(
    (  # noqa: SIM905
        "html head body p li dt dd tr td th thead tbody tfoot option optgroup colgroup rp rt br hr img input "
        "meta link col area base embed param source track wbr"
    ).split()
)


def cut_to_size(text: str, most: int = MAX_TAGS) -> tuple[str, bool]:
    """Markup up to its ``most``-th tag, and whether anything was cut off."""
    if len(text) < 3 * most or text.count("<") <= most:
        return text, False
    for number, found in enumerate(re.finditer("<", text)):
        if number == most:
            return text[: found.start()], True
    return text, False


def unnested(text: str) -> str:
    """Markup in which no element stands in more than ``MAX_NESTED`` others of its name.

    Tags beyond that are taken out, a line break left for each block; text and all other tags stay.
    """
    opened: Counter[str] = Counter()

    def kept(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if name in _CLOSES_ITSELF or found.group().endswith("/>"):
            return found.group()
        beyond = opened[name] > MAX_NESTED if found["end"] else opened[name] >= MAX_NESTED
        opened[name] = max(0, opened[name] + (-1 if found["end"] else 1))
        if not beyond:
            return found.group()
        return "<br>" if name in BLOCKS else ""

    return _TAG.sub(kept, text)
