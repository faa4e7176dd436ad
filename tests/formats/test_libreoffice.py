"""LibreOffice as the last reader: what it is asked for, how it is confined, and what is said without it."""

from __future__ import annotations

import contextlib
import os
import stat
import time
import zipfile
from pathlib import Path

import pytest

from govcrawl.documents import converting, libreoffice, read_document, source_type
from govcrawl.errors import ProtectedDocument, UnreadableDocument
from govcrawl.model import Document
from tests.formats.disguised import as_rtf
from tests.formats.makers import as_docx, as_xlsx
from tests.formats.office import needs_office
from tests.formats.parts import Part, a_report, bare, parts_of

PARTS: list[Part] = ["标题", "一、总体情况"]


@pytest.fixture(autouse=True)
def _on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(libreoffice.SWITCH, "on")


def refuse() -> Document:
    raise UnreadableDocument("too old")


def fake(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called soffice that does as the script says; $out is where it writes."""
    path = folder / "soffice"
    path.write_text(f'#!/bin/sh\nfor last; do :; done\nout=$(dirname "$last")/out\n{script}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_what_it_makes_is_read_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made").write_bytes(as_docx(PARTS))
    fake(tmp_path, f'cp {tmp_path}/made "$out/document.docx"', monkeypatch)
    document = converting.read_or_convert("doc", b"x", refuse)
    assert document.source_type == "doc"
    assert [(f.kind, f.detail) for f in document.defects] == [
        ("converted", "read through LibreOffice: too old")
    ]


@pytest.mark.parametrize(("media", "kind"), [("text", "odt"), ("spreadsheet", "ods")])
def test_open_documents_are_for_libreoffice_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, media: str, kind: str
) -> None:
    with zipfile.ZipFile(tmp_path / "x", "w") as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{media}")
        file.writestr("content.xml", "<office/>")
    content = (tmp_path / "x").read_bytes()
    assert source_type(content) == kind
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        with pytest.raises(UnreadableDocument, match=r"save it as \.docx or \.xlsx; install LibreOffice"):
            read_document(content, name="x")
    if kind == "odt":
        (tmp_path / "made").write_bytes(as_docx(PARTS))
        fake(tmp_path, f'cp {tmp_path}/made "$out/document.docx"', monkeypatch)
        assert read_document(content, name="x").source_type == "odt"


@pytest.mark.parametrize(("media", "kind", "made"), [("text", "uot", "docx"), ("spreadsheet", "uos", "xlsx")])
def test_files_in_uof_are_for_libreoffice_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, media: str, kind: str, made: str
) -> None:
    content = f'<?xml version="1.0"?><uof:UOF><uof:x uof:mimetype="vnd.uof.{media}"/></uof:UOF>'.encode()
    (tmp_path / "made").write_bytes(as_docx(PARTS) if made == "docx" else as_xlsx(PARTS))
    fake(tmp_path, f'cp {tmp_path}/made "$out/document.{made}"', monkeypatch)
    document = read_document(content, name="x")
    assert document.source_type == kind
    assert document.blocks


def test_it_has_a_home_of_its_own_and_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    fake(
        tmp_path,
        f'env > {tmp_path}/env; ls "$HOME" > {tmp_path}/home; ulimit -t > {tmp_path}/limit',
        monkeypatch,
    )
    with pytest.raises(UnreadableDocument, match="too old; LibreOffice cannot read it either"):
        converting.read_or_convert("doc", b"x", refuse)
    env = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines())
    assert "http_proxy" not in env
    assert Path(env["HOME"]) != Path.home()
    assert not Path(env["HOME"]).exists()
    assert (tmp_path / "home").read_text() == ""
    assert int((tmp_path / "limit").read_text()) <= libreoffice.SECONDS


def test_one_that_hangs_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "SECONDS", 1)
    fake(tmp_path, "sleep 313 & wait", monkeypatch)
    with pytest.raises(UnreadableDocument, match="longer than 1 s"):
        converting.read_or_convert("doc", b"x", refuse)
    until = time.monotonic() + 5
    while time.monotonic() < until and _runs("sleep 313"):
        time.sleep(0.05)
    assert not _runs("sleep 313")


def _runs(command: str) -> bool:
    """Whether a process of this command lives; its number is another one in its own namespace."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace").strip())
    return command in found


def test_without_it_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocument, match="too old; install LibreOffice"):
        converting.read_or_convert("xls", b"x", refuse)


def test_it_is_asked_for_old_formats_only_and_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(converting, "converted", never)
    with pytest.raises(UnreadableDocument, match=r"^too old$"):
        converting.read_or_convert("pdf", b"x", refuse)

    def protected() -> Document:
        raise ProtectedDocument("password-protected")

    with pytest.raises(ProtectedDocument):
        converting.read_or_convert("doc", b"x", protected)
    monkeypatch.setenv(libreoffice.SWITCH, "off")
    with pytest.raises(UnreadableDocument, match=r"^too old$"):
        converting.read_or_convert("doc", b"x", refuse)


@needs_office
@pytest.mark.soak
def test_the_real_one() -> None:
    report = a_report(1)
    document = converting.read_or_convert("rtf", as_rtf(list(parts_of(report))), refuse)
    own = read_document(as_rtf(list(parts_of(report))), name="report.rtf")
    assert document.source_type == own.source_type == "rtf"
    assert bare(str([getattr(b, "text", "") for b in document.blocks])) == bare(
        str([getattr(b, "text", "") for b in own.blocks])
    )
