"""What we hook into Datasette: our pages, the headers, and a way back from its pages to ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from datasette import hookimpl
from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup

from govcrawl.serve.guarding import NONCE, App, guarded

if TYPE_CHECKING:
    from govcrawl.serve.site import Site

SITES: WeakKeyDictionary[Any, Site] = WeakKeyDictionary()
"""The sites of this process; every other Datasette is left as it is."""

Function = TypeVar("Function", bound=Callable[..., Any])


def _hook(function: Function) -> Function:
    marked: Function = hookimpl(function)
    return marked


@_hook
def register_routes(datasette: Any) -> Sequence[tuple[str, Any]]:
    """Our addresses, which come before Datasette's."""
    if datasette not in SITES:
        return ()
    from govcrawl.serve.routes import ROUTES

    return ROUTES


@_hook
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Headers around everything, and no answer under a foreign name."""
    if datasette not in SITES:
        return lambda app: app
    hosts = SITES[datasette].hosts
    return lambda app: guarded(app, hosts)


@_hook
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Filters of our templates, and the language of Datasette's own."""
    if datasette in SITES:
        from govcrawl.serve.shown import FILTERS

        env.filters.update(FILTERS)
        base = env.loader.get_source(env, "base.html")[0]
        english = base.replace("<html>", '<html lang="en">', 1)
        env.loader = ChoiceLoader((DictLoader({"base.html": english}), env.loader))


@_hook
def extra_template_vars(request: Any, datasette: Any) -> dict[str, Any]:
    """What Datasette's own templates need of ours: the scripts' number used once."""
    if datasette not in SITES or request is None:
        return {}
    nonce = request.scope.get(NONCE, "")

    def nonced(html: Markup) -> Markup:
        """A template's markup with the number at its own scripts; what is data in it is escaped already."""
        return Markup(str(html).replace("<script>", f'<script nonce="{nonce}">'))  # noqa: S704

    return {"nonced": nonced}


@_hook
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Any] | None:
    """Our own page for whatever goes wrong."""
    if datasette not in SITES:
        return None
    from govcrawl.serve.wrong import told

    return lambda: told(datasette, request, exception)


@_hook
def menu_links(datasette: Any) -> Sequence[dict[str, str]]:
    """The way back from a table to our pages."""
    if datasette not in SITES:
        return ()
    pages = (("/", "govcrawl"), ("/coverage", "Coverage"), ("/findings", "Findings"), ("/trends", "Trends"))
    return [{"href": href, "label": label} for href, label in pages]
