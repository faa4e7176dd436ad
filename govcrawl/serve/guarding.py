"""What keeps a hostile text harmless in the browser even where an escape were forgotten: headers.

Requests under a foreign name are refused, whatever they ask for.
Our pages run no script at all. Datasette's own run theirs, which get a number used once; they have style
attributes, so styles are free there. What comes from the archive brings a stricter policy of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from govcrawl.serve.hosts import Hosts

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Callable[[Scope], Awaitable[None]]], Awaitable[None]]

NONCE: Final = "govcrawl.nonce"
OURS: Final = "govcrawl.ours"

_COMMON = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:"
)
_STRICT = f"{_COMMON}; style-src 'self'; frame-src 'self'"
_DATASETTE = (
    f"{_COMMON}; style-src 'self' 'unsafe-inline'; connect-src 'self'; script-src 'self' 'nonce-{{}}'"
)
_FOREIGN = "This name is not answered here: open the address that govcrawl serve told, or give it by --name."
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


def guarded(app: App, hosts: Hosts) -> App:
    """An application whose every answer has the headers, and which only answers reading requests of ours."""

    async def answer(scope: Scope, receive: Any, send: Callable[[Scope], Awaitable[None]]) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        scope[NONCE] = secrets.token_urlsafe(16)
        said: dict[str, bool] = {}
        scope[OURS] = said

        async def with_headers(message: Scope) -> None:
            if message["type"] == "http.response.start":
                policy = _STRICT if said else _DATASETTE.format(scope[NONCE])
                headers = list(message.get("headers", ()))
                named = {name.lower() for name, _ in headers}
                headers += [header for header in _HEADERS if header[0] not in named]
                if b"content-security-policy" not in named:
                    headers.append((b"content-security-policy", policy.encode()))
                message = {**message, "headers": headers}
            await send(message)

        if not hosts.answers(_host(scope)):
            await _refuse(with_headers, 421, _FOREIGN)
            return
        if scope["method"] not in ("GET", "HEAD"):
            await _refuse(with_headers, 405, "This page only reads.", (b"allow", b"GET, HEAD"))
            return
        await app(scope, receive, with_headers)

    return answer


def _host(scope: Scope) -> str:
    """The header Host, empty where there is none or more than one."""
    named: list[bytes] = [value for name, value in scope["headers"] if name.lower() == b"host"]
    return named[0].decode("latin-1") if len(named) == 1 else ""


async def _refuse(
    send: Callable[[Scope], Awaitable[None]], status: int, why: str, *more: tuple[bytes, bytes]
) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{why}\n".encode()})
