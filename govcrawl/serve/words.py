"""What the page says, in Chinese and English, from words.yaml; and which of the two a reader gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}
"""Short name, as in ?lang=, and the value of the attribute lang."""

_ACCEPTED = re.compile(r"\s*([a-zA-Z]{1,8})(?:-[a-zA-Z0-9-]*)?\s*(?:;\s*q\s*=\s*([0-9.]{1,5}))?\s*")


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Every text of the page by its key and language."""
    text = files("govcrawl.serve").joinpath("words.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found


class Words:
    """The texts of one language; called with a key, and with what stands in the text's braces."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.tag = LANGUAGES[language]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key; KeyError where nobody wrote one."""
        text = words()[key][self.language]
        return text.format(**values) if values else text

    def known(self, key: str, otherwise: str) -> str:
        """The text of a key that may have none."""
        return words()[key][self.language] if key in words() else otherwise


def language_of(asked: str | None, remembered: str | None, accepted: str) -> str:
    """What a reader gets: as asked by ?lang=, else as asked before, else by the browser's own order."""
    for named in (asked, remembered):
        if named in LANGUAGES:
            return named
    ranked = []
    for place, part in enumerate(accepted.split(",")[:20]):
        match = _ACCEPTED.fullmatch(part)
        if match and match[1].lower() in LANGUAGES:
            ranked.append((-_weight(match[2]), place, match[1].lower()))
    return min(ranked)[2] if ranked else "en"


def _weight(text: str | None) -> float:
    try:
        return 1.0 if text is None else float(text)
    except ValueError:
        return 0.0
