"""The files that a report's page names, and what each is to the report as far as the page tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urljoin

from govcrawl.attachments.names import file_name
from govcrawl.model import Attachment, Document, Figure
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import report_title

_WITH_TABLES = (2, 3, 4)


def attached(
    document: Document, headings: Sequence[Heading], has_tables: bool, images: Collection[str], url: str
) -> tuple[Attachment, ...]:
    """Linked files, and pictures that stand for a table; addresses are absolute where the page's ``url`` is.

    A file named like a report is its twin, or the only source where the page has no table.
    """
    found: dict[str, Attachment] = {}
    for link in document.links:
        name = file_name(link.text, url=link.url) or link.url
        role = "other"
        if report_title(name) is not None:
            role = "twin" if has_tables else "only_source"
        address = _absolute(url, link.url)
        found.setdefault(address, Attachment(address, name, role=role))
    for figure in _table_images(document, headings) if images else ():
        address = _absolute(url, figure.src)
        name = file_name(figure.alt, url=figure.src) or figure.src
        found.setdefault(address, Attachment(address, name, role="table_image"))
    return tuple(found.values())


def _table_images(document: Document, headings: Sequence[Heading]) -> Iterator[Figure]:
    """Pictures in the sections that the statutory tables belong to, as far as they have addresses."""
    for place, heading in enumerate(headings):
        end = headings[place + 1].block if place + 1 < len(headings) else len(document.blocks)
        if heading.number in _WITH_TABLES:
            for block in document.blocks[heading.block : end]:
                if isinstance(block, Figure) and block.src and not block.src.startswith("data:"):
                    yield block


def _absolute(base: str, address: str) -> str:
    if not base.startswith(("http:", "https:")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address
