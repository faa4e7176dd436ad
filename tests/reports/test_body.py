from __future__ import annotations

import pytest

from govcrawl.errors import NotAReport
from govcrawl.model import Document, Paragraph
from govcrawl.reports import Place, read_report
from govcrawl.reports.body import body_of, scope_of
from govcrawl.reports.clones import clone_evidence
from tests.reports import forms

COUNTY = Place("钦北区", "钦州市", "广西壮族自治区", "county", "450703")
CITY = Place("钦州市", "", "广西壮族自治区", "prefecture", "450700")


@pytest.mark.parametrize(
    ("agency", "place", "norm", "kind"),
    [
        ("钦北区人民政府", COUNTY, "人民政府", "county_gov"),
        ("钦州市钦北区人民政府", COUNTY, "人民政府", "county_gov"),
        ("钦北区", COUNTY, "人民政府", "county_gov"),
        ("钦北区人民政府办公室", COUNTY, "人民政府办公室", "department"),
        ("区政府办", COUNTY, "人民政府办公室", "department"),
        ("钦北区长滩镇人民政府", COUNTY, "长滩镇", "township"),
        ("长 滩镇", COUNTY, "长滩镇", "township"),
        ("区民政局", COUNTY, "民政局", "department"),
        ("钦北区市场监督管理局", COUNTY, "市场监督管理局", "department"),
        ("市场监督管理局", COUNTY, "市场监督管理局", "department"),
        ("子材街道办事处", COUNTY, "子材街道", "subdistrict"),
        ("钦北区高新技术产业开发区管理委员会", COUNTY, "高新技术产业开发区管委会", "committee"),
        ("钦北区发展和改革委员会", COUNTY, "发展和改革委员会", "department"),
        ("钦北区第一中学", COUNTY, "第一中学", "other"),
        ("钦州市人民政府", CITY, "人民政府", "city_gov"),
        ("钦州市教育局", CITY, "教育局", "department"),
        ("灵山县人民政府", CITY, "灵山县", "county_gov"),
        ("临水县民政局", None, "临水县民政局", "department"),
        ("临水市人民政府", None, "临水市", None),
    ],
)
def test_names_and_kinds(agency: str, place: Place | None, norm: str, kind: str | None) -> None:
    body = body_of(agency, place)
    assert (body.norm, body.kind) == (norm, kind)


def test_a_town_gets_its_code_from_the_portals_county() -> None:
    known = body_of("长滩镇人民政府", COUNTY).township
    assert known is not None
    assert known.startswith("450703")
    assert body_of("没有这个镇", COUNTY).township is None
    assert body_of("长滩镇人民政府", None).township is None


@pytest.mark.parametrize(
    ("agency", "title", "text", "scope"),
    [
        ("钦北区人民政府", "", "本报告数据包括区政府各部门、各乡镇、街道。", "aggregate"),
        ("钦北区人民政府", "", "2021年，全区共收到政府信息公开申请40件。", "aggregate"),
        ("钦北区人民政府", "", "全区各部门主动公开信息一万余条。", "aggregate"),
        (
            "钦北区人民政府办公室",
            "",
            "本报告由各部门报送的数据汇总编制而成，根据各乡镇报告综合。",
            "aggregate",
        ),
        ("钦北区", "钦北区2021年全区政府信息公开工作年度报告", "平稳。", "aggregate"),
        ("钦北区人民政府", "", "区政府严格执行条例，工作平稳。", "own"),
        ("钦北区人民政府办公室", "", "我办督促全区各部门做好公开工作，收到申请2件。", "own"),
        ("钦北区民政局", "", "全区共收到政府信息公开申请40件。", "own"),
        ("长滩镇人民政府", "", "本报告包括各单位的工作。", "own"),
    ],
)
def test_own_report_or_a_sum(agency: str, title: str, text: str, scope: str) -> None:
    found, words = scope_of(agency, body_of(agency, COUNTY), COUNTY, title, [text])
    assert found == scope
    assert words


def test_scope_and_body_reach_the_report() -> None:
    base = forms.document(title="钦北区长滩镇2021年政府信息公开工作年度报告")
    report = read_report(base, place=COUNTY)
    assert (report.scope, report.agency_type, report.agency_norm) == ("own", "township", "长滩镇")
    assert report.evidence["scope"] == "own"
    assert report.evidence["scope_words"]
    assert report.township_code is not None


TITLE = "青山镇2021年政府信息公开工作年度报告"
PINYIN = "青山镇政府(zhèng fǔ)信息(xìn xī)公开(gōng kāi)工作(gōng zuò)平稳。"
TRADITIONAL = (
    "青山鎮貫徹條例，政府信息公開機構健全，統計數據準確，會議部門責任單項檢驗報告規範，學習運動開發財產。"
)


@pytest.mark.parametrize(
    ("title", "line", "word"),
    [
        (TITLE, PINYIN, "pinyin"),
        (TITLE, TRADITIONAL, "traditional"),
        (f"{TITLE}-成人视频", "全年平稳。", "spam"),
    ],
)
def test_clones_are_rejected_with_their_evidence(title: str, line: str, word: str) -> None:
    blocks = [Paragraph(title), *(Paragraph(text) for head in forms.HEADINGS for text in (head, line))]
    with pytest.raises(NotAReport, match=f"clone of one: .*{word}"):
        read_report(Document("html", tuple(blocks), titles=(title,)))


def test_a_word_in_brackets_makes_no_clone() -> None:
    lines = [Paragraph("政府网站(www.example.gov.cn)、微信(WeChat)、平台(APP)发布《長滩》一文。")] * 5
    assert clone_evidence([TITLE], lines) is None


def test_a_city_s_sum_is_told_without_its_place() -> None:
    text = "本报告综合全市各乡镇（街道）和市直各部门的情况编制，汇总了全市90个单位的数据。"
    body = body_of("云岭市人民政府", None)
    assert scope_of("云岭市人民政府", body, None, "", [text])[0] == "aggregate"
    assert scope_of("青山镇人民政府", body_of("青山镇人民政府", None), None, "", [text])[0] == "own"
