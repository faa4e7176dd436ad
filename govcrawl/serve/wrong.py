"""What a reader sees where a page cannot be made: one sentence in his language, and no script."""

from __future__ import annotations

import logging
from typing import Any, Final

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError

from govcrawl.errors import UsageError
from govcrawl.serve.asking import rendered, words_of
from govcrawl.serve.words import Words
from govcrawl.store.sqlite import DatabaseError

log = logging.getLogger(__name__)

_SLOW: Final = "SQL Interrupted"  # Datasette's title for it, beside a form that needs a script


async def told(datasette: Any, request: Any, error: Exception) -> Response:
    """The answer to a request that failed, as JSON where that was asked for."""
    say = words_of(request)[0]
    status, title, what = _told(say, error)
    if status >= 500:
        log.error("%s: %s", request.path, error)  # Datasette tells where
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": what, "status": status, "title": title}, status=status)
    body = await rendered(datasette, request, say, "wrong.html", {"title": title, "what": what})
    return Response.html(body, status=status, headers={"cache-control": "no-store"})


def _told(say: Words, error: Exception) -> tuple[int, str, str]:
    """(status, title, sentence) of an error; nothing of our own inside is told."""
    if isinstance(error, UsageError):
        return 503, say("wrong.database"), say("wrong.layout")
    if isinstance(error, QueryInterrupted) or getattr(error, "title", None) == _SLOW:
        return 400, say("wrong.question"), say("wrong.slow")
    if isinstance(error, DatasetteError) and not error.message_is_html:
        return error.status, say("wrong.question"), str(error.message)
    if isinstance(error, Base400):
        missing = error.status == 404
        key = "missing.title" if missing else "wrong.question"
        return error.status, say(key), say("wrong.nowhere") if missing else str(error)
    if isinstance(error, DatabaseError):
        return 503, say("wrong.database"), say("wrong.unread")
    return 500, say("wrong.title"), say("wrong.ours")
