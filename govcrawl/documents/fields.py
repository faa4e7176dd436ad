"""What a reader sees in the fields of a form: the value typed in, the choice made, the text written."""

from __future__ import annotations

from lxml import etree

from govcrawl.documents.layout import raw_text

FIELDS = frozenset(("input", "select", "textarea"))
_TYPED = frozenset(("", "text", "number", "tel", "search", "date", "email", "url"))


def field_text(field: etree._Element) -> str:
    """Visible text of a field; none for buttons, boxes to tick, hidden and secret fields."""
    if field.tag == "input":
        typed = field.get("type", "").strip().lower() in _TYPED
        return field.get("value", "") if typed else ""
    if field.tag == "textarea":
        return raw_text(field)
    options = list(field.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return raw_text(chosen[-1]) if chosen else ""
