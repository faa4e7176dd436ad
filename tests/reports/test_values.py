from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.model import Status
from govcrawl.reports.values import read_value


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("0", 0), (" 0\u00a0", 0), ("３", 3), ("12件", 12), ("1,234", 1234), ("1，234,567", 1234567), ("零", 0),
        ("22（其中修订16件）", 22), ("5²", 5), ("22①", 22), ("1.2万件", 12000), ("3。", 3),
    ],
)  # fmt: skip
def test_counts(raw: str, number: int) -> None:
    value = read_value(raw)
    assert (value.number, value.status) == (number, Status.NUMBER)


@pytest.mark.parametrize(
    ("raw", "number"),
    [("+410", 410), ("−5", -5), ("－8", -8), ("--253", -253), ("减少8", -8), ("+4\n10", 410)],
)
def test_signed_counts(raw: str, number: int) -> None:
    assert read_value(raw, kind="signed_count").number == number


@pytest.mark.parametrize(
    ("raw", "header", "number", "source"),
    [
        ("0万元", "", 0, "cell"), ("84565元", "", 8.4565, "cell"), ("1.5亿元", "", 15000, "cell"),
        ("5.6", "采购总金额（万元，保留四位小数）", 5.6, "header"), ("50000", "金额（元）", 5, "header"),
        ("103.3879", "", 103.3879, "format_default"),
    ],
)  # fmt: skip
def test_amounts(raw: str, header: str, number: float, source: str) -> None:
    value = read_value(raw, kind="money", unit="万元", header=header)
    assert (value.number, value.unit, value.unit_source) == (number, "万元", source)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("", "blank"), ("\u3000\u00a0", "blank"), ("/", "dash"), ("——", "dash"), ("－", "dash"), ("无", "none_word"),
        ("不涉及", "none_word"), ("详见附件", "text"), ("1/2", "text"), ("2021-01-01", "text"), ("1,23", "text"),
        ("约3", "text"), ("一", "text"), ("3 3", "ambiguous"), ("3\n0", "ambiguous"), ("5万元", "ambiguous"),
        ("12345678901234", "text"), ("½", "text"), ("0." + "1" * 4000, "text"), ("9" * 5000, "text"),
    ],
)  # fmt: skip
def test_no_number_is_invented(raw: str, status: str) -> None:
    value = read_value(raw)
    assert (value.number, value.status.value) == (None, status)


@given(st.integers(0, 10**9), st.sampled_from(("", " ", "\u3000")))
def test_every_printed_count_reads_back(number: int, pad: str) -> None:
    assert read_value(f"{pad}{number}{pad}").number == number
    assert read_value(f"{number:,}").number == number


@given(st.text(max_size=12))
def test_any_text_reads_without_error(raw: str) -> None:
    value = read_value(raw, kind="money", unit="万元")
    assert (value.number is not None) == (value.status is Status.NUMBER)
