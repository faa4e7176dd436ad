"""An archived page as harmless elements, whatever it was."""

from __future__ import annotations

import re

import pytest

from govcrawl.serve.rendition import rendition

_TAGS = re.compile(r"<[^>]*>")
_OURS = re.compile(r"</?[a-z0-9]+(?: colspan=\"\d+\")?(?: rowspan=\"\d+\")?>")


def shown(page: str) -> str:
    return "".join(rendition(page.encode(), None))


def test_text_and_tables_stay() -> None:
    page = "<body><h1 class=a>标题</h1><div onclick=x()>甲<b>乙</b>丙</div><table><tr><td colspan=2 rowspan='3' style='x'>1</table>尾"
    assert shown(page) == (
        '<h1>标题</h1><div>甲<b>乙</b>丙</div><table><tr><td colspan="2" rowspan="3">1</td></tr></table>尾'
    )


def test_a_table_without_a_word_is_left_out() -> None:
    spacer = "<table><tr><td><img src=a.png></td><td> &nbsp;</td></tr></table>"
    assert shown(f"<div>甲{spacer}尾</div>") == "<div>甲尾</div>"
    assert shown(f"<table><tr><td>{spacer}丙</td></tr></table>") == "<table><tr><td>丙</td></tr></table>"
    assert "<td>" in shown("<table>" + "<tr><td></td></tr>" * 200 + "<tr><td>末</td></tr></table>")


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>甲",
        "<p onmouseover=alert(1)>甲</p>",
        "<svg><script>alert(1)</script><foreignObject><p>乙</p></foreignObject></svg>甲",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>甲",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>甲",
        "甲&lt;script&gt;alert(1)&lt;/script&gt;",
        "<td colspan='1\"><script>'>甲</td>",
        "<a href='javascript:alert(1)'>甲</a><form action=//evil.example><input value=x></form>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>甲",
        "<style>@import url(//evil.example)</style><link rel=stylesheet href=//evil.example>甲",
        "<!--[if IE]><script>alert(1)</script><![endif]-->甲",
        "<base href=//evil.example><meta http-equiv=refresh content='0;url=//evil.example'>甲",
        "<x-y><script src=//evil.example></script>甲</x-y>",
        "<p>甲" + "<div>" * 3000 + "<script>alert(1)</script>",
        "<?php <script>alert(1)</script> ?>甲",
        "<textarea></textarea><script>alert(1)</script>甲",
    ],
)
def test_nothing_but_our_elements_comes_out(page: str) -> None:
    made = shown(page)
    assert "甲" in made
    assert all(_OURS.fullmatch(tag) for tag in _TAGS.findall(made))
    assert "evil" not in made
    assert "<script" not in made


@pytest.mark.parametrize("content", [b"", b" ", b"\0\0", b"\xff\xfe", b"<", b"<html>", b"<!-- -->", b"plain"])
def test_what_is_hardly_a_page(content: bytes) -> None:
    made = "".join(rendition(content, None))
    assert all(_OURS.fullmatch(tag) for tag in _TAGS.findall(made))
