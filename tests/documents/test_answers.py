"""Articles in answers of data are read as pages; any other data are not."""

from __future__ import annotations

import json

import pytest

from govcrawl.documents import read_document, source_type
from govcrawl.documents.answers import article_in_answer
from govcrawl.model import Paragraph, Table

TITLE = "石梧县长洲镇2023年政府信息公开工作年度报告"
MARKUP = "<p>一、总体情况</p><p>公开信息12条。</p><table><tr><td>规章</td><td>0</td></tr></table>"
ANSWER = {
    "code": 200,
    "data": {"title": TITLE, "publishDate": "2024-01-18", "content": MARKUP, "nav": "<p>首页</p>"},
}


@pytest.mark.parametrize("escaped", [True, False])
def test_an_answer_is_read_as_the_article_that_it_holds(escaped: bool) -> None:
    text = json.dumps(ANSWER, ensure_ascii=False)
    content = (text.replace("<", "\\u003c") if escaped else text).encode()
    assert source_type(content) == "html"
    document = read_document(content, name="detail")
    shown = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert "公开信息12条。" in shown
    assert "首页" not in shown
    assert [block.grid.texts() for block in document.blocks if isinstance(block, Table)] == [[["规章", "0"]]]
    assert TITLE in document.titles


@pytest.mark.parametrize("text", ['{"code": 404}', '{"a": "1 < 2"}', "<p>{}</p>", '{"content": "<p>', "[1]"])
def test_other_texts_are_none(text: str) -> None:
    assert article_in_answer(text) is None
