"""What reading tells of a document besides its content: defects met and lines left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect of the published document that reading had to deal with, for its office to see."""

    kind: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """A line that cleaning took out of the text, with the rule that named it."""

    rule: str
    line: str
