"""Bodies that break off are no pages."""

import gzip

import pytest

from govcrawl.crawl.whole import ends_properly
from govcrawl.documents.cut import breaks_off

BODY = gzip.compress("政府信息公开".encode() * 5000)


@pytest.mark.parametrize("cut", [1, 4, 8, 30])
def test_a_stream_without_its_end(cut: int) -> None:
    assert ends_properly(BODY)
    assert not ends_properly(BODY[:-cut])


def test_rubbish() -> None:
    assert not ends_properly(BODY[:20] + b"\xff" * 50)
    assert ends_properly(b"<html>")


@pytest.mark.parametrize(
    ("page", "cut"),
    [
        (b"<html><body><p>a</p></body></html>", False),
        (b"<!DOCTYPE html><html><body><p>a</p></BODY>\n\n", False),
        (b"<html><body><p>a</p></div>\n", False),  # badly made, but made to its end
        (b"<html><body><p>a</p><!-- 0.1 s -->", False),
        (b"<p>a fragment of a page", False),
        (b"<html><body><p>a", True),
        (b"<html><body><table><tr><td>1", True),
        (b"<html><body><table><tr><td", True),
        (b"<html><body><table><tr><td>", True),
    ],
)
def test_a_page_without_its_end(page: bytes, cut: bool) -> None:
    assert breaks_off(page) is cut
