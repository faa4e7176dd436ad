"""What a reader leaves out at its limits, so that nothing is cut in silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import replace
from typing import TypeVar

from govcrawl.model import Document, Finding

T = TypeVar("T")
_TOLD: ContextVar[dict[str, int] | None] = ContextVar("left out", default=None)


def left_out(what: str) -> None:
    """Tell that a part of the document that is being read is not in it; ``what`` names the part and limit."""
    told = _TOLD.get()
    if told is not None:
        told[what] = told.get(what, 0) + 1


def what_is_left_out(read: Callable[[], T]) -> tuple[T, dict[str, int]]:
    """What ``read`` makes, and how many times it came to which limit."""
    told: dict[str, int] = {}
    token = _TOLD.set(told)
    try:
        return read(), told
    finally:
        _TOLD.reset(token)


def telling(read: Callable[[], Document]) -> Document:
    """The document that ``read`` makes, with a finding ``page_cut`` for each limit that it came to."""
    return with_cuts(*what_is_left_out(read))


def with_cuts(document: Document, told: Mapping[str, int]) -> Document:
    """The document with such findings, ``told`` being how many times each limit was come to."""
    cuts = tuple(
        Finding("page_cut", "document", f"left out: {what}{f' ({number} times)' if number > 1 else ''}")
        for what, number in told.items()
    )
    return replace(document, defects=(*cuts, *document.defects)) if cuts else document
