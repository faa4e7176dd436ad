"""The codebook: what each column of the wide table means, generated from the schema."""

from __future__ import annotations

from collections.abc import Iterator

from govcrawl.export.relations import METADATA, WIDE_METADATA
from govcrawl.reports.schema import TEMPLATES, column_name, load_schema

COLUMNS = ("column", "fact", "name", "unit", "kind", "table", "templates")


def codebook() -> Iterator[tuple[str, ...]]:
    """A row for each column of ``facts_wide``: name as the path of Chinese labels, templates that have it."""
    for name in WIDE_METADATA:
        yield (name, "", METADATA[name], "", "metadata", "", "")
    schema = load_schema()
    having = {name: {fact.id for fact in schema.facts(name)} for name in TEMPLATES}
    for fact in schema.all_facts():
        templates = ";".join(name for name in TEMPLATES if fact.id in having[name])
        label = " / ".join(fact.label)
        yield (column_name(fact.id), fact.id, label, fact.unit, fact.kind, fact.table, templates)
