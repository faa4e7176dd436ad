from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio_command

from govcrawl.archive import Archive, Asked, DamagedArchive
from govcrawl.errors import UsageError
from govcrawl.model import ArchiveRecord

PAGE = "<html><body>政府信息公开工作年度报告</body></html>".encode("gb18030")
URL = "http://www.shiwu.gov.cn/nb/t1.html"


def test_bytes_come_back_as_they_were(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as archive:
        page = archive.add(URL, PAGE, media_type="text/html", headers=[("Content-Type", "text/html")])
        other = archive.add("file:///a/b.pdf", b"\x00\xff" * 5000, media_type="application/pdf")
        empty = archive.add(URL + "?2", b"", status=404)
    again = Archive(tmp_path / "archive")
    assert again.read(page) == PAGE
    assert again.read(other) == b"\x00\xff" * 5000
    assert again.read(empty) == b""
    assert page.sha256 == hashlib.sha256(PAGE).hexdigest()


def test_any_warc_reader_finds_response_and_resource(tmp_path: Path) -> None:
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Bad", "a\r\nWARC/1.1")]
    with Archive(tmp_path) as archive:
        first = archive.add(URL, PAGE, status=200, headers=headers, fetched_at="2026-01-02T11:04:05+08:00")
        archive.add("file:///%E5%B9%B4%E6%8A%A5.txt", b"x", media_type="text/plain")
    with (tmp_path / first.file).open("rb") as file:
        seen = [
            (r.rec_type, r.rec_headers.get_header("WARC-Date"), r.http_headers, r.content_stream().read())
            for r in ArchiveIterator(file, check_digests="raise")
        ]
    assert [kind for kind, *_ in seen] == ["warcinfo", "response", "resource"]
    assert seen[1][1] == "2026-01-02T03:04:05Z"
    assert seen[1][3] == PAGE
    assert seen[1][2].get_header("Content-Encoding") is None
    assert seen[1][2].get_header("Content-Length") == str(len(PAGE))
    assert seen[1][2].get_header("WARC/1.1") is None


def test_known_bytes_are_not_written_twice(tmp_path: Path) -> None:
    kept: dict[str, ArchiveRecord] = {}
    with Archive(tmp_path) as archive:
        first = archive.add(URL, PAGE, known=kept.get)
        kept[first.sha256] = first
        assert archive.add(URL + "?again", PAGE, known=kept.get) == first
        asked = Asked("POST", (("Proxy-Authorization", "Basic secret"), ("Referer", URL)), "a=年".encode())
        archive.add_unchanged(URL, first, headers=[("ETag", '"1"')], asked=asked)
        disk = archive.add("file:///b.html", PAGE, known=kept.get)
        assert disk == first
    seen = [(r.rec_type, r.rec_headers, r.http_headers, body) for r, body in records(tmp_path / first.file)]
    assert [kind for kind, *_ in seen] == ["warcinfo", "response", "revisit", "revisit", "request"]
    response, again, unchanged, request = seen[1:]
    assert again[1].get_header("WARC-Target-URI") == URL + "?again"
    assert again[1].get_header("WARC-Refers-To-Target-URI") == URL
    assert again[1].get_header("WARC-Refers-To-Date") == response[1].get_header("WARC-Date")
    digests = {part[1].get_header("WARC-Payload-Digest") for part in (response, again, unchanged)}
    assert digests == {f"sha256:{first.sha256}"}
    assert again[1].get_header("WARC-Profile").endswith("/1.1/revisit/identical-payload-digest")
    assert unchanged[1].get_header("WARC-Profile").endswith("/1.1/revisit/server-not-modified")
    assert unchanged[2].get_statuscode() == "304"
    assert request[1].get_header("WARC-Concurrent-To") == unchanged[1].get_header("WARC-Record-ID")
    assert (request[2].protocol, request[2].get_header("Host"), request[3]) == (
        "POST", "www.shiwu.gov.cn", "a=年".encode(),
    )  # fmt: skip
    assert request[2].get_header("Proxy-Authorization") is None


def test_bytes_that_rot_are_written_again(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        first = archive.add(URL, PAGE)
    path = tmp_path / first.file
    content = bytearray(path.read_bytes())
    content[first.offset + first.length // 2] ^= 0xFF
    path.write_bytes(content)
    with Archive(tmp_path) as archive:
        again = archive.add(URL, PAGE, known=lambda sha256: first)
        assert again != first
        assert archive.read(again) == PAGE


def test_a_large_file_is_closed_and_another_begun(tmp_path: Path) -> None:
    with Archive(tmp_path, largest=2_000) as archive:
        kept = [archive.add(f"{URL}?{n}", os.urandom(900)) for n in range(5)]
        assert len({record.file for record in kept}) == 3
        assert len(list(tmp_path.glob("*.open"))) == 1
        assert [len(archive.read(record)) for record in kept] == [900] * 5
    assert not list(tmp_path.glob("*.open"))


def test_the_index_of_another_tool_names_the_places_that_the_database_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Archive(tmp_path) as archive:
        kept = [archive.add(f"{URL}?{n}", PAGE + b"%d" % n, asked=Asked()) for n in range(3)]
    path = str(tmp_path / kept[0].file)
    warcio_command(["index", "-f", "offset,length,warc-type,warc-target-uri", path])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = {
        row["warc-target-uri"]: (int(row["offset"]), int(row["length"]))
        for row in rows
        if row["warc-type"] == "response"
    }
    assert found == {record.url: (record.offset, record.length) for record in kept}
    with pytest.raises(SystemExit) as ended:
        warcio_command(["check", path])
    assert ended.value.code == 0


def test_a_full_disk_leaves_whole_records_only(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import os, resource, sys
        from pathlib import Path
        from govcrawl.archive import Archive
        from govcrawl.errors import DiskFull
        archive = Archive(Path(sys.argv[1]))
        archive.add("http://a.gov.cn/1", b"whole")
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
        try:
            archive.add("http://a.gov.cn/2", os.urandom(50_000))
        except DiskFull as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        later = archive.add("http://a.gov.cn/3", b"later")
        assert archive.read(later) == b"later"
        archive.close()
        """
    )
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True)
    assert "make room" in ended.stdout, ended.stderr
    [path] = tmp_path.glob("*.warc.gz")
    assert [body for _, body in records(path)][1:] == [b"whole", b"later"]


def records(path: Path) -> list[tuple[Any, bytes]]:
    """All records as warcio reads them, with their payloads; a damaged one raises."""
    with path.open("rb") as file:
        return [(r, r.content_stream().read()) for r in ArchiveIterator(file, check_digests="raise")]


def test_bytes_whose_archive_was_moved_away_are_written_again(tmp_path: Path) -> None:
    with Archive(tmp_path / "old") as archive:
        first = archive.add(URL, PAGE)
    with Archive(tmp_path / "new") as archive:
        again = archive.add(URL, PAGE, known=lambda sha256: first)
        assert again.file != first.file
        assert archive.read(again) == PAGE


def test_record_is_on_file_before_add_returns(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    record = archive.add(URL, PAGE)
    assert Archive(tmp_path).read(record) == PAGE
    archive.close()


def test_a_torn_tail_does_not_hurt_later_runs(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from govcrawl.archive import Archive
        archive = Archive(Path(sys.argv[1]))
        record = archive.add("http://a.gov.cn/", b"whole" * 1000)
        print(record.file, record.offset, record.length, record.sha256, flush=True)
        with (archive.folder / record.file).open("ab") as file:
            file.write(b"\\x1f\\x8b\\x08torn half of a record")
        os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True
    ).stdout
    file, offset, length, sha256 = told.split()
    with Archive(tmp_path) as archive:
        later = archive.add(URL, PAGE)
        assert later.file != file
        killed = ArchiveRecord(sha256, file, int(offset), int(length), "http://a.gov.cn/")
        assert archive.read(killed) == b"whole" * 1000
        assert archive.read(later) == PAGE
    assert [body for _, body in records(tmp_path / file)][1:] == [b"whole" * 1000]
    assert not list(tmp_path.glob("*.open"))


def test_changed_or_missing_bytes_are_told(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        record = archive.add(URL, PAGE)
    with pytest.raises(DamagedArchive, match="are not those of"):
        archive.read(dataclasses.replace(record, sha256="0" * 64))
    with pytest.raises(DamagedArchive, match="no record"):
        archive.read(dataclasses.replace(record, file="gone.warc.gz"))
    path = tmp_path / record.file
    path.write_bytes(path.read_bytes()[: record.offset + record.length // 2])
    with pytest.raises(DamagedArchive, match="no record"):
        archive.read(record)
    path.write_bytes(path.read_bytes()[: record.offset])
    with pytest.raises(DamagedArchive, match="no record"):
        archive.read(record)


def test_nothing_archived_leaves_no_file(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive"):
        pass
    assert not (tmp_path / "archive").exists()


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file in the way")
    with pytest.raises(UsageError, match="archive"):
        Archive(tmp_path / "archive").add(URL, PAGE)


def test_records_are_gzip_members_of_their_own(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.add(URL, b"first")
        record = archive.add(URL, PAGE)
    raw = (tmp_path / record.file).read_bytes()[record.offset : record.offset + record.length]
    assert gzip.decompress(raw).startswith(b"WARC/1.1\r\n")
