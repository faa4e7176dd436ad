"""Compressed bodies that break off are no pages."""

import gzip

import pytest

from govcrawl.crawl.whole import ends_properly

BODY = gzip.compress("政府信息公开".encode() * 5000)


@pytest.mark.parametrize("cut", [1, 4, 8, 30])
def test_a_stream_without_its_end(cut: int) -> None:
    assert ends_properly(BODY)
    assert not ends_properly(BODY[:-cut])


def test_rubbish() -> None:
    assert not ends_properly(BODY[:20] + b"\xff" * 50)
    assert ends_properly(b"<html>")
