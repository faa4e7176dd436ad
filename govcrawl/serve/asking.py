"""One request for a page of ours: what was asked, in which language, and the database at one moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import unquote, urlencode

from datasette.utils.asgi import Response

from govcrawl.archive import DamagedArchive
from govcrawl.crawl.hours import BEIJING
from govcrawl.errors import GovcrawlError
from govcrawl.serve.guarding import OURS
from govcrawl.serve.reasons import because
from govcrawl.serve.site import NAME, Site
from govcrawl.serve.words import LANGUAGES, Words, language_of
from govcrawl.store import Store

Context = Mapping[str, Any]
View = Callable[[Any, Any], Awaitable[Response]]

_YEAR = 60 * 60 * 24 * 365


class Missing(GovcrawlError):
    """What was asked for is not there; raised by what makes a page, and answered with status 404."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: the open database, what stands in the address, and the reader's language."""

    site: Site
    store: Store
    say: Words
    parts: Mapping[str, str]
    args: Mapping[str, str]

    def number(self, name: str) -> int | None:
        """A number of the query, None where it has none."""
        text = self.args.get(name, "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def word(self, name: str) -> str:
        """A word of the query, empty where it has none."""
        return self.args.get(name, "").strip()


def page(template: str, make: Callable[[Ask], Context]) -> View:
    """A view that fills a template with what ``make`` finds in one snapshot of the database.

    ``make`` runs in a thread of its own with a connection that can only read.
    """

    async def view(request: Any, datasette: Any) -> Response:
        site = _site(datasette)
        say, asked = words_of(request)
        parts = {name: unquote(text) for name, text in request.url_vars.items() if text is not None}

        def work(connection: Any) -> tuple[str, int, Context]:
            store = site.store(connection)
            with store.snapshot():
                try:
                    return template, 200, make(Ask(site, store, say, parts, _args(request)))
                except Missing as error:
                    return "missing.html", 404, {"what": str(error)}

        used, status, context = await datasette.get_database(NAME).execute_fn(work)
        body = await rendered(datasette, request, say, used, context)
        headers = {"cache-control": "no-cache", "vary": "Accept-Language, Cookie"}
        response = Response.html(body, status=status, headers=headers)
        if asked:
            response.set_cookie("lang", say.language, max_age=_YEAR, httponly=True, samesite="strict")
        return response

    return view


async def rendered(datasette: Any, request: Any, say: Words, template: str, context: Context) -> str:
    """A template of ours filled, and the answer marked as a page of ours."""
    here = {
        "_": say,
        "because": partial(because, say),
        "path": request.path,
        "other": _other(request, say.language),
        "moment": datetime.now(BEIJING),
        "folder": str(_site(datasette).folder),
    }
    request.scope[OURS]["page"] = True
    body: str = await datasette.render_template(template, {**here, **context}, request=request)
    return body


def raw(make: Callable[[Ask], Response]) -> View:
    """A view that answers with what ``make`` gives: bytes of the archive, a plot, a csv file."""

    async def view(request: Any, datasette: Any) -> Response:
        site = _site(datasette)
        say, _ = words_of(request)
        parts = {name: unquote(text) for name, text in request.url_vars.items() if text is not None}

        def work(connection: Any) -> Response:
            store = site.store(connection)
            with store.snapshot():
                try:
                    return make(Ask(site, store, say, parts, _args(request)))
                except (Missing, DamagedArchive) as error:
                    return Response.text(f"{error}\n", status=404)

        request.scope[OURS]["page"] = True
        return await datasette.get_database(NAME).execute_fn(work)

    return view


def _site(datasette: Any) -> Site:
    from govcrawl.serve.hooks import SITES

    return SITES[datasette]


def _args(request: Any) -> Mapping[str, str]:
    return {name: request.args[name] for name in request.args}


def words_of(request: Any) -> tuple[Words, bool]:
    """The reader's texts, and whether the request asked for a language."""
    asked = request.args.get("lang")
    accepted = request.headers.get("accept-language", "")
    return Words(language_of(asked, request.cookies.get("lang"), accepted)), asked in LANGUAGES


def _other(request: Any, language: str) -> str:
    """This page in the other language."""
    kept = [(name, value) for name in request.args for value in request.args.getlist(name) if name != "lang"]
    other = next(name for name in LANGUAGES if name != language)
    return f"{request.path}?{urlencode([*kept, ('lang', other)])}"
