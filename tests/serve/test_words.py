"""The texts of the page: both languages have all of them, and all are used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import govcrawl.serve
from govcrawl.coverage import Status
from govcrawl.export.rules import FINDINGS, RULES
from govcrawl.model import Status as Cell
from govcrawl.serve.marks import rule_name
from govcrawl.serve.words import Words, words

_HERE = Path(govcrawl.serve.__file__).parent
_USED = re.compile(r"""(?:\b_|say|known)\(\s*f?["']([a-z_0-9.]+)["'][,)\s]""")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_all_of_it() -> None:
    for key, texts in words().items():
        assert set(texts) == {"zh", "en"}, key
        assert fields(texts["zh"]) == fields(texts["en"]), key


def test_every_text_that_is_asked_for_is_there() -> None:
    sources = [*(_HERE / "templates").glob("*.html"), *_HERE.rglob("*.py")]
    asked = {key for source in sources for key in _USED.findall(source.read_text(encoding="utf-8"))}
    assert len(asked) > 80
    assert {key for key in asked if not key.endswith(".")} <= set(words())


def test_every_state_and_rule_has_a_name() -> None:
    known = set(words())
    assert {f"status.{one.value}" for one in Status} <= known
    assert {f"letter.{one.value}" for one in Status} <= known
    assert {f"cell.{one.value}" for one in Cell} <= known
    assert {f"rule.{rule}" for rule, *_ in RULES} <= known


def test_findings_are_named_or_told_by_their_id() -> None:
    named = {key.removeprefix("finding.") for key in words() if key.startswith("finding.")}
    assert len(named) > 35
    assert named <= set(FINDINGS)
    assert rule_name("brand_new", Words("zh")) == "brand_new"


def test_letters_of_the_heatmap_differ() -> None:
    for language in ("zh", "en"):
        letters = [words()[f"letter.{one.value}"][language] for one in Status]
        assert len(set(letters)) == len(letters)
