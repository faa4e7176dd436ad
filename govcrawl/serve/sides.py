"""What a failed rule compared, as a sentence of the reader's language: the checks' own words are data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from govcrawl.reports.concerned import label_of
from govcrawl.serve.words import Words

_LEAST: Final = re.compile(r"at least (\S+)")
_ALL: Final = re.compile(r"all (\d+) as the year before")
_ITEM: Final = re.compile(r"(\w+) (\S+)")
Sentence = Callable[[Words, str, str, str], str | None]


def sides(say: Words, rule: str, subject: str, expected: str | None, actual: str | None) -> str:
    """The two sides of a failed check; empty where it has none."""
    if expected is None and actual is None:
        return ""
    told = _SENTENCES[rule](say, subject, expected or "", actual or "") if rule in _SENTENCES else None
    return told or say("findings.sides", expected=expected or "", actual=actual or "")


def _text_and_table(say: Words, _: str, expected: str, actual: str) -> str | None:
    return say("sides.T1", expected=expected, actual=actual)


def _in_force(say: Words, _: str, expected: str, actual: str) -> str | None:
    told = say("findings.sides", expected=expected, actual=actual)
    return f"{told} {say('findings.below_zero')}" if expected.startswith("-") else told


def _disclosed(say: Words, _: str, expected: str, actual: str) -> str | None:
    found = _LEAST.fullmatch(expected)
    return say("sides.X4", n=found[1], actual=actual) if found else None


def _regulations(say: Words, subject: str, _: str, actual: str) -> str | None:
    items = [_ITEM.fullmatch(item) for item in actual.split(", ")]
    columns = [f"{label_of(f'{subject}:{item[1]}').rsplit(' / ', 1)[-1]} {item[2]}" for item in items if item]
    return say("sides.P1", actual=", ".join(columns)) if len(columns) == len(items) else None


def _whole(say: Words, _: str, __: str, actual: str) -> str | None:
    return say("sides.N1", actual=actual)


def _copied(say: Words, _: str, __: str, actual: str) -> str | None:
    found = _ALL.fullmatch(actual)
    return say("sides.D1", n=found[1]) if found else None


def _years(say: Words, _: str, expected: str, actual: str) -> str | None:
    items = [_ITEM.fullmatch(item) for item in actual.split(", ")]
    named = [f"{say.known(f'sides.Y1.{item[1]}', item[1])} {item[2]}" for item in items if item]
    return say("sides.Y1", expected=expected, actual=", ".join(named)) if len(named) == len(items) else None


_SENTENCES: Final[Mapping[str, Sentence]] = {
    "T1": _text_and_table,
    "X3": _in_force,
    "X4": _disclosed,
    "P1": _regulations,
    "N1": _whole,
    "D1": _copied,
    "Y1": _years,
}
