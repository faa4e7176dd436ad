"""The part of a document that is the report: without marks, information tables and other reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from govcrawl.model import Block, Document, Removal
from govcrawl.reports import cleaning, metadata, regions, sections
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import ReportTitle


@dataclass(frozen=True, slots=True)
class Part:
    """A document cut down to its report.

    ``announced`` are all lines that are statutory headings by their words, ``headings`` those of the report;
    ``candidates`` for its title come with where they stand; ``title`` is what the best of them says.
    """

    document: Document
    announced: Sequence[Heading]
    headings: list[Heading]
    candidates: Sequence[tuple[str, str]]
    title: ReportTitle | None
    removals: Sequence[Removal]


def own_part(document: Document, hint: str | None) -> Part:
    """Cut a document down to its report; ``hint`` is the title that a listing gave it."""
    blocks, marks = cleaning.without_marks(document.blocks)
    announced, headings = _headings(blocks)
    blocks, info = cleaning.without_info_tables(blocks, headings[0].block if headings else len(blocks) // 2)
    if info:
        announced, headings = _headings(blocks)
    candidates = metadata.title_candidates(document, metadata.head_texts(blocks, headings), hint)
    best = metadata.best_title(candidates)
    title = best[1] if best else None
    whole = len(blocks)
    blocks, others = regions.own_part(blocks, title)
    if len(blocks) < whole:
        announced, headings = _headings(blocks)
        candidates = metadata.title_candidates(document, metadata.head_texts(blocks, headings), hint)
    document = replace(document, blocks=blocks)
    return Part(document, announced, headings, candidates, title, (*marks, *info, *others))


def _headings(blocks: Sequence[Block]) -> tuple[list[Heading], list[Heading]]:
    """What is announced as a statutory heading, and which of it are the report's."""
    announced = sections.announced(blocks)
    return announced, sections.statutory(blocks, announced)
