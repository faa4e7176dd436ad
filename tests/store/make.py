"""Reports, sources and entries for tests of the store, the export and the commands."""

from __future__ import annotations

import dataclasses
import hashlib

from govcrawl.model import (
    Attachment,
    Cell,
    Check,
    Entry,
    Fact,
    Finding,
    Grid,
    Outcome,
    Removal,
    Report,
    ReportTable,
    Section,
    Source,
    Statement,
    Status,
)

URL = "http://www.shiwu.gov.cn/zfxxgk/nb/202201/t20220118_1.html"


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(Cell(text, r, c) for c, text in enumerate(row)) for r, row in enumerate(rows)))


def report(**changes: object) -> Report:
    made = Report(
        title="石坞县民政局2021年政府信息公开工作年度报告",
        agency="石坞县民政局",
        year=2021,
        published="2022-01-18",
        template="2021",
        text="一、总体情况\n\n本局全年主动公开信息35条。",
        source_type="html",
        sections=(
            Section(0, "", "现公布本局年度报告。"),
            Section(1, "一、总体情况", "本局全年主动公开信息35条。"),
        ),
        tables=(
            ReportTable(0, "", grid(("行政许可", "行政许可", "12"), ("行政处罚", "", "0")), "proactive"),
        ),
        facts=(
            Fact(
                "proactive.art20_5.license:decisions", 12, "12", Status.NUMBER, "件", "header", None, 0, 0, 2
            ),
            Fact("proactive.art20_6.penalty:decisions", 0, "0", Status.NUMBER, "件", "header", None, 0, 1, 2),
            Fact("proactive.art20_6.coercion:decisions", None, "", Status.BLANK),
            Fact("proactive.art20_8.fees:amount", 12.50, "12.50", Status.NUMBER, "万元", "format_default"),
            Fact("application.received_new:total", 3, "３", Status.NUMBER),
            Fact("application.carried_in:total", None, "无", Status.NONE_WORD, note="a word, not a number"),
        ),
        statements=(Statement("application.received_new:total", 3, "全年收到申请3件。"),),
        checks=(
            Check("A1", "total", Outcome.FAIL, "4", "3"),
            Check("A2", "natural_person", Outcome.NOT_ASSESSABLE),
        ),
        findings=(Finding("blank_cells", "proactive", "1 cell"),),
        attachments=(
            Attachment("http://www.shiwu.gov.cn/a.pdf", "年报.pdf", "application/pdf", None, "twin"),
        ),
        removals=(Removal("tail.print", "打印本页 关闭窗口"),),
        evidence={"year": "title"},
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def source(
    url: str = URL,
    content: bytes = b"first",
    *,
    at: str = "2026-01-02T03:04:05Z",
    division: str | None = "990101",
) -> Source:
    return Source(url, "shiwu", division, hashlib.sha256(content).hexdigest(), at)


def entry(url: str = URL, **changes: object) -> Entry:
    made = Entry(
        url, "shiwu", "民政局2021年年报", 2021, "2022-01-18", "http://www.shiwu.gov.cn/zfxxgk/nb/", "title"
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]
