"""Cells as JSON. The same few thousand short texts come millions of times, so each is encoded once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from govcrawl.export.fields import Kind

encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value of any kind as compact JSON, Chinese as it is."""

_LONGEST = 48  # characters of a text that is worth remembering
_MOST = 50_000


class _Remembered(dict[Any, str]):
    """Encoded values by what they encode; forgets all when it grows too large."""

    def __missing__(self, value: Any) -> str:
        made = encoded(value)
        if not isinstance(value, str) or len(value) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[value] = made
        return made


def encoder(kind: Kind) -> Callable[[Any], str]:
    """What turns the cells of a column of this kind into JSON, with a memory of its own."""
    if kind == "nested":
        return encoded
    return _number if kind == "number" else _Remembered().__getitem__


def _number(value: Any) -> str:
    if value is None:
        return "null"
    return repr(value) if type(value) is int else encoded(value)
