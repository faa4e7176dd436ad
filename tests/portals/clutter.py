"""What else an office puts into its columns: look-alike columns, rows of other bodies, news among the reports."""

from __future__ import annotations

from random import Random

from tests.portals.content import Newsroom
from tests.portals.model import Article, Body, Column, newest_first
from tests.portals.reports import make_report

_LOOK_ALIKES = {
    "zfwzgzndbb 政府网站工作年度报表": "{body}{year}年政府网站工作年度报表",
    "zfgzbg 政府工作报告": "{year}年{place}政府工作报告",
    "fzzfndbg 法治政府建设年度报告": "{body}{year}年度法治政府建设情况报告",
    "jyzlndbg 就业质量年度报告": "{place}{year}届高校毕业生就业质量年度报告",
    "ndbg 企业年度报告": "{place}国有企业{year}年年度报告",
}
_NEWS = (
    "{place}召开政府信息公开工作推进会",
    "{place}多措并举做好{year}年政府信息公开工作",
    "{body}扎实推进政务公开标准化规范化",
    "{place}政务公开工作获省级通报表扬",
    "{body}组织观看政府信息公开条例讲座",
)


def clutter(root: Column, reports: Column, room: Newsroom) -> list[Article]:
    """Put in what the specification's traps name; returns the reports of other bodies among it."""
    spec = room.spec
    if spec.trap("decoys") is not None:
        _look_alikes(reports, room)
    if spec.trap("news_rows") is not None:
        _among(reports, [_news(room) for _ in range(int(spec.trap("news_rows") or 30))])
    if spec.trap("foreign_rows") is None:
        return []
    foreign = [_foreign(room, kind, year) for kind in (0, 1, 2) for year in spec.years]
    _among(reports, foreign)
    return foreign


def _look_alikes(reports: Column, room: Newsroom) -> None:
    beside = reports.parent or reports
    for entry, pattern in _LOOK_ALIKES.items():
        slug, name = entry.split()
        column = beside.add(Column(slug, name))
        for _ in range(24):
            year = room.rng.choice(room.spec.years)
            title = pattern.format(body=room.rng.choice(room.bodies).name, place=room.spec.place, year=year)
            column.articles.append(room.write(title, room.day(year + 1), decoy=True))
        column.articles = newest_first(column.articles)


def _news(room: Newsroom) -> Article:
    year = room.rng.choice(room.spec.years)
    title = room.rng.choice(_NEWS).format(
        place=room.spec.place, year=year, body=room.rng.choice(room.bodies).name
    )
    return room.write(title, room.day(year + 1))


def _foreign(room: Newsroom, kind: int, year: int) -> Article:
    """A report of the prefecture, of its office or of the province, put up again by the county."""
    spec = room.spec
    name = (f"{spec.prefecture}人民政府", f"{spec.prefecture}人民政府办公室", f"{spec.province}人民政府")[
        kind
    ]
    body = Body(f"foreign{kind}", name, name, "county")
    report = make_report(body, year, Random(f"foreign:{spec.host}:{kind}:{year}"))
    return Article(room.number(), report.title, report.published, name, report.html, report)


def _among(column: Column, more: list[Article]) -> None:
    """Put articles among those of the column, or below it where most of them are."""
    target = max(column.walk(), key=lambda c: len(c.articles))
    target.articles = newest_first([*target.articles, *more])
