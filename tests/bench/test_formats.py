"""How fast office files are read, against the usual library on the same files in the same process."""

from __future__ import annotations

import io
import os
import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

from govcrawl.documents import libreoffice, read_document
from tests.bench.results import Ratio, keep, ratio
from tests.bench.test_reading import medians
from tests.formats.makers import Print, as_docx, as_pdf
from tests.formats.office import converted, needs_office
from tests.formats.parts import a_report, parts_of

SHARED = Path(__file__).resolve().parents[2] / "../shared"
REPORTS = range(3)
# What is wanted. A busy machine may lower the bar, not raise it.
PDF_WANTED = float(os.environ.get("GOVCRAWL_BENCH_PDF", "6"))
DOCX_WANTED = float(os.environ.get("GOVCRAWL_BENCH_DOCX", "5"))


def read(content: bytes) -> object:
    return read_document(content)


def with_pdfplumber(content: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as file:
        return [(page.extract_tables(), page.extract_text()) for page in file.pages]


def tables_of_pdfplumber(content: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as file:
        return [page.extract_tables() for page in file.pages]


def with_python_docx(content: bytes) -> object:
    import docx

    file = docx.Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in file.paragraphs]
    return texts, [[[cell.text for cell in row.cells] for row in table.rows] for table in file.tables]


def compared(
    what: str, against: str, files: list[bytes], other: Callable[[bytes], object], wanted: float | None = None
) -> Ratio:
    """How many times as fast as the other the files are read: the median file, each by its median round."""
    rows = [theirs / own for own, theirs in medians(files, read, other)]
    return ratio(what, against, rows, wanted)


def beside(*patterns: str) -> list[bytes]:
    """Documents that lie beside the project, where they do."""
    return [path.read_bytes() for pattern in patterns for path in sorted(SHARED.glob(pattern))]


@needs_office
@pytest.mark.bench
def test_pdf_against_pdfplumber() -> None:
    """Against its tables alone, by which we measure ourselves, and against its tables and text."""
    pytest.importorskip("pdfplumber")
    words = {f"{n}.docx": as_docx(list(parts_of(a_report(n)))) for n in REPORTS}
    files = [*converted(words, "pdf").values(), *beside("samples/pdf/*.pdf", "data/real/*.pdf")]
    bare = [as_pdf(list(parts_of(a_report(n))), Print()) for n in REPORTS]
    ratios = [
        compared("speed of reading a PDF", "pdfplumber's tables", files, tables_of_pdfplumber, PDF_WANTED),
        compared("speed of reading a PDF", "pdfplumber's tables and text", files, with_pdfplumber),
        compared("speed of a PDF without its fonts", "pdfplumber's tables", bare, tables_of_pdfplumber),
    ]
    keep("pdf", ratios, {"files": len(files)}, ("pdfplumber",))
    assert ratios[0].met


@pytest.mark.bench
def test_docx_against_python_docx() -> None:
    files = [as_docx(list(parts_of(a_report(n)))) for n in REPORTS]
    files += beside("samples/docx/*.docx")
    found = compared("speed of reading a .docx", "python-docx", files, with_python_docx, DOCX_WANTED)
    keep("docx", [found], {"files": len(files)}, ("python-docx",))
    assert found.met


@needs_office
@pytest.mark.bench
def test_doc_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    files = converted(
        {f"{n}.docx": as_docx(list(parts_of(a_report(n)))) for n in REPORTS}, "doc", "MS Word 97"
    )
    monkeypatch.setenv(libreoffice.SWITCH, "on")
    monkeypatch.setattr(libreoffice, "program", lambda: pytest.fail("LibreOffice is looked for"))
    times = [own[0] for own in medians(list(files.values()), read)]
    print(f"\ndoc: {statistics.median(times) * 1e3:.1f} ms a document, without LibreOffice")
