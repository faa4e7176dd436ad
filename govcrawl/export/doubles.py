"""Whole numbers in formats whose numbers are doubles, which hold about sixteen digits."""

from __future__ import annotations

_EXACT = 1 << 53


def inexact(value: object) -> bool:
    """Whether this is an integer that a double does not hold with all its digits."""
    return type(value) is int and not -_EXACT <= value <= _EXACT and double(value) != value


def double(value: float | None) -> float | None:
    """The double next to a number; None where it is larger than any."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None
