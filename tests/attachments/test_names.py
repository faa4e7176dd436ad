"""Names of files, from headers and addresses as real servers write them."""

from __future__ import annotations

import pytest

from govcrawl.attachments.names import file_name, from_disposition, from_url, says_nothing

NAME = "长洲镇2023年年报.docx"


@pytest.mark.parametrize(
    "header",
    [
        b"attachment; filename*=UTF-8''%E9%95%BF%E6%B4%B2%E9%95%872023%E5%B9%B4%E5%B9%B4%E6%8A%A5.docx",
        b"attachment; filename*=gb2312''%B3%A4%D6%DE%D5%F22023%C4%EA%C4%EA%B1%A8.docx; filename=x.docx",
        f'attachment; filename="{NAME}"'.encode("gbk"),
        f"attachment;filename={NAME}".encode(),
        f'inline; filename="C:\\\\upload\\\\{NAME}"'.encode(),
        b"attachment; filename=%B3%A4%D6%DE%D5%F22023%C4%EA%C4%EA%B1%A8.docx",
        b'attachment; filename="=?gb2312?B?s6TW3tXyMjAyM8TqxOqxqC5kb2N4?="',
        b'attachment; filename="=?UTF-8?Q?=E9=95=BF=E6=B4=B2=E9=95=872023=E5=B9=B4=E5=B9=B4=E6=8A=A5.docx?="',
        f'attachment; filename="{NAME}"'.encode().decode("latin-1").encode(),
        f'attachment; filename="{NAME}"'.encode("gbk").decode("latin-1").encode(),
    ],
    ids=["5987", "5987 gbk", "gbk", "utf-8", "folder", "percent gbk", "2047 b", "2047 q", "twice utf-8", "twice gbk"],
)  # fmt: skip
def test_the_name_in_a_header(header: bytes) -> None:
    assert from_disposition(header) == NAME


@pytest.mark.parametrize("header", [b"", b"inline", b"attachment; name=x"])
def test_a_header_without_a_name(header: bytes) -> None:
    assert from_disposition(header) is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://a.gov.cn/P0202401183456.docx", "P0202401183456.docx"),
        ("http://a.gov.cn/f/%E5%B9%B4%E6%8A%A5.pdf?v=2", "年报.pdf"),
        ("http://a.gov.cn/module/download/downfile.jsp?classid=0&filename=%C4%EA%B1%A8.doc", "年报.doc"),
        ("http://a.gov.cn/download.jsp?id=3", "download.jsp"),
    ],
)
def test_the_name_in_an_address(url: str, name: str) -> None:
    assert from_url(url) == name


def test_the_first_name_that_says_something() -> None:
    assert file_name(f"附件1：{NAME}（12KB）", url="http://a/x.docx") == NAME
    assert file_name(f"附件【{NAME}】已下载12次") == NAME
    assert file_name("点击下载", NAME, url="http://a/x.docx") == NAME
    header = f'attachment; filename="{NAME}"'.encode("gbk")
    assert file_name("附件", "", header, "http://a/x.docx") == NAME
    assert file_name("附件", url="http://a/P0202401.docx") == "附件"
    assert file_name("", url="http://a/P0202401.docx") == "P0202401.docx"
    assert says_nothing("附件下载")
    assert says_nothing("P0202.pdf")
    assert not says_nothing("年报.pdf")
