"""Labels of table 三 that ran over into the row below, as a narrow printed sheet leaves them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from govcrawl.reports.application_rows import Entry, all_rows
from govcrawl.reports.schema import load_schema
from govcrawl.reports.values import plain_text as folded

OVERRUN = "labels of this table run over into other rows"
_ENUM = re.compile(r"^(?:\(?[一二三四五六七八九十0-9]+[.、)]+)+")
_WITHIN = re.compile(r"(?<=[\u4e00-\u9fff])(?:\([一二三四五六七]\)|[1-9][.、])")
_NO_WORDS = re.compile(r"\W")
_LEAST = 3
_FEWEST = 4


def tables_overrun(entries: Sequence[Entry]) -> frozenset[int]:
    """Tables with a label that begins in the midst of another row's label and goes on with its own number.

    Where one label ran over any of them may have: what stands beside a label that is not whole may be of the
    row above it.
    """
    return frozenset(entry.line.table for entry in entries if _runs_over(entry.label))


def place_by_order(entries: Sequence[Entry]) -> bool:
    """Name all rows by their order where that is sure; whether it was.

    There are as many rows with numbers as in one of the forms, the first two and the last have their whole
    label, and every other whole one stands where it does in the form.
    """
    rows = [entry for entry in entries if entry.line.numbers]
    whole = [(n, entry.row) for n, entry in enumerate(rows) if is_whole(entry)]
    for template in ("2019", "2021"):
        form = load_schema().templates[template].application
        ends = {0, 1, len(form) - 1}
        if len(rows) != len(form) or len(whole) < _FEWEST or not ends <= {n for n, _ in whole}:
            continue
        if all(row is not None and row.id == form[n].id for n, row in whole):
            for entry, own in zip(rows, form, strict=True):
                entry.row = own
            return True
    return False


def is_whole(entry: Entry) -> bool:
    """Whether the label is all of the form's and nothing else."""
    return entry.row is not None and _bare(entry.label) == _bare(folded(entry.row.label))


def _runs_over(label: str) -> bool:
    found = _WITHIN.search(label)
    if found is None:
        return False
    rest = _bare(label[: found.start()])
    return len(rest) >= _LEAST and any(rest in row and not row.startswith(rest) for row in _labels())


@cache
def _labels() -> tuple[str, ...]:
    return tuple(_bare(folded(row.label)) for row in all_rows())


def _bare(plain: str) -> str:
    return _NO_WORDS.sub("", _ENUM.sub("", plain))
