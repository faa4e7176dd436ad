"""Is this title a report's? Whose, of which year? (domain reference 1.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from govcrawl.reports.body_names import body_name
from govcrawl.text import exact, folded

FIRST_YEAR = 2008  # the first Regulation came into force on 1 May 2008
LAST_YEAR = 2049

_LONGEST = 120
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_YEAR = re.compile("(?:二[〇○零0o])[〇○零一二三四五六七八九0o]{2}(?=年)")
_YEAR = re.compile(
    r"(?<!\d)(20[0-4]\d)(?!\d|[.\-/]\d)(?:-20\d\d)?(?:年度?)?(?:\d{1,2}月?(?:-|至|~|到)\d{1,2}月份?)?"
)
_BETWEEN = (
    r"(?:工作|的|年度|年|情况|执行|实施|条例|主动公开|和政务公开|与政务公开|及政务公开|暨政务公开|、政务公开"
    r"|政务公开|总结|[()《》\"]|20[0-4]\d)"
)
_KEY = r"(?:政府|政务)?(?:信息|政务)(?:主动)?公开"
_TITLE = re.compile(rf"{_KEY}{_BETWEEN}{{0,10}}?(?:报告书?|年报)(?!如下|制度|编[制写]|会)")
# Characters that folding keeps one for one, or drops because they are white space.
_ONE_TO_ONE = re.compile(r"[\u4e00-\u9fff\x20-\x7e\n\t\u3000\u00a0（）《》“”〔〕【】，；：、。！？]*")
_MONTH = re.compile(r"\d{1,2}月")
_CUT = re.compile(r"(?:…+|\.{2,}|·{2,})[)\]》]?$")
_BEGUN = re.compile(
    rf"(?:{_KEY}{_BETWEEN}{{0,10}}[工年情报的]?|(?:政府|政务)信(?:息公?)?|(?<!企业)信息公)$",
)
_BODY_ENDS = "局委办心府镇乡道院站队会处所司厅署社校馆区县市旗州省园室"
# A remark in brackets is part of the title; a list's date, size or link text behind it is not.
_AFTER = re.compile(
    r"(?:[(\[](?!\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?[\d:]*[)\]]|[\d:./\-]+[)\]]|图[)\]]|new|pdf|docx?[)\]]|wps"
    r"|[^()\[\]]*(?:点击|浏览|阅读|下载|[km]b[)\]]))"
    r"[^()\[\]]{1,30}[)\]]|[(\[]20[0-4]\d年?度?[)\]]|20[0-4]\d年?度?$)+"
)
_BODY_AFTER = re.compile(rf"[(\[](?P<body>[\u4e00-\u9fff]{{2,29}}[{_BODY_ENDS}])[)\]]")
_SENTENCE = re.compile(r"[。;!?]|,.*,|现将|如下[::]|^根据")
_SIGNED = re.compile(r"-(?=\d)(?!\d{4}年)")  # a minus sign, no mark before the year of a title
_BREAKS = re.compile(
    r"(?:专栏|专题|公开年报|年度报告|工作报告|网站|门户网?|首页|年报)[>_|\-:·\]]*(?=.)|[>_|»]+"
)
# A body in brackets right before the year is the title's own; any other word in brackets is a list's.
_BRACKETED_BODY = (
    rf"(?!(?:乡镇|镇街|街镇|街道|区县|县区)\])[^\]]+[{_BODY_ENDS}]\]"
    r"(?:关于)?(?:20[0-4]\d|政府信息|政务|信息公开)"
)
_BULLET = re.compile(rf"(?:[·•>\-_|:.、\s]|\d{{1,2}}[.、]|\[(?!{_BRACKETED_BODY})[^\]\d]{{0,12}}\])+")
# A year that no report can have, or a range of years, is no part of the body's name either.
_YEARS_BEFORE = re.compile(r"\d[\d\-~至.]*年度?")
_YEARS_BEHIND = re.compile(r"(?:\d[\d\-~至.]*年度?|(?<!\d)\d{4}[\-~至.]*)$")
_LEAD = re.compile(r"(?:[·•>\-_|:.、()\[\]《\"]|\d+(?![\d年~至\-])|关于|公布|发布|公开|印发)+")
_TRAIL = re.compile(r"(?:[》\"()\[\]\-_·:,]|关于|的|年度|发布|公布|印发)+$")
_COLUMN = re.compile(
    "^(?:[省市县区州旗]?(?:人民)?政府|(?:各|市直|县直|区直|所属|法定|历年|本级|往年|上级|下级)?.{0,4}"
    "(?:部门|乡镇|镇街|街镇|街道|单位|机关|各级|本级|历年|往年|年度|工作|专栏|栏目|基层|领域))$"
)

_NEGATIVE: tuple[tuple[str, str], ...] = (
    (
        "interpretation",
        "解读|图解|一图|图说|读懂|看懂|长图|^(?:视频|动画|漫画|h5)|(?:视频|动画|漫画|h5|图文)版?$",
    ),
    (
        "notice",
        "通知|通报|通告|公告$|的函$|的批复|编[制写](?:发布|工作|报送)|报送工作|发布工作|模[板版]|样式|格式",
    ),
    ("guide", "指南|公开制度|报告制度|制度$|目录|办法$|规定$|规程|清单|方案|要点|流程|须知|申请表|细则"),
    ("website_report", "政府网站.*(?:报表|年报|年度报告)|网站工作年度|政务新媒体.*报表"),
    ("rule_of_law", "法治政府|依法行政|法治建设|依法治[省市县区]"),
    ("company", "企业年报|企业年度|企业信息公示|企业.{0,4}环境信息|环境信息.{0,4}(?:披露|公开)|社会责任报告"),
    ("budget", "预决算|预算公开|部门预算|决算|三公经费|预算执行|绩效"),
    ("draft", "征求意见稿|意见征集稿|讨论稿|送审稿|[(]草案[)]|[(]初稿[)]|[(]草稿[)]"),
    ("work_report", "政府工作报告"),
    ("news", "召开|举办|培训[会班]|部署|推进会|座谈会|列席|答记者问"),
    (
        "other_report",
        "自查|整改|半年|季度|月报|调研报告|评估|考核|考评|测评|审计(?!局|署|厅|办|处|中心)|统计公报|述职|述法|指标",
    ),
    (
        "other_openness",
        "党务公开|村务公开|厂务公开|校务公开|警务公开|财务公开|院务公开|司法公开|申请公开办理",
    ),
)
_NAMED_SO = frozenset(("guide", "budget", "other_report", "other_openness", "rule_of_law"))
_NEGATIVES = tuple((name, re.compile(pattern)) for name, pattern in _NEGATIVE)


@dataclass(frozen=True, slots=True)
class ReportTitle:
    """A title that an annual report carries.

    ``title`` is the title as published, without a site's name around it; ``agency`` and ``year`` are what it
    says, None where it does not; ``cut`` is True where the page shortened it with an ellipsis.
    """

    title: str
    agency: str | None
    year: int | None
    cut: bool = False


def negative_class(text: str) -> str | None:
    """Name of the class of look-alikes that the title belongs to (``notice``, ``guide`` ...), or None.

    The body's own name is looked past where it could mislead: 审计局, 依法治县办公室 report too.
    """
    return _class_of(text[: 4 * _LONGEST])


@lru_cache(maxsize=1 << 14)
def _class_of(text: str) -> str | None:
    plain = _plain(exact(text))
    return _look_alike(plain, _key(plain))


def _look_alike(plain: str, found: re.Match[str] | None) -> str | None:
    name = _agency(plain, _chunk_start(plain, found.start()), found) if found else None
    others = plain
    if name and plain[name[1] - 1] in _BODY_ENDS:
        others = plain[: name[0]] + plain[name[1] :]
    for kind, pattern in _NEGATIVES:
        if pattern.search(others if kind in _NAMED_SO else plain):
            return kind
    return None


def _key(plain: str) -> re.Match[str] | None:
    """The key words of a report's title: of several the one with a year near it, else the last."""
    matches = list(_TITLE.finditer(plain))
    return max(matches, key=lambda match: (_years(plain, match) != [], match.start()), default=None)


def report_title(text: str) -> ReportTitle | None:
    """What the title of an annual report says, None when the text is no such title.

    A bare column name (``政府信息公开年报``, ``部门信息公开年报``) is none; a title without an agency or
    without a year may still be one: its page decides.
    """
    text = exact(text).strip()
    return _read(text) if len(text) <= 2 * _LONGEST else None


@lru_cache(maxsize=1 << 14)
def _read(text: str) -> ReportTitle | None:
    """The reading of a short text, remembered: a list's titles are asked for often."""
    plain = _plain(text)
    if len(plain) > _LONGEST or _SENTENCE.search(plain):
        return None
    cut = _CUT.search(plain)
    key = found = _key(plain)
    if found is None:
        found = _BEGUN.search(plain[: cut.start()]) if cut else None
        if found is None or not _YEAR.search(plain):
            return None
    if _look_alike(plain, key):
        return None
    return _described(text, plain, _places(text), found, cut is not None and key is None)


def title_year(text: str) -> int | None:
    """Fiscal year named in a title, Arabic or Chinese digits, None without one."""
    years = _YEAR.findall(_plain(exact(text)))
    return int(years[0]) if years else None


def _described(
    text: str, plain: str, places: list[int], found: re.Match[str], cut: bool
) -> ReportTitle | None:
    start = _chunk_start(plain, found.start())
    after = _AFTER.match(plain, found.end())
    end = len(plain) if cut else after.end() if after else found.end()
    places = [*places, len(text)]
    year = _nearest_year(plain, start, found)
    name = _agency(plain, start, found)
    agency = body_name("".join(text[places[name[0]] : places[name[1]]].split())) if name else None
    if agency is not None and _COLUMN.match(folded(agency)):
        agency = None
    if agency is None and after and (body := _BODY_AFTER.search(plain, found.end(), after.end())):
        agency = body_name("".join(text[places[body.start("body")] : places[body.end("body")]].split()))
    if year is None and agency is None:
        return None
    title = text[places[start] : places[end]].strip().strip('《》"“”_|-·').strip()
    if start == 1 and places[1] == places[0] + 1 and _SIGNED.match(plain):
        title = text[places[0]] + title
    return ReportTitle(title, agency, year, cut)


def _plain(text: str) -> str:
    """Folded text with Chinese year digits made Arabic, as long as its ``_places``."""
    if _ONE_TO_ONE.fullmatch(text):
        return _arabic(folded(text))
    return _arabic("".join(map(folded, text)))


def _places(text: str) -> list[int]:
    """For each character of ``_plain`` its place in the original."""
    if _ONE_TO_ONE.fullmatch(text):
        return [place for place, char in enumerate(text) if not char.isspace()]
    return [place for place, original in enumerate(text) for _ in folded(original)]


def _arabic(plain: str) -> str:
    return _HAN_YEAR.sub(lambda match: match.group().replace("二", "2", 1).translate(_ALL_DIGITS), plain)


_ALL_DIGITS = _DIGITS | str.maketrans("二o", "20")


def _years(plain: str, found: re.Match[str]) -> list[re.Match[str]]:
    return [year for year in _YEAR.finditer(plain) if found.start() - 40 <= year.start() <= found.end() + 4]


def _nearest_year(plain: str, start: int, found: re.Match[str]) -> int | None:
    """The year that stands nearest to the key words: before them, within them or right behind."""
    best = None
    for year in _YEAR.finditer(plain, start):
        gap = found.start() - year.end() if year.start() < found.start() else year.start() - found.end()
        if gap >= 0 and year.start() > found.start() and _MONTH.match(plain, year.end()):
            continue
        if FIRST_YEAR <= int(year[1]) <= LAST_YEAR and (best is None or gap < best[0]):
            best = (gap, int(year[1]))
    return best[1] if best else None


def _chunk_start(plain: str, key: int) -> int:
    """Where the title begins: behind a site's or column's name that stands before it on the same line."""
    start = 0
    for mark in _BREAKS.finditer(plain, 0, key):
        start = mark.end()
    bullet = _BULLET.match(plain, start, key)
    return bullet.end() if bullet else start


def _agency(plain: str, start: int, found: re.Match[str]) -> tuple[int, int] | None:
    """Where the name of the body stands: the last piece of text before the key words that is no year."""
    edges = [start]
    for year in _YEAR.finditer(plain, start, found.start()):
        edges += [year.start(), year.end()]
    edges.append(found.start())
    for first, last in reversed(list(zip(edges[::2], edges[1::2], strict=True))):
        begin, end = _named(plain, first, last)
        if plain.startswith("人民", end - 2) and plain.startswith("政府", end):
            end += 2
        if end - begin > 1:
            return begin, end
    return None


def _named(plain: str, first: int, last: int) -> tuple[int, int]:
    """A piece of a title without the marks and years before and behind the name in it."""
    for pattern in (_LEAD, _YEARS_BEFORE, _LEAD):
        lead = pattern.match(plain, first, last)
        first = lead.end() if lead else first
    for pattern in (_TRAIL, _YEARS_BEHIND, _TRAIL):
        last = first + len(pattern.sub("", plain[first:last]))
    return first, last
