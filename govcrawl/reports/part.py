"""The part of a document that is the report: without marks, information tables and other reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from govcrawl.model import Block, Document, Finding, Paragraph, Removal
from govcrawl.reports import cleaning, metadata, regions, sections
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import ReportTitle, report_title
from govcrawl.text import folded

_STATED = ("articletitle", "detail_title", "ucaptitle", "name", "title", "heading")


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
        title = _stated(document, blocks, candidates) if document.source_type == "html" else title
        blocks, others, findings = regions.own_part(blocks, announced, title)
    if others:
        gone = {folded(removal.line) for removal in others}
        document = replace(
            document, titles=tuple(text for text in document.titles if folded(text) not in gone)
        )
        announced, headings = _headings(blocks)
        candidates = metadata.title_candidates(document, metadata.head_texts(blocks, headings), hint)
    document = replace(document, blocks=blocks)
    return Part(document, announced, headings, candidates, title, (*marks, *info, *others), findings)


def _stated(
    document: Document, blocks: Sequence[Block], candidates: Sequence[tuple[str, str]]
) -> ReportTitle | None:
    """The title that the page or the listing states, beside the lines of a text with several reports."""
    lines = {folded(block.text) for block in blocks if isinstance(block, Paragraph)}
    texts = [document.meta.get(key, "") for key in _STATED]
    texts += [text for where, text in candidates if where == "page" and folded(text) not in lines]
    texts += [text for where, text in candidates if where == "listing"]
    titles = [title for text in texts if (title := report_title(text)) is not None]
    return next((title for title in titles if title.agency and title.year), titles[0] if titles else None)


def _headings(blocks: Sequence[Block]) -> tuple[list[Heading], list[Heading]]:
    """What is announced as a statutory heading, and which of it are the report's."""
    announced = sections.announced(blocks)
    return announced, sections.statutory(blocks, announced)
