"""What several processes wrote into is looked for before their run is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from govcrawl.crawl.plan import plan
from govcrawl.errors import OutputLost
from govcrawl.one_writer import OneWriter
from govcrawl.parallel import Asked, crawl, run


@pytest.mark.parametrize("anew", [False, True])
def test_a_database_that_was_taken_away_is_told(
    anew: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, aside = tmp_path / "govcrawl.db", tmp_path / "aside.db"

    async def taken_away(*_: object) -> bool:
        database.rename(aside)
        if anew:
            database.write_bytes(aside.read_bytes())
        return False

    monkeypatch.setattr(run, "_crawled", taken_away)
    asked = Asked(plan({"url": "http://www.shiwu.gov.cn/"}, None), tmp_path)
    right = OneWriter.of(tmp_path, command="govcrawl crawl", wait=0)
    try:
        with pytest.raises(OutputLost, match="was taken away") as told:
            crawl(asked, [], right, lambda _: None)
    finally:
        right.close()
    assert told.value.exit_status == 3
    assert database.exists() is anew
