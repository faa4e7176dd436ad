"""RAR archives packed as their programs do, unpacked by a real program."""

from __future__ import annotations

import shutil

import pytest

from govcrawl.documents import members
from tests.formats.archives import as_rar
from tests.formats.makers import as_xlsx
from tests.formats.parts import a_report, faults, parts_of

needs_program = pytest.mark.skipif(
    not any(map(shutil.which, ("bsdtar", "unrar", "unar"))),
    reason="no program that unpacks rar on this machine (Debian: unar or libarchive-tools)",
)


@needs_program
def test_reports_in_a_packed_rar() -> None:
    reports = {f"年报\\{number}.xlsx": a_report(number) for number in range(12)}
    files = {name: as_xlsx(list(parts_of(report))) for name, report in reports.items()}
    found = list(members(as_rar(files, method=0x33)))
    assert [(member.name, member.problem) for member in found] == [
        (name.replace("\\", "/"), "") for name in reports
    ]
    for member, report in zip(found, reports.values(), strict=True):
        assert faults(member.content, member.name, report) == []


@needs_program
def test_a_packed_member_that_is_damaged_says_so() -> None:
    whole = bytearray(as_rar({"a.txt": bytes(range(256)) * 8, "b.txt": b"words"}, method=0x33))
    whole[700:720] = bytes(20)
    first, second = members(bytes(whole))
    assert "damaged in its archive" in first.problem
    assert (second.content, second.problem) == (b"words", "")
