"""Fields of a Word file: they show their result, but for equations, which have none and show themselves."""

from __future__ import annotations

from lxml import etree

from govcrawl.documents.equations import equation
from govcrawl.documents.word_numbers import W

OF_FIELDS = frozenset((f"{W}fldChar", f"{W}instrText"))
_KIND = f"{W}fldCharType"


class Fields:
    """The fields that are open in a paragraph, by their codes so far."""

    __slots__ = ("_codes",)

    def __init__(self) -> None:
        self._codes: list[str] = []

    def take(self, node: etree._Element) -> str:
        """The text that a field's code, its middle or its end shows."""
        kind = node.get(_KIND)
        if kind == "begin":
            self._codes.append("")
        elif self._codes and kind == "separate":
            self._codes[-1] = ""
        elif self._codes and kind == "end":
            return equation(self._codes.pop()) or ""
        elif self._codes and kind is None:
            self._codes[-1] += node.text or ""
        return ""
