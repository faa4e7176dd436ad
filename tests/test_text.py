"""Normal forms of text, also of text that is made to take for ever."""

from __future__ import annotations

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from govcrawl import text
from govcrawl.text import exact, folded


def test_many_marks_cost_no_more_than_other_text() -> None:
    marks = "年" + "\u0301\u0327" * 50_000
    began = time.process_time()
    assert len(exact(marks)) == len(marks)
    folded(marks)
    assert time.process_time() - began < 1.0


@given(st.text(alphabet="年报a\u0301\u0327\u0344é", max_size=40), st.integers(0, 3))
def test_what_lies_around_a_run_of_marks_is_normal(words: str, far: int) -> None:
    filler = "公" * 1000
    around = f"{words}{filler}", f"{filler}{words}"
    run = "\u0301\u0327" * 20 * far
    expected = unicodedata.normalize("NFC", around[0]) + run + unicodedata.normalize("NFC", around[1])
    assert exact(around[0] + run + around[1]) == expected


def test_no_mark_is_overlooked() -> None:
    marks = (chr(number) for number in range(0x110000) if unicodedata.combining(chr(number)))
    assert all(text._MAY_HAVE_MARKS.search(mark * 31) for mark in marks)


@given(
    st.text(alphabet="年报Ａｂ，：０（“”—〔【】、。《A\u0301\u3099\u3000\u00a0\u200b \n𠮷㙍Σς", max_size=40)
)
def test_the_quick_way_of_folding_gives_the_same(words: str) -> None:
    kept = "".join(text._INVISIBLE.sub("", words))
    plain = "".join(unicodedata.normalize("NFKC", kept).split())
    assert folded(words) == plain.translate(text._FOLD).lower()


def test_every_character_is_folded_alike_on_both_ways() -> None:
    for one in filter(text._PLAIN.fullmatch, map(chr, range(0x110000))):
        plain = "".join(unicodedata.normalize("NFKC", one).split()).translate(text._FOLD).lower()
        assert text._fold(one) == plain
        assert not unicodedata.combining(one)


def test_what_a_control_turns_round_is_written_as_it_is_seen() -> None:
    assert exact("\u202e186\u202c件") == "681件"
    assert exact("共\u202e186\n25") == "共681\n25"
    assert exact("\u202d186\u202c \u200f25") == "186 25"
