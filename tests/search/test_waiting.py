"""Reports that are not indexed yet: found as if they were, and without folding their texts where that may be."""

from __future__ import annotations

from random import Random

import pytest

from govcrawl.search import search
from govcrawl.search.waiting import place_of
from govcrawl.store import Selection, Store
from govcrawl.store.grams import Part, runs
from govcrawl.store.indexing import catch_up, pending
from govcrawl.store.sqlite import write
from govcrawl.store.writing import put_report
from govcrawl.text import folded, in_plain, is_plain
from tests.store.make import report, source

_USUAL = "公开申请不予，：；（）！？％／＋～０１９“”‘’「」—–－−〔〕【】、。 \t\n|09AZaz-[]^\\*.&~\"'·《》"
_BLOCKS = (
    "| 不予公开 | 0 |",
    "|不予公开|\n| --- |",
    "不予公开0件",
    "不予\n公开",
    " \n ",
    "|",
    "| 不予公开 | 件",
)


def _text(rng: Random) -> str:
    def block() -> str:
        own = "".join(rng.choice(_USUAL) for _ in range(rng.randint(0, 25)))
        return rng.choice((*_BLOCKS, own, f"|{own}|"))

    return ("\n\n" + "\n" * (rng.random() < 0.2)).join(block() for _ in range(rng.randint(1, 6)))


def _slowly(query: str, text: str, parts: tuple[Part, ...]) -> Part | None:
    """By each place in the folded text: in the prose, or in a table or across the edge of one."""
    whole = folded(text)
    of = [part for part, run in runs(text) for _ in run]
    found = set()
    for start in range(len(whole) - len(query) + 1):
        if whole.startswith(query, start):
            prose = set(of[start : start + len(query)]) == {Part.PROSE}
            found.add(Part.PROSE if prose else Part.TABLES)
    return next((part for part in Part if part in found and part in parts), None)


def test_a_plain_text_is_searched_as_its_folding_would_be() -> None:
    rng, held = Random(5), 0
    for _ in range(3000):
        text = _text(rng)
        assert is_plain(text)
        whole, length = folded(text), rng.choice((1, 1, 2, 3, 4, 5, 9, 20))
        start = rng.randrange(len(whole) + 1)
        query = whole[start : start + length] or "不予公开"
        if rng.random() < 0.2:
            query = folded("".join(rng.choice(_USUAL) for _ in range(length))) or "公"
        assert (in_plain(query).search(text) is not None) is (query in whole), (query, text)
        for parts in (tuple(Part), (Part.TABLES,), (Part.PROSE,), (Part.TITLE,)):
            expected = _slowly(query, text, parts)
            held += expected is not None
            assert place_of(query, "无", text, parts) is expected, (query, text, parts)
            odd = f"{text}\n\n｜①｜"  # which have to be folded
            assert place_of(query, "无", odd, parts) is _slowly(query, odd, parts), (query, odd, parts)
    assert held > 3000


def test_other_texts_are_folded() -> None:
    assert not is_plain("Ａ")
    assert place_of("a1", "", "Ａ①", tuple(Part)) is Part.PROSE
    assert place_of("|a|", "", "第\n\n｜Ａ｜", tuple(Part)) is Part.TABLES


@pytest.mark.parametrize("query", ["公开", "不予公开", "5g", "件|0|", "开", "第3号", "没有的话"])
@pytest.mark.parametrize(
    "chosen",
    [Selection(), Selection(years=(2022,)), Selection(region="4507"), Selection(templates=("2021",))],
)
def test_waiting_reports_are_found_in_the_same_order_with_every_filter(query: str, chosen: Selection) -> None:
    texts = ("不予公开。", "| 不予公开 | 件 | 0 | |", "5G\n\n| 公开 |", "公\n开，５g")
    with Store.in_memory() as store:
        store.start_run("test", {})
        for number in range(24):
            made = report(
                title=f"第{number}号", agency=f"{'教育财政'[number % 4]}局", agency_norm=f"局{number}", facts=(),
                text=texts[number % 4], year=2021 + number % 3, template=("2021", "2019")[number % 2],
            )  # fmt: skip
            own = source(f"http://www.a.gov.cn/{number}", b"%d" % number)
            with write(store.db) as db:
                put_report(db, made, own, run_id=1, extractor="x")
        assert pending(store.db) == 24
        asked = [(agency, limit) for agency in ("", "教") for limit in (None, 3)]
        waiting = [search(store.db, query, chosen, agency=agency, limit=limit) for agency, limit in asked]
        catch_up(store.db)
        assert pending(store.db) == 0
        assert [
            search(store.db, query, chosen, agency=agency, limit=limit) for agency, limit in asked
        ] == waiting
