"""Addresses of the family; its lists page beside the first file."""

import pytest

from tests.discovery.dialects.pages import following, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

COLUMN = "/29509/29510/55038/index.html"
FOLDER = "/29509/29510/55038/"
ROW = "<li><a href='/29509/29510/55038/content_1649246.html'>石桥镇2020年年报</a></li>"


def test_numbers_of_the_pager() -> None:
    body = ROW + "<a href='index_2.html'>2</a><a href='index_4.html'>4</a>"
    assert recognised(COLUMN, body) == "rednet"
    assert paths(following(COLUMN, body)) == [f"{FOLDER}index_{n}.html" for n in (2, 3, 4)]


def test_the_first_page_under_its_second_name() -> None:
    body = ROW + "".join(f"<a href='index_{n}.html'>{n}</a>" for n in (1, 2, 3))
    assert paths(following(COLUMN, body)) == [f"{FOLDER}index_{n}.html" for n in (2, 3)]


def test_a_single_page() -> None:
    assert following(COLUMN, ROW) == []


@pytest.mark.parametrize("shape", ["flat", "year"])
def test_every_report(shape: str) -> None:
    check(spec_for("rednet", shape))
