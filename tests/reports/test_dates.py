from __future__ import annotations

import pytest

from govcrawl.reports.dates import is_date_line, iso_date, period_year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-03-04 09:10", "2022-03-04"), ("2021-01-27-09:12:00", "2021-01-27"), ("2021 年 1 月 27 日", "2021-01-27"),
        ("2021年01月25日08时30分", "2021-01-25"), ("二〇二一年一月二十五日", "2021-01-25"), ("二○二〇年十二月三十一日", "2020-12-31"),
        ("2021/1/5", "2021-01-05"), ("2021.01.05 10:00", "2021-01-05"), ("20210125", "2021-01-25"),
        ("2021-13-01", None), ("2021-02-30", None), ("2021年", None), ("", None), ("２０２１－０１－０５", "2021-01-05"),
    ],
)  # fmt: skip
def test_dates(text: str, day: str | None) -> None:
    assert iso_date(text) == day


def test_date_lines() -> None:
    assert is_date_line("2022 年1月17日")
    assert is_date_line("二〇二二年一月十七日")
    assert not is_date_line("截至2022年1月17日")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("统计期限自 2020 年 1 月 1 日起至 2020 年 12 月 31 日止", 2020), ("2021年1月1日至12月31日", 2021),
        ("自2021年1月1日到2021年12月30日", 2021), ("2021年1月1日至3月31日", None), ("全年", None),
    ],
)  # fmt: skip
def test_periods(text: str, year: int | None) -> None:
    found = period_year(text)
    assert (found[0] if found else None) == year
