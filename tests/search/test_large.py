from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

import pytest

from govcrawl.search import search
from govcrawl.search.finding import found_ids
from govcrawl.store import Store
from govcrawl.store.indexing import pending
from govcrawl.text import folded

QUERIES = 400
_STRANGE = "公开申请不予政府信息，。“1|０Ab*\"'-𠮷ς"


def queries(texts: list[str], rng: Random) -> Iterator[str]:
    """Of 1 to 8 characters: from prose, from anywhere, and put together so that most stand nowhere."""
    for number in range(QUERIES):
        length, kind = 1 + number % 8, rng.random()
        whole = rng.choice(texts)
        if kind < 0.5:
            whole = "\n\n".join(block for block in whole.split("\n\n") if not block.startswith("|"))
        start = rng.randrange(max(1, len(whole) - length))
        own = whole[start : start + length]
        if kind > 0.75:
            own = "".join(rng.choice(_STRANGE) for _ in range(length))
        if folded(own):
            yield own


def scan(texts: Mapping[int, tuple[str, str]], plain: str) -> set[int]:
    return {key for key, (title, text) in texts.items() if plain in title or plain in text}


@pytest.mark.soak
def test_every_short_query_is_exact_and_quick_on_20000_reports(large: Path) -> None:
    with Store.open(large, create=False) as store:
        assert pending(store.db) == 0
        rows = store.db.execute("SELECT id, title, text FROM reports").fetchall()
        texts = {key: (folded(title), folded(text)) for key, title, text in rows}
        seconds = []
        for query in queries([text for *_, text in rows[::40]], Random(1)):
            before = process_time()
            found = search(store.db, query)
            seconds.append(process_time() - before)
            expected = scan(texts, folded(query))
            assert found.total == len(expected), query
            assert found_ids(store.db, query) == expected, query
    print(
        f"{len(rows)} reports, {len(seconds)} queries, median {median(seconds) * 1000:.1f} ms of a processor"
    )
    assert median(seconds) < 0.05
