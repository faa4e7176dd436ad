"""Files that a Word file takes in whole (altChunk): pages, rich text, plain text, other Word files.

Word shows them as its own text and makes them that when it saves the file. Source: ECMA-376 part 1, 17.17.2.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from govcrawl.documents.dump import read_dump
from govcrawl.documents.encoding import decode
from govcrawl.documents.html import read_html
from govcrawl.documents.left_out import left_out
from govcrawl.documents.mht import read_mht
from govcrawl.documents.rtf import read_rtf
from govcrawl.documents.sniff import source_type
from govcrawl.documents.zipped import Parts
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Block, Document

Reader = Callable[[bytes], Document]

_READERS: dict[str, Reader] = {
    "html": lambda content: read_html(decode(content)),
    "txt": lambda content: read_dump(decode(content)),
    "mht": read_mht,
    "rtf": read_rtf,
}


def blocks_of_chunk(parts: Parts, word: Reader | None, name: str) -> Iterator[Block]:
    """What the file taken in under a name shows; ``word`` reads another Word file, None where none may be.

    One that is missing or cannot be read is told as left out.
    """
    content = parts.read(name)
    kind = source_type(content) if content else ""
    reader = word if kind == "docx" else _READERS.get(kind)
    told = f"the file taken in as {posixpath.basename(name) or 'no name'}"
    if reader is None or not content:
        left_out(told)
        return
    try:
        document = reader(content)
    except UnreadableDocument as error:
        left_out(f"{told}, {error}")
        return
    yield from document.blocks
