"""The codebook: every column of every table, in Chinese and English, generated from the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from govcrawl.export import fields
from govcrawl.export.fields import Field, Relation, no_rows
from govcrawl.export.names import short
from govcrawl.reports.schema import TEMPLATES, FactDef, load_schema

_COLUMNS = {
    "table": ("所在表", "table of the dataset"),
    "column": ("列名", "name of the column"),
    "stata": ("Stata变量名", "its name in the Stata file"),
    "fact": ("指标编号", "the fact that it holds, as in the long table"),
    "name": ("中文名称", "its name in Chinese, for facts the labels of the form"),
    "name_en": ("英文名称", "its name in English"),
    "unit": ("单位", "unit of its numbers"),
    "kind": ("类型", "text, whole, number, date, time; for facts count, signed_count or money"),
    "form_table": ("法定表", "statutory table that the fact is in"),
    "templates": ("适用格式", "forms that have it"),
    "comparable": ("跨格式可比性", "in which forms it means the same"),
    "derived": ("是否推算", "yes where it is no printed number but made by the rule"),
    "rule": ("推算规则", "how a derived column is made"),
    "missing": ("缺失值", "what an empty cell means"),
}
RELATION = Relation(
    "codebook", "指标说明", "what each column means",
    tuple(Field(name, "text", chinese, english) for name, (chinese, english) in _COLUMNS.items()), no_rows,
)  # fmt: skip

_FACT_MISSING = (
    "blank (Stata .a); dash (.b); none_word (.c); text (.d); missing cell (.e); image (.f); ambiguous (.g); "
    "not in this form (.)"
)
_DERIVED_MISSING = "a cell of the rule holds no number, or the form has no counterpart"
_VALUE_MISSING = "status is not number"


def codebook(relations: Sequence[Relation]) -> Iterator[tuple[str, ...]]:
    """A row for each column of the tables, in their order."""
    known = {fact.id: fact for fact in load_schema().all_facts()}
    stata = {field.name for field in fields.WIDE_KEY}
    for relation in relations:
        for field in relation.fields:
            fact = known.get(field.fact)
            if fact is not None:
                yield _of_fact(relation, field, fact)
            else:
                named = field.name if field.name in stata or field.rule else ""
                yield _of_other(relation, field, named)


def comparability(fact: FactDef) -> str:
    """In which forms a fact means the same; the same id never means two things."""
    forms = templates_of(fact)
    if len(forms) > 1:
        return f"the same in {' and '.join(forms)}"
    return f"{forms[0]} only"


def templates_of(fact: FactDef) -> tuple[str, ...]:
    """The forms that have a fact."""
    return tuple(name for name in TEMPLATES if fact.id in _having()[name])


@cache
def _having() -> dict[str, frozenset[str]]:
    return {name: frozenset(fact.id for fact in load_schema().facts(name)) for name in TEMPLATES}


def _of_fact(relation: Relation, field: Field, fact: FactDef) -> tuple[str, ...]:
    return (
        relation.name, field.name, short(fact), fact.id, field.chinese, field.english, fact.unit, fact.kind,
        fact.table, ";".join(templates_of(fact)), comparability(fact), "", "", _FACT_MISSING,
    )  # fmt: skip


def _of_other(relation: Relation, field: Field, stata: str) -> tuple[str, ...]:
    forms = [name for name in TEMPLATES if name in field.rule]
    missing = _DERIVED_MISSING if field.rule else ""
    if (relation.name, field.name) == ("facts", "value"):
        missing = _VALUE_MISSING
    return (
        relation.name, field.name, stata, "", field.chinese, field.english, field.unit, field.kind, "",
        ";".join(forms), f"made to be the same in {' and '.join(forms)}" if field.rule else "",
        "yes" if field.rule else "", field.rule, missing,
    )  # fmt: skip


def rows_of(relations: Iterable[Relation]) -> list[tuple[str, ...]]:
    """The codebook of these tables, each table once."""
    return list(codebook(list({relation.name: relation for relation in relations}.values())))
