"""PDF files whose text stands elsewhere than on their pages, or on them and not to be seen."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from govcrawl.documents import read_document
from govcrawl.errors import UnreadableDocument
from tests.formats.makers import as_docx, as_pdf
from tests.formats.parts import a_report, faults, parts_of
from tests.formats.test_pdf import drawn, texts

REPORT = a_report(2)
PARTS = list(parts_of(REPORT))
WAIT = (
    "Please wait...",
    "If this message is not eventually replaced, your viewer may not be able to display this document.",
)


def holding(files: dict[str, bytes], page: str = "请打开附在此文件中的年报。") -> bytes:
    """A PDF with one line on its page and other files within."""
    file = pypdfium2.PdfDocument(drawn(lambda c: c.drawString(99, 700, page)))
    for name, content in files.items():
        file.new_attachment(name).set_data(content)
    out = io.BytesIO()
    file.save(out)
    file.close()
    return out.getvalue()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_report_within_a_portfolio_is_read(kind: str) -> None:
    made = as_pdf(PARTS) if kind == "pdf" else as_docx(PARTS)
    assert faults(holding({f"年报.{kind}": made, "logo.bin": b"\x00\x01"}), "portfolio.pdf", REPORT) == []


def test_several_documents_within_a_file_are_named() -> None:
    two = holding({"a.docx": as_docx(["甲"]), "b.docx": as_docx(["乙"])})
    with pytest.raises(UnreadableDocument, match="PDF with 2 documents; save them from it and ingest each"):
        read_document(two, name="portfolio.pdf")


@pytest.mark.parametrize("broken", [(b"(b.bin) 13 0 R", b"(b.bin) 99 0 R"), (b"/F 14 0 R", b"/F 98 0 R")])
def test_a_file_within_that_cannot_be_had_costs_only_itself(broken: tuple[bytes, bytes]) -> None:
    made = holding({"a.docx": as_docx(PARTS), "b.bin": b"\x00\x01"})
    assert broken[0] in made
    document = read_document(made.replace(*broken), name="portfolio.pdf")
    assert texts(document) == texts(read_document(as_docx(PARTS), name="a.docx"))
    assert [defect.detail for defect in document.defects] == [
        "left out: a file within the PDF that is damaged"
    ]


def test_what_is_attached_to_a_whole_document_is_not_read_for_it() -> None:
    assert texts(read_document(holding({"a.docx": as_docx(["甲"])}, "年报" * 400), name="a.pdf")) != ["甲"]


def test_a_form_that_only_adobe_shows_says_so() -> None:
    def draw(c: Canvas) -> None:
        for n, line in enumerate(WAIT):
            c.drawString(60, 700 - 30 * n, line)

    content = drawn(draw).replace(
        b"/Type /Catalog", b"/Type /Catalog /AcroForm <</XFA [(template) 1 0 R] /Fields []>>"
    )
    with pytest.raises(UnreadableDocument, match=r"a form \(XFA\) that only Adobe's programs show; print it"):
        read_document(content, name="form.pdf")


def test_text_that_is_not_drawn_is_not_read() -> None:
    def draw(c: Canvas) -> None:
        c.drawString(99, 700, "收到申请35件")
        hidden = c.beginText(99, 700)
        hidden.setTextRenderMode(3)
        hidden.textOut("9")
        c.saveState()
        c.drawText(hidden)
        c.restoreState()

    assert texts(read_document(drawn(draw), name="a.pdf")) == ["收到申请35件"]
