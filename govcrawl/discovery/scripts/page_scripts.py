"""The scripts of a page with the fields and forms that they read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from lxml import html as lxml_html

from govcrawl.discovery.scripts.expressions import Code
from govcrawl.discovery.scripts.values import Scripts

_OWN = "//script[not(@src)][not(@type) or contains(@type, 'javascript') or @type='module']/text()"
_COUNTS_FROM_ZERO = re.compile(r"\.pagination\(")
_SECRET = frozenset({"password", "file"})
_UNSENT = frozenset({"submit", "button", "image", "reset", "checkbox", "radio"})
_RAISES = re.compile(r"mescroll", re.IGNORECASE)


def functions_of(root: lxml_html.HtmlElement) -> str:
    """The text of a page's own scripts."""
    return "\n;\n".join(str(text) for text in root.xpath(_OWN))


def scripts_of(functions: str, root: lxml_html.HtmlElement) -> Scripts:
    """The scope of a page's scripts: ``functions`` is their text."""
    first = 0 if _COUNTS_FROM_ZERO.search(functions) else 1
    scripts = Scripts(Code.of(functions), dict(_fields(root)), dict(_forms(root)), first)
    if _RAISES.search(functions):
        scripts.raised.add("num")
    return scripts


def _fields(root: lxml_html.HtmlElement) -> Iterator[tuple[str, str]]:
    """(id or name, value) of the page's form fields."""
    for node in root.iter("input", "select"):
        if (node.get("type") or "").lower() not in _SECRET:
            value = _value(node)
            yield from ((name, value) for name in (node.get("id"), node.get("name")) if name)


def _forms(root: lxml_html.HtmlElement) -> Iterator[tuple[str, str]]:
    """(id or name, what it sends) of the page's forms, none of one that asks for a secret."""
    for form in root.iter("form"):
        fields = list(form.iter("input", "select"))
        kinds = {(node.get("type") or "").lower() for node in fields}
        if kinds & {"password", "file"}:
            continue
        kept = [node for node in fields if (node.get("type") or "").lower() not in _UNSENT]
        sent = urlencode([(node.get("name") or "", _value(node)) for node in kept if node.get("name")])
        yield from ((name, sent) for name in (form.get("id"), form.get("name")) if name)


def _value(node: lxml_html.HtmlElement) -> str:
    if node.tag != "select":
        return node.get("value") or ""
    chosen = node.xpath("./option[@selected]/@value | ./option[1]/@value")
    return str(chosen[0]) if chosen else ""
