"""Damaged files of the formats that are made here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.formats.damage import damaged
from tests.formats.makers import as_docx, as_pdf, as_xlsx
from tests.formats.ofd import as_ofd
from tests.formats.parts import Part, a_report, parts_of


@pytest.mark.parametrize(
    ("ending", "made"), [("docx", as_docx), ("xlsx", as_xlsx), ("pdf", as_pdf), ("ofd", as_ofd)]
)
def test_damaged_files_are_read_or_refused(ending: str, made: Callable[[Sequence[Part]], bytes]) -> None:
    parts = list(parts_of(a_report(1)))
    first_table = next(number for number, part in enumerate(parts) if not isinstance(part, str))
    assert damaged(made(parts[: first_table + 1]), ending, 40) > 0
