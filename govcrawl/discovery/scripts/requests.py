"""The requests that a page's scripts may make, wherever they stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from govcrawl.discovery.scripts.expressions import Function, Node, Object
from govcrawl.discovery.scripts.values import Known, Scripts, as_form, as_json

_ADDRESS = re.compile(
    r"(?:(?:https?:)?/|\.{1,2}/)[^\s<>\"']*|[\w./-]+\.(?:s?html?|jsp|aspx?|ashx|php|action|do|json|xml|txt|js)(?:\?[^\s<>\"']*)?"
    r"|[\w/-]+\?[^\s<>\"']*|\?[\w=&%.-]+"
)
_LIBRARY = frozenset({"$", "jQuery", ""})
_GETS = frozenset({"get", "getJSON", "load"})
ASKS = frozenset({*_GETS, "post", "ajax"})
"""Names of the calls by which a click fills a part of its page."""

_OPTIONS = frozenset(
    {
        "ajax",
        "axios",
        "request",
        "render",
        "http",
        "$http",
        "bootstrapTable",
        "DataTable",
        "dataTable",
        "datagrid",
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its address, the form or JSON object that is posted, None for a GET."""

    address: str
    form: str | None = None


def requests_in(scripts: Scripts) -> Iterator[Asked]:
    """Requests that stand in the scripts, in their order, each for a list's first page."""
    seen: set[Asked] = set()
    for name, places in scripts.calls.items():
        if name not in _GETS | _OPTIONS | {"post", "fetch"}:
            continue
        for opened in places:
            asked = asked_at(scripts, name, opened, given_at(scripts, opened))
            if asked is not None and asked not in seen:
                seen.add(asked)
                yield asked


def asked_at(scripts: Scripts, name: str, opened: int, given: Mapping[str, Known]) -> Asked | None:
    """The request that a call makes where variables have these values; None where it cannot be told."""
    code = scripts.code
    arguments = code.arguments(opened)
    holder = code.says(opened - 3) if code.says(opened - 2) == "." else ""
    if not arguments:
        return None
    options = next(
        (one for one in arguments[:2] if isinstance(one, Object) and {"url", "ajax"} & set(one.fields)), None
    )
    if options is not None:
        return _by_options(scripts, options, given)
    address = scripts.value(arguments[0], given)
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        return None
    second = scripts.value(arguments[1], given) if len(arguments) > 1 else None
    if name == "fetch":
        told = second if isinstance(second, dict) else {}
        return Asked(address, _text(told.get("body"))) if _is_post(told) else Asked(address)
    if name == "post":
        plain = holder in _LIBRARY
        return Asked(
            address, (as_form if plain else as_json)(second) if isinstance(second, dict) else _text(second)
        )
    return Asked(_joined(address, second if isinstance(second, dict) else None, plain=holder in _LIBRARY))


def _by_options(scripts: Scripts, options: Object, given: Mapping[str, Known]) -> Asked | None:
    """The request that an object with an address and its data describes."""
    ajax = options.fields.get("ajax")
    if isinstance(ajax, Object):
        return _by_options(scripts, ajax, given)
    told = scripts.value(options, given)
    if not isinstance(told, dict):
        return None
    address = told.get("url") or told.get("ajax")
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        return None
    parts = [told.get(name) for name in ("where", "params", "data", "body")]
    data: dict[str, Known] = {}
    for part in parts:
        data |= part if isinstance(part, dict) else {}
    data = _paged(options, told, scripts.first) | data
    sent = next((part for part in parts if isinstance(part, str)), None)
    if not _is_post(told):
        return (
            Asked(_joined(address, data or None))
            if sent is None
            else Asked(f"{address}{'&' if '?' in address else '?'}{sent}")
        )
    as_object = "json" in str(told.get("contentType") or "") or (
        "data" in told and "params" not in told and "success" not in options.fields and "method" in told
    )
    return Asked(address, sent or (as_json(data) if as_object else as_form(data)))


def _paged(options: Object, told: Mapping[str, Known], first: int) -> dict[str, Known]:
    """What the tables of known libraries send along to say which page they want."""
    size = told.get("limit") or told.get("pageSize") or 10
    if {"cols", "where"} & set(options.fields) and "page" in options.fields:
        return {"page": first, "limit": size}
    if told.get("sidePagination") == "server":
        return {"offset": 0, "limit": size}
    return {"start": 0, "length": 10} if "serverSide" in options.fields else {}


def _joined(address: str, data: Mapping[str, Known] | None, *, plain: bool = True) -> str:
    inner = data.get("params") if data is not None and not plain else None
    fields = inner if isinstance(inner, dict) else data
    if not fields or (not plain and inner is None):
        return address
    return f"{address}{'&' if '?' in address else '?'}{as_form(fields)}"


def _is_post(told: Mapping[str, Known]) -> bool:
    return str(told.get("method") or told.get("type") or "").lower() == "post"


def _text(value: Known) -> str:
    if isinstance(value, dict):
        return as_form(value)
    return str(value) if isinstance(value, str | int) else ""


def given_at(scripts: Scripts, place: int) -> dict[str, Known]:
    """What the parameters of the functions around a place are given by the first call that tells it."""
    given: dict[str, Known] = {}
    around = [(name, one) for name, one in scripts.functions if one.start <= place < one.end]
    for name, function in sorted(around, key=lambda found: found[1].start):
        given |= _handed(scripts, name, function)
    return given


def _handed(scripts: Scripts, name: str, function: Function) -> dict[str, Known]:
    for opened in scripts.calls.get(name, ()) if name and function.parameters else ():
        values = [_plain(scripts, node) for node in scripts.code.arguments(opened)]
        if values and all(value is not None for value in values):
            return dict(zip(function.parameters, values, strict=False))
    return {}


def _plain(scripts: Scripts, node: Node) -> Known:
    return scripts.value(node, {})
