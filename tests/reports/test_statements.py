from __future__ import annotations

import pytest

from govcrawl.model import Section
from govcrawl.reports.numerals import numeral
from govcrawl.reports.statements import Speaker, contradictions, statements_of

TOWN = Speaker("青山镇人民政府", "青山镇", "township", 2021, "2021")
COUNTY = Speaker("临水县人民政府", "人民政府", "county_gov", 2021, "2021", whole=True)

NEW = "application.received_new:total"
IN, OUT = "application.carried_in:total", "application.carried_out:total"
GRANTED, PARTIAL = "application.result.granted:total", "application.result.partial:total"
REVIEW, SUED = "challenge.review:total", "challenge.litigation:total"
DIRECT, AFTER = "challenge.litigation_direct:total", "challenge.litigation_after_review:total"
OPEN = "stat2014.proactive.disclosed_total"
NOTICES, NOTICED, COLLECTED = (f"fee_notice.{n}" for n in ("notices", "amount_noticed", "amount_collected"))


def told(
    text: str, speaker: Speaker = TOWN, heading: str = "一、总体情况", number: int = 1
) -> dict[str, float]:
    return {s.fact: s.value for s in statements_of([Section(number, heading, text)], speaker)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2021年，我镇共收到政府信息公开申请5件，上年结转2件，予以公开3件，部分公开1件，结转下年度3件。",
            {NEW: 5, IN: 2, GRANTED: 3, PARTIAL: 1, OUT: 3},
        ),
        ("2021年,我镇共收到0件依申请公开件。", {NEW: 0}),
        ("全年收 到依申请公开二十三件，同比增长15%。", {NEW: 23}),
        ("本年新收政府信息公开申请１件，较上年增加1件。", {NEW: 1}),
        ("办理政府信息公开申请7件。其中，新收5件、上年结转2件。", {NEW: 5, IN: 2}),
        ("2020年结转1件，结转至2022年2件，均为信息公开申请。", {IN: 1, OUT: 2}),
        (
            "2021年1月1日至2021年12月31日，收到公民、法人和其他组织提出的政府信息公开申请1,204件。",
            {NEW: 1204},
        ),
        ("因政府信息公开引起的行政复议2件，行政诉讼1件。", {REVIEW: 2, SUED: 1}),
        ("信息公开引发行政复议3件，其中维持2件、撤销1件；行政诉讼2件，均胜诉。", {REVIEW: 3, SUED: 2}),
        ("我镇收到政府信息公开申请30件，受理政府信息公开申请28件。", {NEW: 30}),
        ("2021年，我局共收到政府信息公开申请十三件，全部按时办结。", {NEW: 13}),
        ("政府信息公开行政复议28件、未经复议直接起诉9件、复议后起诉2件。", {REVIEW: 28, DIRECT: 9, AFTER: 2}),
        ("信息公开行政复议、行政诉讼均为0件。", {REVIEW: 0, SUED: 0}),
        ("全年主动公开政府信息1,234条，其中通过网站公开80条。", {OPEN: 1234}),
        ("我镇通过各类媒体主动公开政府信息646条。", {OPEN: 646}),
        (
            "2021年度发出收费通知2件，总金额300元，实际收取总金额0.02万元。",
            {NOTICES: 2, NOTICED: 300, COLLECTED: 200},
        ),
        (
            "发出收费通知的件数、总金额和实际收取的总金额均为0。",
            {NOTICES: 0, NOTICED: 0, COLLECTED: 0},
        ),
    ],
)
def test_plain_sentences(text: str, expected: dict[str, float]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年，本机关未收到政府信息公开申请。", {NEW: 0}),
        ("没有收到公民、法人和其他组织提出的政府信息公开申请。", {NEW: 0}),
        ("2021年度未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。", {REVIEW: 0, SUED: 0}),
        ("没有因政府信息公开引起行政复议或者行政起诉的案例发生。", {REVIEW: 0, SUED: 0}),
        ("2021年度未收取政府信息公开信息处理费，没有其他需要报告的事项。", {COLLECTED: 0}),
        ("本年度未发出收费通知，涉及信息公开收费的事项无。", {NOTICES: 0}),
        ("我镇没有收到要求公开政府信息的申请，也没有发生行政复议、行政诉讼。", {NEW: 0, REVIEW: 0, SUED: 0}),
        ("2021年我镇无政府信息公开申请。", {NEW: 0}),
        (
            "未发生针对本单位有关政府信息公开事务的行政复议案、行政诉讼案和有关的申诉案。",
            {REVIEW: 0, SUED: 0},
        ),
        ("一年来，没有一件政府信息公开申请引起行政复议、行政诉讼。", {REVIEW: 0, SUED: 0}),
    ],
)
def test_outright_negations_are_zero(text: str, expected: dict[str, float]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "无政府信息公开申请被驳回。", "不予受理政府信息公开申请3件。", "所有无政府信息公开申请人的表格。",
        "没有一件政府信息公开申请引起行政复议败诉。", "信息公开争议5件，其中行政复议3件；涉及征地行政诉讼2件。",
        "我县受理政府信息公开申请28件。", "其中，受理政府信息公开申请28件。", "无政府信息公开申请的，按零填报。",
        "未收到商业企业的信息公开申请。", "未收到信息公开申请人的投诉。", "没有因信息公开引起的行政复议被纠正。",
        "全年收到信息公开申请约5件。", "全年收到信息公开申请3至5件。", "全年收到信息公开申请3-5件。",
        "全年收到信息公开申请10余件。", "全年收到信息公开申请近百件。", "主动公开政府信息1.2万条。",
        "收到信息公开申请占比20%。", "2020年收到信息公开申请5件，2021年收到信息公开申请6件。",
        "2020年收到信息公开申请5件。", "去年收到信息公开申请5件。", "上半年收到信息公开申请5件。",
        "截至6月，收到信息公开申请5件。", "近三年收到信息公开申请5件。", "2022年计划主动公开政府信息500条。",
        "县政府办收到信息公开申请5件。", "全县收到信息公开申请50件。", "县教育局高度重视，全年收到信息公开申请5件。",
        "各部门主动公开信息80条。", "通过网站主动公开政府信息80条。", "收到自然人信息公开申请5件。",
        "其中，网上收到信息公开申请5件。", "信息公开行政复议、行政诉讼3件。", "办理行政复议120件，推进政府信息公开。",
        "收到申请5件。", "收到信息公开申请5件，收到信息公开申请6件。", "2020年情况如下。收到信息公开申请5件。",
        "不予以公开3件信息公开申请。",
        "收到信息公开申请5件以上。", "收到信息公开申请5件左右。", "收到信息公开申请1 2件。", "收到信息公开申请15件次。",
        "予以公开信息公开申请5件以上。", "主动公开信息320条以上。", "全年依申请公开政府信息3件。", "上年度收到信息公开申请4件。", "2019年结转信息公开申请2件。",
    ],
)  # fmt: skip
def test_nothing_from_sentences_that_leave_room(text: str) -> None:
    assert told(text) == {}


def test_a_county_speaks_for_its_bodies_only_in_a_sum() -> None:
    assert told("2021年，全县共收到政府信息公开申请50件。", COUNTY) == {NEW: 50}
    department = Speaker("临水县民政局", "民政局", "department", 2021, "2021")
    assert told("2021年，全县共收到政府信息公开申请50件。", department) == {}
    assert told("县民政局全年收到政府信息公开申请5件。", department) == {NEW: 5}


def test_problems_and_plans_and_tables_are_not_read() -> None:
    assert told("全年收到信息公开申请5件。", heading="五、存在的主要问题及改进情况", number=5) == {}
    assert told("| 收到信息公开申请5件。 |\n| --- |") == {}


def test_headings_give_the_context_of_free_reports() -> None:
    free = Speaker("青山镇", "青山镇", "township", 2012, "free")
    heading = "五、行政复议、诉讼和申诉情况"
    assert told("2012年度没有发生行政复议和行政诉讼。", free, heading, 5) == {REVIEW: 0, SUED: 0}
    assert told("没有收取任何费用。", free, "四、收费及减免情况", 4) == {COLLECTED: 0}


def test_what_was_accepted_is_what_came_in_only_in_reports_of_old() -> None:
    text = "本机关受理政府信息公开申请28件，其中公开申请21件，不予公开7件。"
    assert told(text, Speaker("青山镇", "青山镇", "township", 2012, "free")) == {NEW: 28}
    assert told(text) == {}


def test_ids_are_those_of_the_reports_own_form() -> None:
    old = Speaker("青山镇", "青山镇", "township", 2016, "2014")
    assert told("收到政府信息公开申请3件，行政复议1件。", old) == {
        "stat2014.application.received": 3,
        "stat2014.review": 1,
    }


def test_sentences_are_kept_as_published_and_contradictions_said() -> None:
    text = "我镇收到政府信息公开申请 3 件。工作平稳。\n\n（二）依申请公开。全年收到信息公开申请４件。"
    found = statements_of([Section(1, "", text)], TOWN)
    assert [(s.value, s.sentence) for s in found] == [
        (3, "我镇收到政府信息公开申请 3 件。"),
        (4, "全年收到信息公开申请４件。"),
    ]
    [finding] = contradictions(found)
    assert (finding.kind, finding.subject) == ("statements_disagree", NEW)


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("1,234", 1234), ("0.5", 0.5), ("五", 5), ("十五", 15), ("二十", 20), ("一百零三", 103),
     ("两千", 2000), ("一万二千", 12000), ("二〇", 20), ("零", 0), ("百", None), ("十十", None), ("五三百", None),
     ("万", None)],
)  # fmt: skip
def test_numerals(text: str, value: float | None) -> None:
    assert numeral(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我局共收到政府信息公开申请十三件，全部按时办结。", {NEW: 13}),
        ("2021年我镇无政府信息公开申请。", {NEW: 0}),
        ("我镇没有收到要求公开政府信息的申请，也没有发生行政复议、行政诉讼。", {NEW: 0, REVIEW: 0, SUED: 0}),
        (
            "未发生针对本单位有关政府信息公开事务的行政复议案、行政诉讼案和有关的申诉案。",
            {REVIEW: 0, SUED: 0},
        ),
        ("一年来，没有一件政府信息公开申请引起行政复议、行政诉讼。", {REVIEW: 0, SUED: 0}),
        ("因政府信息公开引发行政复议3件，其中维持2件、撤销1件；行政诉讼2件，均胜诉。", {REVIEW: 3, SUED: 2}),
        ("无政府信息公开申请超期答复。", {}),
        ("没有政府信息公开申请转为信访件。", {}),
        ("石桥局共收到政府信息公开申请十三件。", {}),
    ],
)
def test_wordings_of_free_reports(text: str, expected: dict[str, int]) -> None:
    assert told(text) == expected
