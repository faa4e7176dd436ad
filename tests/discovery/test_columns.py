"""Labels as real home pages word them (counts in the project's reading of some sixty front pages)."""

import pytest

from govcrawl.discovery.columns import Label, classify, slug_score, year_of


@pytest.mark.parametrize(
    "label",
    [
        "政府信息公开年报", "公开年报", "信息公开年报", "政府信息公开年度报告", "政府信息公开工作年度报告", "公开年度报告",
        "市政府信息公开年报", "政府信息\n 公开年报", "政 府 信 息 公 开 年 报", "· 政府信息公开年报 >>", "年度报告",
    ],
)  # fmt: skip
def test_the_column(label: str) -> None:
    assert classify(label) is Label.ANNUAL


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("政务公开", Label.DISCLOSURE),
        ("公开", Label.DISCLOSURE),
        ("政府信息公开专栏", Label.DISCLOSURE),
        ("蓼浦县人民政府信息公开平台", Label.DISCLOSURE),
        ("省政府信息公开专栏", Label.HIGHER),
        ("国务院信息", Label.HIGHER),
        ("政府信息公开指南", Label.DECOY),
        ("政府信息公开制度", Label.DECOY),
        ("依 申 请 公 开", Label.DECOY),
        ("政府网站工作年度报表", Label.DECOY),
        ("政府工作报告", Label.DECOY),
        ("法治政府建设年度报告", Label.DECOY),
        ("企业年报", Label.DECOY),
        ("政府部门信息公开", Label.GROUP),
        ("乡镇街道信息公开", Label.GROUP),
        ("政府部门信息公开目录", Label.GROUP),
        ("乡（镇）、街道", Label.GROUP),
        ("县直单位", Label.GROUP),
        ("县人民政府", Label.GROUP),
        ("2019年政府部门", Label.GROUP),
        ("2019年度乡镇街道", Label.GROUP),
        ("长滩镇", Label.BODY),
        ("市场监督管理局", Label.BODY),
        ("审计局", Label.BODY),
        ("2021年", Label.YEAR),
        ("2018年及以前", Label.YEAR),
        ("2008-2018年", Label.YEAR),
        ("往年年报", Label.YEAR),
        ("2021年政府信息公开年报", Label.YEAR),
        ("历年报告", Label.YEAR),
        ("往期年报", Label.YEAR),
        ("年报归档", Label.YEAR),
        ("二〇二四年度", Label.YEAR),
        ("2024年度(98条)", Label.YEAR),
        ("2024年报专题", Label.YEAR),
        ("2024部门", Label.GROUP),
        ("乡镇2024年", Label.GROUP),
        ("2024(县直)", Label.PART),
        ("县本级", Label.PART),
        ("本级年报", Label.PART),
        ("驻县单位", Label.PART),
        ("垂管部门年报", Label.PART),
        ("公共企事业单位", Label.PART),
        ("乡镇（场）", Label.PART),
        ("管委会(2)", Label.PART),
        ("省级", Label.OTHER),
        ("新闻中心", Label.OTHER),
        ("政务服务中心", Label.BODY),
        ("网站地图", Label.MAP),
        ("我县召开经济运行分析会", Label.OTHER),
        ("", Label.OTHER),
    ],
)
def test_other_labels(label: str, kind: Label) -> None:
    assert classify(label) is kind


def test_years_and_slugs() -> None:
    assert year_of("2021年度") == 2021
    assert year_of("长滩镇") is None
    assert year_of("2018年及以前") is None
    assert year_of("2008-2018年") is None
    assert slug_score("http://a.gov.cn/zwgk/zfxxgknb/") == 1.0
    assert slug_score("http://a.gov.cn/gkml/") == 0.4
    assert slug_score("http://a.gov.cn/zfgzbg/") == 0.0


@pytest.mark.parametrize("label", ["民政局2017", "岫堰县人民政府（2017年）", "长滩镇2017年度"])
def test_a_body_with_a_year_is_a_body_and_a_year(label: str) -> None:
    assert classify(label) is Label.BODY
    assert year_of(label) == 2017
