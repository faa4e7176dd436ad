"""What a reader sees of Word's equation fields."""

from __future__ import annotations

import time

import pytest

from govcrawl.documents.equations import equation


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (r' EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(qīng),青)', "青"),
        (r"EQ \o\al(\s\up 9(a),20)", "20"),
        (r" eq \o\ac(○,12) ", "⑫"),
        (r"EQ \o\ac(○,增)", "(增)"),
        (r"EQ \f(1,2)", "1/2"),
        (r"EQ 35\s\up6(2)", "35²"),
        (r"EQ \x(35)件", "35件"),
        (r"EQ \o(\s\up 5(3),\s\do 5(4))", "³₄"),
        (r"EQ \a\al(1,2)", "1 2"),
        (r"EQ 1\,234", "1,234"),
        (r"PAGE \* MERGEFORMAT", None),
        ("EQ", ""),
    ],
)
def test_what_is_seen(field: str, shown: str | None) -> None:
    assert equation(field) == shown


def test_a_hostile_field_takes_no_time() -> None:
    started = time.process_time()
    assert equation("EQ " + r"\o(" * 50_000) is not None
    assert equation("EQ " + r"\o(1,2)" * 50_000) == "12" * 50_000
    assert time.process_time() - started < 2
