from __future__ import annotations

import pytest

from govcrawl.export.masking import Mask


def masked(text: str) -> str:
    return Mask().text(text, "text")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系电话：0777-2821234，邮箱 a.b-c@qq.com。", "联系电话：[电话]，邮箱 [邮箱]。"),
        ("电话：2821234、2821235；传真（0777）2821236", "电话：[电话]、[电话]；传真[电话]"),
        ("手机13807771234", "手机[电话]"),
        ("138 0777 1234", "[电话]"),
        ("Tel:+86-13800138000", "Tel:[电话]"),
        ("０７７７－２８２１２３４", "[电话]"),
        ("0777—2821234转801", "[电话]"),
        ("电话(传真): 010-12345678", "电话(传真): [电话]"),
        ("400-123-4567", "[电话]"),
        ("| 电话：0777-2821234 | 12 |", "| 电话：[电话] | 12 |"),
        ("信箱zfb＠163.com", "信箱[邮箱]"),
    ],
)
def test_numbers_and_addresses_of_people_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "自2021年1月1日起至2021年12月31日止",
        "2021-12-31 20211231 2021/1/18",
        "收费13800138000元，采购 15012345678.50 万元",
        "主动公开政府信息2821234条",
        "| 行政许可 | 13800138000 | 2821234 |",
        "服务热线12345",
        "国办公开办函〔2021〕30号",
        "统一社会信用代码114507030076543210",
        "2021.0138001380",
    ],
)
def test_dates_amounts_and_tables_stay(text: str) -> None:
    assert masked(text) == text


def test_what_was_masked_is_counted_by_place() -> None:
    mask = Mask()
    mask.text("电话0777-2821234，a@b.cn；13807771234", "text")
    mask.cell("0777-2821234（办公室）", "tables")
    assert mask.told() == {"tables": {"phone": 1}, "text": {"mail": 1, "phone": 2}}
