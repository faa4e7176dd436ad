from __future__ import annotations

import hashlib

from govcrawl.export import relations
from govcrawl.export.names import english, short
from govcrawl.export.stata import label
from govcrawl.reports.schema import load_schema

FACTS = load_schema().all_facts()


def test_short_names_are_ascii_of_at_most_32_characters_and_their_own() -> None:
    names = [short(fact) for fact in FACTS]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.isidentifier() and len(name) <= 32 for name in names)


def test_names_once_given_stay() -> None:
    pairs = "\n".join(sorted(f"{fact.id} {short(fact)}" for fact in FACTS))
    assert hashlib.sha256(pairs.encode()).hexdigest()[:12] == "9ca30b6af826"
    known = {fact.id: short(fact) for fact in FACTS}
    assert known["application.result.not_open.three_security_one_stability:org.public_welfare"] == (
        "a_no_secur_welf"
    )
    assert known["stat2014.application.answered.refused.other_legal"] == "s_app_ans_ref_other_legal"


def test_every_fact_has_an_english_name_of_its_own_in_its_form() -> None:
    for template in ("2014", "2019", "2021"):
        names = [english(fact) for fact in load_schema().facts(template)]
        assert len(set(names)) == len(names)
        assert all(name.isascii() or "规章" in name for name in names)


def test_labels_fit_into_stata() -> None:
    assert max(len(label(fact)) for fact in FACTS) <= 80


def test_columns_are_told_in_both_languages() -> None:
    tables = (relations.reports(), relations.wide(), relations.harmonised(), relations.coverage())
    for relation in (*tables, *relations.long_tables(), *relations.parts()):
        assert len(set(relation.columns)) == len(relation.columns)
        assert all(field.chinese and field.english for field in relation.fields)
