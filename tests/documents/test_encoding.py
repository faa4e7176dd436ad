from __future__ import annotations

import pytest

from govcrawl.documents.encoding import decode, without_xml_declaration

TEXT = "柳河镇二〇二三年政府信息公开工作年度报告：收到申请３件"
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@pytest.mark.parametrize(
    ("content", "declared", "charset"),
    [
        (TEXT.encode(), None, "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), None, "utf-8"),
        (TEXT.encode(), "gb2312", "utf-8"),
        (TEXT.encode("gbk"), "utf-8", "gb18030"),
        (TEXT.encode("gbk"), "iso-8859-1", "gb18030"),
        (TEXT.encode("gbk"), None, "gb18030"),
        ((TEXT + "㐂𠀀").encode("gb18030"), "gb2312", "gb18030"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), None, "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), None, "utf-16-be"),
        (("<html>" * 9 + TEXT).encode("utf-16-le"), None, "utf-16-le"),
        (b"plain ascii", "gbk", "utf-8"),
    ],
)
def test_charset_is_told_by_the_bytes(content: bytes, declared: str | None, charset: str) -> None:
    decoded = decode(content, declared)
    assert decoded.charset == charset
    assert decoded.replaced == 0
    assert decoded.text.endswith((TEXT, "㐂𠀀", "plain ascii"))


@pytest.mark.parametrize("wrong", ["gb2312", "gbk", "iso-8859-1"])
def test_meta_charset_does_not_overrule_valid_utf8(wrong: str) -> None:
    assert TEXT in decode((META.format(wrong) + TEXT).encode()).text


def test_big5_is_believed_only_when_declared() -> None:
    text = "花蓮縣政府資訊公開"
    assert decode((META.format("big5") + text).encode("big5")).text.endswith(text)
    assert decode(text.encode("big5"), "Big5").text == text


def test_bad_bytes_are_counted_and_leave_no_replacement_character() -> None:
    content = TEXT.encode() + b"\xff\xfe" + TEXT.encode() + b"\xe6\x9f"
    decoded = decode(content)
    assert decoded.charset == "utf-8"
    assert decoded.text == TEXT + TEXT
    assert decoded.replaced >= 2


def test_damage_already_published_is_dropped_too() -> None:
    decoded = decode("柳河\ufffd镇".encode())
    assert (decoded.text, decoded.replaced) == ("柳河镇", 1)


def test_a_gbk_header_included_in_a_utf8_page_is_read_line_by_line() -> None:
    content = "网站导航首页\n".encode("gbk") + "\n".join([TEXT] * 20).encode()
    decoded = decode(content)
    assert decoded.text.startswith("网站导航首页\n" + TEXT)
    assert decoded.replaced == 0


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_text_cut_in_mid_character_keeps_the_rest(cut: int) -> None:
    assert decode((TEXT * 3).encode()[:-cut]).text.startswith(TEXT * 2)
    assert decode((TEXT * 3).encode("gbk")[:-cut]).text.startswith(TEXT * 2)


def test_xml_declaration_is_taken_off() -> None:
    assert without_xml_declaration('<?xml version="1.0" encoding="gbk"?><html>') == "<html>"
    assert without_xml_declaration("<html><?xml?>") == "<html><?xml?>"
