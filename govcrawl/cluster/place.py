"""Where the shards of a crawl lie while it goes on: a folder that all machines see, or an address of fsspec.

In a folder a crawl goes on where a killed worker left it. To an address (``s3://bucket/shards``) a shard is
put when it is finished; a killed worker's is begun anew.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govcrawl.errors import UsageError
from govcrawl.one_writer import NAME as LOCK

BEGUN = "begun"
"""The shard as it was given out, below an address; what a worker made of it lies beside it."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one shard; ``where`` is a folder's path, or an address."""

    where: str

    @property
    def is_address(self) -> bool:
        """Whether shards travel there and back."""
        return "://" in self.where

    def below(self, name: str) -> Place:
        """A place within this one."""
        return Place(f"{self.where.rstrip('/')}/{name}")

    @contextmanager
    def given_out(self) -> Iterator[Path]:
        """A folder to make the shard in, which lies at its place when the block ends without an error."""
        if not self.is_address:
            yield Path(self.where)
            return
        with TemporaryDirectory(prefix="govcrawl-shard-") as folder:
            yield Path(folder)
            self._put(Path(folder), BEGUN)

    @contextmanager
    def at_work(self) -> Iterator[tuple[Path, str]]:
        """(the shard's folder for a worker, the name of what it makes of it), put back in the end."""
        if not self.is_address:
            yield Path(self.where), ""
            return
        name = f"done-{secrets.token_hex(8)}"
        with TemporaryDirectory(prefix="govcrawl-shard-") as folder:
            self._get(Path(folder), BEGUN)
            yield Path(folder), name
            self._put(Path(folder), name)

    @contextmanager
    def brought_back(self, name: str) -> Iterator[Path]:
        """The folder of a finished shard, to be merged."""
        if not self.is_address:
            yield Path(self.where)
            return
        with TemporaryDirectory(prefix="govcrawl-shard-") as folder:
            self._get(Path(folder), name)
            yield Path(folder)

    def clear(self) -> None:
        """Take the shard away."""
        if self.is_address:
            system, root = _system(self.where)
            with suppress(FileNotFoundError):
                system.rm(root, recursive=True)
        else:
            shutil.rmtree(self.where, ignore_errors=True)

    def leave(self) -> None:
        """Take the folder away that shards were in, unless one could not be merged and is there still."""
        if not self.is_address:
            with suppress(OSError):
                Path(self.where).rmdir()
                Path(self.where).parent.rmdir()

    def _put(self, folder: Path, name: str) -> None:
        system, root = _system(self.where)
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != LOCK:
                to = f"{root}/{name}/{path.relative_to(folder)}"
                system.makedirs(to.rpartition("/")[0], exist_ok=True)
                system.put_file(str(path), to)

    def _get(self, folder: Path, name: str) -> None:
        system, root = _system(self.where)
        start = f"{root}/{name}/"
        for found in system.find(start):
            to = folder / str(found)[len(start) :]
            to.parent.mkdir(parents=True, exist_ok=True)
            system.get_file(found, str(to))


def _system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path there. UsageError where its library is absent."""
    from fsspec.core import url_to_fs

    try:
        system, root = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(f"--shards {address}: {error}") from error
    return system, str(root).rstrip("/")
