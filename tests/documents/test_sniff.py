from __future__ import annotations

import io
import zipfile

import pytest

from govcrawl.documents import read_document
from govcrawl.documents.sniff import source_type
from govcrawl.errors import UnreadableDocument


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\n\n\n%PDF-1.4", "pdf"),
        (zipped("word/document.xml", "[Content_Types].xml"), "docx"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (zipped("ofd.xml"), "ofd"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (zipped("word/document2.xml", "[Content_Types].xml"), "docx"),
        (
            b'<?xml version="1.0"?>\n<office:document x="' + bytes(b"y" * 3000) + b'" office:mimetype="'
            b'application/vnd.oasis.opendocument.text">',
            "odt",
        ),
        (b'<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">', "ods"),
        (zipped("a/report.doc"), "zip"),
        (b'<uof:UOF xmlns:uof="x"><a uof:mimetype="vnd.uof.text"/>', "uot"),
        (b'<uof:UOF xmlns:uof="x"><a uof:mimetype="vnd.uof.spreadsheet"/>', "uos"),
        (b"PK\x03\x04 torn", "zip"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE, "ole"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x", "mht"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"\xef\xbb\xbf\n <HTML>", "html"),
        (b"<?xml version='1.0'?>\n<!-- made by a CMS --><html>", "html"),
        (b"<div id=zoom>text</div>", "html"),
        ("正文<p>一</p><p>二</p><p>三</p><p>四</p><p>五</p><p>六</p>".encode("gbk"), "html"),
        ("<html><body>年报</body>".encode("utf-16"), "html"),
        ("<html><body>年报</body>".encode("utf-32"), "html"),
        (b"\x00\x00\xfe\xff" + "<html><body>年报</body>".encode("utf-32-be"), "html"),
        ("一、总体情况\n\t信息内容\t数量".encode("gbk"), "txt"),
        ("年报 a<b 且 c>d".encode(), "txt"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_kind_is_told_by_content(content: bytes, kind: str) -> None:
    assert source_type(content) == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty file"),
        (b" \r\n\t ", "only white space"),
        (b"\xef\xbb\xbf\n", "only white space"),
        (b"%PDF-1.7", "PDF damaged"),
        (zipped("word/document.xml"), "without a text part"),
        (bytes(range(256)) * 20, "binary data"),
        (b"<html><body><script>x()</script></body></html>", "no text"),
        (b"<!-- -->", "no text"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(content, name="a.html")
    message = str(caught.value)
    assert message.startswith("a.html: ")
    assert words in message
    assert "\n" not in message


def test_the_name_does_not_decide() -> None:
    assert read_document("<p>年报</p>".encode(), name="a.pdf").source_type == "html"
    assert read_document("年报".encode(), name="a.html").source_type == "txt"
