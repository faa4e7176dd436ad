"""The statutory tables of a document: which rows belong to which table, and every fact of their template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from govcrawl.model import Document, Fact, Grid, Paragraph, Status, Table
from govcrawl.reports import application, challenge, proactive, statistics
from govcrawl.reports.forms import form_of
from govcrawl.reports.lines import Line, Reading, labels_of, wrapped_labels
from govcrawl.reports.marking import lines_in, marked, most
from govcrawl.reports.other_years import of_own_year
from govcrawl.reports.own_tables import Place, foreign_tables, is_doubted, places_of
from govcrawl.reports.plans import Plan, carry_out, plan_of
from govcrawl.reports.schema import load_schema
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import ReportTitle

KINDS = ("proactive", "application", "challenge")
_AS_READ = ("application", "proactive", "challenge")


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
    tables = [block.grid for block in document.blocks if isinstance(block, Table)]
    places = places_of(document.blocks, headings)
    groups = {number: challenge.group_above(text) for number, text in _titles(document).items()}
    return _by_plans(tables, places, groups, own) or _by_mappers(tables, places, groups, own)


def _by_plans(
    tables: Sequence[Grid],
    places: Mapping[int, Place],
    groups: Mapping[int, str | None],
    own: ReportTitle | None,
) -> TableReading | None:
    """The tables read by what their forms say; None where a form does not, or a table is in doubt."""
    plans: dict[int, Plan] = {}
    where: dict[str, int] = {}
    for number, grid in enumerate(tables, 1):
        form = form_of(grid)
        plan = plan_of(form, own.year if own else None, groups[number]) if form else None
        if plan is None or (plan.kind and is_doubted(places[number], plan.title, own)):
            return None
        if not where.keys().isdisjoint(plan.parts):
            return None
        plans[number] = plan
        where |= dict.fromkeys(plan.parts, number)
    out = Reading()
    for kind in (kind for kind in _AS_READ if kind in where):
        carry_out(plans[where[kind]].parts[kind], tables[where[kind] - 1], where[kind], out)
    for kind in (kind for kind in KINDS if kind in where):
        wrapped_labels(plans[where[kind]].parts[kind].labels_in(tables[where[kind] - 1]), kind, out)
    kinds = {number: plan.kind for number, plan in plans.items() if plan.kind}
    shown = {kind: plans[number].parts[kind].template for kind, number in where.items()}
    templates = {"proactive": told} if (told := shown.get("proactive")) else {}
    return _judged(TableReading(kinds, templates, out), "application" in where, shown.get("application"))


def _by_mappers(
    tables: Sequence[Grid],
    places: Mapping[int, Place],
    groups: Mapping[int, str | None],
    own: ReportTitle | None,
) -> TableReading:
    """The tables read row by row: any table, in whatever pieces."""
    rows_of: dict[int, list[tuple[str, Line]]] = {}
    previous: str | None = None
    year = own.year if own else None
    all_lines = [of_own_year(lines_in(grid, number), year) for number, grid in enumerate(tables, 1)]
    whole = any(statistics.is_statistics(lines) for lines in all_lines)
    fewest = statistics.FEWEST_OF_A_PIECE if whole else statistics.FEWEST
    for number, lines in enumerate(all_lines, 1):
        rows = marked(lines, previous, fewest)
        if rows:
            rows_of[number], previous = rows, rows[-1][0]
    out = Reading()
    for number in foreign_tables(rows_of, places, own, out):
        del rows_of[number]
    by_kind: dict[str, list[Line]] = {kind: [] for kind in (*KINDS, "stat2014")}
    for rows in rows_of.values():
        for kind, line in rows:
            by_kind[kind].append(line)
    kinds = {number: most([kind for kind, _ in rows]) for number, rows in rows_of.items()}
    return _read(by_kind, kinds, groups, out)


def _read(
    lines: Mapping[str, list[Line]], kinds: dict[int, str], groups: Mapping[int, str | None], out: Reading
) -> TableReading:
    templates: dict[str, str] = {}
    shown = application.read_application(lines["application"], out) if lines["application"] else None
    if lines["proactive"]:
        template = proactive.template_of(lines["proactive"]) or shown or "2021"
        proactive.read_proactive(lines["proactive"], template, out)
        templates["proactive"] = template
    if lines["challenge"]:
        challenge.read_challenge(lines["challenge"], out, groups)
    if lines["stat2014"]:
        statistics.read_statistics(lines["stat2014"], out)
        templates["stat2014"] = "2014"
    for kind, own in lines.items():
        wrapped_labels(labels_of(own), kind, out)
    return _judged(TableReading(kinds, templates, out), bool(lines["application"]), shown)


def _judged(found: TableReading, applied: bool, shown: str | None) -> TableReading:
    """The reading with the template of table 三, if any, of which its rows show ``shown``."""
    if applied:
        other = found.templates.get("proactive")
        found.templates = {**found.templates, "application": shown or other or "2021"}
        if other not in (None, found.templates["application"]):
            found.reading.note("format_mixed", "report", f"table 二 of {other}, table 三 of {shown}")
    return found


def complete(
    found: TableReading, template: str, images: frozenset[str], *, recognised: bool = False
) -> tuple[Fact, ...]:
    """Every fact of the template once, in canonical order; what no table holds is missing, or an image.

    Of a document that was ``recognised`` on images it is ambiguous: what is missing may be there and unread.
    """
    facts = dict(found.reading.facts)
    ordered: list[Fact] = []
    kinds = KINDS if template in ("2019", "2021") else ("stat2014",)
    for kind in kinds:
        own = found.templates.get(kind, template)
        for name in _facts_of(kind, own):
            fact = facts.pop(name, None)
            if fact is None:
                status = Status.IMAGE if kind in images else Status.MISSING
                note = "the table is only an image" if kind in images else "no such row"
                if recognised and status is Status.MISSING:
                    what = "row" if kind in found.kinds.values() else "table"
                    status, note = Status.AMBIGUOUS, f"no such {what} was recognised on the image"
                fact = Fact(name, None, "", status, note=note)
            elif recognised and fact.status is Status.MISSING and not fact.raw.strip():
                fact = fact._replace(status=Status.AMBIGUOUS, note="no such cell was recognised on the image")
            ordered.append(fact)
    return (*ordered, *facts.values())


@lru_cache(maxsize=16)
def _facts_of(kind: str, template: str) -> tuple[str, ...]:
    return tuple(fact.id for fact in load_schema().facts(template) if fact.table == kind)


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
