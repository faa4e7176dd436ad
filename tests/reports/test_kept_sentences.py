"""Sentences of a report that begin like a page's furniture, and headings in other words."""

from __future__ import annotations

import pytest

from tests.reports import forms
from tests.reports.test_variations import page, read, tables

SENTENCES = [
    "版权所有单位均已落实公开责任。", "打印、复印、邮寄等成本费用0元。", "来源：以上数据来源于县政务公开办月报系统。",
    "责任编辑制度：实行三审三校。", "索引号、文号、发布机构等要素齐全。", "首页 > 政务公开 是群众访问最多的路径。",
    "作者：各单位信息员供稿1203篇。", "扫一扫下方二维码可关注公众号，了解更多信息。", "当前位置服务已在手机端上线。",
    "浏览量居前的栏目为财政预决算，达12031次。", "分享到微信、微博的政策解读图解共31件。",
]  # fmt: skip
FIRST = [
    "一、总体情况",
    "一、总体工作情况",
    "一、2021年政府信息公开总体情况",
    "一、政府信息公开总体情况",
    "第一部分 总体情况",
]


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_is_taken_for_furniture(sentence: str, first: str) -> None:
    opening = (
        f"全镇依法公开各类信息，群众查阅方便。</p><p>{sentence}</p><p>我镇按时答复每一件申请，群众满意。"
    )
    made = page(*tables(), opening=opening).replace(f"<p>{forms.HEADINGS[0]}</p>", f"<p>{first}</p>")
    report = read(made)
    bare = "".join(report.text.split())
    assert "".join(sentence.split()) in bare
    assert "全镇依法公开各类信息，群众查阅方便。" in bare
    assert report.sections[1].heading == first


@pytest.mark.parametrize(
    "line", ["附件：", "打印", "来源：县数据局", "发布时间：2021-03-04", "主办：县政府办公室"]
)
def test_no_line_behind_prose_is_lost_where_the_first_heading_is_unknown(line: str) -> None:
    opening = f"全镇依法公开各类信息，群众查阅方便。</p><p>{line}</p><p>我镇按时答复每一件申请，群众满意。"
    made = page(*tables(), opening=opening).replace(
        f"<p>{forms.HEADINGS[0]}</p>", "<p>一、这一年我们做了什么</p>"
    )
    report = read(made)
    for kept in ("一、这一年我们做了什么", "全镇依法公开各类信息，群众查阅方便。", "我镇按时答复每一件申请"):
        assert kept in report.text
    assert line in report.text or line in {removal.line for removal in report.removals}
