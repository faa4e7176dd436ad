"""Elements that carry only a key in their data, and the handler that makes an address of it.

``<li class="item" data-id="7">`` with ``$('.item').click(function(){ location.href = '/show?id=' +
$(this).data('id') })``, or ``onclick="detail(this)"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import html as lxml_html

from govcrawl.discovery.scripts.expressions import Function, Value
from govcrawl.discovery.scripts.requests import ASKS, Asked, asked_at
from govcrawl.discovery.scripts.values import Known, Scripts

_CLICKED = frozenset({"click", "on", "bind", "delegate", "live", "addEventListener", "forEach"})
_EVENT = re.compile(r"click|tap|mousedown|touch\w+")
_SELECTOR = re.compile(
    r"(?P<tag>[a-z]\w*)?(?:#[\w-]+)?(?:\.(?P<name>[\w-]+))?(?:\[(?P<key>data-[\w-]+)[^\]]*\])?"
)
_HANDED = re.compile(r"^\s*(?:javascript:)?\s*(?:return\s+)?([A-Za-z_$][\w$]*)\(\s*this\s*\)")
_OF_TREE = 3  # parameters of a tree's handler
_OPENS = frozenset({"open", "assign", "replace"})


def handled(root: lxml_html.HtmlElement, scripts: Scripts) -> Iterator[tuple[lxml_html.HtmlElement, Asked]]:
    """(element, request) of what a click on an element opens or asks for, told by its data."""
    for tag, name, key, function in _handlers(scripts):
        for node in root.iter(tag or "*"):
            named = name is None or name in (node.get("class") or "").split()
            if named and (tag or name or key) and (key is None or node.get(key)) and _data(node):
                asked = clicked(scripts, function, _data(node))
                yield from [(node, asked)] if asked else []
    functions = dict(scripts.functions)
    for node in root.xpath("//*[contains(@onclick, 'this')]"):
        called = _HANDED.match(node.get("onclick") or "")
        if called and called[1] in functions and _data(node):
            asked = clicked(scripts, functions[called[1]], _data(node))
            yield from [(node, asked)] if asked else []


def picked(scripts: Scripts, entry: Mapping[str, Known]) -> Asked | None:
    """What a click on an entry of a tree asks for: its handler is given the event, the tree and the entry."""
    for _, function in scripts.functions:
        if len(function.parameters) == _OF_TREE:
            asked = clicked(scripts, function, {function.parameters[-1]: dict(entry)})
            if asked is not None and any(
                str(value) in f"{asked.address} {asked.form}" for value in entry.values()
            ):
                return asked
    return None


def _handlers(scripts: Scripts) -> Iterator[tuple[str | None, str | None, str | None, Function]]:
    """(tag, class, attribute) of the elements that a handler is for, and the handler."""
    code = scripts.code
    for event in _CLICKED:
        for opened in scripts.calls.get(event, ()):
            arguments = code.arguments(opened)
            function = next((one for one in arguments if isinstance(one, Function)), None)
            words = [str(one.value) for one in arguments if isinstance(one, Value)]
            if function is None or (event not in {"click", "forEach"} and not any(map(_EVENT.search, words))):
                continue
            chosen = [word for word in words if not _EVENT.fullmatch(word)]
            holder = code.tokens[opened - 4] if opened > 4 and code.says(opened - 3) == ")" else None
            chosen += [holder.says] if holder is not None and holder.kind == "text" else []
            found = (
                _SELECTOR.fullmatch(chosen[0].split(",")[0].split()[-1])
                if chosen and chosen[0].strip()
                else None
            )
            if found is not None:
                yield found["tag"], found["name"], found["key"], function


def _data(node: lxml_html.HtmlElement) -> dict[str, Known]:
    kept = {
        name.removeprefix("data-"): value for name, value in node.attrib.items() if name.startswith("data-")
    }
    return {f"@{name}": value for name, value in kept.items()} | (
        {"@id": node.get("id")} if not kept and node.get("id") else {}
    )


def opened_by(scripts: Scripts, function: Function, given: dict[str, Known]) -> str | None:
    """The address that a function opens with these data."""
    asked = clicked(scripts, function, given)
    return asked.address if asked is not None and asked.form is None else None


def clicked(scripts: Scripts, function: Function, given: dict[str, Known]) -> Asked | None:
    """The address that a function opens with these data, or what it asks for to fill its page."""
    code = scripts.code
    local = dict(given)
    for place in range(function.start, function.end):
        name, sign = code.says(place), code.says(place + 1)
        if sign == "=" and code.kind(place) == "name":
            value = scripts.value(code.expression(place + 2)[0], local)
            if name in {"href", "location"} and isinstance(value, str):
                return Asked(value)
            local[name] = value
        elif name in _OPENS and sign == "(":
            arguments = code.arguments(place + 1)
            value = scripts.value(arguments[0], local) if arguments else None
            if isinstance(value, str):
                return Asked(value)
        elif name in ASKS and sign == "(" and code.says(place - 1) == ".":
            asked = asked_at(scripts, name, place + 1, local)
            if asked is not None:
                return asked
    return None
