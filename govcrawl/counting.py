"""Numbers of things as a person says them."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """``1 report``, ``2 reports``, ``0 new reports``, ``2 further tries``: the last word takes the plural."""
    if number == 1:
        return f"1 {thing}"
    if thing.endswith("y") and thing[-2:-1] not in "aeiou":
        return f"{number} {thing[:-1]}ies"
    return f"{number} {thing}s"
