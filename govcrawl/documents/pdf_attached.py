"""Files that a PDF holds beside its pages, as a portfolio does, whose only page says to open it elsewhere."""

from __future__ import annotations

import pypdfium2

from govcrawl.documents.bundles import Member
from govcrawl.documents.left_out import left_out
from govcrawl.model import Document, Paragraph

_MOST_FILES = 50
_MOST_BYTES = 64 * 2**20
_COVER = 600
"""Signs of a page that only says what to do: a report has thousands."""


def is_cover(document: Document) -> bool:
    """Whether the pages of a PDF are too little for a report: no table, a few lines."""
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    return len(texts) == len(document.blocks) and sum(map(len, texts)) < _COVER


def files_within(content: bytes) -> list[Member]:
    """Files that a PDF that can be opened holds, in their order."""
    file = pypdfium2.PdfDocument(content)
    found: list[Member] = []
    size = damaged = 0
    try:
        count = file.count_attachments()
        for number in range(min(count, _MOST_FILES)):
            try:
                own = file.get_attachment(number)
                name, data = own.get_name(), bytes(own.get_data())
            except pypdfium2.PdfiumError:
                left_out("a file within the PDF that is damaged")
                damaged += 1
                continue
            size += len(data)
            if size > _MOST_BYTES:
                break
            found.append(Member(name, data))
        if count > len(found) + damaged:
            left_out(f"files within the PDF beyond {_MOST_FILES} or {_MOST_BYTES:,} bytes")
    finally:
        file.close()
    return found
