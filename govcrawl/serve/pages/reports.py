"""Finding reports: by the words of title, body or text, by region, year and form."""

from __future__ import annotations

from govcrawl.serve.asking import Ask, Context, page
from govcrawl.serve.lists import Chosen, sliced, years_of
from govcrawl.text import line

_TEMPLATES = ("2021", "2019", "2014", "free")


def reports(ask: Ask) -> Context:
    """The reports that were asked for, newest year first."""
    chosen, words, template = Chosen.of(ask), line(ask.word("q"))[:200], ask.word("template")
    where, parameters = chosen.where()
    conditions, values = [where], [*parameters]
    for word in words.split():
        conditions.append("(instr(r.title, ?) > 0 OR instr(r.agency, ?) > 0 OR instr(r.text, ?) > 0)")
        values += [word, word, word]
    if template in _TEMPLATES:
        conditions.append("r.template = ?")
        values.append(template)
    sql = (
        "SELECT r.id, r.title, r.agency, r.year, r.template, r.published, r.portal, r.source_type, "  # noqa: S608
        "(SELECT count(*) FROM checks c WHERE c.report_id = r.id AND c.outcome = 'fail') AS failed "
        f"FROM reports r WHERE {' AND '.join(conditions)} ORDER BY r.year DESC, r.id"
    )
    return {
        "slice": sliced(ask, "/reports", sql, values),
        "words": words,
        "chosen": chosen,
        "template": template,
        "templates": _TEMPLATES,
        "years": years_of(ask.store.db),
    }


REPORTS = page("reports.html", reports)
