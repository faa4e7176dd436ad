"""What a link's label promises: the 年报 column, the way to it, a part of it, or nothing we want.

Wording comes first and the slug of the address second: real slugs are opaque or misleading in more than half
of the portals that were read (`zfgzbg` for 年报, `government/62`).
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from urllib.parse import urlsplit

from govcrawl.text import folded


class Label(Enum):
    """Classes of labels that discovery tells apart."""

    ANNUAL = "annual"  # 政府信息公开年报: the column itself
    DISCLOSURE = "disclosure"  # 政府信息公开, 政务公开: the way to it
    GROUP = "group"  # 县直部门, 乡镇街道: a part of the column, or a way to the bodies' own columns
    PART = "part"  # 本级年报, 垂管单位, 企事业单位: bodies where the column has it, anything elsewhere
    BODY = "body"  # 长滩镇, 教育局
    YEAR = "year"  # 2021年
    MAP = "map"  # 网站地图
    NOTICES = "notices"  # 公示公告: everything a body announces, its reports among it
    ENTRANCE = "entrance"  # 进入门户: what a splash page offers
    HIGHER = "higher"  # another government's column
    DECOY = "decoy"  # shares words with the column but is something else
    OTHER = "other"


_TRIM = re.compile(r"^[\W_]+|(?:更多|more|\(\d+[条篇份个]?\)|\[\d+[条篇份个]?\]|[\W_])+$")
_HAN_YEAR = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}(?=年|$)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_REPORT = r"(?:年度?报告?|年度工作报告|工作年度报告|年度报告|年报)"
_ANNUAL = re.compile(
    rf"(?:政府|政务)?信息公开(?:工作)?(?:的)?(?:情况)?(?:{_REPORT})|(?:政府|政务)?公开(?:工作)?{_REPORT}"
    r"|^(?:\d{4}年?)?(?:年报|年度报告|工作年度报告|历年年报|年报(?:专栏|公开|信息|列表|汇总)|年度报告(?:专栏|公开|列表|汇总))$"
    r"|信息公开工作报告|^(?:历年)?.{0,8}信息公开.{0,4}年度?报告?$"
)
_DECOY = re.compile(
    r"网站(?:工作)?年度?报表|工作报表|企业(?:信用)?年报|企业年度|预算|决算|统计年鉴|统计年报|法治政府|依法行政|政府工作报告"
    r"|指南|公开制度|公开规定|公开目录|依申请|法定主动公开|意见箱|投诉|举报|受理机构|解读|图解|一图|通知|条例|办法|就业质量"
    r"|年检|审计(?!局|署|厅|办)|绩效|环境状况|质量报告|责任报告|监督(?!管理|检验|所|局)|考核|登录|注册|下载|搜索|检索"
)
_DISCLOSURE = re.compile(
    r"^(?:.{0,8}(?:市|县|区|旗|州|盟))?(?:人民政府|政府)?(?:政府|政务)?(?:信息)?公开"
    r"(?:专栏|平台|专区|网|栏|频道|栏目|主页|首页|系统|门户|统一平台)?$"
    r"|^(?:法定)?(?:政府|政务)信息公开.{0,6}$|^(?:阳光)?政务公开.{0,4}$|^公开$|^信息公开$"
)
_GROUP = re.compile(
    r"^(?:各|本|全|市|县|区|旗)*(?:(?:县|区|市|旗|州)?(?:直|级|政府)?(?:各)?(?:部门|单位|机关|委办局|局委办|直属单位|工作部门|组成部门)"
    r"|(?:各)?(?:乡镇|镇乡|镇街|乡街|街镇|街乡|镇|乡|街道|乡镇街道|镇街道|苏木)(?:、?(?:街道|办事处|乡镇|苏木|园区))*"
    r"|(?:县|区|市|旗)(?:人民)?政府|(?:人民)?政府办公室|园区|开发区|功能区|其他(?:单位|部门)?)+"
    r"(?:政府)?(?:信息)?(?:公开)?(?:专栏|平台|年报|年度报告|目录|网站|之窗|分站|子站|站群)?$"
)
_PART = re.compile(
    r"^(?:[县区市旗州镇乡]?本级|[县区市旗州镇乡局]级|[县区市旗州]直|派出机[构关]|(?:垂直|垂管|条管|双管|双重)(?:管理)?(?:部门|单位|机构)?"
    r"|(?:中央|中|省|市|州){0,3}[驻直属][县区市旗州地]?(?:单位|部门|机构)|(?:公共)?(?:企事业|事业|企业)(?:单位)?|直属(?:事业)?(?:单位|机构)"
    r"|(?:国有|[县区市旗]属)(?:企业|国企|单位)|群团(?:组织|团体|部门)?|人民团体|党群(?:部门|机关)?|(?:部门管理|议事协调|政府)机构"
    r"|各?镇区|乡?镇[农林]?场|[农林牧]场|团场|管理?委员?会|其[它他](?:单位|部门|机构)?|(?:教育|卫生|医疗)系统|学校|医院)"
    r"(?:政府)?(?:信息)?(?:公开)?(?:工作)?(?:年报|年度报告|报告|专栏)?$"
)
_WHOLE = re.compile(r"^(?:市|县|区|旗|州|盟)?(?:人民)?政府信息公开(?:工作)?(?:年报|年度报告)$")
_JOINTS = re.compile(r"[()、,/和及与·\-]")
_BODY = re.compile(
    r"^.{1,24}(?:局|委员会|委|办|办公室|镇|乡|街道|街道办|街道办事处|苏木|中心|政府|管委会|管理处|支队|大队|所|院|公司|农场|分局|总队|署|厅|供销社|联社|总工会|工会|残联|妇联|团委|工商联|科协|文联|馆|站|处|部|社|校|园区|开发区|新区|街办)$"
)
_DATED = re.compile(r"^(?P<body>[^\d(]{2,24})[(]?(?:19|20)\d\d年?度?[)]?$")
_OF_YEAR = re.compile(r"^(?:19|20)\d\d(?:年度?)?(?=\D)|(?<=\D)(?:19|20)\d\d年?度?$")
_NO_BODY = re.compile(r"^(?:新闻|资讯|视频|图片|下载|互动|数据|专题|宣传|帮助|用户|会员|个人|搜索|访谈)中心$")
_YEAR = re.compile(
    r"^(?:(?:19|20)\d\d年?(?:至|-|~|到))?(?:19|20)\d\d(?:年度?)?(?:及?(?:以|之)前|以来)?(?:的)?(?:年报|年度报告|度|报告|公开年报)?(?:专[栏题区]|汇总)?$"
    r"|^(?:(?:往[年期]|历年|以[前往]年度|早期|更早|历史)(?:年报|年度报告|公开年报|归档|报告)?|旧版年报|年报[归存]档)(?:[(](?:19|20)\d\d年?(?:度|[以之]前|及[以之]前)*[)]?)?$"
)
_FORMER = re.compile(
    r"^(?:往[年期]|历年|以[前往]年度|早期|更早|历史|旧版|(?:19|20)\d\d年?及?[以之]前(?:的)?)(?:公开)?(?:年报|年度报告)"
)
_YEAR_REPORT = re.compile(
    r"^(?:19|20)\d\d年度?(?:政府|政务)?(?:信息)?公开(?:工作)?(?:年度)?(?:报告|年报|工作年度报告)$"
)
_MAP = re.compile(r"^(?:网站|站点|本站)(?:地图|导航)$")
_NOTICES = re.compile(r"^(?:政务|部门)?(?:通知公告|公示公告|公告公示|公告通知|通知公示|公告栏|公告|公示)$")
_ENTRANCE = re.compile(r"进入|政府网|门户|首页|人民政府|中文|简体|enter")
_HIGHER = re.compile(r"^(?:国务院|中国政府|中央|(?:.{2,3})?(?:省|自治区)(?:人民)?政府|省政府|自治区)")
_SLUG = re.compile(
    r"(?:zf|zw)?(?:xx)?gk(?:gz)?(?:n(?:d)?b(?:g)?)(?![a-z])|ndbg|xxgknb|gknb|nianbao|/nb(?:/|_|$|\.)|annualreport|frame=nb",
    re.IGNORECASE,
)
_SECTION_SLUG = re.compile(
    r"/(?:zfxxgk|xxgk|zwgk|xxgkzl|gkml|zfxxgkzl|openness|publicity)(?:[/_.]|$)", re.IGNORECASE
)


def classify(label: str) -> Label:
    """Class of a label; white space, arrows and counts around it make no difference."""
    return _classified(label) if len(label) <= _LONGEST else Label.OTHER


@lru_cache(maxsize=65536)
def _classified(label: str) -> Label:
    text = plain(label)
    if not text or len(text) > 40:
        return Label.OTHER
    if _HIGHER.search(text):
        return Label.HIGHER
    if _GROUP.search(_JOINTS.sub("", _OF_YEAR.sub("", text))) and not _WHOLE.search(text):
        return Label.GROUP
    if _NO_BODY.search(text):
        return Label.OTHER
    for kind, pattern in _ORDER:
        if pattern.search(text):
            return kind
    if _of_a_year(text):
        return Label.BODY
    return Label.PART if _PART.search(_JOINTS.sub("", _OF_YEAR.sub("", text))) else Label.OTHER


_LONGEST = 300  # characters of a label with all that is around it; a longer one is text
_ORDER = (
    (Label.YEAR, _YEAR),
    (Label.YEAR, _YEAR_REPORT),
    (Label.NOTICES, _NOTICES),
    (Label.DECOY, _DECOY),
    (Label.ANNUAL, _ANNUAL),
    (Label.DISCLOSURE, _DISCLOSURE),
    (Label.MAP, _MAP),
    (Label.BODY, _BODY),
)


def _of_a_year(text: str) -> re.Match[str] | None:
    """A body with a year: 民政局2017."""
    dated = _DATED.search(text)
    return _BODY.search(dated["body"]) if dated else None


def names_column(label: str) -> bool:
    """Whether a label says 年报 itself, as 部门年报 does and 县直部门 does not."""
    return bool(re.search(r"年报|年度报告", plain(label)))


def names_former(label: str) -> bool:
    """Whether a label names the reports of former years: 往年年报, 历史年报(2019年以前)."""
    return bool(_FORMER.search(plain(label)))


def plain(label: str) -> str:
    """A label folded for comparison, without the ornaments around it."""
    return _HAN_YEAR.sub(lambda year: year[0].translate(_DIGITS), _TRIM.sub("", folded(label)))


def entrance(label: str) -> bool:
    """Whether a label of a splash page leads into the portal."""
    return bool(_ENTRANCE.search(folded(label)))


def year_of(label: str) -> int | None:
    """Year that a label of a year, or of a body in a year, names."""
    text = plain(label)
    years = re.findall(r"(?:19|20)\d\d", text)
    several = re.search(r"[以之]前|以来", text)
    dated = classify(label) is Label.YEAR or (classify(label) is Label.BODY and _DATED.search(text))
    return int(years[0]) if len(years) == 1 and not several and dated else None


def slug_score(url: str) -> float:
    """How much the address itself suggests the column: 1 for its slug, 0.4 for the section's, else 0."""
    parts = urlsplit(url)
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if _SLUG.search(address):
        return 1.0
    return 0.4 if _SECTION_SLUG.search(address) else 0.0
