"""DuckDB's memory handed out zeroed, so that a file's unused bytes are the same each time.

DuckDB writes whole blocks, and its compressions leave bytes of them unset (its issue 23382): the file gets
what the memory held before. Its builds for Linux bring jemalloc, whose option ``zero`` clears memory as it is
handed out. jemalloc reads its options before Python could say any, so this sets them where it keeps them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

_SWITCHES = ("duckdb_je_opt_zero", "duckdb_je_malloc_slow")
"""The option, and that options are to be looked at with each piece of memory."""
_CACHE = b"thread.tcache.enabled"


@contextmanager
def zeroed() -> Iterator[bool]:
    """Inside, databases that are opened get zeroed memory; False where DuckDB has no jemalloc of its own."""
    import _duckdb

    library = ctypes.CDLL(_duckdb.__file__)
    try:
        switches = [ctypes.c_bool.in_dll(library, name) for name in _SWITCHES]
    except ValueError:
        yield False
        return
    for switch in switches:
        switch.value = True
    # a thread looks at the switches again when its cache is switched; it must not keep old pieces either
    ready = _set_cache(library, on=False)
    try:
        yield ready
    finally:
        for switch in switches:
            switch.value = False
        _set_cache(library, on=True)


def _set_cache(library: ctypes.CDLL, *, on: bool) -> bool:
    """Switch this thread's cache of freed memory; False when jemalloc refuses."""
    value = ctypes.c_bool(on)
    size = ctypes.c_size_t(ctypes.sizeof(value))
    failed: int = library.duckdb_je_mallctl(_CACHE, None, None, ctypes.byref(value), size)
    return not failed
