"""What discovery costs on an imitation portal: a first crawl, and another a week later in which nothing changed.

The discoverer is driven without Scrapy and without a network. Links that the world knows to be reports are counted
as a request each and not fetched; every other link is, and read as the crawler would read it. robots.txt counts
once for each host.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rich.table import Table

from govcrawl.discovery import Discovery
from govcrawl.discovery.memory import SHARE, Memory
from govcrawl.discovery.urls import page_key
from govcrawl.documents import read_document
from govcrawl.errors import NotAReport, UnreadableDocument
from govcrawl.model import Entry
from govcrawl.model import Portal as Place
from govcrawl.reports import read_report
from tests.portals.model import PortalSpec
from tests.portals.reader import Reader
from tests.portals.shapes import SHAPES
from tests.portals.style import styles
from tests.portals.wasted import Asked
from tests.portals.world import Portal

_LIMIT = 3_000  # requests of one crawl, were it never to end
_TRAPS = {"search": ("search=plain",)}  # the shape that only the site's own search leads to
_TITLES = ("portal", "truth", "found", "false", "requests", "per report", "a week later", "per report")


@dataclass(slots=True)
class Measured:
    """One portal: ``missing`` and ``false`` are addresses, ``requests`` those of the first crawl and the next.

    ``asked`` has those of the first, ``asked_later`` those of the next; robots.txt of each host is counted in
    both.
    """

    style: str
    shape: str
    truth: int
    missing: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    requests: int = 0
    later: int = 0
    told: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    asked_later: list[Asked] = field(default_factory=list)

    @property
    def found(self) -> int:
        return self.truth - len(self.missing)

    def lines(self) -> list[str]:
        """What went wrong, and what discovery itself says is missing, a line each."""
        wrong = [f"missing {url}" for url in self.missing] + [f"false {said}" for said in self.false]
        return [*wrong, *self.told]


def specs(only_styles: Iterable[str] = (), only_shapes: Iterable[str] = ()) -> list[PortalSpec]:
    """A county for each style and shape, or for those named."""
    chosen, shapes = set(only_styles), set(only_shapes)
    return [
        PortalSpec("www.xiuyan.gov.cn", "岫堰县", "990131", style, shape, 5, traps=_TRAPS.get(shape, ()))
        for style in styles()
        if not chosen or style in chosen
        for shape in SHAPES
        if not shapes or shape in shapes
    ]


def measure(spec: PortalSpec, *, season: bool = False) -> Measured:
    """Both crawls of a portal; ``season`` says that the second falls into the months of publication."""
    portal = Portal(spec)
    place = Place(portal.key, spec.place, spec.home, spec.code)
    result = Measured(spec.style, spec.shape, len(portal.truth))
    first = Discovery(place)
    entries, result.requests = _crawl(first, portal, result, result.asked)
    settled = frozenset(page_key(entry.url) for entry in entries)
    memory = Memory(tuple(first.visited.values()), settled, season=season, share=SHARE)
    again = Discovery(place, memory=memory)
    _, result.later = _crawl(again, portal, result, result.asked_later, settled)
    result.told = [*first.shortfalls(), *again.shortfalls(), *([again.changed] if again.changed else [])]
    taken = {page_key(entry.url) for entry in entries}
    result.missing = [e.urls[0] for e in portal.truth if not any(page_key(u) in taken for u in e.urls)]
    return result


def _crawl(
    discovery: Discovery,
    portal: Portal,
    result: Measured,
    asked: list[Asked],
    settled: frozenset[str] = frozenset(),
) -> tuple[list[Entry], int]:
    """The report links that a crawl found, and its requests."""
    known = (*portal.truth, *portal.tolerated)
    right = {page_key(url): expected.urls[0] for expected in known for url in expected.urls}
    reader, got, entries = Reader(portal), set[str](), list[Entry]()
    while (step := discovery.next()) is not None and len(asked) < _LIMIT:
        if step.entry is not None and (report := right.get(page_key(step.entry.url))) is not None:
            reader.hosts.add(urlsplit(step.entry.url).netloc)
            asked.append(Asked.report(step, again=report in got))
            got.add(report)
            continue
        answer = reader.ask(step.target)
        if answer is None:
            asked.append(Asked.of(step, None))
            discovery.failed(step)
            continue
        page, content = answer
        if step.entry is not None and _is_report(page.url, content):
            result.false.append(f"{step.entry.title} {page.url}")
            continue
        found = discovery.received(step, page)
        asked.append(Asked.of(step, len(found.entries) + (found.itself is not None)))
        if found.itself is not None:
            entries.append(found.itself)
            if page_key(page.url) not in right and _is_report(page.url, content):
                result.false.append(f"{found.itself.title} {page.url}")
        for entry in found.entries:
            first = discovery.seconds.of.get(entry.url)
            if first is not None and right.get(page_key(entry.url)) != right.get(page_key(first)):
                result.false.append(f"{entry.title} {entry.url} taken for {first}")
            entries.append(entry)
            if first is None and page_key(entry.url) not in settled:
                discovery.want(entry)
    return entries, len(asked) + len(reader.hosts)


def _is_report(url: str, content: bytes) -> bool:
    try:
        read_report(read_document(content, name=url))
    except (NotAReport, UnreadableDocument):
        return False
    return True


def table(results: Sequence[Measured]) -> Table:
    """A row for each portal, one for each style, and one for all."""
    made = Table(title="Discovery")
    for name in _TITLES:
        made.add_column(name, justify="left" if name == "portal" else "right")
    by_style: dict[str, list[Measured]] = defaultdict(list)
    for result in results:
        by_style[result.style].append(result)
    for style, own in by_style.items():
        for result in own:
            made.add_row(*_cells(f"{style} {result.shape}", [result]))
        made.add_row(*_cells(style, own), style="bold", end_section=True)
    made.add_row(*_cells("all", results), style="bold")
    return made


def ratio(requests: int, reports: int) -> float:
    """Requests for each report."""
    return requests / reports if reports else float("inf")


def _cells(name: str, results: Sequence[Measured]) -> tuple[str, ...]:
    truth, found = sum(r.truth for r in results), sum(r.found for r in results)
    first, later = sum(r.requests for r in results), sum(r.later for r in results)
    false = sum(len(r.false) for r in results)
    return (
        name, str(truth), str(found), str(false), str(first), f"{ratio(first, found):.2f}",
        str(later), f"{ratio(later, found):.3f}",
    )  # fmt: skip
