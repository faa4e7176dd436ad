"""Stata's file format 118 (Stata 14 and newer), written row by row.

The libraries at hand hold the whole table in memory and cannot write the missing values ``.a`` to ``.z``,
which tell a blank from a dash. Layout: the format's own description, ``help dta`` in Stata.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

DOUBLE, LONG = 65526, 65528
LONGEST_TEXT = 2045  # bytes
LONGEST_LABEL = 80  # characters
LONGEST_NAME = 32
_LONG_MISSING = 2147483621
_DOUBLE_MISSING = 0x7FE0000000000000
_STEP = 0x0000010000000000
_MARKS = (
    "stata_data", "map", "variable_types", "varnames", "sortlist", "formats", "value_label_names",
    "variable_labels", "characteristics", "data", "strls", "value_labels", "/stata_dta", "end",
)  # fmt: skip


def missing(letter: str = "") -> float:
    """The double that stands for ``.`` or, with a letter, for ``.a`` to ``.z``."""
    place = ord(letter) - ord("a") + 1 if letter else 0
    return float(struct.unpack("<d", struct.pack("<Q", _DOUBLE_MISSING + place * _STEP))[0])


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: ``type`` is DOUBLE, LONG or a text's width in bytes; ``values`` names a set of labels."""

    name: str
    label: str
    type: int
    format: str
    values: str = ""


class DtaFile:
    """A file being written; it takes as many rows as it was told, each a tuple in the order of variables.

    Numbers are given as they are or as ``missing(...)``, texts as UTF-8 bytes, a LONG may be None.
    """

    def __init__(
        self, path: Path, variables: Sequence[Variable], rows: int, label: str,
        values: Mapping[str, Mapping[str, str]],
    ) -> None:  # fmt: skip
        self.path, self._values, self._expected, self.rows = path, values, rows, 0
        self._kinds = [variable.type for variable in variables]
        codes = {DOUBLE: "d", LONG: "i"}
        self._row = struct.Struct("<" + "".join(codes.get(kind, f"{kind}s") for kind in self._kinds))
        self._longs = [place for place, kind in enumerate(self._kinds) if kind == LONG]
        self._file = path.open("wb", buffering=2**18)
        self._offsets: dict[str, int] = {"stata_data": 0}
        self._begin(variables, rows, label)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, row: list[Any]) -> None:
        """Append a row."""
        for place in self._longs:
            if row[place] is None:
                row[place] = _LONG_MISSING
        self._file.write(self._row.pack(*row))
        self.rows += 1

    def close(self) -> None:
        """Finish the file. Raises ValueError when it got another number of rows than was said."""
        if self.rows != self._expected:
            self._file.close()
            raise ValueError(f"{self.path}: {self.rows} rows, not {self._expected}")
        self._file.write(b"</data>")
        self._part("strls", b"")
        self._part("value_labels", b"".join(_labels(name, own) for name, own in self._values.items()))
        self._mark("/stata_dta")
        self._file.write(b"</stata_dta>")
        self._mark("end")
        self._file.seek(self._offsets["map"])
        self._file.write(b"<map>" + struct.pack("<14Q", *(self._offsets[mark] for mark in _MARKS)))
        self._file.close()

    def _begin(self, variables: Sequence[Variable], rows: int, label: str) -> None:
        told = label[:LONGEST_LABEL].encode()
        self._file.write(
            b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>"
            + b"<K>" + struct.pack("<H", len(variables)) + b"</K><N>" + struct.pack("<Q", rows) + b"</N>"
            + b"<label>" + struct.pack("<H", len(told)) + told + b"</label>"
            + b"<timestamp>\0</timestamp></header>"
        )  # fmt: skip
        self._part("map", bytes(14 * 8))
        self._part("variable_types", struct.pack(f"<{len(variables)}H", *self._kinds))
        self._part("varnames", b"".join(_fixed(variable.name, 129) for variable in variables))
        self._part("sortlist", bytes(2 * (len(variables) + 1)))
        self._part("formats", b"".join(_fixed(variable.format, 57) for variable in variables))
        self._part("value_label_names", b"".join(_fixed(variable.values, 129) for variable in variables))
        labels = b"".join(_fixed(variable.label[:LONGEST_LABEL], 321) for variable in variables)
        self._part("variable_labels", labels)
        self._part("characteristics", b"")
        self._mark("data")
        self._file.write(b"<data>")

    def _mark(self, name: str) -> None:
        self._offsets[name] = self._file.tell()

    def _part(self, name: str, content: bytes) -> None:
        self._mark(name)
        self._file.write(f"<{name}>".encode() + content + f"</{name}>".encode())


def _fixed(text: str, width: int) -> bytes:
    """Text with as many zero bytes as fill its place; one at least."""
    return text.encode().ljust(width, b"\0")


def _labels(name: str, letters: Mapping[str, str]) -> bytes:
    """A set of value labels, for missing values only: ``{"a": "blank"}`` labels ``.a``."""
    texts = [text.encode() + b"\0" for text in letters.values()]
    offsets = [sum(map(len, texts[:place])) for place in range(len(texts))]
    values = [_LONG_MISSING + ord(letter) - ord("a") + 1 for letter in letters]
    number, content = len(texts), b"".join(texts)
    table = struct.pack(f"<ii{number}i{number}i", number, len(content), *offsets, *values) + content
    return b"<lbl>" + struct.pack("<i", len(table)) + _fixed(name, 129) + bytes(3) + table + b"</lbl>"
