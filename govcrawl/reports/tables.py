"""The statutory tables of a document: which rows belong to which table, and every fact of their template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from govcrawl.model import Document, Fact, Grid, Paragraph, Status, Table
from govcrawl.reports import (
    application,
    application_rows,
    challenge,
    proactive,
    proactive_columns,
    statistics,
)
from govcrawl.reports.lines import Line, Reading, lines_of, one_below_the_other, wrapped_labels
from govcrawl.reports.other_years import of_own_year
from govcrawl.reports.own_tables import foreign_tables, places_of
from govcrawl.reports.schema import load_schema
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import ReportTitle
from govcrawl.reports.turned import is_turned, turned

_MOST = 5
KINDS = ("proactive", "application", "challenge")


@dataclass
class TableReading:
    """What the tables gave: ``kinds`` by table number, ``templates`` by kind, facts and findings."""

    kinds: Mapping[int, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)

    @property
    def template(self) -> str:
        """Template of the report: that of table 二, whose wording differs most, else of 三; else free."""
        for kind in ("proactive", "application", "stat2014"):
            if kind in self.templates:
                return self.templates[kind]
        return "free"


def read_tables(
    document: Document, headings: Sequence[Heading] = (), own: ReportTitle | None = None
) -> TableReading:
    """Read all statutory tables of a document, in whatever order and pieces they stand.

    ``headings`` and ``own``, the report's title, tell its tables from those of another year or body.
    """
    tables = [block for block in document.blocks if isinstance(block, Table)]
    marked: dict[int, list[tuple[str, Line]]] = {}
    previous: str | None = None
    year = own.year if own else None
    all_lines = [of_own_year(_lines(table.grid, number), year) for number, table in enumerate(tables, 1)]
    whole = any(statistics.is_statistics(lines) for lines in all_lines)
    fewest = statistics.FEWEST_OF_A_PIECE if whole else statistics.FEWEST
    for number, lines in enumerate(all_lines, 1):
        rows = _marked(lines, previous, fewest)
        if rows:
            marked[number], previous = rows, rows[-1][0]
    out = Reading()
    places = places_of(document.blocks, headings)
    for number in foreign_tables(marked, places, own, out):
        del marked[number]
    by_kind: dict[str, list[Line]] = {kind: [] for kind in (*KINDS, "stat2014")}
    kinds: dict[int, str] = {}
    for number, rows in marked.items():
        for kind, line in rows:
            by_kind[kind].append(line)
        found = [kind for kind, _ in rows]
        kinds[number] = max(set(found), key=found.count)
    return _read(by_kind, kinds, _titles(document), out)


def _lines(grid: Grid, number: int) -> list[Line]:
    if is_turned(grid):
        return lines_of(turned(grid), number, turned=True)
    return one_below_the_other(lines_of(grid, number))


def _read(
    lines: Mapping[str, list[Line]], kinds: dict[int, str], titles: Mapping[int, str], out: Reading
) -> TableReading:
    templates: dict[str, str] = {}
    shown = application.read_application(lines["application"], out) if lines["application"] else None
    if lines["proactive"]:
        score = proactive.wording(lines["proactive"])
        best = max(score.values())
        names = [name for name, hits in score.items() if hits == best]
        template = names[0] if len(names) == 1 else shown or "2021"
        proactive.read_proactive(lines["proactive"], template, out)
        templates["proactive"] = template
    if lines["application"]:
        templates["application"] = shown or templates.get("proactive", "2021")
    if lines["challenge"]:
        challenge.read_challenge(lines["challenge"], out, titles)
    if lines["stat2014"]:
        statistics.read_statistics(lines["stat2014"], out)
        templates["stat2014"] = "2014"
    for kind, own in lines.items():
        wrapped_labels(own, kind, out)
    if len({templates[kind] for kind in ("proactive", "application") if kind in templates}) > 1:
        out.note("format_mixed", "report", f"table 二 of {templates['proactive']}, table 三 of {shown}")
    return TableReading(kinds, templates, out)


def complete(
    found: TableReading, template: str, images: frozenset[str], *, recognised: bool = False
) -> tuple[Fact, ...]:
    """Every fact of the template once, in canonical order; what no table holds is missing, or an image.

    Of a table that was ``recognised`` on an image it is ambiguous: the row may be there and misread.
    """
    schema = load_schema()
    facts = dict(found.reading.facts)
    ordered: list[Fact] = []
    kinds = KINDS if template in ("2019", "2021") else ("stat2014",)
    for kind in kinds:
        own = found.templates.get(kind, template)
        for definition in schema.facts(own):
            if definition.table != kind:
                continue
            fact = facts.pop(definition.id, None)
            if fact is None:
                status = Status.IMAGE if kind in images else Status.MISSING
                note = "the table is only an image" if kind in images else "no such row"
                if recognised and kind in found.kinds.values():
                    status, note = Status.AMBIGUOUS, "no such row was recognised on the image"
                fact = Fact(definition.id, None, "", status, note=note)
            ordered.append(fact)
    return (*ordered, *facts.values())


def _marked(lines: Sequence[Line], previous: str | None, fewest: int) -> list[tuple[str, Line]]:
    """Each row of one table with the statutory table it belongs to; rows of no such table are left out."""
    if statistics.is_statistics(lines, fewest):
        return [("stat2014", line) for line in lines]
    own = [_kind(line) for line in lines]
    if not any(own):
        return _continued(lines, previous)
    if not _is_form(lines, own, previous):
        return []
    marked: list[tuple[str, Line]] = []
    current = next(kind for kind in own if kind)
    for kind, line in zip(own, lines, strict=True):
        current = kind or current
        marked.append((current, line))
    return marked


def _is_form(lines: Sequence[Line], own: Sequence[str | None], previous: str | None) -> bool:
    """Some other table may name 行政处罚 too: table 二 needs a banner or header, or a piece of it before."""
    if set(own) - {None, "proactive"}:
        return True
    text = "".join(line.text for line in lines)
    headed = proactive_columns.BANNER.search(text) or proactive.HEADER.search(text)
    return bool(headed) or previous == "proactive" or _names_most(lines)


def _names_most(lines: Sequence[Line]) -> bool:
    """Whether a table without any header has so many rows of table 二 that it can be no other."""
    template = load_schema().templates["2021"]
    found = [proactive.match_row(line.plain[n], template) for line in lines for n in line.labels[-1:]]
    return len({row.id for match in found if match for row in match[1:]}) >= _MOST


def _continued(lines: Sequence[Line], previous: str | None) -> list[tuple[str, Line]]:
    """The data row of table 四 alone on a new page; a row of table 三 whose name only its place explains."""
    if previous == "application" and len(lines) == 1 and lines[0].numbers:
        last = application_rows.LAST_OF_OTHER
        if any(application_rows.match_label(lines[0].plain[n], last) for n in lines[0].labels):
            return [("application", lines[0])]
    numbers = [line for line in lines if line.numbers and not line.labels]
    if previous == "challenge" and len(numbers) == 1 and len(lines) <= 2 and len(numbers[0].cells) >= 5:
        return [("challenge", numbers[0])]
    return []


def _kind(line: Line) -> str | None:
    text = line.text
    if (
        challenge.GROUP_TITLE.fullmatch(text)
        or challenge.HEADER.search(text)
        or ("行政复议" in text and "行政诉讼" in text)
    ):
        return "challenge" if len(text) < 300 else None
    rows = [application_rows.match_label(line.plain[n]) for n in line.labels]
    if any(rows) or application_rows.HEADER.search(text):
        return "application"
    if proactive_columns.BANNER.search(text) or proactive.HEADER.search(text):
        return "proactive" if len(text) < 300 else None
    template = load_schema().templates["2019"]
    if line.numbers and any(proactive.match_row(line.plain[n], template) for n in line.labels):
        return "proactive"
    return None


def _titles(document: Document) -> dict[int, str]:
    """For each table number the text right above it: its caption, or the short paragraph before it."""
    titles: dict[int, str] = {}
    number = 0
    above = ""
    for block in document.blocks:
        if isinstance(block, Table):
            number += 1
            titles[number] = block.caption or above
            above = ""
        elif isinstance(block, Paragraph):
            above = block.text if len(block.text) < 40 else ""
    return titles
