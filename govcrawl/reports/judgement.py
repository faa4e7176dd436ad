"""What is concluded of a report once read: whose it is, what its prose states, which rules it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govcrawl.model import Check, Fact, Finding, Section, Statement
from govcrawl.reports.body import Body, body_of, scope_of
from govcrawl.reports.checks import Subject, run_checks
from govcrawl.reports.metadata import Metadata
from govcrawl.reports.place import Place
from govcrawl.reports.prose_check import text_checks
from govcrawl.reports.statements import Speaker, contradictions, statements_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """Body and scope (with the words that told it), statements, checks, and findings about the prose."""

    body: Body
    scope: str
    scope_words: str
    statements: tuple[Statement, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]


def judged(
    found: Metadata,
    facts: Sequence[Fact],
    sections: Sequence[Section],
    template: str,
    place: Place | None,
) -> Judgement:
    """Judge a report by its metadata, its cells and its sections."""
    body = body_of(found.agency, place)
    opening = [section.text for section in sections if section.number <= 1]
    scope, words = scope_of(found.agency, body, place, found.title, opening)
    speaker = Speaker(found.agency, body.norm, body.kind, found.year, template, scope == "aggregate")
    statements = statements_of(sections, speaker)
    subject = Subject({fact.fact: fact for fact in facts}, template, found.agency, place, body.kind)
    compared = list(text_checks(subject, statements))
    differences = [finding for _, finding in compared if finding is not None]
    return Judgement(
        body,
        scope,
        words,
        statements,
        (*run_checks(subject), *(check for check, _ in compared)),
        (*differences, *contradictions(statements)),
    )
