"""What a reader sees in the fields of a form: the value typed in, the choice made, the text written."""

from __future__ import annotations

from lxml import etree

FIELDS = frozenset(("input", "select", "textarea"))
_TYPED = frozenset(("", "text", "number", "tel", "search", "date", "email", "url"))


def field_text(field: etree._Element) -> str:
    """Visible text of a field; none for buttons, boxes to tick, hidden and secret fields."""
    if field.tag == "input":
        typed = field.get("type", "").strip().lower() in _TYPED
        return field.get("value", "") if typed else ""
    if field.tag == "textarea":
        return "".join(field.itertext())
    options = list(field.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return "".join("".join(option.itertext()) for option in chosen[-1:])
