"""Records of workbooks laid out here."""

from __future__ import annotations

import struct

from govcrawl.documents.biff import reach


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def test_a_sheet_reaches_as_far_as_it_says_or_its_cells_stand() -> None:
    head = record(0x0809, bytes(16)) + record(0x0085, struct.pack("<I", 36) + bytes(4)) + record(0x000A)
    assert len(head) == 36
    said = record(0x0200, struct.pack("<IIHHH", 0, 0xA700004A, 0, 15, 0))
    cell = record(0x0203, struct.pack("<HHH", 6, 300, 0) + bytes(8))
    end = record(0x000A)
    assert reach(head + said + cell + end) == (0xA700004A, 301)
    assert reach(head + cell + end) == (7, 301)
    assert reach(head + end + cell) == (0, 0)  # no sheet begins there


def test_sheets_that_begin_at_one_place_are_looked_at_once_and_cut_records_end_a_part() -> None:
    sheets = record(0x0085, struct.pack("<I", 0)) * 3
    assert reach(sheets + struct.pack("<HH", 0x0203, 14)) == (0, 0)
