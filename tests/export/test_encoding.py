from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.export.encoding import encoder


@given(st.lists(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False))))
def test_numbers_stay_what_they_are(values: list[Any]) -> None:
    encode = encoder("number")
    found = [json.loads(encode(value)) for value in values]
    assert found == values
    assert [type(value) for value in found] == [type(value) for value in values]


@given(st.lists(st.one_of(st.none(), st.text())))
def test_texts_come_back(values: list[str | None]) -> None:
    encode = encoder("text")
    assert [json.loads(encode(value)) for value in values * 2] == values * 2
