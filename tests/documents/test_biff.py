"""Records of workbooks laid out here."""

from __future__ import annotations

import struct

from govcrawl.documents.biff import reach
from govcrawl.documents.hidden_places import Hidden, hidden_in_stream


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


def test_hidden_rows_and_columns_of_each_sheet() -> None:
    head = record(0x0809, bytes(16)) + record(0x0085, struct.pack("<I", 36) + bytes(4)) + record(0x000A)
    rows = [
        record(0x0208, struct.pack("<6HI", row, 0, 3, 255, 0, 0, flags)) for row, flags in ((4, 0x20), (5, 0))
    ]
    columns = [record(0x007D, struct.pack("<6H", *own, 0)) for own in ((1, 2, 9, 0, 1), (5, 5, 9, 0, 0))]
    sheet = b"".join([*rows, *columns, record(0x000A)])
    assert hidden_in_stream(head + sheet) == {0: Hidden({4}, {1, 2})}
