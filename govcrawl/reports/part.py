"""The part of a document that is the report: without marks, information tables and other reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from govcrawl.model import Block, Document, Finding, Paragraph, Removal
from govcrawl.reports import cleaning, metadata, regions, sections
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import ReportTitle, report_title
from govcrawl.text import folded

_STATED = ("articletitle", "detail_title", "ucaptitle", "title", "heading", "name")


@dataclass(frozen=True, slots=True)
class Part:
    """A document cut down to its report.

    ``announced`` are all lines that are statutory headings by their words, ``headings`` those of the report;
    ``candidates`` for its title come with where they stand; ``title`` is what the best of them says.
    ``findings`` speak of other reports in the document.
    """

    document: Document
    announced: Sequence[Heading]
    headings: list[Heading]
    candidates: Sequence[tuple[str, str]]
    title: ReportTitle | None
    removals: Sequence[Removal]
    findings: Sequence[Finding] = ()


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
    others: list[Removal] = []
    findings: list[Finding] = []
    if regions.may_be_several(announced):
        stated = title if _is_stated(document, blocks, candidates, title) else None
        blocks, others, findings = regions.own_part(blocks, announced, stated)
    if others:
        announced, headings = _headings(blocks)
        candidates = metadata.title_candidates(document, metadata.head_texts(blocks, headings), hint)
    document = replace(document, blocks=blocks)
    return Part(document, announced, headings, candidates, title, (*marks, *info, *others), findings)


def _is_stated(
    document: Document,
    blocks: Sequence[Block],
    candidates: Sequence[tuple[str, str]],
    title: ReportTitle | None,
) -> bool:
    """Whether page or listing state a title beside the text's own lines; a file begins with its own."""
    if title is None or document.source_type != "html":
        return title is not None
    lines = {folded(block.text) for block in blocks if isinstance(block, Paragraph)}
    said = [folded(document.meta.get(key, "")) for key in _STATED]
    texts = [folded(text) for where, text in candidates if where != "text" and report_title(text) == title]
    return any(text not in lines or any(text in other for other in said) for text in texts)


def _headings(blocks: Sequence[Block]) -> tuple[list[Heading], list[Heading]]:
    """What is announced as a statutory heading, and which of it are the report's."""
    announced = sections.announced(blocks)
    return announced, sections.statutory(blocks, announced)
