"""Figures of a body through the years: what one year carries out, the next carries in."""

from __future__ import annotations

from random import Random

from tests.portals import figures as single
from tests.portals.figures import Figures
from tests.portals.forms import Form

SINGLE = frozenset({"received_new", "carried_in", "carried_out", "result.total"})
_SPOILED = 0.07


def following(form: Form, kind: str, before: Figures | None, rng: Random) -> Figures:
    """Plausible figures of a year that follow from those of the year before; some are printed wrong."""
    values = single.figures(form, kind, rng)
    if before is not None:
        _carry_in(form, values, before)
        _carry_on(values, before)
    if rng.random() < _SPOILED:
        single.spoil(form, values, rng)
    return values


def _carry_in(form: Form, values: Figures, before: Figures) -> None:
    for column in form.applicants[:-1]:
        cell = {
            row: f"application.{row}:{column.id}"
            for row in ("received_new", "carried_in", "carried_out", "result.total", "result.granted")
        }
        carried = before.get(cell["carried_out"], 0)
        new = values[cell["result.total"]] + values[cell["carried_out"]] - carried
        for row in ("result.granted", "result.total"):
            values[cell[row]] += max(0, -new)
        values[cell["carried_in"]], values[cell["received_new"]] = carried, max(0, new)
    for row in form.rows:
        cells = [f"application.{row.id}:{column.id}" for column in form.applicants]
        values[cells[-1]] = sum(values[cell] for cell in cells[:-1])


def _carry_on(values: Figures, before: Figures) -> None:
    for fact in values:
        row, _, column = fact.rpartition(":")
        if column == "items_prev" and f"{row}:items_change" in before:
            values[fact] = max(0, before[fact] + before[f"{row}:items_change"])
        elif column == "in_force" and fact in before:
            values[f"{row}:repealed"] = min(values[f"{row}:repealed"], before[fact])
            values[fact] = before[fact] + values[f"{row}:issued"] - values[f"{row}:repealed"]
