"""What a report's page said before it was corrected: numbers by their labels, sentences side by side."""

from __future__ import annotations

from govcrawl.archive import Archive
from govcrawl.diff import differences
from govcrawl.serve.asking import Ask, Context, page
from govcrawl.serve.pages.report import wanted


def versions(ask: Ask) -> Context:
    """Each version against the next, the newest change first; all are read again from the archive.

    They are read in a child process with limits, as `govcrawl diff` does.
    """
    found = wanted(ask)
    with Archive(ask.site.folder / "archive") as archive, ask.site.readers() as readers:
        _, changes = differences(ask.store, archive, readers, found["url"])
    return {"report": found, "changes": changes[::-1]}


VERSIONS = page("versions.html", versions)
