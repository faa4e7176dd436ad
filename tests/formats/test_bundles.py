"""Archives: their members by name, what is refused in them, and how they come into the database."""

from __future__ import annotations

import builtins
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from govcrawl.documents import bundles, members, read_document, source_type
from govcrawl.documents.bundles import unpacking as module
from govcrawl.errors import UnreadableDocument
from govcrawl.store import Store
from tests.formats.archives import as_rar, as_zip
from tests.test_ingest import NEWS, page, run

PAGE = page()


def listed(content: bytes) -> list[tuple[str, str]]:
    return [(member.name, member.problem) for member in members(content)]


@pytest.mark.parametrize(
    "content",
    [
        as_zip({"年报/财政局.html": PAGE}),
        as_zip({"年报/财政局.html": PAGE}, gbk=False),
        as_rar({"年报\\财政局.html": PAGE}),
    ],
    ids=["names in GBK", "names in UTF-8 without flag", "rar"],
)
def test_members_have_their_names(content: bytes) -> None:
    [member] = members(content)
    assert (member.name, member.content, member.problem) == ("年报/财政局.html", PAGE, "")


def test_a_word_file_that_an_archive_only_stores_is_not_the_archive_itself() -> None:
    name = "平泉镇2021年政府信息公开工作年度报告.docx"
    with pytest.raises(UnicodeDecodeError):
        name.encode().decode("gb18030")
    inner = as_zip({"word/document.xml": b"<w/>"})
    content = as_zip({name: inner}, gbk=False, stored=True)
    assert source_type(content) == "zip"
    assert listed(content) == [(name, "")]


def test_names_with_the_flag_or_the_field_for_unicode() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("年报.html", PAGE)
        info = zipfile.ZipInfo("x.html")
        name = "局.html".encode()
        info.extra = b"\x75\x70" + (5 + len(name)).to_bytes(2, "little") + bytes(5) + name
        file.writestr(info, PAGE)
    assert [name for name, _ in listed(out.getvalue())] == ["年报.html", "局.html"]


def test_what_systems_add_is_left_out() -> None:
    files = {
        "__MACOSX/._a.doc": b"x",
        ".DS_Store": b"x",
        "b/Thumbs.db": b"x",
        "~$a.doc": b"x",
        "a.html": PAGE,
    }
    assert listed(as_zip(files)) == [("a.html", "")]


def test_names_that_lead_out_of_the_archive_are_refused() -> None:
    names = ["../a.html", "/etc/a.html", "C:\\a.html", "b/..\\..\\a.html"]
    told = listed(as_zip(dict.fromkeys(names, PAGE)))
    assert [problem for _, problem in told] == ["its name leads out of the archive"] * 4
    assert "control characters" in listed(as_zip({"a\x1b[31m.html": PAGE}))[0][1]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        for name, made in (("年/a.html", 35), ("年/a.html", 36), ("年/a~2.html", 37), ("b", 38), ("b", 39)):
            file.writestr(name, page(made=made, year=1985 + made))
    names = [name for name, _ in listed((tmp_path / "a.zip").read_bytes())]
    assert names == ["年/a.html", "年/a~2.html", "年/a~2~2.html", "b", "b~2"]
    result = run(tmp_path / "a.zip", "--output", tmp_path / "out", "--processes", 0)
    assert "5 stored (5 new" in result.stdout


def test_an_archive_in_an_archive_is_opened_once() -> None:
    inner = as_zip({"b.html": PAGE, "deep.zip": as_zip({"c.html": PAGE})})
    told = listed(as_zip({"内.zip": inner, "a.html": PAGE, "bad.zip": b"PK\x03\x04 torn"}))
    assert [name for name, _ in told] == ["内.zip/b.html", "内.zip/deep.zip", "a.html", "bad.zip"]
    assert [bool(problem) for _, problem in told] == [False, True, False, True]


@pytest.mark.parametrize(
    "content", [as_zip({"a.html": PAGE}, encrypted=True), as_rar({"a.html": PAGE}, encrypted=True)]
)
def test_encrypted_members_say_so(content: bytes) -> None:
    [(_, problem)] = listed(content)
    assert "password-protected" in problem
    with pytest.raises(UnreadableDocument, match=r"x: \w+ archive: a\.html: password-protected"):
        read_document(content, name="x")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "300 times" in listed(as_zip({"a.html": bytes(3 * 2**20)}))[0][1]
    monkeypatch.setattr(module, "MAX_MEMBERS", 2)
    with pytest.raises(UnreadableDocument, match="more than"):
        list(members(as_zip(dict.fromkeys("abc", PAGE))))


def test_all_members_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2 * len(PAGE))
    with pytest.raises(UnreadableDocument, match="when unpacked"):
        list(members(as_zip(dict.fromkeys("abc", PAGE))))


def test_members_that_are_refused_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2 * 2**20)
    bombs = {f"{n}.html": bytes(3 * 2**20) for n in range(3)}
    with pytest.raises(UnreadableDocument, match="when unpacked"):
        list(members(as_zip(bombs)))


def test_damaged_archives_and_members_say_so() -> None:
    whole = as_zip({"a.html": PAGE, "b.html": PAGE})
    with pytest.raises(UnreadableDocument, match="damaged ZIP"):
        list(members(whole[:-30]))
    torn = bytearray(whole)
    torn[60:80] = bytes(20)
    assert "damaged in its archive" in listed(bytes(torn))[0][1]
    with pytest.raises(UnreadableDocument, match="damaged or empty RAR"):
        list(members(b"Rar!\x1a\x07\x00" + bytes(40)))


def test_one_document_is_read_and_several_are_not() -> None:
    one = as_zip(
        {
            "说明.txt": "说明".encode(),
            "logo.png": b"\x89PNG\r\n\x1a\n",
            "a.html": PAGE,
            "a.exe": b"MZ\x00\x01\x02",
        }
    )
    assert read_document(one, name="a.zip").source_type == "html"
    with pytest.raises(UnreadableDocument, match=r"a\.zip: ZIP archive of 2 documents"):
        read_document(as_zip({"a.html": PAGE, "b.html": PAGE}), name="a.zip")
    with pytest.raises(UnreadableDocument, match="none of its 1 files"):
        read_document(as_zip({"a.exe": b"MZ\x00\x01\x02"}), name="a.zip")


def test_a_packed_rar_names_the_program_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    [(_, problem)] = listed(as_rar({"a.html": PAGE}, method=0x33))
    assert "Debian: unar" in problem


def test_without_the_extra_a_rar_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "rarfile":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UnreadableDocument, match=r"govcrawl\[rar\]"):
        list(bundles.members(as_rar({"a.html": PAGE})))


def test_each_member_is_a_report_of_its_own(tmp_path: Path) -> None:
    other = page(agency="石坞县民政局")
    (tmp_path / "年报.zip").write_bytes(
        as_zip(
            {
                "甲/水利局.html": PAGE,
                "民政局.html": other,
                "news.html": NEWS,
                "a.css": b"p {}",
                "../b.html": PAGE,
            }
        )
    )
    result = run(tmp_path / "年报.zip", "--output", tmp_path / "out")
    assert result.exit_code == 3
    assert "4 documents: 2 stored (2 new, 0 changed, 0 unchanged), 1 rejected, 1 failed" in result.stdout
    assert "passed over 1 file" in result.stdout
    with Store.open(tmp_path / "out" / "govcrawl.db") as store:
        urls = sorted(row["url"] for row in store.reports())
    base = (tmp_path / "年报.zip").as_uri()
    assert urls == [
        f"{base}#%E6%B0%91%E6%94%BF%E5%B1%80.html",
        f"{base}#%E7%94%B2/%E6%B0%B4%E5%88%A9%E5%B1%80.html",
    ]
    again = run(tmp_path / "年报.zip", "--output", tmp_path / "out")
    assert "(0 new, 0 changed, 2 unchanged)" in again.stdout


def test_a_packed_member_is_unpacked_by_bsdtar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of that name which answers only when it is asked as bsdtar must be."""
    import rarfile

    program = tmp_path / "bsdtar"
    program.write_text(
        """#!/bin/sh
test "$1" = --version && exit 0
test "$1 $2 $3" = "-x --to-stdout -f" && test -f "$4" && printf words"""
    )
    program.chmod(0o755)
    monkeypatch.setattr(rarfile, "CURRENT_SETUP", None)
    for name in ("UNRAR_TOOL", "UNAR_TOOL", "SEVENZIP_TOOL", "SEVENZIP2_TOOL"):
        monkeypatch.setattr(rarfile, name, str(tmp_path / "absent"))
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (member,) = bundles.members(as_rar({"a.txt": b"words"}, method=0x33))
    assert (member.content, member.problem) == (b"words", "")
