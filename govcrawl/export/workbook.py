"""An Excel workbook that an office can read: overview, reports, forms, facts, what is wrong, codebook.

The forms of more than a thousand reports fill no sheet that anybody would leaf through, and those of some
thousand more rows of single cells than a sheet has. Above a thousand both are left out, the overview says so,
and the workbook is written in memory that does not grow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from govcrawl.errors import UsageError
from govcrawl.export import codebook, relations
from govcrawl.export.fields import KEY, Field, Relation, no_rows
from govcrawl.export.files import Row
from govcrawl.export.form_sheet import FormSheet, Styles, named
from govcrawl.export.output import Job, Written, require
from govcrawl.export.rows import ReportRows
from govcrawl.export.sheets import TableSheet

NAME = "govcrawl.xlsx"
MOST = 100_000
FORMS = 1_000
LINKS = 65_000  # of a sheet; Excel drops all links of a sheet that has more
_WIDTHS = {"id": 18, "url": 40, "agency": 24, "agency_norm": 20, "title": 44}
_NARROW, _FACT_WIDTH = 12, 10
_MADE = datetime(2000, 1, 1)
"""When every workbook was made: the same bytes each time."""
_WRONG = Relation(
    "wrong", "问题", "rules that failed, and defects of the documents",
    (
        *KEY,
        Field("agency", "text", "报告单位", "the body that reports"),
        Field("what", "text", "规则或问题类型", "rule that failed, or kind of finding"),
        Field("subject", "text", "对象", "cell, row or group concerned"),
        Field("labels", "text", "表中位置", "its labels in the form"),
        Field("expected", "text", "应为", "what the rule expects"),
        Field("actual", "text", "实为", "what is printed"),
        Field("detail", "text", "说明", "what was found"),
        Field("url", "text", "网址", "the report"),
    ),
    no_rows,
)  # fmt: skip


class WorkbookOutput:
    """A dataset as one workbook."""

    parts = frozenset({"checks", "findings"})

    def __init__(self, job: Job) -> None:
        try:
            import xlsxwriter
        except ImportError as error:
            raise require("xlsxwriter", error) from error
        number = len(job.keys)
        if number > MOST:
            raise UsageError(
                f"{number} reports are more than a workbook can show (at most {MOST}); "
                "choose fewer with --region or --year, or take --format csv or parquet"
            )
        self._forms_wanted = number <= FORMS
        self._book = xlsxwriter.Workbook(
            job.folder / NAME,
            {
                "constant_memory": not self._forms_wanted,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "tmpdir": str(job.folder),
            },
        )
        self._book.set_properties({"title": "政府信息公开工作年度报告", "created": _MADE})
        self._styles = Styles(self._book)
        self._overview = self._book.add_worksheet("说明 overview")
        self._reports = self._table(relations.reports(), "报告 reports", link=self._forms_wanted)
        self._facts = self._table(relations.wide(), "指标 facts")
        self._wrong = self._table(_WRONG, "问题 findings")
        self._cells = self._table(relations.facts(), "单元格 cells") if self._forms_wanted else None
        self._forms: dict[int | None, FormSheet] = {}
        self._written: list[Written] = []

    def report(self, report: ReportRows) -> None:
        """Write what a report gives to each sheet."""
        self._reports[1].add(self._reports[0].rows(report))
        self._facts[1].add(self._facts[0].rows(report))
        self._wrong[1].add(_wrong(report))
        if self._cells is not None:
            self._cells[1].add(self._cells[0].rows(report))
            place = self._form_sheet(report.metadata["year"]).add(report)
            if self._reports[1].rows <= LINKS:
                self._reports[1].link(len(self._reports[0].fields), place, "打开 open")

    def table(self, relation: Relation, rows: Iterable[Row]) -> None:
        """Write a table that is made of the whole database."""
        sheet = self._table(relation, f"{relation.chinese} {relation.name}")
        sheet[1].add(rows)
        self._written.append(_written(*sheet))

    def close(self) -> Sequence[Written]:
        """Finish the file; what stands in it."""
        explained = self._table(codebook.RELATION, "指标说明 codebook")
        sheets = [self._reports, self._facts, self._wrong, *([self._cells] if self._cells else [])]
        others = [table.relation for table in self._written]
        explained[1].add(codebook.rows_of([*(relation for relation, _ in sheets), *others]))
        written = [_written(table, sheet) for table, sheet in sheets] + self._written
        self._tell(written)
        _close(self._book)
        return written

    def _table(self, relation: Relation, name: str, *, link: bool = False) -> tuple[Relation, TableSheet]:
        headings = [(_heading(field), field.name) for field in relation.fields]
        widths = [_width(field) for field in relation.fields]
        if link:
            headings, widths = [*headings, ("报表", "form")], [*widths, _NARROW]
        return relation, TableSheet(self._book, name, headings, widths, self._styles.heading)

    def _form_sheet(self, year: int | None) -> FormSheet:
        if year not in self._forms:
            self._forms[year] = FormSheet(self._book, f"年报 {year or '年度不明'}", self._styles)
        return self._forms[year]

    def _tell(self, written: Sequence[Written]) -> None:
        self._overview.set_column(0, 0, 90)
        self._overview.write_string(
            0,
            0,
            "政府信息公开工作年度报告 / Annual reports on open government information",
            self._styles.title,
        )
        forms = (
            "年报 (a sheet for each year): 法定格式的三张表；红色单元格有问题，批注说明 / the three tables "
            "as the official form; red cells contradict others, as the comment says; grey ones were not read"
            if self._forms_wanted
            else f"报告多于 {FORMS} 份，未附报表和单元格长表；请按地区或年度筛选，或用 csv、parquet / "
            f"no forms and no sheet of single cells for more than {FORMS} reports: choose fewer with "
            "--region or --year, or take csv or parquet"
        )
        lines = [
            *(
                f"{table.relation.chinese} / {table.relation.english}: {table.rows}"
                for table in written
            ),
            forms,
            "数字为原文数字；空白不是零 / numbers are as printed; a blank is not a zero",
            "第一行为中文名称，第二行为列名 / first row: names in Chinese; second row: names of columns",
            "README.md, codebook.csv: 说明与指标解释 / data card and what each column means",
        ]  # fmt: skip
        for row, text in enumerate(lines, start=2):
            self._overview.write_string(row, 0, text)


def _close(book: Any) -> None:
    """Write the file; what the system says, a full disk among others, as its own error, not XlsxWriter's."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as error:
        if isinstance(error.__context__, OSError):
            raise error.__context__ from error
        raise


def _written(relation: Relation, sheet: TableSheet) -> Written:
    return Written(relation, (), sheet.rows, inside=NAME, cut=sheet.cut, rounded=sheet.rounded)


def _wrong(report: ReportRows) -> Iterable[tuple[Any, ...]]:
    """Failed rules, and the findings that no rule stands for."""
    about = (*report.key(), report.metadata["agency"])
    for check in report.parts["checks"]:
        if check["outcome"] == "fail":
            rule, subject = check["rule"], check["subject"]
            yield (
                *about, rule, subject, named(rule, subject), check["expected"], check["actual"], None,
                report.metadata["url"],
            )  # fmt: skip
    for found in report.parts["findings"]:
        if not found["kind"].startswith("identity_fail:"):
            yield (
                *about, found["kind"], found["subject"], None, None, None, found["detail"],
                report.metadata["url"],
            )  # fmt: skip


def _heading(field: Field) -> str:
    return f"{field.chinese}（{field.unit}）" if field.unit else field.chinese


def _width(field: Field) -> int:
    return _WIDTHS.get(field.name, _FACT_WIDTH if field.fact else _NARROW)
