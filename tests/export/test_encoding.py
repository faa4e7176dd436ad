from __future__ import annotations

import json

from govcrawl.export import encoding
from govcrawl.export.encoding import LineEncoder

COLUMNS = ("id", "division_code", "year", "fact", "value", "raw")
NUMBERS = (0, 0.0, 1, 1.0, -1, 1e300, 12.5, 10**18, None)
TEXTS = ("", "\x00", '引号"和\\', "\u2028", "𠮷", "长" * 100, None, "1", "null")


def test_values_come_back_as_what_they_were() -> None:
    rows = [("a", None, 2021, "f", value, text) for value in NUMBERS for text in TEXTS]
    for name in ("facts", "facts_wide"):
        encoder = LineEncoder(name, COLUMNS)
        for _ in range(2):
            found = [tuple(json.loads(line).items()) for line in encoder.lines(rows)]
            wanted = [tuple(zip(COLUMNS, row, strict=True)) for row in rows]
            assert list(map(repr, found)) == list(map(repr, wanted))
    assert LineEncoder("facts", COLUMNS).lines([]) == []


def test_the_memory_of_rows_is_bounded() -> None:
    encoder = LineEncoder("facts", COLUMNS)
    for number in range(encoding._MOST + 10):
        encoder.lines([("a", None, 2021, "f", number, "")])
    assert len(encoder._tails) == 10
