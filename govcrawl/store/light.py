"""sqlite-utils without pandas, which it loads wherever that is installed: half a second at each start.

Nothing here gives it a data frame. To be imported before anything else imports sqlite-utils.
"""

from __future__ import annotations

import sys
from typing import cast


def _load() -> None:
    modules = cast("dict[str, object]", sys.modules)
    if "sqlite_utils" in modules or "pandas" in modules:
        return
    modules["pandas"] = None  # for as long as sqlite-utils asks for it
    try:
        import sqlite_utils  # noqa: F401
    finally:
        del modules["pandas"]


_load()
