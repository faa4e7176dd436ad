from __future__ import annotations

import json
from typing import Any

import pytest

from govcrawl.export.encoding import encoder

NUMBERS = (0, 0.0, 1, 1.0, -1, 1e300, 12.5, 10**18, None)
TEXTS = ("", "\x00", '引号"和\\', "\u2028", "𠮷", "长" * 100, None, "1", "null")


@pytest.mark.parametrize(
    ("kind", "values"), [("number", NUMBERS), ("text", TEXTS), ("nested", [{"a": ["b"]}])]
)
def test_values_come_back_as_what_they_were(kind: Any, values: tuple[Any, ...]) -> None:
    encode = encoder(kind)
    for _ in range(2):
        found = [json.loads(encode(value)) for value in values]
        assert [(value, type(value)) for value in found] == [(value, type(value)) for value in values]


def test_the_memory_of_texts_is_bounded() -> None:
    encode = encoder("text")
    assert all(encode(str(number)) == f'"{number}"' for number in range(60_000))
    assert len(encode.__self__) < 50_001  # type: ignore[attr-defined]
