"""Whole pages of our own making: every template in every CMS style of the imitation portals, and more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.portals import surroundings
from tests.portals.model import PortalSpec, ReportTruth
from tests.portals.shapes import SHAPES
from tests.portals.site import build_site
from tests.portals.style import styles

SHARED = Path(__file__).resolve().parents[2] / "../shared"
PAGES = 72


@dataclass(frozen=True, slots=True)
class Sample:
    """A page with what must be read from it; ``boilerplate`` must not be in the text."""

    name: str
    content: bytes
    truth: ReportTruth
    boilerplate: tuple[str, ...]


@cache
def samples() -> tuple[Sample, ...]:
    """At least sixty pages: style x body x fiscal year, the clerk's habits drawn by seed."""
    return tuple(sample for name in sorted(styles()) for sample in _of_style(name))


def _of_style(name: str) -> Iterator[Sample]:
    """Reports of one portal of that CMS, as many as its share of the gate."""
    spec = PortalSpec(
        "www.linshui.gov.cn",
        "临水县",
        "450799",
        name,
        sorted(SHAPES)[0],
        7,
        departments=4,
        towns=3,
        others=20,
    )
    site = build_site(spec, styles()[name].markup)
    style = styles()[name](site)
    placed = {article.number: column for column in site.root.walk() for article in column.articles}
    share = -(-PAGES // len(styles()))
    for article in site.reports[:: max(1, len(site.reports) // share)][:share]:
        if article.report is None or article.number not in placed:
            continue
        page = style.article(placed[article.number], article, article.html).encode(style.charset)
        name_of = f"{name}-{article.report.body.slug}-{article.report.year}"
        yield Sample(name_of, page, article.report, surroundings.footer(spec))


def real_pages() -> list[bytes]:
    """Pages that lie beside the project, where they do."""
    folders = (SHARED / "samples/html", SHARED / "data/real", SHARED / "seeds")
    return [
        path.read_bytes()
        for folder in folders
        for path in sorted(folder.glob("*"))
        if path.suffix in (".html", ".txt")
    ]
