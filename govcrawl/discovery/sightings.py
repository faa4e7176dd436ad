"""What the pages of the column show that could not be followed, in words for whoever goes on from there."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from lxml import html as lxml_html

from govcrawl.counting import counted
from govcrawl.discovery.bounds import MOST_LINKS
from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.finds import kind_of
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Kind, Step
from govcrawl.reports.titles import report_title
from govcrawl.text import line

if TYPE_CHECKING:
    from govcrawl.discovery.discovery import Discovery
    from govcrawl.model import Entry

NOTHING = "no annual report was found on this portal"
"""Outcome of a portal without reports; what was seen of its column follows it."""

_SHOWN = 3
_FEWEST = 2  # options or labels of one kind that make a choice
_LONGEST = 24  # characters of a label; more is a sentence
_START = "an address where the reports stand can be given as start in a registry row (docs/portals.md)"
_BROWSER = "drawing its pages may show more (BROWSER in docs/politeness.md)"
_ASKS = re.compile(
    r"\$\.(?:get|post|ajax|getJSON)\s*\(|\bfetch\s*\(|XMLHttpRequest|\baxios\b|\.load\s*\(|\.render\s*\("
)
_NOTHING_THERE = re.compile(r"暂无|没有(?:相关|找到|符合)|无(?:相关)?(?:数据|信息|记录|内容)")
_TITLES = "//li | //tr | //dd | //p"


@dataclass(slots=True)
class Sightings:
    """Pages of the column without a report's row, and the kinds of bodies that the column's tabs name.

    ``barren`` says for each such page, by its address, what it shows; ``tabs`` are the (kind, label, page) of
    its tabs, ``kinds`` the kinds of bodies under whose labels rows were found.
    """

    barren: dict[str, str] = field(default_factory=dict)
    tabs: list[tuple[str, str, str]] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def note(self, step: Step, page: Page, rows: Sequence[Entry], template: Container[str]) -> None:
        """Take note of a page inside the column, ``rows`` of which are taken for reports."""
        if not step.annual or step.kind is Kind.REPORT:
            return
        if rows or _NOTHING_THERE.search(page.visible_text):
            self.kinds.update(kind_of(label) for label in step.trail)
        if step.kind is not Kind.COLUMN:
            return
        if rows:
            self.barren.pop(page.url, None)
        elif step.listing not in self.barren:
            self.barren[step.listing] = _shown(step, page)
        self._note_tabs(page, template)

    def _note_tabs(self, page: Page, template: Container[str]) -> None:
        labels = dict.fromkeys(_tab_labels(page, template))
        tabs = [(kind, label, page.url) for label in labels if (kind := kind_of(label))]
        if len({kind for kind, _, _ in tabs}) >= _FEWEST:
            self.tabs += tabs

    def unseen(self, found: Container[str]) -> list[str]:
        """Tabs of the column of whose kind of body no report was ``found`` anywhere, in words."""
        missing: dict[str, tuple[str, str]] = {}
        for kind, label, url in self.tabs:
            if kind not in found and kind not in self.kinds:
                missing.setdefault(kind, (label, url))
        return [f"«{label}» at {url} gave no report" for label, url in missing.values()]


def nothing_found(discovery: Discovery) -> str:
    """Why a portal may have given no report, as far as its pages tell, and what to do next."""
    if discovery.recalling:
        return NOTHING
    if links := len(discovery.finds.entries):
        return f"{NOTHING}: {counted(links, 'link')} looked like one and led to none"
    forms = [f"a form with selects at {url} gave none for any choice" for url in discovery.choices.unread()]
    barren = [said for url, said in discovery.sightings.barren.items() if url not in discovery.choices.plans]
    told = [*forms, *barren]
    if not told:
        return f"{NOTHING}: no link led to a column of them; {_START}"
    more = f" (and {len(told) - _SHOWN} more such pages)" if len(told) > _SHOWN else ""
    step = f"{_BROWSER}; {_START}" if any("script" in said for said in told) else _START
    return f"{NOTHING}: {'; '.join(told[:_SHOWN])}{more}; {step}"


def _shown(step: Step, page: Page) -> str:
    """What a page of the column without rows shows."""
    name = f"the column «{line(step.trail[-1])}» at" if step.trail else "the column at"
    titles = sum(_is_title(node.text_content()) for node in page.root.xpath(_TITLES))
    if titles:
        return f"{name} {page.url} names {titles} reports whose rows lead nowhere"
    if _has_choices(page):
        return f"{name} {page.url} has a form with selects that could not be followed"
    if _ASKS.search(page.functions):
        return f"{name} {page.url} has no report's row, and a script there asks for data"
    return f"{name} {page.url} has no report's row"


def _is_title(words: str) -> bool:
    words = line(words)
    told = report_title(words) if len(words) < 80 else None
    return told is not None and told.agency is not None and told.year is not None


def _has_choices(page: Page) -> bool:
    wanted = {Label.BODY, Label.GROUP, Label.YEAR}
    for select in page.root.iter("select"):
        if sum(classify(line(node.text_content())) in wanted for node in select.iter("option")) >= _FEWEST:
            return True
    return False


def _tab_labels(page: Page, template: Container[str]) -> Iterator[str]:
    """Labels of kinds of bodies on a page, but for those of links that stand on every page."""
    everywhere = {link.name for link in page.links if link.url in template}
    for node in islice(filter(_is_tab, page.root.iter("*")), MOST_LINKS):
        label = line(node.text_content())
        if 0 < len(label) <= _LONGEST and label not in everywhere and classify(label) is Label.GROUP:
            yield label


def _is_tab(node: lxml_html.HtmlElement) -> bool:
    return node.tag == "a" or bool(node.get("onclick")) or (node.tag == "li" and node.find(".//a") is None)
