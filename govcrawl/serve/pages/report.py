"""One report: text, tables as the form has them, what is wrong with it and where, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from govcrawl.reports.concerned import label_of
from govcrawl.serve.asking import Ask, Context, Missing, page
from govcrawl.serve.covered import Covered, covered
from govcrawl.serve.form import forms
from govcrawl.serve.marks import by_cell, marks, rule_name
from govcrawl.serve.pages.coverage import above, report_ids
from govcrawl.serve.prose import parts
from govcrawl.serve.sides import sides
from govcrawl.store import Store
from govcrawl.store.bodies import year_before
from govcrawl.store.queries import Row
from govcrawl.store.sqlite import row


def wanted(ask: Ask) -> Row:
    """The row of the report that the address names."""
    found = row(ask.store.db, "SELECT * FROM reports WHERE id = ?", (int(ask.parts["id"]),))
    if found is None:
        raise Missing(f"no report has the number {ask.parts['id']}")
    return found


def report(ask: Ask) -> Context:
    """All that is known of a report."""
    store, found = ask.store, wanted(ask)
    key = found["id"]
    facts = store.facts(key)
    drawn, further = forms(facts, found["template"])
    shown = {fact["fact"] for fact in facts} | {name for form in drawn for name in form.ids()}
    told = marks(store.parts("checks", key), store.parts("findings", key), shown)
    tables = store.parts("tables", key)
    known = covered(ask.site)
    return {
        "report": found,
        "forms": drawn,
        "kinds": {form.kind for form in drawn},
        "further": further,
        "facts": {fact["fact"]: fact for fact in facts},
        "marks": told,
        "at": by_cell(told),
        "compared": {name for mark in told for name in mark.operands},
        "label_of": label_of,
        "rule_name": lambda rule: rule_name(rule, ask.say),
        "sides": partial(sides, ask.say),
        "earlier": year_before(store.db, key) if any(mark.earlier for mark in told) else None,
        "parts": parts(store.parts("sections", key), tables, found["text"]),
        "sources": store.parts("sources", key),
        "attachments": store.parts("attachments", key),
        "versions": _versions(store, key),
        "held": store.record(found["sha256"]) is not None,
        **_years(store, known, found),
    }


def _versions(store: Store, key: int) -> list[Row]:
    sql = "SELECT fetched_at, replaced_at, title FROM versions WHERE report_id = ? ORDER BY rowid DESC"
    return list(store.db.query(sql, (key,)))


def _years(store: Store, known: Covered, found: Row) -> Mapping[str, Any]:
    """The body as coverage knows it, and its reports of the other years."""
    own = known.by_url.get(found["url"])
    if own is None:
        return {"body": None, "trail": [], "years": []}
    years = known.by_place[own.territory.portal][known.key(own)]
    ids = report_ids(store, (one.url for one in years.values()))
    others = [(year, ids.get(one.url), one.status.value) for year, one in sorted(years.items())]
    return {"body": own, "body_key": known.key(own), "trail": above(known, own.territory), "years": others}


REPORT = page("report.html", report)
