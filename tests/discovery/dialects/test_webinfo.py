"""Addresses of the family; its lists page beside the first file."""

import pytest

from tests.discovery.dialects.pages import following, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

COLUMN = "/portal/zwgk/zfxxgknb/index.htm"
FOLDER = "/portal/zwgk/zfxxgknb/"
ROW = "<li><a href='/news/webinfo/2021/01/1611111111111111.htm'>石桥镇2020年年报</a></li>"


def test_numbers_of_the_pager() -> None:
    body = ROW + "<a href='index_2.htm'>2</a><a href='index_4.htm'>4</a>"
    assert recognised(COLUMN, body) == "webinfo"
    assert paths(following(COLUMN, body)) == [f"{FOLDER}index_{n}.htm" for n in (2, 3, 4)]


def test_a_single_page() -> None:
    assert following(COLUMN, ROW) == []


@pytest.mark.parametrize("shape", ["flat", "year"])
def test_every_report(shape: str) -> None:
    check(spec_for("webinfo", shape))
