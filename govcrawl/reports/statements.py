"""Numbers that the prose states, taken only from sentences that can be read in one way.

A number counts when its sentence speaks of the report's own year and body and of the whole, not of a part;
a fact that a sentence words twice is left out. Zero is taken where a clause says outright that none was
received (未收到政府信息公开申请), never from 没有 elsewhere. Percentages, ranges, round numbers (约, 余,
万件), months and half years, other years and other bodies give nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from govcrawl.model import Finding, Section, Statement
from govcrawl.reports.body import GOVERNMENTS
from govcrawl.reports.numerals import numeral
from govcrawl.reports.statement_patterns import (
    CARRIED_IN,
    CARRIED_OUT,
    GRANTED,
    LITIGATION,
    PARTIAL,
    RECEIVED,
    REVIEW,
    WORDINGS,
    Wording,
)
from govcrawl.text import folded, line

_KEY = re.compile("|".join(sorted({wording.key for wording in WORDINGS})))
_OF_2014 = {
    RECEIVED: "stat2014.application.received",
    GRANTED: "stat2014.application.answered.granted",
    PARTIAL: "stat2014.application.answered.partial",
    REVIEW: "stat2014.review",
    "challenge.litigation:total": "stat2014.litigation",
}
_SENTENCE = re.compile(r"(?<=[。！？!?])")
_LONGEST = 1000  # what runs on without a full stop is no sentence
# One number or two, a number with a footnote's, crossed out or with a hole in it: nobody can say.
_TORN = re.compile(r"[0-9０-９][,，]?\s+[,，]?[0-9０-９]|[0-9０-９][²³¹⁰-₉]|[²³¹⁰-₉][0-9０-９]|~~|〓")
_CLAUSE = re.compile(r"(?<![0-9]),|,(?![0-9]{3})|[;:。!?]")
_WHOLE_YEAR = re.compile(
    r"自?(?:20[0-9]{2}年)?0?1月0?1日起?(?:至|到|-)(?:20[0-9]{2}年)?12月31日(?:止|期间)?"
    r"|截[至止](?:到)?(?:20[0-9]{2}年)?12月(?:31日|底)"
)
_PART_OF_YEAR = re.compile(r"[0-9一二三四五六七八九十]月|[上下]半年|季度")
_YEAR = re.compile(r"(20[0-9]{2})年?")
_CARRY = re.compile(r"上一?年度?结转|结转(?:至|到)?(?:下一?年度?|次年度?|明年)")
_PAST = re.compile(
    r"去年|上一?年|往年|历年|前年|近[0-9一二三四五两]+年|年来(?<!一年来)|以来|预计|计划|力争|目标"
)
_PARTLY = re.compile(
    r"其中|通过|网络|网上|线上|线下|当面|现场|信函|邮寄|邮件|传真|网站|公众号|微信|微博|自然人|法人|企业|个人|分别|部分"
    r"|平台|栏目|窗口|涉及|关于|另|书面"
)
_CONTEXT = {
    "disclosure": re.compile(r"信息公开|政府信息|申请公开|公开申请|政务公开|主动公开"),
    "fees": re.compile(r"收费|信息处理费|信息公开|政府信息|申请公开"),
}
_HEADINGS = {"disclosure": re.compile(r"公开|复议|诉讼|申请"), "fees": re.compile(r"收费|费用|公开|其他需要")}
_PLANS = re.compile(r"问题|不足|改进|打算|计划|下一步")
_EVERY_WAY = re.compile(r"通过(?:各类|各种|多种|不同|各)(?:媒体|渠道|方式|平台|途径|形式|载体)")
_BODY = re.compile(
    r"[县区市旗州省](?!域|民|场|内|外)|[镇乡局委厅]|街道|办(?!理|结|公|件|法|事|好)|部门|单位|机关|中心|社区|村|全国"
)
_ALIEN_SUBJECT = re.compile(
    r"^(?!因|按|根据|依|在|经|向|与|和|对|由|为|围绕|结合|落实|贯彻|针对|通过)"
    r"(?:[^,]{1,8}?(?:局|镇|乡|街道|部门|单位|政府(?!信息|公开)|系统|委员会|办公室|[县区市旗州省]委|政府办)|全[县区市旗州省国])"
)
_ENDINGS = ("人民政府", "办事处")
_OWN = {
    "township": "镇乡", "subdistrict": "街办", "department": "局委办厅部处院站会社馆队所",
    "committee": "区委",
    "county_gov": "县区市旗", "city_gov": "市州盟", "province_gov": "省区市",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose report the prose is: its year, body, kind of body, template; ``whole``: a county's sum."""

    agency: str | None
    norm: str | None
    kind: str | None
    year: int | None
    template: str
    whole: bool = False


def statements_of(sections: Iterable[Section], speaker: Speaker) -> tuple[Statement, ...]:
    """The numbers that the sections' prose states, in reading order, each sentence's fact once."""
    found: dict[tuple[str, str], Statement] = {}
    for section in sections:
        if (section.number == 5 and speaker.template != "free") or _PLANS.search(section.heading):
            continue
        heading = folded(section.heading)
        for paragraph in section.text.split("\n\n"):
            if paragraph.startswith("|"):
                continue
            context = folded(paragraph)
            for sentence in _SENTENCE.split(paragraph) if _KEY.search(context) else ():
                for statement in _of_sentence(sentence, context, heading, speaker):
                    found.setdefault((statement.fact, folded(statement.sentence)), statement)
    return tuple(found.values())


def contradictions(statements: Sequence[Statement]) -> Iterator[Finding]:
    """Facts of which two sentences of one report state different numbers."""
    for fact in dict.fromkeys(statement.fact for statement in statements):
        told = {str(s.value): s.sentence for s in reversed(statements) if s.fact == fact}
        if len(told) > 1:
            detail = " / ".join(f"{value}: {sentence}" for value, sentence in reversed(told.items()))
            yield Finding("statements_disagree", fact, detail)


def _of_sentence(sentence: str, paragraph: str, heading: str, speaker: Speaker) -> Iterator[Statement]:
    plain = folded(sentence)
    if len(plain) > _LONGEST or not _KEY.search(plain) or _TORN.search(sentence):
        return
    bare = _WHOLE_YEAR.sub("", plain)
    if _PART_OF_YEAR.search(bare):
        return
    matches = list(_matches(bare))
    if not matches:
        return
    often = Counter(fact for wording, _ in matches for fact in wording.facts)
    before = paragraph.partition(plain)[0]
    carried = {year for _, match in matches for year in _carried(match, speaker.year)}
    for wording, match in matches:
        if any(often[fact] > 1 for fact in wording.facts) or not _fits(wording, paragraph, heading):
            continue
        if wording.unless and speaker.template in ("2019", "2021"):
            continue
        if not (
            _own_year(bare, match, before, carried, speaker) and _own_words(bare, match, wording, speaker)
        ):
            continue
        value = _value(match)
        if value is None:
            continue
        for fact in wording.facts:
            yield Statement(_named(fact, speaker.template), value, line(sentence))


def _matches(plain: str) -> Iterator[tuple[Wording, re.Match[str]]]:
    """Every wording in the sentence; one inside a wording of several facts is the same words again."""
    taken: list[tuple[int, int]] = []
    found = [
        (wording, match)
        for wording in WORDINGS
        if wording.key in plain and not (wording.unless and re.search(wording.unless, plain))
        for match in wording.pattern.finditer(plain)
    ]
    for wording, match in sorted(found, key=lambda pair: (-len(pair[0].facts), pair[1].start())):
        inside = any(start <= match.start() and match.end() <= end for start, end in taken)
        if not inside:
            taken += [match.span()] if len(wording.facts) > 1 else []
            yield wording, match


def _fits(wording: Wording, paragraph: str, heading: str) -> bool:
    return bool(_CONTEXT[wording.context].search(paragraph) or (_HEADINGS[wording.context].search(heading)))


def _carried(match: re.Match[str], year: int | None) -> Iterator[int]:
    """A neighbouring year named as that which applications were carried over from or to."""
    groups = match.groupdict()
    for name, step in (("before", -1), ("after", 1)):
        if year is not None and groups.get(name) == str(year + step):
            yield year + step


def _own_year(plain: str, match: re.Match[str], before: str, carried: set[int], speaker: Speaker) -> bool:
    """Whether only the report's year is named, in the sentence and last before it in its paragraph."""
    if any(match.groupdict().get(name) for name in ("before", "after")) and not any(
        _carried(match, speaker.year)
    ):
        return False
    named = {int(year) for year in _YEAR.findall(plain)} - carried
    if not named:
        named = {int(year) for year in _YEAR.findall(_WHOLE_YEAR.sub("", before))[-1:]}
    if named - {speaker.year}:
        return False
    clause = _clause(plain, match)[0] + match.group()
    return not _PAST.search(_CARRY.sub("", clause))


def _own_words(plain: str, match: re.Match[str], wording: Wording, speaker: Speaker) -> bool:
    lead, earlier = _clause(plain, match)
    lead = _EVERY_WAY.sub("", lead)
    newly = match.group().startswith("新收") and lead.endswith(("其中", "其中:"))
    if wording.subset and not newly and _PARTLY.search(lead):
        return False
    part = wording.subset and wording.facts[0] not in (GRANTED, PARTIAL, CARRIED_IN, CARRIED_OUT)
    if part and any("其中" in clause for clause in earlier) and not match.group().startswith("新收"):
        return _begins_anew(plain, match, wording) and not _BODY.search(_without_own(lead, speaker))
    if speaker.whole:
        return True
    rest = _without_own(lead, speaker)
    if _BODY.search(rest):
        return False
    alien = False
    for clause in earlier:
        own = _without_own(clause, speaker)
        alien = own == clause and (alien or _ALIEN_SUBJECT.match(clause) is not None)
    return not (alien and rest == lead)


def _begins_anew(plain: str, match: re.Match[str], wording: Wording) -> bool:
    """Whether lawsuits follow, behind a semicolon, on reviews of which parts were told."""
    reviews, semicolon, own = plain[: match.start()].rpartition(";")
    whole = reviews.partition("其中")[0]
    told = "行政复议" in whole and "诉讼" not in whole
    return wording.facts == (LITIGATION,) and bool(semicolon) and not own and told


def _clause(plain: str, match: re.Match[str]) -> tuple[str, list[str]]:
    """What stands before the number in its clause, and the clauses before that."""
    *earlier, lead = _CLAUSE.split(plain[: match.start()])
    return lead, earlier


def _without_own(text: str, speaker: Speaker) -> str:
    for name in _names(speaker.agency, speaker.norm):
        text = _without_name(text, name)
    ends = _OWN.get(speaker.kind or "", "")
    if ends:
        text = re.sub(rf"(?:本|我|全)(?:{'|'.join(ends)}|街道|中心)(?:机关|政府)?", "", text)
    if speaker.kind not in GOVERNMENTS:
        text = re.sub(r"我(?:[局委办镇乡所站院]|街道|中心)(?!长)", "", text)
    else:
        text = re.sub(r"^(?:县|区|市|旗|省)?(?:人民)?政府", "", text)
    return re.sub(r"本(?:行政)?(?:机关|单位|部门)|我(?:单位|部门)", "", text)


def _without_name(text: str, name: str) -> str:
    """A text without a body's name, and without what is put behind it each time."""
    *before, rest = text.split(name, 1)
    kept: list[str] = []
    while before:
        kept += before
        rest = rest.removeprefix(next((end for end in _ENDINGS if rest.startswith(end)), ""))
        *before, rest = rest.split(name, 1)
    return "".join((*kept, rest))


@lru_cache(maxsize=64)
def _names(agency: str | None, norm: str | None) -> tuple[str, ...]:
    """The body's name whole, for comparison, and from its county on, longest first."""
    names = [plain for name in (agency, norm) if name and (plain := folded(name))]
    for name in tuple(names):
        cut = re.search(
            r"[县区市旗](?=.{2,}(?:局|委|办|委员会|办公室|中心|[镇乡]|街道)(?:人民政府|办事处)?$)", name
        )
        if cut:
            names += [name[cut.start() :], name[cut.end() :]]
    return tuple(sorted(dict.fromkeys(names), key=len, reverse=True))


def _value(match: re.Match[str]) -> int | float | None:
    groups = match.groupdict()
    if "n" not in groups:
        return 0
    value = numeral(groups["n"])
    if value is None or "unit" not in groups:
        return value if isinstance(value, int) else None
    if groups["unit"] == "万元":
        value = round(value * 10000, 4)
    return int(value) if value == int(value) else value


def _named(fact: str, template: str) -> str:
    """The fact's id in the report's own form."""
    return _OF_2014.get(fact, fact) if template == "2014" else fact
