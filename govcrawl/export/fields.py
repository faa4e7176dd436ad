"""Columns and tables of a dataset: what each is called, holds and means, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from govcrawl.panel.model import LABELS

if TYPE_CHECKING:
    from govcrawl.export.rows import ReportRows

Kind = Literal["text", "whole", "number", "date", "time", "nested"]
"""What cells hold; ``number`` may have decimals, ``date`` and ``time`` are texts in ISO 8601.

``nested`` are lists and objects, which JSON alone can hold.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, kind, and Chinese and English meaning.

    ``fact`` is the cell of the form that it holds. ``rule`` says how a derived column is made. ``free`` are
    texts of the documents, which alone could run as formulas of a spreadsheet.
    """

    name: str
    kind: Kind
    chinese: str
    english: str
    unit: str = ""
    fact: str = ""
    rule: str = ""
    free: bool = False


Rows = Callable[["ReportRows"], Iterable[tuple[Any, ...]]]
Columns = Callable[["ReportRows"], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Relation:
    """A table of the dataset, and the rows that one report, read with its ``parts``, gives to it.

    ``by_column`` gives the rows of one that has many by their columns, which takes less time.
    """

    name: str
    chinese: str
    english: str
    fields: tuple[Field, ...]
    rows: Rows
    parts: tuple[str, ...] = ()
    by_column: Columns | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of its columns."""
        return tuple(field.name for field in self.fields)


def no_rows(_: ReportRows) -> Iterable[tuple[Any, ...]]:
    """For a table that is made of the whole database, not of single reports."""
    return ()


def _text(name: str, chinese: str, english: str, *, free: bool = False) -> Field:
    return Field(name, "text", chinese, english, free=free)


METADATA: tuple[Field, ...] = (
    _text("id", "报告编号", "the report's id: 16 hexadecimal digits of its address's SHA-256"),
    _text("url", "网址", "where it was published", free=True),
    _text("portal", "门户", "key of the portal it was found on", free=True),
    _text("division_code", "行政区划代码", "code of the portal's division (GB/T 2260); text"),
    _text("agency", "报告单位", "the body that reports, as it names itself", free=True),
    _text(
        "agency_norm", "报告单位（便于比较的简称）", "the body's name for comparison between years", free=True
    ),
    _text("agency_type", "单位类型", "county_gov, city_gov, province_gov, department, township, ..."),
    _text("township_code", "乡级代码", "nine-digit code of a town or street office"),
    _text("scope", "本单位或汇总", "own: its own report; aggregate: a sum over its departments and towns"),
    Field("year", "whole", "报告年度", "fiscal year that the report is about"),
    _text("title", "标题", "title as published", free=True),
    Field("published", "date", "发布日期", "date of publication, when stated"),
    _text("template", "格式", "form of the tables: 2014, 2019, 2021, or free (no tables)"),
    _text("source_type", "来源格式", "what it was read from: html, pdf, docx, ..."),
    _text("sha256", "原始文件校验值", "SHA-256 of the archived bytes"),
    _text("extractor", "抽取程序版本", "version of the extraction"),
    Field("first_seen", "time", "首次发现时间", "when it was first stored (UTC)"),
    Field("fetched_at", "time", "获取时间", "when its bytes were last fetched (UTC)"),
    Field("gone_since", "time", "网上已无的确认时间", "when it was found to be on the web no more (UTC)"),
)

_BY_NAME = {field.name: field for field in METADATA}
KEY = tuple(_BY_NAME[name] for name in ("id", "division_code", "year"))
"""What every row of a long table begins with."""

WIDE_KEY = tuple(
    _BY_NAME[name]
    for name in (
        "id", "url", "portal", "division_code", "agency", "agency_norm", "agency_type", "scope", "year",
        "title", "published", "template",
    )
)  # fmt: skip
"""What every row of a wide table begins with."""

_FACT = _text("fact", "指标编号", "id of the cell of the form, explained in the codebook")

FACT = (
    _FACT,
    Field("value", "number", "数值", "the number, empty unless status is number"),
    _text("raw", "原文", "the cell as printed", free=True),
    _text("status", "单元格状态", "number, blank, dash, none_word, text, missing, image or ambiguous"),
    _text("unit", "单位", "unit of the value", free=True),
    _text("unit_source", "单位来源", "where the unit is from: cell, header, row_label or format_default"),
    _text("note", "备注", "what else the cell said, or why it is ambiguous", free=True),
    Field("table_number", "whole", "表格序号", "number of its table in the document"),
    Field("row", "whole", "行", "row of the table's grid, from 0"),
    Field("col", "whole", "列", "column of the table's grid, from 0"),
)
CHECK = (
    _text("rule", "规则", "the rule, explained in rules.csv"),
    _text("subject", "对象", "the cell, row or group that it was applied to"),
    _text("outcome", "结果", "pass, fail or not_assessable"),
    _text("expected", "应为", "what the rule expects", free=True),
    _text("actual", "实为", "what is printed", free=True),
)
FINDING = (
    _text("kind", "问题类型", "kind of defect of the document"),
    _text("subject", "对象", "what it concerns", free=True),
    _text("detail", "说明", "what was found", free=True),
)
STATEMENT = (
    _FACT,
    Field("value", "number", "数值", "the number that the sentence states"),
    _text("sentence", "原句", "the sentence", free=True),
)
SOURCE = (
    _text("url", "网址", "an address of the report", free=True),
    _text("sha256", "原始文件校验值", "SHA-256 of the bytes there"),
    _text("source_type", "来源格式", "what the bytes are: html, pdf, docx, ..."),
    Field("first_seen", "time", "首次发现时间", "when it was first seen there (UTC)"),
    Field("fetched_at", "time", "获取时间", "when it was last fetched there (UTC)"),
    _text("reason", "依据", "how it was told that it is this report", free=True),
)
SECTION = (
    Field("number", "whole", "序号", "place of the section; 0: before the first heading"),
    _text("heading", "标题", "its heading", free=True),
    _text("text", "正文", "its text", free=True),
)
TABLE = (
    Field("number", "whole", "序号", "number of the table in the document"),
    _text("caption", "表题", "its caption", free=True),
    _text("kind", "表类", "proactive, application, challenge, stat2014 or empty"),
    Field("aligned", "whole", "列是否对齐", "0 where the source had lost its columns"),
    _text("grid", "单元格", "JSON array of rows of cell texts", free=True),
)
ATTACHMENT = (
    _text("url", "网址", "address of the file", free=True),
    _text("filename", "文件名", "its name", free=True),
    _text("media_type", "媒体类型", "its media type", free=True),
    _text("sha256", "校验值", "SHA-256 of its bytes, empty where it was not fetched"),
    _text("role", "作用", "only_source, twin, table_image or other"),
)
TEXT = (_text("text", "全文", "the cleaned document, tables in place as Markdown", free=True),)
COVERAGE = (
    _text("division_code", "行政区划代码", "code of the place (GB/T 2260)"),
    _text("place", "地区", "the place", free=True),
    _text("portal", "门户", "its portal", free=True),
    _text("body", "单位", "the body that owes the report", free=True),
    _text("agency_norm", "单位（便于比较的简称）", "the body's name for comparison", free=True),
    _text("agency_type", "单位类型", "county_gov, department, township, ..."),
    _text("township_code", "乡级代码", "nine-digit code of a town or street office"),
    Field("year", "whole", "报告年度", "fiscal year"),
    Field("due", "date", "法定期限", "last day for publication"),
    _text(
        "status", "状态", "found, summed, pending, blocked, unreachable, unreadable, overdue, missing, ..."
    ),
    _text("url", "网址", "the report, or the link that gave none", free=True),
    _text("reason", "原因", "why it is not there", free=True),
)
_PANEL = {
    "body_id": "the body, the same through renames and in every database",
    "division_code": "today's code of its place (GB/T 2260)",
    "place": "its place",
    "body": "the body's name for comparison",
    "agency": "the body's name in that year's report",
    "kind": "county_gov, department, township, ...",
    "township_code": "nine-digit code of a town or street office",
    "year": "fiscal year",
    "status": "as in coverage",
    "scope": "own, or aggregate: a sum over bodies, not to be added to theirs; empty without a report",
    "report_id": "id of the report that stands for the year",
    "reports": "how many reports there are of that year",
    "url": "the report, or the link that gave none",
    "due": "last day for publication",
    "identity": "what the body was told by",
    "reason": "why it is not there",
}
_PANEL_KINDS: dict[str, Kind] = {"year": "whole", "reports": "whole", "due": "date"}
PANEL = tuple(
    Field(
        name, _PANEL_KINDS.get(name, "text"), "报告编号" if name == "report_id" else LABELS[name], english,
        free=name not in {"body_id", "report_id", *_PANEL_KINDS},
    )
    for name, english in _PANEL.items()
)  # fmt: skip
