"""Files of which a part is missing: what is left is read, and it is said; what cannot be read has its true reason."""

from __future__ import annotations

import io
import zipfile

import olefile
import pytest

from govcrawl.documents import read_document
from govcrawl.documents.incomplete import missing_parts
from govcrawl.documents.libreoffice import SWITCH
from govcrawl.errors import UnreadableDocument
from tests.formats.disguised import as_html, as_mht, as_rtf
from tests.formats.parts import Part

_PARTS: list[Part] = ["标题", *(f"第{n}段，本机关依法公开政府信息。" * 8 for n in range(40))]
_NULS = bytes(2_000)


def _holed(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + _NULS + content[middle + len(_NULS) :]


def _kinds(content: bytes) -> list[str]:
    return [finding.kind for finding in read_document(content).defects if finding.kind == "file_cut"]


@pytest.mark.parametrize("quoted", [True, False])
def test_a_web_archive_without_its_end_says_so(quoted: bool) -> None:
    whole = as_mht(_PARTS, quoted=quoted)
    assert _kinds(whole) == []
    assert _kinds(whole[: len(whole) // 2]) == ["file_cut"]


@pytest.mark.parametrize(
    "content", [as_mht(_PARTS), as_rtf(_PARTS), as_html(_PARTS).encode(), "正文如下。\n".encode() * 900]
)
def test_nul_bytes_in_text_are_said(content: bytes) -> None:
    assert _kinds(content) == []
    assert _kinds(_holed(content)) == ["file_cut"]
    assert "file_cut" not in _kinds(content + _NULS)


def _pdf(filtered: bytes, body: bytes, end: bytes = b"%%EOF") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj <<"
        + filtered
        + b">>\nstream\n"
        + body
        + b"\nendstream\nendobj\nstartxref\n9\n"
        + end
    )


@pytest.mark.parametrize(
    ("content", "findings"),
    [
        (_pdf(b"/Filter /FlateDecode", b"abc"), 0),
        (_pdf(b"/Filter /FlateDecode", b"abc") + _NULS, 0),
        (_pdf(b"/Filter /FlateDecode", b"ab" + _NULS + b"c"), 1),
        (_pdf(b"/Length 2000", _NULS), 0),
        (_pdf(b"/Length 3", b"abc") + b"\n2 0 obj " + _NULS + b"\nendobj %%EOF", 1),
        (_pdf(b"/Length 3", b"abc", b""), 1),
    ],
)
def test_a_pdf_with_a_part_missing(content: bytes, findings: int) -> None:
    assert len(list(missing_parts("pdf", content))) == findings


def _encrypted_text() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    return made.getvalue()


def test_a_protected_open_document_is_said_to_be_so() -> None:
    with pytest.raises(UnreadableDocument, match="password-protected"):
        read_document(_encrypted_text())


@pytest.mark.parametrize(
    ("content", "words"),
    [(bytes(5_000), "only NUL bytes"), (olefile.MAGIC + bytes(3_000), "damaged OLE file")],
)
def test_what_is_lost_is_not_called_another_thing(
    content: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH, "off")
    with pytest.raises(UnreadableDocument, match=words):
        read_document(content)
