"""The folder of a dataset: it appears whole or not at all, and takes nobody's files with it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from govcrawl.errors import UsageError

MANIFEST = "manifest.json"
GENERATOR = "govcrawl"


@contextmanager
def whole_folder(target: Path, kind: str) -> Iterator[Path]:
    """A hidden folder beside ``target`` to write into; it takes the target's place when all went well.

    An earlier export of the same format is replaced. Raises UsageError for a target that holds anything
    else, and for a place that cannot be written.
    """
    target = target.absolute()
    if not target.name:
        raise UsageError(f"{target}: is no folder for a dataset; name one of its own")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        _require_replaceable(target, kind)
        part.mkdir()
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror})") from error
    try:
        yield part
        _take_place(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _take_place(part: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Clear away what killed exports left; an old dataset whose successor never came goes back."""
    for left in sorted(target.parent.glob(f".{target.name}.*")):
        pid, _, kind = left.name.removeprefix(f".{target.name}.").partition(".")
        if not pid.isdigit() or kind not in {"part", "old"} or _alive(int(pid)):
            continue
        if kind == "old" and not target.exists():
            left.rename(target)
        else:
            shutil.rmtree(left)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()


def _require_replaceable(target: Path, kind: str) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target}: is a file; name a folder for the dataset")
    if _earlier(target.parent) is not None:  # which could not be replaced any more
        raise UsageError(f"{target}: lies in another export; name a folder beside it")
    if not target.exists():
        return
    present = {path.name for path in target.iterdir()}
    if not present:
        return
    earlier = _earlier(target)
    if earlier is None:
        raise UsageError(f"{target}: is not empty and holds no earlier export; name another folder")
    if earlier.format != kind:
        raise UsageError(f"{target}: holds a {earlier.format} export; name another folder for {kind}")
    if strangers := present - {MANIFEST} - earlier.files:
        raise UsageError(f"{target}: holds {min(strangers)}, which no export made; name another folder")


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An export that stands in a folder: its format and the names of its files."""

    format: str
    files: frozenset[str]


def _earlier(target: Path) -> _Earlier | None:
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(manifest, dict) or manifest.get("generator") != GENERATOR:
        return None
    return _Earlier(str(manifest.get("format")), frozenset(manifest.get("files") or ()))
