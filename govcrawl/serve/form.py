"""The official form as rows of a page: the layout of ``export.form`` with what a report has in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from govcrawl.export.form import Form as Layout
from govcrawl.export.form import Slot as Place
from govcrawl.export.form import forms_of
from govcrawl.reports.concerned import label_of

Fact = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Label:
    """A heading or label of the form, ``down`` rows high and ``across`` columns wide."""

    text: str
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of the form and what the report has there; ``fact`` None where it does not have this cell."""

    id: str
    label: str
    fact: Fact | None
    across: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form: its labels, then its cells."""

    labels: Sequence[Label]
    slots: Sequence[Slot] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A table of the form: ``head`` are its heading rows, ``kind`` as in ``tables.kind``."""

    kind: str
    title: str
    template: str
    head: Sequence[Sequence[Label]]
    lines: Sequence[Line]

    def ids(self) -> Iterator[str]:
        """The facts that have a cell here."""
        return (slot.id for line in self.lines for slot in line.slots)


def forms(facts: Iterable[Fact], template: str) -> tuple[list[Form], list[Fact]]:
    """(the tables of which a report has facts, laid out; the facts that stand in no cell of theirs)."""
    by_id = {fact["fact"]: fact for fact in facts}
    tables = {name.partition(".")[0] for name in by_id}
    drawn = [_drawn(form, by_id) for form in forms_of(template, by_id) if form.table in tables]
    shown = {name for form in drawn for name in form.ids()}
    return drawn, [fact for name, fact in by_id.items() if name not in shown]


def _drawn(form: Layout, facts: Mapping[str, Fact]) -> Form:
    places = sorted(form.slots, key=lambda place: (place.row, place.col))
    lines = [_line(tuple(row), facts) for _, row in groupby(places, key=lambda place: place.row)]
    head = 0 if form.table == "proactive" else next(row for row, line in enumerate(lines) if line.slots)
    return Form(form.table, form.heading, form.template, [line.labels for line in lines[:head]], lines[head:])


def _line(row: Sequence[Place], facts: Mapping[str, Fact]) -> Line:
    labels = [Label(place.text, place.height, place.width) for place in row if not place.fact]
    cells = (place for place in row if place.fact)
    return Line(
        labels,
        [Slot(place.fact, label_of(place.fact), facts.get(place.fact), place.width) for place in cells],
    )
