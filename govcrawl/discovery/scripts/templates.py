"""How scripts put together the address of a row whose data hold only parts of it: ``/show/`` + id."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from govcrawl.discovery.calls import asked_by
from govcrawl.discovery.scripts.expressions import Code, Sum
from govcrawl.discovery.scripts.requests import given_at
from govcrawl.discovery.scripts.values import MARK, Scripts

_LINK = re.compile(r"""(?:href|data-(?:url|href|link))\s*=\s*\\?["']?([^"'\s<>]*\x00[^"'\s<>]*)""")
_CLICK = re.compile(r"""onclick\s*=\s*\\?["']([^<>]*?\x00[^<>]*?)["'](?=[\s>/]|$)""")
_WRITTEN = re.compile(r"""(?<![\w:@-])(?:ng-)?href\s*=\s*["']([^"'<>]*(?:\{\{|<%=|\$\{|\[\[)[^"'<>]*)["']""")
_BOUND = re.compile(r"""(?:v-bind)?:(?:href|to)\s*=\s*"([^"]+)"|(?:v-bind)?:(?:href|to)\s*=\s*'([^']+)'""")
_CLICKED = re.compile(r"""(?:@click|v-on:click|ng-click)(?:\.\w+)*\s*=\s*"([^"]+)\"""")
_HOLE = re.compile(
    r"(?:\{\{=?|<%=|\$\{|\[\[)\s*(?:[\w$]+\s*[.\[]\s*['\"]?)?([\w$]+)['\"]?\]?\s*(?:\}\}|%>|\}|\]\])"
)
_WHOLE = re.compile(rf"(?:https?://|\.{{0,2}}/|[\w-]+/|[\w-]+\.\w+\?|\?)[\w./:?=&%#{MARK}-]*")
_OPENS = re.compile(r"(?:open|assign|replace|push)$")
_MOST = 6


def row_templates(scripts: Scripts, markup: str, functions: str) -> tuple[str, ...]:
    """Addresses with the names of a row's fields between MARKs, the likeliest first.

    ``markup`` is the page's text and ``functions`` that of its scripts.
    """
    found = [
        *_drawn(scripts, functions),
        *_bound(scripts, markup, functions),
        *_holes(markup),
        *_opened(scripts),
    ]
    return tuple(dict.fromkeys(one for one in found if _is_address(one)))[:_MOST]


def filled(template: str, values: Mapping[str, str]) -> str | None:
    """The address of a row with these values; None where one that it needs is missing."""
    parts = template.split(MARK)
    for place in range(1, len(parts), 2):
        value = values.get(parts[place], "")
        if not value:
            return None
        parts[place] = value
    return "".join(parts)


def _is_address(text: str) -> bool:
    return MARK in text and text.count(MARK) % 2 == 0 and _WHOLE.fullmatch(text) is not None


def _drawn(scripts: Scripts, functions: str) -> Iterator[str]:
    """Links and clicks in the markup that a script puts together."""
    code = scripts.code
    for place, token in enumerate(code.tokens):
        if token.kind not in {"text", "written"} or not re.search(r"href|onclick|data-", token.says):
            continue
        start = place
        while code.says(start - 1) == "+" and start > 1 and place - start < 40:  # the sum's first term
            start -= 2
        for begin in {start, place}:
            text = scripts.value(code.expression(begin)[0], given_at(scripts, place), drawing=True)
            yield from _addresses(str(text), functions) if isinstance(text, str) else ()


def _addresses(text: str, functions: str) -> Iterator[str]:
    yield from (found[1] for found in _LINK.finditer(text))
    for found in _CLICK.finditer(text):
        yield from _called(found[1].replace("\\", ""), functions)


def _called(script: str, functions: str) -> Iterator[str]:
    """What a click whose arguments are a row's fields opens."""
    asked = asked_by(re.sub(rf"(?<!['\"])({MARK}\w+{MARK})(?!['\"])", r"'\1'", script), functions)
    if asked is not None and asked[1] is None:
        yield asked[0]


def _bound(scripts: Scripts, markup: str, functions: str) -> Iterator[str]:
    """Attributes of a template that are expressions: ``:href="'/show/' + item.id"``."""
    for found in _BOUND.finditer(markup):
        text = _expressed(scripts, found[1] or found[2])
        yield from [text] if text else []
    for found in _CLICKED.finditer(markup):
        script = re.sub(r"[\w$]+\.([\w$]+)", rf"'{MARK}\1{MARK}'", html.unescape(found[1]))
        yield from _called(script, functions)


def _expressed(scripts: Scripts, expression: str) -> str | None:
    node = Code.of(html.unescape(expression)).expression(0)[0]
    text = scripts.value(node, {}, drawing=True) if isinstance(node, Sum) else None
    return text if isinstance(text, str) else None


def _holes(markup: str) -> Iterator[str]:
    """Links of a template with holes: ``/show/{{v.id}}.html``."""
    for found in _WRITTEN.finditer(markup):
        yield _HOLE.sub(rf"{MARK}\1{MARK}", found[1])


def _opened(scripts: Scripts) -> Iterator[str]:
    """Addresses with fields that a script opens: ``location.href = '/show?id=' + row.id``."""
    code = scripts.code
    places = [place for name, found in scripts.calls.items() if _OPENS.search(name) for place in found]
    places += [place - 1 for name in ("href", "location") for place in scripts.named.get(name, ())]
    for place in places:
        text = scripts.value(code.expression(place + 1)[0], given_at(scripts, place), drawing=True)
        yield from [text] if isinstance(text, str) else []
