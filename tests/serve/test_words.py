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
from govcrawl.serve.reasons import because
from govcrawl.serve.sides import sides
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


def test_what_a_rule_compared_is_said_in_the_readers_language() -> None:
    told = {
        ("T1", "application.received_new:total", "582", "0"): "表中为 582，正文为 0",
        ("X4", "proactive.art20_1.rules", "at least 48", "34"): "应不少于 48，原文为 34",
        ("P1", "proactive.art20_1.rules", "0", "made_new 100, disclosed_total 102"): (
            "应为 0，原文为 本年新制作数量 100, 对外公开总数量 102"
        ),
        ("N1", "application.received_new:total", "a whole number, 0 or more", "2.5"): (
            "应为不小于 0 的整数，原文为 2.5"
        ),
        ("D1", "report", "numbers of its own", "all 85 as the year before"): "全部 85 个数字与上一年相同",
        ("Y1", "report", "2019", "period 2018, plan 2017"): (
            "年度为 2019，另见 统计期限 2018, 下一步计划所示年度 2017"
        ),
        ("X3", "proactive.art20_1.rules:in_force", "3", "4"): "应为 3，原文为 4",
        ("X9", "report", "3", None): "应为 3，原文为 ",
    }
    for compared, sentence in told.items():
        assert sides(Words("zh"), *compared) == sentence
    assert sides(Words("en"), "P1", "x", "0", "odd") == "expected 0, printed odd"
    assert sides(Words("en"), "A1", "x", None, None) == ""
    assert sides(Words("en"), "X3", "x", "-5", "8").startswith("expected -5, printed 8 What is in force")


def test_common_reasons_are_said_in_the_readers_language() -> None:
    say = Words("zh")
    assert because(say, "the last look was incomplete: 2 links failed") == "最近一次查找不完整：2 个链接失败"
    assert because(say, "prose alike to 0.988") == "正文相似度 0.988"
    assert because(say, "HTTP 403 {brackets}") == "HTTP 403 {brackets}"
    assert because(say, "the last look was incomplete: {why}") == "最近一次查找不完整：{why}"
    assert because(say, None) == ""
