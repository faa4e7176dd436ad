"""Addresses of the family; its lists page beside the first file."""

import pytest

from tests.discovery.dialects.pages import following, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

COLUMN = "/zfxxgk/zfxxgknb/xz/2021/"
ROW = "<li><a href='/zfxxgk/zfxxgknb/xz/2021/1571424084523327490.html'>石桥镇2020年年报</a></li>"


def test_numbers_of_the_pager() -> None:
    body = ROW + "<a href='index_2.html'>2</a><a href='index_4.html'>4</a>"
    assert recognised(COLUMN, body) == "snowflake"
    assert paths(following(COLUMN, body)) == [f"{COLUMN}index_{n}.html" for n in (2, 3, 4)]


def test_a_single_page() -> None:
    assert following(COLUMN, ROW) == []


@pytest.mark.parametrize("shape", ["flat", "year"])
def test_every_report(shape: str) -> None:
    check(spec_for("snowflake", shape))
