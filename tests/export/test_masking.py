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
        ("wang(at)qq.com、li（at）163.com；zhao[at]gov.cn", "[邮箱]、[邮箱]；[邮箱]"),
        ("邮箱zfb＃163.com，wang#vip.sina.com", "邮箱[邮箱]，[邮箱]"),
        ("wang AT qq.com，li.siATqq.com，zfb at 126.com", "[邮箱]，[邮箱]，[邮箱]"),
        ("wang（@）qq（dot）com，ｗａｎｇ＠ｑｑ．ｃｏｍ", "[邮箱]，[邮箱]"),
        ("QQ：1234567890，QQ号12345678、87654321", "QQ：[账号]，QQ号[账号]、[账号]"),
        ("QQ群：123456789", "QQ群：[账号]"),
        ("微信 wxid_abc123", "微信 [账号]"),
        ("微信号：zhang-san，微信：lisi_88", "微信号：[账号]，微信：[账号]"),
        ("WeChat: wangwu2020；微信/QQ：12345678", "WeChat: [账号]；微信/QQ：[账号]"),
        ("身份证号110101199001011234", "身份证号[身份证号]"),
        ("李某11010119900101123X提出", "李某[身份证号]提出"),
        ("１１０１０１１９９００１０１１２３４，Q Q：1234567", "[身份证号]，Q Q：[账号]"),
        ("身份证号码：110101900101123", "身份证号码：[身份证号]"),
        ("| 张三 | 110101199001011237 |", "| 张三 | [身份证号] |"),
        ("见wang(at)qq.com/13800138000", "见[邮箱]/[电话]"),
        ("http://a.gov.cn/1.html，13800138000", "http://a.gov.cn/1.html，[电话]"),
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
        "详见http://user@host.gov.cn/13800138000.html。",
        "www.a.gov.cn/13800138000 和 a.gov.cn:8080/art/0777-2821234.html?q=a@b.cn",
        "统一社会信用代码91450703MA5KABCD0X，11450703007654321X，113100001990010112",
        "受理编号450703201901011234，文号：450703201901011234",
        "| 统一社会信用代码 | 110101199001011234 |",
        "微信公众号：shiwu-gov，微信公众号发布12345678条，微信H5，微信平台",
        "QQ群12345人次，QQ在线20000余次，使用C#.net，data on www.a.gov.cn",
        "see tables at www.a.gov.cn",
        "20210118123456",
    ],
)
def test_dates_amounts_and_tables_stay(text: str) -> None:
    assert masked(text) == text


def test_what_was_masked_is_counted_by_place() -> None:
    mask = Mask()
    mask.text("电话0777-2821234，a@b.cn；13807771234", "text")
    mask.cell("0777-2821234（办公室）", "tables")
    mask.text("QQ：12345678，110101199001011237", "findings")
    assert mask.told() == {
        "findings": {"account": 1, "identity": 1}, "tables": {"phone": 1}, "text": {"mail": 1, "phone": 2},
    }  # fmt: skip
