"""What a page still lacks as a report, and which of its attached files are worth a request for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from govcrawl.attachments.addresses import IMAGE
from govcrawl.attachments.candidates import Candidate, How
from govcrawl.attachments.names import says_nothing
from govcrawl.errors import UsageError
from govcrawl.model import Report, Status
from govcrawl.reports.titles import ReportTitle, negative_class, report_title
from govcrawl.text import folded

TRIES = 3
"""Files that are asked for because of one page."""

MOST_PICTURES = 12
"""Pictures that are asked for because of one page: a report seldom has more pages."""

_WORTH = 20
_FIRST_FORM = 2014  # years before have no statutory table at all
_STATUTORY = frozenset({"proactive", "application", "challenge"})
_TABLE_WORDS = re.compile("附表|统计表|情况表|表格|报表|一览表|附件")
_REPORT_WORDS = re.compile("年报|年度报告|工作报告|报告")
_UNLIKE = re.compile(
    "申请表|指南|目录|手册|须知|流程|模[板版]|样表|说明书|阅读器|软件|插件|客户端|解读|图解|公约|章程|承诺书|通知"
)
_OFFICE = re.compile("(?:人民)?政府$|办事处$")
_NEIGHBOUR = re.compile("上一[篇条页则]|下一[篇条页则]|[前后]一[篇条]|相关(?:文章|信息|链接|阅读)")
_ATTACHED = re.compile("附件|附表|下载|原文|全文|正文")
_STANDING = {
    How.LINK: 30,
    How.VIEWER: 30,
    How.CLICK: 25,
    How.DATA: 20,
    How.FRAME: 20,
    How.ANSWER: 20,
    How.ISLAND: 18,
}
_EASE = (("docx", 6), ("doc", 5), ("wps", 5), ("pdf", 4), ("ofd", 3), ("xls", 2), ("et", 2), ("htm", 1))


class Wanted(StrEnum):
    """Which attached files are fetched: the setting ATTACHMENTS."""

    NEEDED = "needed"
    ALL = "all"
    NONE = "none"

    @classmethod
    def of(cls, text: str) -> Wanted:
        """The value of the setting; UsageError for any other word."""
        try:
            return cls(text.strip().lower())
        except ValueError:
            known = ", ".join(cls)
            raise UsageError(f"ATTACHMENTS={text}: no such choice; one of {known}") from None


class Need(StrEnum):
    """What a page does not give itself."""

    NOTHING = "nothing"
    TABLES = "its tables"
    REPORT = "the report"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: the report of ``title``, as far as the page and its listing name it.

    ``named`` asks for files that are called a report: the page's own title speaks of something else.
    ``pictures`` allows for what the page shows as pictures, where there is no file.
    """

    need: Need
    title: ReportTitle | None = None
    named: bool = False
    pictures: bool = False


def need_of(report: Report | None) -> Need:
    """What a page lacks of a report."""
    if report is None:
        return Need.REPORT
    kinds = tables_of(report)
    if "stat2014" in kinds or kinds >= _STATUTORY:
        return Need.NOTHING
    old = report.year is not None and report.year < _FIRST_FORM and not kinds
    return Need.NOTHING if old else Need.TABLES


def tables_of(report: Report) -> set[str]:
    """Which statutory tables a report really holds."""
    absent = (Status.MISSING, Status.IMAGE)
    return {fact.fact.partition(".")[0] for fact in report.facts if fact.status not in absent}


def worth_asking(found: Iterable[Candidate], sought: Sought) -> list[Candidate]:
    """The files that are worth a request, the likeliest first, at most TRIES; else pictures in their order.

    None of them where the page holds reports of several bodies or years: it is a list of them.
    """
    found = list(found)
    usable = [one for one in found if one.how is not How.IMAGE and not IMAGE.search(one.url)]
    if sought.need is Need.NOTHING or is_list(usable):
        return []
    scored = [(score(one, sought), -place, one) for place, one in enumerate(usable)]
    ranked = [
        one for points, _, one in sorted(scored, key=lambda item: item[:2], reverse=True) if points >= _WORTH
    ]
    if not ranked and sought.need is Need.REPORT:
        ranked = [one for one in usable if one.how is How.FRAME and not one.aside and score(one, sought) > 0][
            :1
        ]
    return ranked[:TRIES] or (pictures_of(found)[:MOST_PICTURES] if sought.pictures else [])


def pictures_of(found: Iterable[Candidate]) -> list[Candidate]:
    """Pictures of a page that may be pages or tables of its report."""
    return [one for one in found if one.how is How.IMAGE and not one.aside]


def is_list(found: Sequence[Candidate]) -> bool:
    """Whether a page's files are reports of several bodies or years."""
    return are_several([one.name for one in found if one.sure and not one.aside])


def are_several(names: Iterable[str]) -> bool:
    """Whether files with these names are reports of several bodies or years."""
    titles = [title for name in names if (title := report_title(name)) is not None]
    bodies = {_body(title) for title in titles} - {""}
    apart = [one for one in bodies if not any(other != one and other.endswith(one) for other in bodies)]
    return len({title.year for title in titles if title.year}) > 1 or len(apart) > 1


def score(one: Candidate, sought: Sought) -> int:
    """How likely a file is what is sought: 20 and more is worth a request."""
    told = report_title(one.name)
    if negative_class(one.name) is not None or _UNLIKE.search(one.name):
        return 0
    if told is None and (sought.named or (sought.need is Need.TABLES and not _may_complete(one, sought))):
        return 0
    if not one.sure and (
        _NEIGHBOUR.search(one.near) or (told is not None and _agreement(told, sought.title) < 0)
    ):
        return 0  # another article, whose address does not show that it is one
    points = _STANDING[one.how] if one.sure else _STANDING[one.how] // 2
    points += next((ease for ending, ease in _EASE if f".{ending}" in one.url.lower()), 0)
    if told is not None:
        points += 40 + _agreement(told, sought.title)
    elif _REPORT_WORDS.search(one.name):
        points += 15
    elif not says_nothing(one.name):
        points -= 15  # it has a name of its own, and that is no report's
    points += 8 if _ATTACHED.search(f"{one.near}{one.name}") else 0
    return points - 60 if one.aside else points


def _may_complete(one: Candidate, sought: Sought) -> bool:
    """Whether a file without a report's name may hold the tables that a page in prose lacks."""
    return not one.aside and bool(
        _TABLE_WORDS.search(f"{one.name}{one.near}") or _REPORT_WORDS.search(one.name)
    )


def _agreement(told: ReportTitle, title: ReportTitle | None) -> int:
    """How well a file's name fits the page's title."""
    if title is None:
        return 0
    points = 0
    if told.year and title.year:
        points += 20 if told.year == title.year else -70
    if told.agency and title.agency:
        points += 10 if _body(told) in _body(title) or _body(title) in _body(told) else -30
    return points


def _body(title: ReportTitle) -> str:
    return _OFFICE.sub("", folded(title.agency or ""))
