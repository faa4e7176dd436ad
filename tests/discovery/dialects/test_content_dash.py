"""Nodes at the root: a window of page numbers grows from page to page."""

import pytest

from tests.discovery.dialects.pages import following, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

WINDOW = "<div><b>1</b>" + "".join(f"<a href='/Node-772_{n}.html'>{n}</a>" for n in (2, 3)) + "</div>"


def test_pages_of_the_window() -> None:
    assert recognised("/Node-772.html", WINDOW) == "content_dash"
    assert paths(following("/Node-772.html", WINDOW)) == ["/Node-772_2.html", "/Node-772_3.html"]


def test_other_nodes_are_not_ours() -> None:
    assert following("/Node-77.html", WINDOW) == []
    assert following("/Node-772_3.html", WINDOW) == []


def test_the_page_after_the_window() -> None:
    later = "<a href='/Node-772_3.html'>3</a><a href='/Node-772_5.html'>5</a>"
    assert paths(following("/Node-772_3.html", later)) == ["/Node-772_4.html", "/Node-772_5.html"]


@pytest.mark.parametrize("shape", ["flat", "body"])
def test_every_report(shape: str) -> None:
    check(spec_for("content_dash", shape))
