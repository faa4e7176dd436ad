from __future__ import annotations

import pytest

from govcrawl.reports import report_title
from govcrawl.reports.titles import negative_class, title_year


@pytest.mark.parametrize(
    ("text", "title", "agency", "year"),
    [
        ("临水镇2020年政府信息公开工作年度报告", "临水镇2020年政府信息公开工作年度报告", "临水镇", 2020),
        ("-1临水镇2020年政府信息公开工作年度报告", "-1临水镇2020年政府信息公开工作年度报告", "临水镇", 2020),
        ("- 临水镇2020年政府信息公开工作年度报告", "临水镇2020年政府信息公开工作年度报告", "临水镇", 2020),
        ("-2020年临水镇政府信息公开工作年度报告", "2020年临水镇政府信息公开工作年度报告", "临水镇", 2020),
        (
            "临水镇人民政府2019年信息公开年度报告",
            "临水镇人民政府2019年信息公开年度报告",
            "临水镇人民政府",
            2019,
        ),
        ("@2020年政府信息公开工作年度报告", "@2020年政府信息公开工作年度报告", None, 2020),
        ("@临水镇2020年政府信息公开工作年度报告", "@临水镇2020年政府信息公开工作年度报告", "临水镇", 2020),
        (
            '=HYPERLINK("http://x.example/","点这里")2020年政府信息公开工作年度报告',
            '=HYPERLINK("http://x.example/","点这里")2020年政府信息公开工作年度报告',
            None,
            2020,
        ),
        ("2020 年政府信息公开工作年度报告", "2020 年政府信息公开工作年度报告", None, 2020),
        ("关于2021年度政府信息公开工作的年度报告", "关于2021年度政府信息公开工作的年度报告", None, 2021),
        (
            "临水县财政局2022年度政府信息公开年报-临水县财政局",
            "临水县财政局2022年度政府信息公开年报",
            "临水县财政局",
            2022,
        ),
        (
            "临水县 政府信息公开年报 青山镇2021年政府信息公开工作年度报告",
            "青山镇2021年政府信息公开工作年度报告",
            "青山镇",
            2021,
        ),
        (
            "青山镇政府信息公开工作年度报告（2018年）",
            "青山镇政府信息公开工作年度报告（2018年）",
            "青山镇",
            2018,
        ),
        (
            "2020年青山镇人民政府信息公开年度报告",
            "2020年青山镇人民政府信息公开年度报告",
            "青山镇人民政府",
            2020,
        ),
        (
            "二〇二〇年度青山镇政府信息公开工作年度报告",
            "二〇二〇年度青山镇政府信息公开工作年度报告",
            "青山镇",
            2020,
        ),
        ("首页>政务公开>年报>青山镇2021年政府信息公开年报", "青山镇2021年政府信息公开年报", "青山镇", 2021),
        (
            "临水县审计局2021年政府信息公开工作年度报告",
            "临水县审计局2021年政府信息公开工作年度报告",
            "临水县审计局",
            2021,
        ),
        ("[乡镇] 青山镇2021年政务信息公开年报 2022-01-17", "青山镇2021年政务信息公开年报", "青山镇", 2021),
        ("青山镇2017年政府信息公开工作情况报告", "青山镇2017年政府信息公开工作情况报告", "青山镇", 2017),
        ("青山镇政府信息公开工作年度报告", "青山镇政府信息公开工作年度报告", "青山镇", None),
    ],
)
def test_titles(text: str, title: str, agency: str | None, year: int | None) -> None:
    found = report_title(text)
    assert found is not None
    assert (found.title, found.agency, found.year, found.cut) == (title, agency, year, False)


@pytest.mark.parametrize(
    "text", ["青山镇2021年政府信息公…", "青山镇2021年政府信息公开工作年度...", "青山镇2021年政府信…"]
)
def test_cut_titles(text: str) -> None:
    found = report_title(text)
    assert found is not None
    assert (found.agency, found.year, found.cut) == ("青山镇", 2021, True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("文字解读：青山镇2022年政府信息公开工作年度报告", "interpretation"),
        ("一图读懂青山镇2022年政府信息公开年报", "interpretation"),
        ("关于做好2019年度政府信息公开年度报告编制发布工作的通知", "notice"),
        ("关于发布2023年政府信息公开工作年度报告的公告", "notice"),
        ("石坞县2023年政府信息公开工作年度报告（征求意见稿）", "draft"),
        ("青山镇政府信息公开指南（2021年版）", "guide"),
        ("政府网站工作年度报表（2021年度）", "website_report"),
        ("临水县2021年法治政府建设年度报告", "rule_of_law"),
        ("2021年预决算信息公开工作报告", "budget"),
        ("2022年政府工作报告", "work_report"),
        ("青山镇2021年政府信息公开工作自查报告", "other_report"),
        ("企业年报公示信息2021年度报告", "company"),
    ],
)
def test_look_alikes(text: str, kind: str) -> None:
    assert report_title(text) is None
    assert negative_class(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开年报",
        "部门信息公开年报",
        "现将2021年度政府信息公开情况报告如下：",
        "政府信息公开工作年度报告",
        "",
    ],
)
def test_columns_and_sentences_are_no_titles(text: str) -> None:
    assert report_title(text) is None


def test_year_of_a_title() -> None:
    assert title_year("青山镇二○一九年年报") == 2019
    assert title_year("青山镇年报") is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("石桥镇人民政府2052年政府信息公开工作年度报告", None),
        ("石桥镇人民政府1998年政府信息公开工作年度报告", None),
        ("1998年石桥镇人民政府政府信息公开工作年度报告", None),
        ("石桥镇人民政府20231年政府信息公开工作年度报告", None),
        ("石桥镇人民政府2020-2021年政府信息公开工作年度报告", 2021),
        ("2020至2021年度石桥镇人民政府政府信息公开工作年度报告", 2021),
    ],
)
def test_no_year_stays_in_the_agency(text: str, year: int | None) -> None:
    title = report_title(text)
    assert title is not None
    assert (title.agency, title.year) == ("石桥镇人民政府", year)
