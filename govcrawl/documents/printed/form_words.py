"""Words of the statutory tables in print: where no lines part their cells, they tell where a label ends."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govcrawl.text import folded

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
RESULT = "三、本年度办理结果"

_NOT_OPEN, _UNABLE = "（三）不予公开", "（四）无法提供"
_NOT_PROCESSED, OTHER = "（五）不予处理", "（六）其他处理"
_OUT = "不再处理其政府信息公开申请"

APPLICATIONS = (
    ("一、本年新收政府信息公开申请数量",),
    ("二、上年结转政府信息公开申请数量",),
    (RESULT, "（一）予以公开"),
    (RESULT, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    (RESULT, _NOT_OPEN, "1.属于国家秘密"),
    (RESULT, _NOT_OPEN, "2.其他法律行政法规禁止公开"),
    (RESULT, _NOT_OPEN, "3.危及“三安全一稳定”"),
    (RESULT, _NOT_OPEN, "4.保护第三方合法权益"),
    (RESULT, _NOT_OPEN, "5.属于三类内部事务信息"),
    (RESULT, _NOT_OPEN, "6.属于四类过程性信息"),
    (RESULT, _NOT_OPEN, "7.属于行政执法案卷"),
    (RESULT, _NOT_OPEN, "8.属于行政查询事项"),
    (RESULT, _UNABLE, "1.本机关不掌握相关政府信息"),
    (RESULT, _UNABLE, "2.没有现成信息需要另行制作"),
    (RESULT, _UNABLE, "3.补正后申请内容仍不明确"),
    (RESULT, _NOT_PROCESSED, "1.信访举报投诉类申请"),
    (RESULT, _NOT_PROCESSED, "2.重复申请"),
    (RESULT, _NOT_PROCESSED, "3.要求提供公开出版物"),
    (RESULT, _NOT_PROCESSED, "4.无正当理由大量反复申请"),
    (RESULT, _NOT_PROCESSED, "5.要求行政机关确认或重新出具已获取信息"),
    (RESULT, OTHER),
    (RESULT, OTHER, f"1.申请人无正当理由逾期不补正、行政机关{_OUT}"),
    (RESULT, OTHER, f"2.申请人逾期未按收费通知要求缴纳费用、行政机关{_OUT}"),
    (RESULT, OTHER, "3.其他"),
    (RESULT, "（七）总计"),
    ("四、结转下年度继续办理",),
)
"""Rows of table 三, each with the labels of its groups before its own; 其他处理 is a row in 2019 only."""

PROACTIVE = (
    "规章", "规范性文件", "行政规范性文件", "行政许可", "其他对外管理服务事项", "行政处罚", "行政强制",
    "行政事业性收费", "政府集中采购",
)  # fmt: skip
HEADS = (
    "本年新制作数量", "本年新公开数量", "对外公开总数量", "本年制发件数", "本年废止件数", "现行有效件数",
    "上一年项目数量", "本年增/减", "处理决定数量", "本年处理决定数量", "采购项目数量", "采购总金额",
    "采购总金额（单位：万元）", "本年收费金额（单位：万元）",
)  # fmt: skip
_TOPS = (
    "信息内容", *(f"第二十条第（{item}）项" for item in "一五六八九"), "申请人情况", "法人或其他组织",
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "行政诉讼", "未审结",
)  # fmt: skip

_ENUMERATOR = re.compile(r"(?:\(?[一二三四五六七八九十0-9]{1,2}[.、)．]+)+")
_NO_WORDS = re.compile(r"\W")
_VALUE = re.compile(
    r"[+\-]{0,2}\d(?:[\d,.]{0,14}\d)?(?:万?元|件|条|个|项|宗|次)?|-{1,3}|[/\\]{1,3}|\*{1,2}|无|空|零|〇|○"
)


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """A label without its number and without all that is no word."""
    plain = folded(text)
    found = _ENUMERATOR.match(plain)
    rest = plain[found.end() :] if found and found.end() < len(plain) else plain
    return _NO_WORDS.sub("", rest)


def is_numbered(text: str) -> bool:
    """Whether a text begins with a number of its own, as a new label does."""
    return _ENUMERATOR.match(folded(text)) is not None


@lru_cache(maxsize=1 << 14)
def is_value(text: str) -> bool:
    """Whether a text can stand in a cell for numbers."""
    return _VALUE.fullmatch(folded(text)) is not None


@cache
def labels() -> frozenset[str]:
    """All labels and headers of the tables, bare."""
    rows = (label for path in APPLICATIONS for label in path)
    words = (*rows, *PROACTIVE, *HEADS, *_TOPS, *APPLICANTS, *OUTCOMES, *GROUPS)
    return frozenset(bare(text) for text in words)


@cache
def _numbered() -> frozenset[str]:
    return frozenset(_words(label) for path in APPLICATIONS for label in path)


def _words(text: str) -> str:
    return _NO_WORDS.sub("", folded(text))


@lru_cache(maxsize=1 << 14)
def begins_label(text: str) -> bool:
    """Whether a text is a label of the tables, or the beginning of one."""
    plain, whole = bare(text), _words(text)
    if not plain:
        return False
    return any(label.startswith(plain) for label in labels()) or any(
        label.startswith(whole) for label in _numbered()
    )


@lru_cache(maxsize=1 << 14)
def is_in_label(text: str) -> bool:
    """Whether a text is a part of a label."""
    plain = bare(text)
    return any(plain in label for label in labels())
