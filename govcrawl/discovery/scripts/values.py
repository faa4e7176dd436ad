"""What the expressions of a page's scripts come to, as far as their words and the page's fields tell."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from govcrawl.discovery.scripts.expressions import (
    Call,
    Code,
    Either,
    Function,
    Items,
    Name,
    Node,
    Object,
    Sum,
    Value,
)

Known = str | int | dict[str, "Known"] | list["Known"] | None
"""What is known of a value: None where its words do not tell it."""

MARK = "\x00"
"""Stands on both sides of a field's name in what is put together of a row."""

_PAGE_NAME = re.compile(
    r"(?:cur(?:rent)?|now|to|this)?_?page_?(?:no|num|number|index|n|curr(?:ent)?)?|pn|p|n|no|num|number|index|curr?|current",
    re.IGNORECASE,
)
_SIZE_NAME = re.compile(r"(?:page_?)?(?:size|limit|rows|length|count)", re.IGNORECASE)
_SIZE = 15
_AS_IT_IS = frozenset(
    {"encodeURIComponent", "encodeURI", "escape", "String", "Number", "parseInt", "trim", "toString"}
)
_CLOCKS = frozenset({"random", "getTime", "now", "valueOf", "Date"})
_SELECTED = re.compile(r"""(?:\w*\[name=['"]?|#)([\w.$-]+)['"]?\]?(?:\s+option:selected)?""")
_OF_ADDRESS = re.compile(
    r"get|\w*(?:query|url|request|search|location)_?(?:string|params?|parameters?|args?|vars?|value|name)?|\w*param(?:eter)?s?",
    re.IGNORECASE,
)
_DEEPEST = 12


@dataclass(slots=True)
class Scripts:
    """The scripts of a page with what they call by name.

    ``fields`` are the values of the page's form fields by id and name, ``forms`` what its forms send by their
    id, ``asked`` what the page's own address asks for; ``first`` is the number of a list's first page.
    ``appended`` are the calls that add to something.
    """

    code: Code
    fields: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    first: int = 1
    asked: Mapping[str, str] = field(default_factory=dict)
    named: dict[str, list[int]] = field(default_factory=dict)
    functions: list[tuple[str, Function]] = field(default_factory=list)
    raised: set[str] = field(default_factory=set)
    calls: dict[str, list[int]] = field(default_factory=dict)
    appended: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in range(len(self.code.tokens)):
            self._note(place)

    def _note(self, place: int) -> None:
        """Take note of what a token names: a value, a function, a call, a counter."""
        code, name = self.code, self.code.says(place)
        behind = code.says(place + 1)
        if name in {"++", "--"}:
            self.raised |= {code.says(place - 1), code.says(place + 1)} if name == "++" else set()
        elif behind == "+=" and code.kind(place + 2) == "number":
            self.raised.add(name)
        elif behind in {"=", ":"} and code.kind(place) in {"name", "text"}:
            key = name or code.tokens[place].says
            self.named.setdefault(key, []).append(place + 2)
            if self._makes_function(place + 2) and (found := code.expression(place + 2)[0]):
                self.functions += [(key, found)] if isinstance(found, Function) else []
        elif behind == "(" and code.kind(place) == "name":
            defined = code.body(place + 1) if self._is_definition(place) else None
            if defined is not None:
                self.functions.append((name, defined[0]))
            else:
                self.calls.setdefault(name, []).append(place + 1)
                if name in {"append", "set"} and code.says(place - 1) == ".":
                    self.appended.setdefault(code.says(place - 2), []).append(place + 1)
        elif behind == "=>" or name == "=>" or name == "function":
            found = code.expression(place if name == "function" or behind == "=>" else self._opened(place))[0]
            self.functions += [("", found)] if isinstance(found, Function) else []

    def _opened(self, arrow: int) -> int:
        return next((one for one, end in self.code.closing.items() if end == arrow - 1), arrow)

    def _makes_function(self, place: int) -> bool:
        code = self.code
        start = place + (code.says(place) == "async")
        arrow = code.says(start + 1) == "=>" or code.says(code.closing.get(start, -2) + 1) == "=>"
        return code.says(start) == "function" or arrow

    def _is_definition(self, place: int) -> bool:
        """Whether a name before a bracket is a function's that is defined there."""
        code = self.code
        brace = code.closing.get(place + 1, -2) + 1
        if code.says(brace) != "{":
            return False
        return code.says(place - 1) in {"function", ",", "{", "async"}

    def value(
        self, node: Node, given: Mapping[str, Known], *, drawing: bool = False, depth: int = 0
    ) -> Known:
        """What an expression comes to; ``given`` are values by name.

        ``drawing`` says that the fields of rows are not known yet: they are put in by name, between MARKs.
        """
        if depth > _DEEPEST:
            return None
        if isinstance(node, Value):
            return node.value
        if isinstance(node, Name):
            return self._of_name(node, given, drawing, depth + 1)
        if isinstance(node, Sum):
            return self._sum(node, given, drawing, depth + 1)
        if isinstance(node, Either):
            values = (self.value(one, given, drawing=drawing, depth=depth + 1) for one in node.values)
            return next((value for value in values if value is not None), None)
        if isinstance(node, Object):
            return self._object(node, given, drawing, depth + 1)
        if isinstance(node, Items):
            return [self.value(one, given, drawing=drawing, depth=depth + 1) for one in node.items]
        return self._call(node, given, drawing, depth + 1) if isinstance(node, Call) else None

    def _object(self, node: Object, given: Mapping[str, Known], drawing: bool, depth: int) -> Known:
        made: dict[str, Known] = {}
        for one in node.also:
            taken = self.value(one, given, drawing=drawing, depth=depth)
            made |= taken if isinstance(taken, dict) else {}
        for name, part in node.fields.items():
            made[name] = self.value(part, given, drawing=drawing, depth=depth)
        return made

    def _sum(self, node: Sum, given: Mapping[str, Known], drawing: bool, depth: int) -> Known:
        parts = [self.value(term, given, drawing=drawing, depth=depth) for term in node.terms]
        if not node.texts and all(isinstance(part, int) for part in parts):
            return sum(part for part in parts if isinstance(part, int))
        if any(not isinstance(part, str | int) for part in parts):
            return None
        return "".join(str(part) for part in parts)

    def _of_name(self, node: Name, given: Mapping[str, Known], drawing: bool, depth: int) -> Known:
        if node.of is None:
            return (
                given[node.name] if node.name in given else self._variable(node.name, given, drawing, depth)
            )
        if node.name == "value" and isinstance(node.of, Call):
            return self._field(node.of)
        if isinstance(node.of, Name) and node.of.name == "query" and node.name in self.asked:
            return self.asked[node.name]  # this.$route.query.id
        holder = self.value(node.of, given, drawing=False, depth=depth)
        if isinstance(holder, dict) and holder.get(node.name) is not None:
            found = holder[node.name]
            return self._counted(node.name, found)
        if drawing:
            return f"{MARK}{node.name}{MARK}"
        return self._variable(node.name, given, drawing, depth)

    def _variable(self, name: str, given: Mapping[str, Known], drawing: bool, depth: int) -> Known:
        for place in self.named.get(name, ())[:3]:
            if self.code.says(place) == name:
                continue
            found = self.value(self.code.expression(place)[0], given, depth=depth)
            if isinstance(found, str) and name in self.appended:
                return "&".join(filter(None, (found, self._appended(name, given, depth))))
            if found is not None:
                return self._counted(name, found)
        if drawing:
            return None
        if _PAGE_NAME.fullmatch(name):
            return self.first
        return _SIZE if _SIZE_NAME.fullmatch(name) else None

    def _counted(self, name: str, found: Known) -> Known:
        """A counter that starts before the first page and is raised before it is used."""
        before = isinstance(found, int) and found < self.first and _PAGE_NAME.fullmatch(name)
        return self.first if before and name in self.raised else found

    def _call(self, node: Call, given: Mapping[str, Known], drawing: bool, depth: int) -> Known:
        called = node.called
        if not isinstance(called, Name):
            return None
        name, arguments = called.name, node.arguments
        if name in _CLOCKS:
            return 0
        if name in _AS_IT_IS:
            inner = arguments[0] if called.of is None and arguments else called.of
            return self.value(inner, given, drawing=drawing, depth=depth) if inner is not None else None
        if name in {"val", "serialize", "serializeArray"} and isinstance(called.of, Call):
            return self._field(called.of) if name == "val" else self._form(called.of)
        if name in {"data", "attr", "getAttribute", "prop"} and arguments:
            key = self.value(arguments[0], given, depth=depth)
            return given.get(f"@{str(key).removeprefix('data-')}")
        if name in {"URLSearchParams", "FormData"}:
            return self._fields_sent(arguments, given, depth)
        given_one = self.value(arguments[0], given, depth=depth) if arguments else None
        if name in {"stringify", "param"} and isinstance(given_one, dict):
            holder = called.of.name if isinstance(called.of, Name) else ""
            return as_json(given_one) if holder == "JSON" else as_form(given_one)
        if isinstance(given_one, str) and given_one in self.asked and _OF_ADDRESS.fullmatch(name):
            return self.asked[given_one]
        return decoded(given_one) if name == "atob" and isinstance(given_one, str) else None

    def _fields_sent(self, arguments: tuple[Node, ...], given: Mapping[str, Known], depth: int) -> str:
        """What an object of a form's fields begins with: those of an object or of a form of the page."""
        first = arguments[0] if arguments else None
        form = self._form(first) if isinstance(first, Call) else None
        fields = self.value(first, given, depth=depth) if first is not None and form is None else form
        return as_form(fields) if isinstance(fields, dict) else fields if isinstance(fields, str) else ""

    def _appended(self, name: str, given: Mapping[str, Known], depth: int) -> str:
        """The fields that a script adds to an object of them one by one."""
        pairs = [self.code.arguments(place) for place in self.appended[name]]
        made = {
            str(self.value(pair[0], given, depth=depth)): self.value(pair[1], given, depth=depth)
            for pair in pairs
            if len(pair) == 2
        }
        return as_form(made)

    def _field(self, call: Call) -> Known:
        """The value of a field of the page that a call picks."""
        picked = call.arguments[0] if call.arguments else None
        if not isinstance(picked, Value):
            return None
        found = _SELECTED.fullmatch(str(picked.value))
        return self.fields.get(found[1] if found else str(picked.value))

    def _form(self, call: Call) -> Known:
        picked = call.arguments[0] if call.arguments else None
        name = str(picked.value).lstrip("#") if isinstance(picked, Value) else ""
        return self.forms.get(name) or (next(iter(self.forms.values()), None) if name == "form" else None)


def as_form(values: Mapping[str, Known]) -> str:
    """Values as a form sends them; what is not known is sent empty."""
    plain = {name: "" if value is None else value for name, value in values.items()}
    return urlencode({name: value for name, value in plain.items() if isinstance(value, str | int)})


def as_json(values: Mapping[str, Known]) -> str:
    """Values as a JSON object without what is not known."""
    return json.dumps(
        {name: value for name, value in values.items() if value is not None}, ensure_ascii=False
    )


def decoded(text: str) -> str | None:
    """What a text in base64 says; None for any other text."""
    try:
        return b64decode(text, validate=True).decode("utf-8")
    except (NotBase64, ValueError):
        return None
