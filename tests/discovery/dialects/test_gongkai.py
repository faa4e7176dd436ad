"""Channels named by hex or by pinyin; pages stand beside the first one."""

import pytest

from tests.discovery.dialects.pages import following, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

CHANNEL = "/gongkai/site_srmzfbgs/channel_62d5295b281f20b1bc4ede4b/"


def test_numbers_of_the_pager() -> None:
    body = (
        f"<a href='{CHANNEL}doc_64be1fa34c4002712d0b91e4.html'>年报</a>"
        + "<a href='index_2.html'>2</a><a href='index_4.html'>4</a>"
    )
    assert recognised(CHANNEL, body) == "gongkai"
    assert paths(following(CHANNEL, body)) == [f"{CHANNEL}index_{n}.html" for n in (2, 3, 4)]


def test_a_single_page() -> None:
    assert following(CHANNEL, f"<a href='{CHANNEL}doc_64be1fa34c4002712d0b91e4.html'>年报</a>") == []


@pytest.mark.parametrize("shape", ["flat", "year"])
def test_every_report(shape: str) -> None:
    check(spec_for("gongkai", shape))
