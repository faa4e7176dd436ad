"""Scripts cut into tokens; what is no token is passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 200_000
"""Characters of a page's scripts that are read; libraries are longer, lists' own scripts never."""

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/|<!--[^\n]*)+", re.DOTALL)
_TEXT = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'", re.DOTALL)
_PATTERN = re.compile(r"/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_WORD = re.compile(r"(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_$\u4e00-\u9fff][\w$]*)")
_SIGN = re.compile(
    r"=>|\+\+|--|\.\.\.|[-+*/%]=|===?|!==?|<=|>=|&&|\|\||\?\?|\?\.|[-+*/%=<>!?:.,;(){}\[\]&|^~]"
)
_VALUE_ENDS = frozenset({"name", "number", "text", "written"})
_ESCAPE = re.compile(r"\\(?:u\{?([0-9A-Fa-f]{1,6})\}?|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_DEEPEST = 8


class Token(NamedTuple):
    """A token: its ``kind`` (text, written, number, name, sign), what it says, and where it begins.

    ``written`` is a text with parts in ``${}``: it says what stands between the quotes.
    """

    kind: str
    says: str
    start: int


def tokens_of(code: str) -> list[Token]:
    """The tokens of a script, those of the first LONGEST characters."""
    return list(_tokens(code[:LONGEST]))


def pieces(written: str) -> Iterator[tuple[bool, str]]:
    """(is code, what it says) for the parts of a text with ``${}``."""
    place = 0
    while (start := written.find("${", place)) >= 0:
        end = _closing(written, start + 2)
        if start > place:
            yield False, unescaped(written[place:start])
        yield True, written[start + 2 : end]
        place = end + 1
    if place < len(written):
        yield False, unescaped(written[place:])


def unescaped(quoted: str) -> str:
    """A quoted text without its escapes."""
    if "\\" not in quoted:
        return quoted
    try:
        return str(json.loads(f'"{quoted}"'))
    except ValueError:
        return _ESCAPE.sub(_sign, quoted)


def _sign(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code is None:
        return _SIGNS.get(found[3], found[3])
    return chr(number) if (number := int(code, 16)) < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def _tokens(code: str) -> Iterator[Token]:
    place, last = 0, Token("sign", ";", 0)
    while place < len(code):
        if space := _SPACE.match(code, place):
            place = space.end()
            continue
        token, place = _token(code, place, last)
        if token is not None:
            last = token
            yield token


def _token(code: str, place: int, last: Token) -> tuple[Token | None, int]:
    if code[place] == "`":
        end = _quote(code, place + 1)
        return Token("written", code[place + 1 : end], place), end + 1
    if found := _TEXT.match(code, place):
        says = found[1] if found[1] is not None else found[2]
        return Token("text", unescaped(says), place), found.end()
    value_before = last.kind in _VALUE_ENDS or last.says in {")", "]"}
    if code[place] == "/" and not value_before and (found := _PATTERN.match(code, place)):
        return Token("text", "", place), found.end()
    if found := _WORD.match(code, place):
        return Token(str(found.lastgroup), found[0], place), found.end()
    if found := _SIGN.match(code, place):
        return Token("sign", found[0], place), found.end()
    return None, place + 1


def _quote(code: str, place: int, depth: int = 0) -> int:
    """Where a text with ``${}`` ends."""
    while place < len(code) and code[place] != "`":
        if code[place] == "\\":
            place += 2
        elif code.startswith("${", place):
            place = _closing(code, place + 2, depth + 1) + 1
        else:
            place += 1
    return place


def _closing(code: str, place: int, depth: int = 0) -> int:
    """Where the brace that was opened before ``place`` is closed."""
    open_braces = 1
    while place < len(code):
        sign = code[place]
        if sign == "`" and depth < _DEEPEST:
            place = _quote(code, place + 1, depth)
        elif sign in "'\"" and (found := _TEXT.match(code, place)):
            place = found.end() - 1
        open_braces += {"{": 1, "}": -1}.get(sign, 0)
        if not open_braces:
            return place
        place += 1
    return place
