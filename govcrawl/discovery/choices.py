"""Columns behind a form: bodies and years to choose from, and a report or a list for each choice.

The choices are asked for one at a time, the newest year first. A year in which several bodies have nothing is
left, and so is a body without anything in two years in which others have something.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from lxml import html as lxml_html

from govcrawl.discovery.columns import Label, classify, year_of
from govcrawl.discovery.memory import Memory
from govcrawl.discovery.page import Page
from govcrawl.discovery.raw_queries import codec
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.scripts.handlers import opened_by
from govcrawl.discovery.steps import Kind, Step, Target
from govcrawl.discovery.urls import absolute, page_key
from govcrawl.model import Entry
from govcrawl.text import line

MISSES = 8
"""Choices in a row that may bring nothing before a form is given up; fewer of a known one out of season."""

_MISSES_QUIET = 3
_MISSES_OF_YEAR = 4  # bodies without a report, in a year in which nobody has one
_YEARS_KNOWN = 2  # the newest years, in which something may have come since an earlier crawl
_MISSES_OF_BODY = 2
_MOST = 2_000
_SCORE = 76.0
_BODIES = frozenset({Label.BODY, Label.GROUP})
_FEWEST = 2  # options of one kind that make a choice of bodies or of years
_SENT = "input", "select"
_ASKS = re.compile(r"查\s*[询看找阅]|检\s*索|搜\s*索|search|query", re.IGNORECASE)
_SILENT = frozenset({"submit", "button", "image", "reset", "file", "password", "checkbox", "radio"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the words of its body and year, empty where the form has no such select."""

    body: str
    year: str
    target: Target


@dataclass(slots=True)
class Plan:
    """The choices of one form that are left, and how those that were asked for turned out."""

    step: Step
    left: list[Choice]
    misses: int
    asked: Choice | None = None
    barren: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    in_vain: dict[str, list[str]] = field(default_factory=dict)

    def next(self) -> list[Step]:
        """The step to the next choice that is worth a request, if any."""
        while self.left and self.barren < self.misses:
            self.asked = self.left.pop(0)
            if not self._hopeless(self.asked):
                return [self._step(self.asked)]
        self.left = []
        return []

    def learn(self, *, hit: bool) -> None:
        """Take note of what the last choice brought."""
        assert self.asked is not None
        self.barren = 0 if hit else self.barren + 1
        for word in {self.asked.body, self.asked.year} - {""}:
            (self.hits if hit else self.missed)[word] += 1
        if not hit:
            self.in_vain.setdefault(self.asked.body, []).append(self.asked.year)

    def _hopeless(self, choice: Choice) -> bool:
        patience = min(_MISSES_OF_YEAR, self.misses - 1)
        if choice.year and not self.hits[choice.year] and self.missed[choice.year] >= patience:
            return True
        years = [year for year in self.in_vain.get(choice.body, ()) if self.hits[year]]
        return bool(choice.year) and not self.hits[choice.body] and len(years) >= _MISSES_OF_BODY

    def _step(self, choice: Choice) -> Step:
        step, words = self.step, f"{choice.body}{choice.year}"
        reason = f"«{words}» chosen on {step.listing}"
        credit = (*step.credit, step.family) if step.family else step.credit
        trail = (*step.trail, words)
        return Step(
            choice.target, Kind.COLUMN, _SCORE, reason, True, trail, credit=credit, choice=step.listing
        )


@dataclass(slots=True)
class Choices:
    """The forms of a portal's column, by the address of the page on which they stand."""

    scope: Scope
    plans: dict[str, Plan] = field(default_factory=dict)

    def after(
        self, step: Step, page: Page, rows: Sequence[Entry], *, hit: bool, filled: bool, memory: Memory | None
    ) -> list[Step]:
        """What follows a page: the next choice, or the first of a page of the column without rows.

        ``hit`` says that the page brought a report or a row, ``filled`` that a script fills its list;
        ``memory`` is that of an earlier crawl, None where there is none. Where all its ``rows`` are of one
        year that stands among others in a select, the others are chosen.
        """
        if step.choice and step.chain is None:
            return self.learn(step, hit=hit)
        years = {row.year for row in rows}
        if hit and len(years) == 1 and None not in years and step.chain is None:
            return self._open(step, page, memory, shown=years.pop())
        return [] if hit or filled else self._open(step, page, memory)

    def _open(self, step: Step, page: Page, memory: Memory | None, shown: int | None = None) -> list[Step]:
        if step.choice or step.listing in self.plans or not step.annual:
            return []
        if shown is not None and (shown not in _years_of(page) or memory is not None):
            return []
        settled = memory.settled if memory is not None else frozenset[str]()
        left = [
            choice
            for choice in (years_beside(page) if shown is not None else choices_of(page))
            if self.scope.own(choice.target.url) and page_key(choice.target.url) not in settled
        ]
        if shown is not None:
            left = [one for one in left if year_of(one.year) not in (None, shown)]
        if not left:
            if memory is not None and choices_of(page):
                self.plans[step.listing] = Plan(step, [], MISSES)  # every choice is dealt with
            return []
        if memory is not None:
            years = list(dict.fromkeys(choice.year for choice in left))[:_YEARS_KNOWN]
            left = [choice for choice in left if choice.year in years]
        misses = _MISSES_QUIET if shown is not None or (memory is not None and not memory.season) else MISSES
        self.plans[step.listing] = Plan(step, left[:_MOST], misses)
        return self.plans[step.listing].next()

    def learn(self, step: Step, *, hit: bool) -> list[Step]:
        """The next choice after one that was asked for; ``hit`` says that it brought a report or a row."""
        plan = self.plans.get(step.choice)
        if plan is None:
            return []
        plan.learn(hit=hit)
        return plan.next()

    def unread(self) -> list[str]:
        """Forms that brought nothing at all, by the address of their page."""
        return [url for url, plan in self.plans.items() if not plan.hits]


def _years_of(page: Page) -> set[int | None]:
    """The years that the selects of a page's forms offer."""
    return {year_of(line(node.text_content())) for node in page.root.xpath("//form//select/option")}


def choices_of(page: Page) -> list[Choice]:
    """The choices of bodies and years that a form or a button's function of a page offers, newest first."""
    for form in page.root.iter("form"):
        if made := list(_by_form(form, page)):
            return made
    return list(_by_function(page))


def years_beside(page: Page) -> list[Choice]:
    """The choices of years alone that a form of a page offers, all else as it stands."""
    for form in page.root.iter("form"):
        if made := [choice for choice in _by_form(form, page, bodies=False) if choice.year]:
            return made
    return []


def _by_form(form: lxml_html.HtmlElement, page: Page, *, bodies: bool = True) -> Iterator[Choice]:
    """The choices of a form that a browser sends itself."""
    controls = list(form.iter(*_SENT))
    kinds = {(node.get("type") or "").lower() for node in controls if node.tag == "input"}
    buttons = [node for node in form.iter("button") if (node.get("type") or "submit").lower() == "submit"]
    if (
        not (kinds & {"submit", "image"} or buttons or _sends_itself(form))
        or kinds & {"password", "file"}
        or form.xpath(".//textarea")
    ):
        return
    fixed = {node.get("name") or "": _value(node) for node in controls if _is_sent(node)}
    address = absolute(page.base, form.get("action") or page.url)
    post = (form.get("method") or "get").lower() == "post"
    words = [node.text_content() for node in buttons] + [node.get("value") or "" for node in controls]
    if post and not any(map(_ASKS.search, words)):
        return  # what is posted must be a query, in so many words
    for body, year, picked in _combinations(form, "name", bodies=bodies):
        sent = urlencode(fixed | picked, encoding=codec(page.charset), errors="replace")
        if address is not None:
            url = address if post else f"{address.partition('?')[0]}?{sent}"
            yield Choice(body, year, Target(url, "POST" if post else "GET", sent if post else "", page.url))


def _by_function(page: Page) -> Iterator[Choice]:
    """The choices that the function of a button reads from the page's selects."""
    buttons = page.root.xpath("//input[@onclick] | //button[@onclick] | //a[@onclick]")
    called = {(node.get("onclick") or "").partition("(")[0].strip() for node in buttons}
    functions = {name: function for name, function in page.reading.functions if name in called}
    fields = page.reading.fields
    for function in functions.values():
        for body, year, picked in _combinations(page.root, "id"):
            page.reading.fields = {**fields, **picked}
            address = opened_by(page.reading, function, {})
            url = absolute(page.base, address) if address else None
            if url is None or not all(value in url for value in picked.values()):
                break
            yield Choice(body, year, Target(url, referer=page.url))
    page.reading.fields = fields


def _sends_itself(form: lxml_html.HtmlElement) -> bool:
    """Whether a form is sent as soon as something is picked."""
    return any("submit(" in (node.get("onchange") or "") for node in form.iter("select"))


def _combinations(
    root: lxml_html.HtmlElement, key: str, *, bodies: bool = True
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(body, year, values by the selects' names) of each combination, the newest year first."""
    named_bodies = years = ("", [("", "")])
    for select in root.iter("select"):
        options = [(line(node.text_content()), node.get("value") or "") for node in select.iter("option")]
        named = [(word, value) for word, value in options if value and classify(word) in _BODIES]
        dated = [(word, value) for word, value in options if value and classify(word) is Label.YEAR]
        name = select.get(key) or ""
        if name and len(dated) >= _FEWEST:
            years = (name, sorted(dated, key=lambda pair: -(year_of(pair[0]) or 0)))
        elif bodies and name and len(named) >= _FEWEST:
            named_bodies = (name, named)
    if not named_bodies[0] and not years[0]:
        return
    for year, year_value in years[1]:
        for body, value in named_bodies[1]:
            yield body, year, {k: v for k, v in ((named_bodies[0], value), (years[0], year_value)) if k}


def _is_sent(node: lxml_html.HtmlElement) -> bool:
    return bool(node.get("name")) and (node.get("type") or "").lower() not in _SILENT


def _value(node: lxml_html.HtmlElement) -> str:
    if node.tag != "select":
        return node.get("value") or ""
    chosen = node.xpath("./option[@selected]/@value | ./option[1]/@value")
    return str(chosen[0]) if chosen else ""
