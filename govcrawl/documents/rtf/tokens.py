"""RTF to its tokens: braces, control words with their number, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\(?P<symbol>[^a-zA-Z])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)


class Token(NamedTuple):
    """``kind`` is open, close, word, symbol, byte or text; ``number`` is a control word's."""

    kind: str
    value: bytes
    number: int | None = None


def tokens(content: bytes) -> Iterator[Token]:
    """Tokens in their order; embedded binary data is passed over."""
    at = 0
    while (found := _TOKEN.match(content, at)) is not None:
        at = found.end()
        kind = found.lastgroup
        if kind in ("word", "number"):
            number = None if found["number"] is None else int(found["number"])
            if found["word"] == b"bin":
                at += max(0, number or 0)
                continue
            yield Token("word", found["word"], number)
        elif kind == "hex":
            yield Token("byte", bytes.fromhex(found["hex"].decode("ascii")))
        elif kind is not None:
            yield Token(kind, found[kind])
