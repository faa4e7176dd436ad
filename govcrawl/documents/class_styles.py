"""What the style sheets within a page say of classes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_MEDIA = re.compile(r"@[a-z-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
# What stands around every cell says nothing of where a class is meant.
_AROUND = r"(?:(?:html|body|table|tbody|tr|td|th)[\s>]+)*"
_SELECTOR = re.compile(rf"{_AROUND}(?:[a-z]+\d?)?\.([\w-]+)")
_NAMED = re.compile(r"\.([a-z_-][\w-]*)")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_MOST_RULES = 500
_LONGEST_RULE = 2_000


def class_styles(sheets: Iterable[str]) -> dict[str, str]:
    """The style of each class that a rule names by itself, in lower case; empty where several do."""
    rules: dict[str, str] = {}
    named: Counter[str] = Counter()
    for sheet in sheets:
        for rule in _MEDIA.sub(" ", _COMMENT.sub(" ", sheet.lower())).split("}")[:_MOST_RULES]:
            selectors, _, style = rule[-_LONGEST_RULE:].partition("{")
            named.update(_NAMED.findall(selectors))
            for selector in selectors.split(","):
                if found := _SELECTOR.fullmatch(selector.strip()):
                    rules[found[1]] = f"{rules.get(found[1], '')};{style}"
    # What several rules say of a class depends on where it stands.
    return {name: style if named[name] == 1 else "" for name, style in rules.items()}
