"""What SQL may cost on the page."""

from __future__ import annotations

import sqlite3 as plain
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

pytest.importorskip("datasette", reason="the extra serve is not installed")

from govcrawl.serve.limits import LARGEST, connect

if TYPE_CHECKING:
    from tests.serve.browsing import Browser

MANY = "with recursive n(i) as (select 1 union all select i + 1 from n limit 100000) "
LONG = (
    "select length(randomblob(1000000000))",
    "select replace(hex(zeroblob(200000000)), '0', 'aaaa')",
    "select replace(hex(zeroblob(500000)), '0', hex(zeroblob(900000)))",
    "select printf('%1000000000d', 1)",
    f"{MANY}select group_concat(hex(zeroblob(1000))) from n",
    "select 'a' like " + "'%" + "a" * 101 + "'",
    "with t(x) as (select 'a' union all select x || x from t) select max(length(x)) from t".replace(
        "with", "with recursive"
    ),
)
QUICK = (
    "select instr(hex(zeroblob(900000)), hex(zeroblob(400000)) || 'x')",
    "select length(trim(hex(zeroblob(900000)), hex(zeroblob(900000))))",
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Any]:
    plain.connect(tmp_path / "some.db").close()
    made = connect(f"file:{quote(str(tmp_path / 'some.db'))}?mode=ro")
    yield made
    made.close()


@pytest.mark.parametrize("sql", LONG)
def test_what_would_take_long_is_refused_at_once(browser: Browser, sql: str) -> None:
    begun = time.process_time()
    assert browser.get(f"/govcrawl.json?sql={quote(sql)}").status_code == 400
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("sql", QUICK)
def test_what_sqlite_does_slowly_is_quick(connection: Any, sql: str) -> None:
    begun = time.process_time()
    assert connection.execute(sql).fetchone() == (0,)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("call", [
    "instr('年报年', '年')", "instr('a', 'b')", "instr('a', '')", "instr(null, 'a')", "instr(x'0102', x'02')",
    "instr(123, 2)", "replace('aXbX', 'X', '年')", "replace('a', '', 'b')", "replace(null, 'a', 'b')",
    "replace('a', 'a', null)", "trim('  a  ')", "trim('xaxx', 'x')", "ltrim(' a ')", "rtrim(' a ')",
    "ltrim('年a', '年')", "rtrim('a年', '年')", "trim('a', '')", "trim(null)", "trim('aa', 'a')", "trim(12, 2)",
])  # fmt: skip
def test_they_answer_as_sqlite_does(connection: Any, call: str) -> None:
    with closing(plain.connect(":memory:")) as own:
        told = own.execute(f"select {call}").fetchone()
    assert connection.execute(f"select {call}").fetchone() == told


def test_what_is_allowed(connection: Any) -> None:
    assert connection.execute("select length(zeroblob(?))", (LARGEST,)).fetchone() == (LARGEST,)
