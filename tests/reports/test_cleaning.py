"""Only a page's own lines are taken out of a report's end."""

from __future__ import annotations

import pytest

from govcrawl.model import Block, Paragraph
from govcrawl.reports import cleaning, sections
from tests.reports.forms import HEADINGS

NOTE = "注：以上数据截至年底"
SIGNATURE = ("石桥镇人民政府", "2022年1月12日")


def ended(*tail: str) -> tuple[list[str], list[str]]:
    """Lines kept and rules that took others out, of a report that ends in these lines."""
    blocks: list[Block] = [Paragraph(text) for heading in HEADINGS for text in (heading, "工作平稳有序。")]
    blocks += [Paragraph(text) for text in tail]
    kept, removed = cleaning.cleaned(blocks, sections.statutory(blocks))
    lines = [block.text for n in kept if isinstance(block := blocks[n], Paragraph)]
    return lines, [removal.rule for removal in removed]


@pytest.mark.parametrize(
    "line",
    [
        "中国政府网采用我镇信息2条", "网站地图、友情链接等栏目改版1次", "联系我们栏目答复留言5条", "扫码办理事项20件",
        "上一条意见已经采纳", "上一篇报告提出的任务已完成", "闽ICP备87654321号网站已改版", "网站标识码3504260007已核对",
        "版权所有问题已核查", "相关解读8篇", "政策解读：全年发布9篇", "本地媒体刊发稿件6篇", "其他网站转载4条",
    ],
)  # fmt: skip
@pytest.mark.parametrize("signature", [(), SIGNATURE])
def test_a_line_that_only_begins_like_a_footer_is_kept(line: str, signature: tuple[str, ...]) -> None:
    kept, removed = ended(line, NOTE, *signature)
    assert kept[-2 - len(signature) :] == [line, NOTE, *signature]
    assert not removed


@pytest.mark.parametrize("line", ["技术支持：镇党政办", "政策解读", "主办：镇党政办"])
def test_no_footer_begins_before_the_signature(line: str) -> None:
    kept, removed = ended(line, *SIGNATURE, "版权所有：某网站", "闽ICP备87654321号", "本站已支持新协议")
    assert kept[-3:] == [line, *SIGNATURE]
    assert removed == ["T07", "T09", "footer"]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("扫一扫在手机打开当前页", "T01"), ("扫一扫 分享到微信", "T01"), ("上一篇：石桥镇规划", "T04"),
        ("下一篇 没有了", "T04"), ("上一篇 石桥镇2020年政府信息公开工作年度报告", "T04"), ("相关链接", "T05"),
        ("相关文章：石桥镇要闻", "T05"), ("主办单位：石桥镇人民政府", "T07"), ("版权所有 石桥镇人民政府办公室", "T07"),
        ("网站标识码：3504260007 闽ICP备87654321号", "T08"), ("闽ICP备87654321号-1", "T09"),
        ("关于我们 | 网站地图 | 隐私声明", "T11"), ("网站地图 联系我们", "T11"), ("中国政府网 省政府网站 其他网站", "T16"),
    ],
)  # fmt: skip
def test_footer_lines_go_and_are_recorded(line: str, rule: str) -> None:
    kept, removed = ended(*SIGNATURE, line, "本站已支持新协议")
    assert kept[-2:] == [*SIGNATURE]
    assert removed == [rule, "footer"]


TOOLS = [
    ("阅读次数：77 信息来源：临水县 发布时间：2015-01-09 16:05 字体：[大 中 小] 收藏本页", "H05"), ("您是第 31245 位访客", "T18"), ("点赞 0", "T18"), ("评论（12）", "T18"), ("本文已被浏览 65 次", "T18"), ("阅读：35 次", "T18"),
    ("（编辑：李某 审核：王某）", "T19"), ("【字体：大 中 小】【打印】", "T20"), ("版权声明：转载请注明来源", "T21"),
    ("温馨提示：可以用浏览器打印", "T21"), ("信息公开年报 更多>>", "T21"), ("【我要纠错】", "T21"), ("网站纠错", "T21"),
    ("用微信“扫一扫”，分享到朋友圈", "T22"), ("Normal 0 7.8 磅 0 2 false false false EN-US ZH-CN X-NONE", "T23"),
]  # fmt: skip
RELATED = [
    "石桥镇2020年政府信息公开工作年度报告",
    "【图解】临水县2020年政府信息公开年报",
    "关于做好2022年政府信息公开年度报告编制工作的通知",
    "石桥镇2020年政府信息公开年报 白马乡2022年政府信息公开工作年度报告 【图解】临水县2019年政府信息公开年报",
]


@pytest.mark.parametrize(("line", "rule"), TOOLS)
def test_tools_behind_the_signature_go_and_are_recorded(line: str, rule: str) -> None:
    kept, removed = ended(*SIGNATURE, line)
    assert kept[-2:] == [*SIGNATURE]
    assert removed == [rule]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_list_of_other_reports_behind_the_text_goes(count: int) -> None:
    kept, removed = ended(*SIGNATURE, "点赞 3", *RELATED[-count:])
    assert kept[-2:] == [*SIGNATURE]
    assert removed == ["T18", *["related"] * count]


@pytest.mark.parametrize(
    "line",
    [
        "附件：石桥镇2020年政府信息公开工作年度报告",
        "1.临水县2020年政府信息公开年报",
        "临水县2020年政府信息公开年报.pdf",
        "《石桥镇2020年政府信息公开工作年度报告》已按时发布。",
        "浏览量35万次，点赞12次，评论办结率100%。",
        "温馨提示牌设置12处。",
    ],
)
def test_attachments_and_sentences_in_the_tail_stay(line: str) -> None:
    kept, removed = ended(line, *SIGNATURE)
    assert line in kept
    assert not removed
