"""Coverage: which reports the law asks for, which of them are there, and why the others are not."""

from govcrawl.coverage.judge import coverage
from govcrawl.coverage.material import Material, gather, years_of
from govcrawl.coverage.model import (
    Body,
    BodyYear,
    Known,
    Look,
    Mention,
    Reported,
    Status,
    Territory,
    Town,
)

__all__ = [
    "Body",
    "BodyYear",
    "Known",
    "Look",
    "Material",
    "Mention",
    "Reported",
    "Status",
    "Territory",
    "Town",
    "coverage",
    "gather",
    "years_of",
]
