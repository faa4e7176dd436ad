"""What `pip install govcrawl` brings beside Scrapy: how large it is as wheels, and under which licences."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
MOST = 60_000_000
_AFFERO = re.compile(r"AGPL|Affero", re.IGNORECASE)
_TERMS = re.compile(r"(?:LICEN[CS]E|COPYING)", re.IGNORECASE)
_OWN_TERMS = 400  # signs of a licence's own head: others' names are further down


def installed(names: Iterable[str], without: Iterable[str] = ()) -> dict[str, Distribution]:
    """Distributions with all that they need, by name; what a marker leaves out and what is absent is not there."""
    found: dict[str, Distribution] = {}
    open_ = list(names)
    while open_:
        wanted = Requirement(open_.pop())
        name = wanted.name.lower().replace("_", "-")
        if name in found or name in without or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        open_ += found[name].requires or []
    return found


def core() -> dict[str, Distribution]:
    needs = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert all(
        Requirement(own).name in installed(needs) for own in ("scrapy", "pypdfium2", "python-calamine")
    )
    return installed(needs, without=installed(["scrapy"]))


def packed(package: Distribution) -> int:
    """Bytes of a distribution's files as a wheel packs them; what is compiled at installation is not in it."""
    return sum(
        len(zlib.compress(path.read_bytes()))
        for file in package.files or []
        if (path := Path(str(file.locate()))).suffix != ".pyc" and path.is_file()
    )


def terms(package: Distribution) -> str:
    """What a distribution says of its licence: in its metadata, and at the head of its licence files."""
    meta = package.metadata
    stated = [*(meta.get_all("License-Expression") or []), (meta.get("License") or "")[:_OWN_TERMS]]
    stated += [one for one in meta.get_all("Classifier") or [] if one.startswith("License")]
    files = [
        Path(str(f.locate())) for f in package.files or [] if "dist-info" in str(f) and _TERMS.search(f.name)
    ]
    return " ".join(
        [*stated, *(path.read_text(encoding="utf-8", errors="replace")[:_OWN_TERMS] for path in files)]
    )


def test_nothing_of_the_core_is_under_the_affero_licence() -> None:
    told = {name: terms(package) for name, package in core().items()}
    assert {name: said for name, said in told.items() if _AFFERO.search(said)} == {}
    assert len(told) > 20


@pytest.mark.bench
def test_the_core_is_small() -> None:
    sizes = {name: packed(package) for name, package in core().items() if name != "pip"}
    whole = sum(sizes.values())
    largest = sorted(sizes, key=lambda name: -sizes[name])[:6]
    print(f"\ncore beside Scrapy: {whole / 1e6:.1f} MB in {len(sizes)} wheels; ", end="")
    print(", ".join(f"{name} {sizes[name] / 1e6:.1f}" for name in largest))
    assert whole < MOST
