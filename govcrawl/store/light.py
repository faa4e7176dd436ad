"""sqlite-utils without pandas and numpy, which it loads where they are installed: half a second a start.

Nothing here gives it a data frame or an array. To be imported before anything else imports sqlite-utils.
"""

from __future__ import annotations

import sys
from typing import cast

_HEAVY = ("pandas", "numpy")


def _load() -> None:
    modules = cast("dict[str, object]", sys.modules)
    if "sqlite_utils" in modules:
        return
    held = [name for name in _HEAVY if name not in modules]
    modules.update(dict.fromkeys(held))  # for as long as sqlite-utils asks for them
    try:
        import sqlite_utils  # noqa: F401
    finally:
        for name in held:
            del modules[name]


_load()
