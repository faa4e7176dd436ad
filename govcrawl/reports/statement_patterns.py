"""How prose words the numbers that statements are made of; every pattern is for folded text.

A pattern takes a number only where nothing but known filler stands between its key words and the number, and
a unit follows at once: ``约5件``, ``5余件``, ``3至5件``, ``20%`` and ``1.2万件`` match nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from govcrawl.reports.numerals import NUMERAL

RECEIVED = "application.received_new:total"
CARRIED_IN = "application.carried_in:total"
CARRIED_OUT = "application.carried_out:total"
GRANTED = "application.result.granted:total"
PARTIAL = "application.result.partial:total"
REVIEW = "challenge.review:total"
LITIGATION = "challenge.litigation:total"
DIRECT = "challenge.litigation_direct:total"
AFTER_REVIEW = "challenge.litigation_after_review:total"
DISCLOSED = "stat2014.proactive.disclosed_total"
NOTICES = "fee_notice.notices"
NOTICED = "fee_notice.amount_noticed"
COLLECTED = "fee_notice.amount_collected"


@dataclass(frozen=True, slots=True)
class Wording:
    """A way to state a number of some facts; ``n`` of the match is the number, without it it is zero.

    ``key`` stands in every sentence that matches: looking for it is quicker than the pattern.
    ``subset`` forbids words before it that make the number a part of a total, ``context`` demands that
    the paragraph or heading speaks of disclosure (or, as named, of fees); ``unless`` are words for the same
    that make this one mean less: of 收到30件, 受理28件 only the first counts. Where table 三 counts what came
    in, such a wording says nothing.
    """

    facts: tuple[str, ...]
    key: str
    pattern: re.Pattern[str]
    subset: bool = True
    context: str = "disclosure"
    unless: str = ""


_N = rf"(?P<n>{NUMERAL})"
_IS = r"(?:总?数量?|件数|总量|量)?(?:均?为|共计|共有|合计|总计|总共|累计|共|计|是|有|了|达|:)*"
_ROUND = "(?!次|套|以上|以下|以内|左右|上下|多|余|例|款)"
_PIECES = rf"(?:件|起|宗){_ROUND}"
_WHO = (
    r"(?:(?:来自)?(?:社会)?(?:公民|公众|群众|申请人)(?:[、和及或,]*法人)?(?:[、和及或者]*其他(?:社会)?组织)?"
    r"(?:提出|提交|递交)?的?)?"
)
_OPEN = r"(?:政府|政务)?(?:信息)?(?:公开)?"
_APPLY = (
    rf"{_WHO}的?(?:依申请(?:信息)?公开(?:政府信息|信息)?(?:的?申请)?"
    rf"|{_OPEN}的?申请(?:公开(?:政府信息|信息)?(?:事项)?)?)"
)
_TAKE = r"(?:收到|接到|接收到?|新收到?)"
_NO = r"(?:未曾|从未|暂未|没有|未|没|无)"
_MONEY = rf"{_N}(?P<unit>万?元)"
_END = r"(?=[,;:。!)]|$)"
_AND = r"(?:[、,和及与或]|以及|或者)+"
_CASES = r"(?:申请|案件|事项|案)?"
_OURS = r"(?:针对|对)?(?:(?:本|我)(?:单位|机关|部门|街道|[局委办厅镇乡县区市旗]))?"
_CAUSE = (
    rf"{_OURS}(?:因|由|涉及|有关|关于)?(?:政府|政务)?(?:信息公开)?(?:工作|事务|事项)?(?:而)?"
    r"(?:被|引起|引发|产生|导致|发生)?的?"
)
_HAPPEN = r"(?:发生|收到|产生|出现|接到|引发|引起|涉及|有)?过?(?:任何|一[起件])?"
_TAIL = rf"(?:[、和及](?:有关的?)?申诉案?件?)?(?:的?(?:情况|情形|事项|问题|现象|案件|案例))?(?:发生)?{_END}"
_REVIEWED = rf"(?:被|提起|申请)*行政复议{_CASES}"
_SUED = rf"(?:被|提起)*行政(?:诉讼|起诉){_CASES}"


def _wording(
    facts: str | tuple[str, ...],
    key: str,
    pattern: str,
    *,
    subset: bool = True,
    context: str = "disclosure",
    unless: str = "",
) -> Wording:
    names = (facts,) if isinstance(facts, str) else facts
    return Wording(names, key, re.compile(pattern), subset, context, unless)


WORDINGS: tuple[Wording, ...] = (
    _wording(RECEIVED, "申请", rf"(?<!未)(?<!没有)(?<!没)(?<!无){_TAKE}的?{_APPLY}{_IS}{_N}{_PIECES}"),
    _wording(
        RECEIVED,
        "申请",
        rf"(?<!未)(?<!没有)(?<!没)(?<!无){_TAKE}(?:共计|合计|共)?{_N}件{_APPLY}(?:件|案件)?{_END}",
    ),
    _wording(RECEIVED, "新收", rf"新收到?{_IS}{_N}{_PIECES}"),
    _wording(RECEIVED, "申请", rf"{_NO}(?:收到|接到|接收到?)过?(?:任何|一件)?{_APPLY}{_TAIL}"),
    _wording(
        RECEIVED,
        "受理",
        rf"(?<!不)(?<!不予)(?<!未予)(?<!未)受理的?{_APPLY}{_IS}{_N}{_PIECES}",
        unless="收到|接到|接收|新收|不予受理",
    ),
    _wording(
        RECEIVED,
        "申请",
        rf"{_NO}(?:收到|接到|接收到?)过?(?:任何|一件)?{_WHO}(?:要求|请求|申请)公开(?:政府|政务)信息的?申请{_TAIL}",
    ),
    _wording(
        RECEIVED,
        "申请",
        r"(?<![有均全都])(?:暂无|尚无|没有|无)(?:任何)?(?:政府信息公开|依申请公开(?:政府信息)?)的?(?:申请)?(?<=申请)(?:事项)?"
        rf"(?:的?情况)?{_END}",
    ),
    _wording(
        (REVIEW, LITIGATION),
        "行政复议",
        rf"{_NO}(?:一[件起宗])?{_APPLY}(?:被)?(?:引起|引发|导致|产生)的?{_REVIEWED}{_AND}{_SUED}{_TAIL}",
    ),
    _wording(
        CARRIED_IN,
        "结转",
        rf"(?:上一?年度?|(?P<before>20[0-9]{{2}})年度?)结转(?:的|政府信息公开|申请|办理)*{_IS}{_N}件{_ROUND}",
        subset=False,
    ),
    _wording(
        CARRIED_OUT,
        "结转",
        r"结转(?:至|到)?(?:下一?年度?|次年度?|明年|(?P<after>20[0-9]{2})年度?)(?:继续|办理|的|政府信息公开|申请)*"
        rf"{_IS}{_N}件{_ROUND}",
        subset=False,
    ),
    _wording(GRANTED, "予以公开", rf"(?<![不未])(?<!主动)予以公开(?:的|申请)*{_IS}{_N}件{_ROUND}"),
    _wording(PARTIAL, "部分公开", rf"(?<![不未])(?:予以)?部分公开(?:的|申请)*{_IS}{_N}件{_ROUND}"),
    _wording(
        (REVIEW, LITIGATION),
        "行政诉讼",
        rf"行政复议{_CASES}{_AND}{_SUED}(?:数量|件数|数)?(?:均为?|都为?|均是|都是|各有?){_N}{_PIECES}",
    ),
    _wording(
        REVIEW,
        "行政复议",
        rf"(?<!办理)(?<!审理)(?<!受理)(?<!审结)(?<!办结)行政复议{_CASES}(?:的)?{_IS}{_N}{_PIECES}",
    ),
    _wording(
        LITIGATION, "行政诉讼", rf"(?<!复议)(?<!复议[、和及与或])行政诉讼{_CASES}(?:的)?{_IS}{_N}{_PIECES}"
    ),
    _wording(
        DIRECT, "未经复议", rf"未经复议(?:而)?直接(?:起诉|提起诉讼|提起行政诉讼)的?{_CASES}{_IS}{_N}{_PIECES}"
    ),
    _wording(
        AFTER_REVIEW, "复议后", rf"复议后(?:又)?(?:起诉|提起诉讼|提起行政诉讼)的?{_CASES}{_IS}{_N}{_PIECES}"
    ),
    _wording((REVIEW, LITIGATION), "行政复议", rf"{_NO}{_HAPPEN}{_CAUSE}{_REVIEWED}{_AND}{_SUED}{_TAIL}"),
    _wording(REVIEW, "行政复议", rf"{_NO}{_HAPPEN}{_CAUSE}{_REVIEWED}{_TAIL}"),
    _wording(LITIGATION, "行政诉讼", rf"{_NO}{_HAPPEN}{_CAUSE}{_SUED}{_TAIL}"),
    _wording(
        DISCLOSED,
        "主动公开",
        rf"主动公开了?(?:各类|各项)?(?:政府|政务)?(?:信息)?(?:公开)?{_IS}{_N}条{_ROUND}",
    ),
    _wording(
        NOTICES, "收费通知", rf"发出(?:的)?收费通知书?(?:的)?{_IS}{_N}(?:件|份){_ROUND}", context="fees"
    ),
    _wording(NOTICES, "收费通知", rf"{_NO}(?:发出|发送|开具)过?(?:任何)?收费通知书?{_END}", context="fees"),
    _wording(
        NOTICED,
        "总金额",
        rf"(?<!收取)(?<!收取的)(?:收费)?(?<!收取)(?<!收取的)总金额{_IS}{_MONEY}",
        context="fees",
    ),
    _wording(
        COLLECTED,
        "收取",
        rf"实际收取(?:的)?(?:信息处理费)?(?:总金额|金额|费用)?{_IS}{_MONEY}",
        context="fees",
    ),
    _wording(
        COLLECTED,
        "收取",
        rf"{_NO}收取过?(?:任何)?(?:依申请公开)?(?:政府)?(?:信息)?(?:公开)?(?:信息)?"
        rf"(?:处理|检索|复制|邮寄)?(?:费用?|任何费用|费){_TAIL}",
        context="fees",
    ),
    _wording(COLLECTED, "收费", rf"{_NO}(?:发生|产生)过?(?:任何)?收费{_TAIL}", context="fees"),
    _wording(
        (NOTICES, NOTICED, COLLECTED),
        "均为",
        r"收费通知书?的?(?:件数|数量)[、,和及]*总金额[、,和及以]*实际收取的?(?:总金额|金额)均为(?P<n>0|零)(?:件|元)?",
        context="fees",
    ),
)
