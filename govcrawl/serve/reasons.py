"""Why something is as it is, in the reader's language; the database says it in English."""

from __future__ import annotations

import re
from typing import Final

from govcrawl.serve.words import Words

_KNOWN: Final = (
    (re.compile(r"a sum over its bodies"), "because.sum"),
    (re.compile(r"never crawled"), "because.never"),
    (re.compile(r"the last look was incomplete: (?P<why>.+)", re.DOTALL), "because.incomplete"),
    (re.compile(r"(?P<n>\d+) links? failed"), "because.failed"),
    (re.compile(r"stored"), "because.stored"),
    (re.compile(r"same prose"), "because.same"),
    (re.compile(r"prose alike to (?P<n>0\.\d+)"), "because.alike"),
)


def because(say: Words, reason: str | None) -> str:
    """A reason in the reader's language where it is one of the common ones, else as it is stored."""
    for pattern, key in _KNOWN:
        found = pattern.fullmatch(reason or "")
        if found:
            values = found.groupdict()
            if "why" in values:
                values["why"] = because(say, values["why"])
            return say(key, **values)
    return reason or ""
