"""What a click asks for where the address stands in a script: read from its words, never executed.

``javascript:getMainData('ndbg')`` asks for what the function of that name on the page puts together from
texts, its parameters and variables that are such texts themselves. Anything else is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

_QUOTED = re.compile(
    r"""['"]((?:https?://|\.{0,2}/)[^'"\s<>]+|[\w./-]+\.(?:s?html?|jsp|aspx?|php|action|do)(?:\?[^'"\s]*)?)['"]"""
    r"(?!\s*\+)"
)
_CALL = re.compile(r"^\s*(?:javascript:)?\s*(?:void\s+)?(?:return\s+)?([A-Za-z_$][\w$]*)\s*\(([^()]*)\)")
_TERM = re.compile(
    r"""\s*(?:'([^'\\]*)'|"([^"\\]*)"|(\d+)|(?:encodeURI(?:Component)?|escape)\(\s*([\w$]+)\s*\)|([A-Za-z_$][\w$]*))\s*"""
)
_OPENED = re.compile(
    r"(?:location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\(|(?:window|parent|top)\.open\(|\.src\s*=(?!=)"
    r"|\.load\(|\$\.(?:get|getJSON)\()"
)
_XHR = re.compile(r"""\.open\(\s*['"](get|post)['"]\s*,""", re.IGNORECASE)
_SENT = re.compile(r"\.send\(")
_POSTED = re.compile(r"\$\.post\(")
_SECOND = re.compile(r"\s*,\s*(\{[^{}]*\})")
_GOT = re.compile(r"\$\.(?:get|getJSON)\(")
_FETCHED = re.compile(r"(?<![\w$.])fetch\(")
_FETCH_BODY = re.compile(r"\bbody\s*:\s*JSON\.stringify\(\s*(\{[^{}]*\}|[A-Za-z_$][\w$]*)\s*\)")
_INNER = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]*)\(([^()]*)\)")
_AJAX_URL = re.compile(r"\burl\s*:")
_AJAX_DATA = re.compile(r"\bdata\s*:\s*(\{[^{}]*\})?")
_IS_POST = re.compile(r"""\b(?:type|method)\s*:\s*['"]post['"]""", re.IGNORECASE)
_PAIR = re.compile(r"""['"]?([\w$]+)['"]?\s*:\s*([^,{}]+)""")
_DEFINED = re.compile(
    r"(?:function\s+([A-Za-z_$][\w$]*)\s*|(?<![\w$])([A-Za-z_$][\w$]*)\s*[=:]\s*function\s*)\(([^()]*)\)\s*\{"
)
_ASSIGNED = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]*)\s*=(?!=)")
_OWN_PATH = re.compile(r"\s*(?:(?:window|document)\.)?location\.pathname\s*")
_OWN = "\1"  # stands for the page's own path
_RAISED = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]*)\s*(?:\+\+|\+=\s*1\b)|\+\+\s*([A-Za-z_$][\w$]*)")
_COUNTER = re.compile(r"\s*(\d{1,3})\b")
_COUNT = re.compile(r"([A-Za-z_$][\w$]*)\s*([+-]\s*\d{1,3})?")
_PAGE_NAME = re.compile(r"(?:cur(?:rent)?)?_?page_?(?:no|num|index)?|pn|p|n|num|curr?|current", re.IGNORECASE)
_ASKS = re.compile(r"\$\.(?:get|getJSON|post|ajax)\(|(?<![\w$.])fetch\(|XMLHttpRequest|\.load\(")
_WORDS = frozenset(
    {"if", "for", "while", "switch", "function", "return", "catch", "parseInt", "alert", "encodeURI"}
)
_LONGEST_BODY = 3_000  # characters of a function that are read
_BEFORE = 40  # characters before a name in which the word function may stand
_DEEPEST = 3


def asked_by(script: str, functions: str) -> tuple[str, str | None] | None:
    """(address, form to post or None) that a ``javascript:`` address or an onclick asks for.

    ``functions`` is the text of the scripts on the page. None when it cannot be told.
    """
    if (found := called(script, functions)) is not None:
        return _request(*found, functions)
    if (inline := _request(script, {}, functions)) is not None:
        return inline
    quoted = _QUOTED.search(script)
    return (quoted[1], None) if quoted else None


def called(script: str, functions: str) -> tuple[str, dict[str, str]] | None:
    """(body, values of its parameters) of the function that a script calls; None where it is not defined."""
    found = _CALL.search(script)
    defined = _function(found[1], functions) if found is not None else None
    if found is None or defined is None:
        return None
    names, body = defined
    return body, _given(names, found[2], {}, functions)


def _argument(argument: str, functions: str) -> str:
    """The value of an argument: a text, a number, or a number's variable with another number added."""
    counted = _COUNT.fullmatch(argument)
    stated = (
        re.search(rf"(?<![\w$.]){re.escape(counted[1])}\s*=\s*['\"]?(\d+)", functions) if counted else None
    )
    if counted is None or stated is None:
        return argument.strip("'\"")
    return str(int(stated[1]) + int((counted[2] or "0").replace(" ", "")))


def text_at(code: str, start: int, given: Mapping[str, str], functions: str) -> str | None:
    """The text that the terms from ``start`` on make of parameters, texts and variables; None when none."""
    return _text(code, start, given, functions)[0]


def asked_on_opening(functions: str) -> list[tuple[str, str | None]]:
    """(address, form to post or None) of each request that the scripts of a page make when it is opened.

    That is what calls outside of functions, or in the block that waits for the page, ask for.
    """
    asked: dict[tuple[str, str | None], None] = {}
    seen: set[str] = set()
    for found in _INNER.finditer(functions):
        defined = None if found[1] in _WORDS else _function(found[1], functions)
        before = functions[max(0, found.start() - _BEFORE) : found.start()]
        if defined is None or found[0] in seen or before.rstrip().endswith("function"):
            continue
        seen.add(found[0])
        names, body = defined
        if _ASKS.search(body) and found[0] not in body:
            request = _request(body, _given(names, found[2], {}, functions), functions)
            if request is not None:
                asked[request] = None
    return list(asked)


def _given(names: list[str], arguments: str, outer: Mapping[str, str], functions: str) -> dict[str, str]:
    """Parameters of a function with what a call gives them."""
    given = {}
    for name, argument in zip(names, map(str.strip, arguments.split(",")), strict=False):
        plain = argument.strip("'\"")
        value = outer.get(argument) or _argument(argument, functions)
        text, end = _text(argument, 0, outer, functions) if value == plain else (None, 0)
        given[name] = text if text is not None and end == len(argument) else value
    return given


def _function(name: str, functions: str) -> tuple[list[str], str] | None:
    """Parameters and body of a named function."""
    if (found := _definitions(functions).get(name)) is None:
        return None
    parameters, start = found
    depth = 1
    for place in range(start, min(len(functions), start + _LONGEST_BODY)):
        depth += {"{": 1, "}": -1}.get(functions[place], 0)
        if not depth:
            return [name.strip() for name in parameters.split(",")], functions[start:place]
    return None


@lru_cache(maxsize=4)
def _definitions(functions: str) -> dict[str, tuple[str, int]]:
    """(parameters, where the body begins) of the functions by name, the first of each."""
    found: dict[str, tuple[str, int]] = {}
    for one in _DEFINED.finditer(functions):
        found.setdefault(one[1] or one[2], (one[3], one.end()))
    return found


@lru_cache(maxsize=4)
def _assigned(functions: str) -> dict[str, int]:
    """Where what is first assigned to a variable begins, by its name."""
    found: dict[str, int] = {}
    for one in _ASSIGNED.finditer(functions):
        found.setdefault(one[1], one.end())
    return found


def _request(
    body: str, given: Mapping[str, str], functions: str, depth: int = 0
) -> tuple[str, str | None] | None:
    """(address, form) of the request that a function's body makes, or another function that it calls."""
    given = {**_raised(body, functions), **given}
    for way in (_by_post, _by_get, _by_ajax, _by_fetch, _by_xhr):
        if (asked := way(body, given, functions)) is not None:
            return asked
    for found in _OPENED.finditer(body):
        if url := _text(body, found.end(), given, functions)[0]:
            return url, None
    for found in _INNER.finditer(body) if depth < _DEEPEST - 1 else ():
        if found[1] not in _WORDS and (defined := _function(found[1], functions)) is not None:
            inner = _given(defined[0], found[2], given, functions)
            if (asked := _request(defined[1], inner, functions, depth + 1)) is not None:
                return asked
    return None


def _raised(body: str, functions: str) -> dict[str, str]:
    """Counters of pages that a function raises before it asks: 加载更多 asks for the second page."""
    asks = _ASKS.search(body)
    counters = (found[1] or found[2] for found in _RAISED.finditer(body[: asks.start()] if asks else ""))
    values = {
        name: _COUNTER.match(functions, _assigned(functions).get(name, len(functions))) for name in counters
    }
    return {
        name: str(int(value[1]) + 1) for name, value in values.items() if value and _PAGE_NAME.fullmatch(name)
    }


def _by_get(body: str, given: Mapping[str, str], functions: str) -> tuple[str, str | None] | None:
    found = _GOT.search(body)
    url, end = _text(body, found.end(), given, functions) if found else (None, 0)
    data = _SECOND.match(body, end) if url else None
    if url is None or data is None:
        return None  # without data it is an address like any that is opened
    return f"{url}{'&' if '?' in url else '?'}{_form(data[1], given, functions)}", None


def _by_fetch(body: str, given: Mapping[str, str], functions: str) -> tuple[str, str | None] | None:
    found, sent = _FETCHED.search(body), _FETCH_BODY.search(body)
    url = _text(body, found.end(), given, functions)[0] if found else None
    if not url:
        return None
    return url, _object(sent[1], given, functions) if sent and _IS_POST.search(body) else None


def _object(code: str, given: Mapping[str, str], functions: str) -> str:
    """JSON of an object, written out or kept in a variable: numbers stay numbers."""
    named = re.search(rf"(?<![\w$.]){re.escape(code)}\s*=\s*(\{{[^{{}}]*\}})", functions)
    literal = code if code.startswith("{") else named[1] if named else "{}"
    fields: dict[str, str | int] = {}
    for name, value in _PAIR.findall(literal):
        text = _text(value, 0, given, functions)[0] or ""
        fields[name] = int(text) if text.isdecimal() and value.strip()[:1] not in "'\"" else text
    return json.dumps(fields, ensure_ascii=False)


def _by_post(body: str, given: Mapping[str, str], functions: str) -> tuple[str, str | None] | None:
    found = _POSTED.search(body)
    if found is None:
        return None
    url, end = _text(body, found.end(), given, functions)
    data = _SECOND.match(body, end)
    return (url, _form(data[1], given, functions) if data else "") if url else None


def _by_ajax(body: str, given: Mapping[str, str], functions: str) -> tuple[str, str | None] | None:
    found, data = _AJAX_URL.search(body), _AJAX_DATA.search(body)
    url = _text(body, found.end(), given, functions)[0] if found else None
    form = _form(data[1], given, functions) if data and data[1] else ""
    return (url, form if _IS_POST.search(body) else None) if url else None


def _by_xhr(body: str, given: Mapping[str, str], functions: str) -> tuple[str, str | None] | None:
    found, sent = _XHR.search(body), _SENT.search(body)
    url = _text(body, found.end(), given, functions)[0] if found else None
    if found is None or not url:
        return None
    form = _text(body, sent.end(), given, functions)[0] if sent else None
    return url, (form or "") if found[1].lower() == "post" else None


def _form(literal: str, given: Mapping[str, str], functions: str) -> str:
    pairs = ((name, _text(value, 0, given, functions)[0]) for name, value in _PAIR.findall(literal))
    return "&".join(f"{name}={quote(value or '')}" for name, value in pairs)


def _text(
    code: str, start: int, given: Mapping[str, str], functions: str, depth: int = 0
) -> tuple[str | None, int]:
    """(text that the sum of terms from ``start`` on makes, its end); None when a term is no text."""
    parts: list[str] = []
    place = start
    while (term := _OWN_PATH.match(code, place) or _TERM.match(code, place)) is not None:
        value = _OWN if term.re is _OWN_PATH else _value(term, given, functions, depth)
        if value is None or code[term.end() : term.end() + 1] in {"(", "."}:
            return None, place
        parts.append(value)
        place = term.end()
        if code[place : place + 1] != "+":
            said = "".join(parts)
            return (said if depth else _of_own_path(said)), place
        place += 1
    return None, place


def _of_own_path(text: str) -> str | None:
    """An address whose path is the page's own: its query says the same; None for any other use of it."""
    if _OWN not in text:
        return text
    rest = text.removeprefix(_OWN)
    return rest if rest.startswith("?") and _OWN not in rest else None


def _value(term: re.Match[str], given: Mapping[str, str], functions: str, depth: int) -> str | None:
    single, double, number, wrapped, name = term.groups()
    for literal in (single, double, number):
        if literal is not None:
            return literal
    name = wrapped or name
    if name in given:
        return given[name]
    if depth < _DEEPEST:
        start = _assigned(functions).get(name)
        value = None if start is None else _text(functions, start, given, functions, depth + 1)[0]
        if value is not None:
            return "1" if value == "0" and _is_raised(name, functions) else value
    return "1" if _PAGE_NAME.fullmatch(name) else None


def _is_raised(name: str, functions: str) -> bool:
    """Whether a variable counts the pages and is raised before each request."""
    variable = re.escape(name)
    raised = re.search(rf"(?<![\w$.]){variable}\s*(?:\+\+|\+=\s*1)|\+\+\s*{variable}(?![\w$])", functions)
    return raised is not None and _PAGE_NAME.fullmatch(name) is not None
