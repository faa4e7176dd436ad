"""Expressions of a script, read from the token at which they begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govcrawl.discovery.scripts.tokens import Token, pieces, tokens_of

_DEEPEST = 40
_OPENING = {"(": ")", "[": "]", "{": "}"}
_PASSED_OVER = frozenset({"await", "async", "new", "void", "return", "typeof"})
_COMPARING = frozenset(
    {"-", "*", "/", "%", "<", ">", "<=", ">=", "==", "===", "!=", "!==", "&&", "&", "|", "^"}
)


@dataclass(frozen=True, slots=True)
class Value:
    """A text or a number that is written out."""

    value: str | int


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or with ``of`` a part of something: ``item.id``, ``list[0]``, ``row['url']``."""

    name: str
    of: Node | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms joined by plus, or the parts of a text with ``${}``; ``texts`` says that it is the latter."""

    terms: tuple[Node, ...]
    texts: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """``a || b`` and ``c ? a : b``: any of the values may be it."""

    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Object:
    """Fields in braces; ``also`` are objects whose fields are taken in."""

    fields: dict[str, Node]
    also: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """Values in brackets."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call with its arguments."""

    called: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its parameters, and its body as a span of tokens."""

    parameters: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """What cannot be told."""


Node = Value | Name | Sum | Either | Object | Items | Call | Function | Unknown


@dataclass(slots=True)
class Code:
    """The tokens of a script, and where the brackets that they open are closed."""

    tokens: Sequence[Token]
    closing: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.closing, stack = {}, list[int]()
        for place, token in enumerate(self.tokens):
            if token.kind != "sign":
                continue
            if token.says in _OPENING:
                stack.append(place)
            elif token.says in _OPENING.values():
                while stack and _OPENING[self.tokens[stack[-1]].says] != token.says:
                    stack.pop()
                if stack:
                    self.closing[stack.pop()] = place

    @classmethod
    def of(cls, text: str) -> Code:
        """The tokens of a script's text."""
        return cls(tokens_of(text))

    def says(self, place: int) -> str:
        """The sign or name at a place; empty for texts and behind the end."""
        inside = 0 <= place < len(self.tokens)
        return self.tokens[place].says if inside and self.tokens[place].kind in {"sign", "name"} else ""

    def kind(self, place: int) -> str:
        """Kind of the token at a place, empty behind the end."""
        return self.tokens[place].kind if 0 <= place < len(self.tokens) else ""

    def expression(self, place: int, depth: int = 0) -> tuple[Node, int]:
        """(the expression that begins at a place, where it ends)."""
        if depth > _DEEPEST:
            return Unknown(), place + 1
        node, place = self._operand(place, depth)
        terms = [node]
        while (sign := self.says(place)) == "+" or sign in _COMPARING:
            other, place = self._operand(place + 1, depth)
            terms = [*terms, other] if sign == "+" else [Unknown()]
        node = terms[0] if len(terms) == 1 else Sum(tuple(terms))
        if self.says(place) == "?":
            one, place = self.expression(place + 1, depth + 1)
            two, place = self.expression(place + 1, depth + 1) if self.says(place) == ":" else (one, place)
            return Either((one, two)), place
        if self.says(place) in {"||", "??"}:
            other, place = self.expression(place + 1, depth + 1)
            return Either((node, other)), place
        if self.says(place) in {"=", "+="}:
            return self.expression(place + 1, depth + 1)
        return node, place

    def arguments(self, opened: int) -> list[Node]:
        """The values between the bracket at a place and the one that closes it."""
        found: list[Node] = []
        place, end = opened + 1, self.closing.get(opened, opened + 1)
        while place < end:
            node, after = self.expression(place + (self.says(place) == "..."), 1)
            found.append(node)
            place = max(after, place + 1)
            while place < end and self.says(place) != ",":  # the rest of what could not be read
                place = self.closing.get(place, place) + 1
            place += 1
        return found

    def _operand(self, place: int, depth: int) -> tuple[Node, int]:
        while self.says(place) in _PASSED_OVER or self.says(place) == "!":
            place += 1
        if self.says(place) in {"++", "--", "-", "+"}:
            return self._operand(place + 1, depth + 1) if depth < _DEEPEST else (Unknown(), place + 1)
        node, place = self._first(place, depth)
        while True:
            sign = self.says(place)
            if sign in {".", "?."} and self.kind(place + 1) == "name":
                node, place = Name(self.says(place + 1), node), place + 2
            elif sign == "[" and place in self.closing:
                key, _ = self.expression(place + 1, depth + 1)
                named = Name(str(key.value), node) if isinstance(key, Value) else node
                node, place = named, self.closing[place] + 1
            elif sign == "(" and place in self.closing:
                node, place = Call(node, tuple(self.arguments(place))), self.closing[place] + 1
            elif sign in {"++", "--"}:
                place += 1
            else:
                return node, place

    def _first(self, place: int, depth: int) -> tuple[Node, int]:
        if place >= len(self.tokens):
            return Unknown(), place
        token = self.tokens[place]
        if token.kind == "text":
            return Value(token.says), place + 1
        if token.kind == "number":
            return Value(int(float(token.says))), place + 1
        if token.kind == "written":
            parts = (
                Code.of(says).expression(0)[0] if code else Value(says) for code, says in pieces(token.says)
            )
            return Sum(tuple(parts), texts=True), place + 1
        if token.says == "function" or (function := self._arrow(place)) is None:
            return self._function(place) if token.says == "function" else self._other(place, depth)
        return function

    def _other(self, place: int, depth: int) -> tuple[Node, int]:
        says, end = self.says(place), self.closing.get(place)
        if self.kind(place) == "name":
            return Name(says), place + 1
        if end is None:
            return Unknown(), place + 1
        if says == "(":
            return self.expression(place + 1, depth + 1)[0], end + 1
        if says == "[":
            return Items(tuple(self.arguments(place))), end + 1
        return self._object(place, end, depth), end + 1

    def _object(self, opened: int, end: int, depth: int) -> Object:
        fields, also, place = dict[str, Node](), list[Node](), opened + 1
        while place < end:
            if self.says(place) == "...":
                node, place = self.expression(place + 1, depth + 1)
                also.append(node)
            elif self.says(place + 1) == ":":
                name = self.tokens[place].says
                fields[name], place = self.expression(place + 2, depth + 1)
            elif self.kind(place) == "name" and self.says(place + 1) in {",", "}"}:
                fields[self.says(place)], place = Name(self.says(place)), place + 1
            while place < end and self.says(place) != ",":
                place = self.closing.get(place, place) + 1
            place += 1
        return Object(fields, tuple(also))

    def _function(self, place: int) -> tuple[Node, int]:
        opened = place + 1 + (self.kind(place + 1) == "name")
        return self.body(opened) or (Unknown(), place + 1)

    def body(self, opened: int) -> tuple[Function, int] | None:
        """The function whose parameters stand in the bracket at a place, and where it ends."""
        closed = self.closing.get(opened)
        if closed is None or self.says(opened) != "(":
            return None
        brace = closed + 1 + (self.says(closed + 1) == "=>")
        if self.says(brace) == "{" and brace in self.closing:
            end = self.closing[brace]
            return Function(self.parameters(opened, closed), brace + 1, end), end + 1
        if brace == closed + 1:
            return None
        return Function(self.parameters(opened, closed), brace, (end := self.expression(brace, 2)[1])), end

    def _arrow(self, place: int) -> tuple[Function, int] | None:
        if self.says(place) == "(" and self.says(self.closing.get(place, -1) + 1) == "=>":
            return self.body(place)
        if self.kind(place) != "name" or self.says(place + 1) != "=>":
            return None
        brace = place + 2
        end = self.closing[brace] if brace in self.closing else self.expression(brace, 2)[1]
        return Function((self.says(place),), brace, end), end + (brace in self.closing)

    def parameters(self, opened: int, closed: int) -> tuple[str, ...]:
        """Names of the parameters between two brackets."""
        places = range(opened + 1, closed)
        return tuple(
            self.says(place)
            for place in places
            if self.kind(place) == "name" and self.says(place - 1) in {"(", ",", "..."}
        )
