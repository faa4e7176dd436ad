"""What a question may cost: the time limit is looked at between steps, so that no single step may be long."""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where it is installed

log = logging.getLogger(__name__)

LARGEST: Final = 2_000_000
"""Bytes of one value or row: some hundred times a report's text."""

# The numbers by which SQLite's C interface knows them: length, sql_length, column, expr_depth,
# compound_select, function_arg, like_pattern_length.
LIMITS: Final[Mapping[int, int]] = {0: LARGEST, 1: 50_000, 2: 500, 3: 100, 4: 50, 6: 100, 8: 100}

_STEPS: Final = 100  # of the virtual machine between two looks at the clock
_opening = threading.Lock()


class LimitedConnection(sqlite3.Connection):
    """A connection on which the clock is looked at ten times as often as Datasette asks for."""

    def set_progress_handler(self, handler: Callable[[], int | None] | None, n: int) -> None:
        """As its base has it, for few steps."""
        super().set_progress_handler(handler, min(n, _STEPS))


def connect(address: str) -> Any:
    """A limited connection to an address (``file:...``), usable from any thread."""
    options: dict[str, Any] = {"uri": True, "check_same_thread": False, "factory": LimitedConnection}
    if hasattr(sqlite3.Connection, "setlimit"):
        connection = sqlite3.connect(address, **options)
        for limit, most in LIMITS.items():
            connection.setlimit(limit, most)
    else:
        connection = _connect_by_library(address, options)
    for name, number, function in (
        ("instr", 2, _instr), ("replace", 3, _replace), ("trim", 1, _trim), ("trim", 2, _trim),
        ("ltrim", 1, _ltrim), ("ltrim", 2, _ltrim), ("rtrim", 1, _rtrim), ("rtrim", 2, _rtrim),
    ):  # fmt: skip
        connection.create_function(name, number, function, deterministic=True)
    return connection


def _connect_by_library(address: str, options: Mapping[str, Any]) -> Any:
    """The same for pysqlite3, which does not hand on SQLite's limits: SQLite itself tells of each opening."""
    library = _library()
    if library is None:
        return sqlite3.connect(address, **options)
    with _opening:
        library.sqlite3_auto_extension(_opened)
        try:
            return sqlite3.connect(address, **options)
        finally:
            library.sqlite3_cancel_auto_extension(_opened)


def _limit(database: int, _error: int, _routines: int) -> int:
    limit = getattr(_library(), "sqlite3_limit")  # noqa: B009  # None only where nothing is registered
    for number, most in LIMITS.items():
        limit(ctypes.c_void_p(database), number, most)
    return 0


_opened = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(_limit)


@cache
def _library() -> Any:
    """The library in which pysqlite3 holds SQLite, None where it does not show SQLite's functions."""
    from pysqlite3 import _sqlite3

    library = ctypes.CDLL(_sqlite3.__file__)
    if all(
        hasattr(library, f"sqlite3_{name}") for name in ("limit", "auto_extension", "cancel_auto_extension")
    ):
        return library
    log.warning("this build of SQLite cannot be limited: one SQL function can take longer than three seconds")
    return None


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _instr(text: Any, part: Any) -> int | None:
    """SQLite's own takes the product of both lengths, as do the ones below."""
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _text(text).find(_text(part)) + 1


def _replace(text: Any, old: Any, new: Any) -> str | None:
    if text is None or old is None or new is None:
        return None
    whole, part, other = _text(text), _text(old), _text(new)
    if not part:
        return whole
    if len(whole) + whole.count(part) * (len(other) - len(part)) > LARGEST:
        raise ValueError("string or blob too big")
    return whole.replace(part, other)


def _trim(text: Any, characters: Any = " ") -> str | None:
    return _rtrim(_ltrim(text, characters), characters)


def _ltrim(text: Any, characters: Any = " ") -> str | None:
    if text is None or characters is None:
        return None
    found, own = _text(text), frozenset(_text(characters))
    return found[next((place for place, one in enumerate(found) if one not in own), len(found)) :]


def _rtrim(text: Any, characters: Any = " ") -> str | None:
    turned = _ltrim(None if text is None else _text(text)[::-1], characters)
    return None if turned is None else turned[::-1]
