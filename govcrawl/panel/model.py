"""A row of the panel, and what its columns are called in Chinese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A body and a fiscal year.

    ``body_id`` is made of today's division code and the body's name for comparison, or is the nine-digit code
    of a town; ``identity`` says what it was told by. ``status`` is that of docs/coverage.md; ``scope`` is own
    or aggregate (a sum over bodies, not to be added to theirs), None without a report. ``report_id`` is the
    report that stands for the year, ``reports`` how many there are of it.
    """

    body_id: str
    division_code: str | None
    place: str
    body: str
    agency: str | None
    kind: str
    township_code: str | None
    year: int
    status: str
    scope: str | None
    report_id: int | None
    reports: int
    url: str
    due: str | None
    identity: str
    reason: str


LABELS = {
    "body_id": "单位编号",
    "division_code": "现行行政区划代码",
    "place": "行政区划",
    "body": "单位（便于比较的简称）",
    "agency": "单位（报告所用名称）",
    "kind": "单位类型",
    "township_code": "乡级代码",
    "year": "报告年度",
    "status": "状态",
    "scope": "本单位或汇总",
    "report_id": "报告在数据库中的编号",
    "reports": "该年度报告数",
    "url": "网址",
    "due": "法定期限",
    "identity": "编号依据",
    "reason": "原因",
}
