"""What a worker says of itself before it is given anything to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from govcrawl import EXTRACTOR


@dataclass(frozen=True, slots=True)
class About:
    """The extraction that a worker has, and whether it sees a file."""

    extractor: str
    sees: bool


def about(file: str | None) -> About:
    """This worker's answer."""
    return About(EXTRACTOR, file is None or Path(file).exists())
