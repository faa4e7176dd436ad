"""Which body reports: its name in a comparable form, its kind, its township's code; own report or a sum."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from govcrawl.registry.divisions import townships
from govcrawl.reports.place import Place
from govcrawl.text import folded, line

GOVERNMENTS = frozenset(("county_gov", "city_gov", "province_gov"))

_GOVERNMENT = "人民政府"
_OFFICE = re.compile(r"^(?:人民)?政府办(?:公室)?$")
_WITHOUT = re.compile(r"(?:人民)?政府$")
_STREET = re.compile(r"(?:街道|地区)(?:党工委)?(?:办事处|办)?$|(?<=街)办事处$")
_TOWN = re.compile(r"(?:镇|乡|苏木)$")
_ZONE = re.compile(r"(?:管理委员会|管委会)$")
_LEADING = re.compile(r"^(?:本|我)?(?:县|区|旗|市(?!场|政|容|民))(?=.{2,})")
_DEPARTMENT = re.compile(
    r"(?:局|委|办|委员会|办公室|厅|部|处|署|中心|总队|支队|大队|队|站|所|院|社|会|馆|台|分局)$"
)
_OTHER = re.compile(r"(?:公司|集团|学校|大学|学院|中学|小学|幼儿园|医院|卫生院|银行|村委会|居委会|村|社区)$")
_PLACE = re.compile(r"(?:县|区|旗|市|州|盟|省)$")
_ETHNIC = re.compile(r"(?:[\u4e00-\u9fff]{1,4}族)+(?=乡$)")

_PARTS = (
    r"(?:各?(?:级)?(?:行政机关|(?:政府)?(?:工作)?部门|乡镇|镇街|街镇|乡\(镇\)|街道|单位|委办局)|各[镇乡局委])"
)
_WHOLE = r"(?:全|本|我)(?:县|区|市|旗|州|盟|省)"
_SUM = r"(?:汇总|涵盖|包括|包含|综合|含)"
_SUMMED = re.compile(
    rf"(?:本|此|该)(?:年度)?(?:报告|年报)[^。;]{{0,24}}?{_SUM}[^。;]{{0,30}}?{_PARTS}"
    rf"|数据[^。;]{{0,15}}?(?:{_SUM}|由|为|系)[^。;]{{0,30}}?{_PARTS}"
    rf"|(?:根据|依据|由|综合)[^。;]{{0,20}}?{_PARTS}[^。;]{{0,24}}?(?:汇总|综合|编制而成|整理|汇编)"
)
_SHARED = re.compile(
    rf"{_WHOLE}[^。,;]{{0,10}}?(?:{_PARTS}[^。;]{{0,24}}?)?(?:共|累计|总计|合计|新)?"
    r"(?:收到|新收|受理|主动公开|办理|办结|发布)[^。;]{0,24}?[0-9]+万?[余多]?(?:件|条)"
)
_LONGEST = 1000
_LISTED = re.compile(rf"{_WHOLE}{_PARTS}[^。;,]{{0,20}}?(?:主动公开|收到|新收|受理|发布)")


@dataclass(frozen=True, slots=True)
class Body:
    """The reporting body: ``norm`` compares names, ``kind`` and ``township`` are None where not plain."""

    norm: str | None
    kind: str | None
    township: str | None


def body_of(agency: str | None, place: Place | None) -> Body:
    """What is known of a body from its name and the division whose portal published it."""
    if agency is None:
        return Body(None, None, None)
    norm = normalised(agency, place)
    kind = _kind(agency, norm, place)
    township = _township(norm, place) if kind in ("township", "subdistrict") else None
    return Body(norm, kind, township)


def normalised(agency: str, place: Place | None) -> str:
    """A body's name for comparison: folded, without its division's names before it and 人民政府 behind.

    A government itself is 人民政府, its office 人民政府办公室, wherever the division is known.
    """
    plain = folded(agency)
    if place is not None:
        plain = _inside(plain, place)
    if place is not None and _OFFICE.match(plain):
        return f"{_GOVERNMENT}办公室"
    plain = _ZONE.sub("管委会", plain)
    plain = _STREET.sub(lambda found: "地区" if found.group().startswith("地区") else "街道", plain)
    plain = plain.replace("街街道", "街道")
    if plain in ("", "政府", _GOVERNMENT):
        return _GOVERNMENT
    return _WITHOUT.sub("", plain) or _GOVERNMENT


def scope_of(
    agency: str | None, body: Body, place: Place | None, title: str, texts: Iterable[str]
) -> tuple[str, str]:
    """``own`` or ``aggregate`` (a county's sum over its bodies), with the words it was told by.

    Only a government, its office or a body without a name can report for others; a department that speaks
    of the whole county does not. ``texts`` are the preamble and section one.
    """
    titled = re.search(r"全[县区市旗州盟省]", folded(title))
    if titled:
        return "aggregate", f"title says {titled.group()}"
    # A city's rank is not plain without its place, but no town is called 市.
    unranked = body.kind is None and folded(agency or "").endswith(_GOVERNMENT)
    government = body.kind in GOVERNMENTS or unranked
    office = body.norm is not None and body.norm.endswith("政府办公室")
    if not (government or office or agency is None):
        return "own", f"reported by {agency}"
    for text in texts:
        for whole in re.split(r"(?<=[。;!?])", folded(text)):
            sentence = whole[:_LONGEST]
            alone = government and (_SHARED.search(sentence) or _LISTED.search(sentence))
            if alone or _SUMMED.search(sentence):
                return "aggregate", line(sentence)[:200]
    return "own", f"reported by {agency or 'a body without a name'}, no words of a sum over others"


def _inside(plain: str, place: Place) -> str:
    """The name without the names of the province, prefecture and county before it."""
    for name in (place.province, place.prefecture, place.name):
        own = folded(name)
        if own and plain.startswith(own):
            plain = plain[len(own) :]
    rest = _LEADING.sub("", plain)
    return rest if rest != plain and (_GOVERNMENT in rest or _DEPARTMENT.search(rest)) else plain


def _kind(agency: str, norm: str, place: Place | None) -> str | None:
    if norm == _GOVERNMENT:
        return _government(place)
    rules = (
        (_ZONE, "committee"), (_OTHER, "other"), (_STREET, "subdistrict"),
        (_TOWN, "township"), (re.compile("办事处$"), "subdistrict"),
        (_DEPARTMENT, "department"),
    )  # fmt: skip
    for pattern, kind in rules:
        if pattern.search(norm):
            return kind
    if _PLACE.search(norm):
        if re.search(r"(?:县|区|旗)$", norm) and not re.search(
            r"(?:自治区|地区|开发区|园区|新区|景区)$", norm
        ):
            return "county_gov"
        return _government(place) if place is not None and folded(agency).endswith(_GOVERNMENT) else None
    return None


def _government(place: Place | None) -> str | None:
    levels = {"county": "county_gov", "prefecture": "city_gov", "province": "province_gov"}
    return levels.get(place.level) if place is not None else None


def _township(norm: str, place: Place | None) -> str | None:
    """Code of the one town, township or street office of the portal's county that bears the name."""
    if place is None or place.code is None:
        return None
    codes = _towns(place.code).get(norm, [])
    return codes[0] if len(codes) == 1 else None


@lru_cache(maxsize=64)
def _towns(county: str) -> dict[str, list[str]]:
    """Codes of a county's towns and street offices by each form of their names."""
    named: dict[str, list[str]] = {}
    for town in townships(county):
        name = _STREET.sub("街道", folded(town.name))
        for form in {name, _ETHNIC.sub("", name)}:
            named.setdefault(form, []).append(town.code)
    return named
