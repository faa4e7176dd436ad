"""The quick ways of writing a reading against ``json`` itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.model import Attachment, Cell, Check, Fact, Outcome, Report, ReportTable, Section, Status
from govcrawl.store.digest import COUNTED
from govcrawl.store.grids import patched, plain, written
from govcrawl.store.parts import COLUMNS, Parts
from govcrawl.store.places import block_rows, section_rows
from govcrawl.text import folded, folded_utf8
from tests.store.make import grid, report

PIECES = [
    "件",
    "12",
    "",
    " ",
    "\n",
    "\n\n",
    "|",
    " | ",
    '"',
    "\\",
    "\x1f",
    "\t",
    "\x00",
    "\u3000",
    "𬒔",
    '","',
]
texts = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
blocks = st.lists(st.tuples(st.sampled_from(["", "一、总体情况", "\n"]), texts), max_size=3)
values = st.sampled_from([0, 7, 10**18, -3, 1.5, None])
facts = st.lists(
    st.tuples(values, texts, st.sampled_from(list(Status)), st.one_of(st.none(), texts)), max_size=4
)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _plainly(own: Report, parts: Parts) -> str:
    counted = [getattr(own, name) for name in COUNTED]
    rows: dict[str, list[Any]] = {name: list(parts.rows[name]) for name in COLUMNS if name != "removals"}
    rows["attachments"] = [
        (*row[:3], None if row[4] == "twin" else row[3], row[4]) for row in rows["attachments"]
    ]
    read = _json((counted[:6], counted[6:10], counted[10], rows, list(own.facts)))
    return hashlib.sha256(read.encode()).hexdigest()


@settings(max_examples=40, deadline=None)
@given(
    blocks, facts, st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=3), st.booleans()
)
def test_the_digest_is_that_of_plain_json(
    told: list[tuple[str, str]], cells: list[Any], rows: list[list[str]], whole: bool
) -> None:
    sections = tuple(Section(number, head, text) for number, (head, text) in enumerate(told))
    text = (
        "\n\n".join(part for pair in told for part in pair if part) if whole else "另有\n\n" + "".join(PIECES)
    )
    own = replace(
        report(),
        text=text,
        sections=sections,
        tables=(ReportTable(0, 'a"', grid(*map(tuple, rows)), None),),
        facts=tuple(
            Fact(
                f"application.a{n}:total",
                value,
                str(value) if n % 2 else raw,
                status,
                "件",
                None,
                note,
                0,
                n,
                1,
            )
            for n, (value, raw, status, note) in enumerate(cells)
        ),
        checks=(Check("A1", "甲", Outcome.PASS, "3", None), Check("A2", '"', Outcome.FAIL, "", "－3")),
        attachments=(Attachment("u", "f\n", None, "abc", "twin"), Attachment("v", "g", "x", "def", "other")),
    )
    parts = Parts.of(own)
    assert parts.digest == _plainly(own, parts)
    if parts.whole:
        assert block_rows(1, parts.rows["sections"]) == section_rows(1, text, parts.rows["sections"])


_GRIDS = st.lists(st.lists(texts, max_size=3), max_size=3)
_WITH_BREAKS = st.lists(
    st.lists(st.text("甲1\n \u3000\x1f", max_size=3), min_size=2, max_size=2), min_size=1, max_size=3
)


@settings(max_examples=100, deadline=None)
@given(_GRIDS | _WITH_BREAKS)
def test_a_grid_is_written_as_json_writes_it(rows: list[list[str]]) -> None:
    own = written([[Cell(text, 0, 0) for text in row] for row in rows])
    assert own.grid == _json(rows)
    if own.quoted is not None:
        assert own.quoted.decode() == _json(own.grid)[1:-1]
        if own.patches is None:
            assert own.markdown == plain(own.grid)
        else:
            assert (own.markdown, own.patches) == patched(own.grid)


@given(st.text("ＡB a\t\n（５）“甲”é\u3000。", max_size=90))
def test_prose_is_folded_the_same_in_bytes(text: str) -> None:
    assert folded_utf8(text).decode() == folded(text)
