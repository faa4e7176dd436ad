"""What stands in the place of a database that was closed."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from govcrawl.errors import UsageError


class Closed:
    """Says of whatever is asked of it that the database was closed; it can be closed again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __getattr__(self, name: str) -> NoReturn:
        raise UsageError(f"{self._path}: was closed; open it again, or read before it is closed")

    def close(self) -> None:
        """Nothing is left to close."""
