"""The reading of one report: each step's result handed to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govcrawl.model import (
    Block,
    Check,
    Document,
    Fact,
    Figure,
    Finding,
    Paragraph,
    Report,
    ReportTable,
    Section,
    Status,
    Table,
)
from govcrawl.reports import cleaning, identify, markdown, metadata, sections
from govcrawl.reports.attached import attached
from govcrawl.reports.checks import year_check
from govcrawl.reports.findings import findings_of
from govcrawl.reports.judgement import judged
from govcrawl.reports.part import Part, own_part
from govcrawl.reports.place import Place
from govcrawl.reports.regions import RIVALS
from govcrawl.reports.sections import Heading
from govcrawl.reports.summed import confirmed
from govcrawl.reports.tables import TableReading, complete, read_tables
from govcrawl.reports.titles import report_title
from govcrawl.reports.unclear import unclear_scan

_SECTION_OF = {"proactive": 2, "application": 3, "challenge": 4}
_FIRST_YEAR_OF_2021 = 2021


def read_report(
    document: Document,
    *,
    url: str = "",
    title: str | None = None,
    published: str | None = None,
    place: Place | None = None,
) -> Report:
    """Read a document as an annual report.

    ``title`` and ``published`` are what the listing said: hints that count less than the page. ``place`` is
    the division whose portal published it. Raises NotAReport with its evidence, CutShort where only a part
    was read; ``url`` only names the document in that message.
    """
    return _read(own_part(document, title), url, title, published, place)


def _read(part: Part, url: str, title: str | None, published: str | None, place: Place | None) -> Report:
    document, headings = part.document, part.headings
    blocks = document.blocks
    tables = read_tables(document, part.announced, part.title)
    cut = "; ".join(defect.detail for defect in document.defects if defect.kind == "page_cut")
    cut = cut or unclear_scan(document, part.candidates)
    identity = identify.identify(blocks, headings, tables, part.candidates, cut)
    found = metadata.read_metadata(document, headings, title=title, published=published)
    template = _template(tables, headings, found.year)
    found.evidence |= {"identity": identity, "main": document.main, "url": url}
    images = _images(blocks, headings, tables)
    facts = complete(tables, template, images, recognised=_is_recognised(document))
    facts = confirmed(facts) if _is_recognised(document) else facts
    if any(finding.kind == RIVALS for finding in (*document.defects, *part.findings)):
        facts = tuple(map(_untold, facts))
    if template == "free" and len(headings) < identify.ENOUGH_HEADINGS:
        headings = sections.free(blocks)
    elif template in ("free", "2014"):
        headings = sections.with_others(blocks, headings)
    kept, removed = cleaning.cleaned(blocks, headings)
    texts = {n: markdown.text_of(blocks[n]) for n in kept}
    own = _sections(len(blocks), headings, texts)
    judgement = judged(found, facts, own, template, place)
    found.evidence |= {"scope": judgement.scope, "scope_words": judgement.scope_words}
    year, plans = _year(found, blocks, headings)
    checks = (*judgement.checks, year)
    findings = findings_of(facts, checks, tables, template, images)
    return Report(
        title=found.title,
        agency=found.agency,
        year=found.year,
        published=found.published,
        template=template,
        text=markdown.joined(texts.values()),
        source_type=document.source_type,
        sections=own,
        tables=_tables(blocks, tables),
        facts=facts,
        statements=judgement.statements,
        checks=checks,
        findings=(*document.defects, *part.findings, *found.findings, *plans, *findings, *judgement.findings),
        attachments=attached(document, headings, bool(tables.kinds), images, url),
        removals=(*document.removed, *part.removals, *removed),
        evidence={key: value for key, value in found.evidence.items() if value},
        scope=judgement.scope,
        agency_type=judgement.body.kind,
        agency_norm=judgement.body.norm,
        township_code=judgement.body.township,
    )


def _untold(fact: Fact) -> Fact:
    """A number of a page with several reports whose title does not say which is meant."""
    if fact.status in (Status.MISSING, Status.IMAGE):
        return fact
    return fact._replace(
        value=None, status=Status.AMBIGUOUS, note="several reports, none is told to be the page's"
    )


def _template(tables: TableReading, headings: Sequence[Heading], year: int | None) -> str:
    """By the tables' wording; without tables by the headings, and only between 2019 and 2021 by the year."""
    if tables.template != "free":
        return tables.template
    modern = any(heading.number == 3 and "收到" in heading.text for heading in headings)
    if not modern and "challenge" not in tables.kinds.values():
        return "free"
    return "2019" if year is not None and year < _FIRST_YEAR_OF_2021 else "2021"


def _is_recognised(document: Document) -> bool:
    """Whether a document was read from an image, where a row may stand and not be seen."""
    return any(defect.kind == "recognised" for defect in document.defects)


def _images(blocks: Sequence[Block], headings: Sequence[Heading], tables: TableReading) -> frozenset[str]:
    """Statutory tables of which only an image stands in their section."""
    found = set()
    for kind, number in _SECTION_OF.items():
        if kind in tables.kinds.values():
            continue
        for n, heading in enumerate(headings):
            end = headings[n + 1].block if n + 1 < len(headings) else len(blocks)
            if heading.number == number and any(isinstance(b, Figure) for b in blocks[heading.block : end]):
                found.add(kind)
    return frozenset(found)


def _year(
    found: metadata.Metadata, blocks: Sequence[Block], headings: Sequence[Heading]
) -> tuple[Check, list[Finding]]:
    rivals = {source: year for source, year in found.years.items() if source in ("period", "opening")}
    first = found.evidence.get("year")
    rivals = {source: year for source, year in rivals.items() if source != first}
    plans: list[Finding] = []
    start = next((heading.block for heading in headings if heading.number == 5), None)
    if found.year is not None and start is not None:
        for block in blocks[start:]:
            if isinstance(block, Paragraph) and "将" in block.text and report_title(block.text) is None:
                for planned, sentence in metadata.plans_of_past(block.text, found.year):
                    rivals["plan"] = planned - 1
                    plans.append(
                        Finding("period_year_mismatch", "problems", f"plans for {planned}: {sentence}")
                    )
    return year_check(found.year, rivals), plans


def _sections(end: int, headings: Sequence[Heading], texts: Mapping[int, str]) -> tuple[Section, ...]:
    """Sections with their texts; ``texts`` are those of the blocks, ``end`` is behind the last of these."""
    found: list[Section] = []
    starts = [(0, 0, 0, "", ""), *((h.block, h.blocks, h.number, h.text, h.rest) for h in headings)]
    stops = [*(heading.block for heading in headings), end]
    for (start, length, number, heading, rest), stop in zip(starts, stops, strict=True):
        inside = (texts[n] for n in range(start + length, stop) if n in texts)
        text = markdown.joined((rest, *inside))
        if number or text:
            found.append(Section(number, heading, text))
    return tuple(found)


def _tables(blocks: Sequence[Block], tables: TableReading) -> tuple[ReportTable, ...]:
    own = [block for block in blocks if isinstance(block, Table)]
    return tuple(
        ReportTable(number, table.caption, table.grid, tables.kinds.get(number))
        for number, table in enumerate(own, 1)
    )
