"""Finding reports: by words of their title or text, by body, region and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govcrawl.search import Found, search
from govcrawl.serve.asking import Ask, Context, page
from govcrawl.serve.lists import SHOWN, Chosen, Slice, sliced, turned, years_of
from govcrawl.serve.pages.home import TEMPLATES
from govcrawl.store.grams import Part
from govcrawl.store.indexing import pending
from govcrawl.store.queries import Row
from govcrawl.text import folded

_READ = 500  # reports that may lack in the index, which a search then reads one by one

_COLUMNS = """
    r.id, r.url, r.title, r.agency, r.year, r.template, r.published,
    (SELECT count(*) FROM checks c WHERE c.report_id = r.id AND c.outcome = 'fail') AS failed
"""

_ORDER = "r.year DESC, r.division_code, r.id"
"""The newest year first, each place together; bodies' names stand behind the texts: they take longer."""


def reports(ask: Ask) -> Context:
    """The reports that were asked for: those that hold the words, or all, newest year first."""
    chosen, words, agency = Chosen.of(ask), ask.word("q")[:200], ask.word("agency")[:100]
    part = ask.word("in") if ask.word("in") in tuple(Part) else ""
    form = ask.word("template") if ask.word("template") in TEMPLATES else ""
    selection = chosen.selection(templates=(form,) if form else ())
    total, more, lacking = None, False, pending(ask.store.db)
    if folded(words) and lacking <= _READ:
        parts: Sequence[Part] = (Part(part),) if part else tuple(Part)
        start = ask.number("from") or 0
        found = search(ask.store.db, words, selection, agency=agency, parts=parts, limit=start + SHOWN)
        total, more, shown = found.total, found.more, _hits(ask, found, start)
    else:
        where, parameters = selection.where()
        sql = f"SELECT {_COLUMNS} FROM reports r WHERE {where} AND instr(coalesce(r.agency, ''), ?) "  # noqa: S608
        shown = sliced(ask, "/reports", f"{sql} ORDER BY {_ORDER}", (*parameters, agency.strip()))
    return {
        "slice": shown,
        "total": total,
        "more": more,
        "lacking": lacking if folded(words) and total is None else 0,
        "words": words,
        "agency": agency,
        "part": part,
        "parts": [one.value for one in Part],
        "form": form,
        "forms": TEMPLATES,
        "chosen": chosen,
        "years": years_of(ask.store.db),
    }


def _hits(ask: Ask, found: Found, start: int) -> Slice:
    rows: list[Row] = []
    for hit in found.hits[start:]:
        sql = f"SELECT {_COLUMNS} FROM reports r WHERE r.id = ?"  # noqa: S608
        about = next(iter(ask.store.db.query(sql, (hit.report_id,))))
        rows.append({**about, "part": hit.part.value, "snippet": _split(hit.snippet, hit.start, hit.end)})
    before, after = turned(ask, "/reports", start, more=found.more or found.total > start + SHOWN)
    return Slice(rows, before, after, start)


def _split(text: str, start: int, end: int) -> Mapping[str, Any]:
    return {"before": text[:start], "own": text[start:end], "behind": text[end:]}


REPORTS = page("reports.html", reports)
