"""A made-up report as paragraphs and grids, for makers of every file format; and what reading it must give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from lxml import html

from govcrawl.documents import read_document
from govcrawl.model import Status
from govcrawl.reports import read_report
from tests.portals.model import Body, ReportTruth
from tests.portals.reports import make_report

BODIES = (
    Body("czz", "临水县长洲镇人民政府", "长洲镇", "town"),
    Body("czj", "临水县财政局", "县财政局", "department"),
    Body("xzf", "临水县人民政府", "临水县", "county"),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a grid with its spans."""

    text: str
    row: int
    column: int
    height: int
    width: int


Part = str | list[Box]


def a_report(number: int) -> ReportTruth:
    """One of many reports with statutory tables; the same for the same number."""
    rng = Random(f"formats {number}")
    while True:
        report = make_report(BODIES[number % len(BODIES)], 2019 + number % 6, rng, "clean")
        if report.template in ("2019", "2021"):
            return replace(report, html=report.html.replace("&nbsp;", " "))


def parts_of(report: ReportTruth) -> Iterator[Part]:
    """Title, paragraphs and grids in their order."""
    yield report.title
    root = html.fromstring(f"<div>{report.html}</div>")
    for node in root.iter("p", "div", "table"):
        if node.tag == "table":
            if node.find(".//table") is None:
                yield list(_boxes(node))
        elif next(node.iterancestors("table"), None) is None and _is_paragraph(node, root):
            yield _text(node)


def _is_paragraph(node: html.HtmlElement, root: html.HtmlElement) -> bool:
    return (
        node is not root
        and next(node.iter("table"), None) is None
        and next(node.iterdescendants("p", "div"), None) is None
    )


def _text(node: html.HtmlElement) -> str:
    return "".join(node.itertext()).strip()


def _boxes(table: html.HtmlElement) -> Iterator[Box]:
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            height, width = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + y, column + x) for y in range(height) for x in range(width)}
            yield Box(_text(cell), row, column, height, width)


def size_of(boxes: list[Box]) -> tuple[int, int]:
    """Rows and columns of a grid."""
    return max(b.row + b.height for b in boxes), max(b.column + b.width for b in boxes)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def faults(content: bytes, name: str, truth: ReportTruth) -> list[str]:
    """What is read otherwise than printed from a file that a report was made into."""
    report = read_report(read_document(content, name=name))
    found = {fact.fact: fact for fact in report.facts}
    told = []
    for fact, cell in truth.facts.items():
        if (own := found.get(fact)) is None:
            told.append(f"{fact}: not there")
        elif own.value != cell.value or (cell.status == "number") != (own.status is Status.NUMBER):
            told.append(f"{fact}: {cell} read as {own.value} {own.status} {own.raw!r}")
    text = bare(report.text)
    told += [f"lost: {line[:40]}" for line in truth.paragraphs if bare(line) not in text]
    if (report.title, report.year) != (truth.title, truth.year):
        told.append(f"title {report.title!r} of {report.year} for {truth.title!r} of {truth.year}")
    return told
