"""Pages numbered downwards: from hidden links, from the script, and from both."""

import pytest

from tests.discovery.dialects.pages import following, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

NODE = "/n30398511/n54890770/"
SCRIPT = f"<script>var maxPageNum77=5;var purl='{NODE}index_77';</script>"
HIDDEN = (
    "<div style='display:none'>"
    + "".join(f"<a href='{NODE}index_77_{n}.html'></a>" for n in (4, 3))
    + "</div>"
)


def test_the_script_alone() -> None:
    assert recognised(f"{NODE}index.html", SCRIPT) == "ncontent"
    assert paths(following(f"{NODE}index.html", SCRIPT)) == [f"{NODE}index_77_{n}.html" for n in (4, 3, 2, 1)]


def test_hidden_links_alone() -> None:
    assert paths(following(f"{NODE}index.html", HIDDEN)) == [
        f"{NODE}index_77_4.html",
        f"{NODE}index_77_3.html",
    ]


def test_later_pages_only_count_down() -> None:
    assert paths(following(f"{NODE}index_77_3.html", f"{HIDDEN}{SCRIPT}")) == [
        f"{NODE}index_77_2.html",
        f"{NODE}index_77_1.html",
    ]
    assert following(f"{NODE}index_77_1.html", f"{HIDDEN}{SCRIPT}") == []


def test_of_two_lists_the_longer_one() -> None:
    other = f"<a href='{NODE}index_12_1.html'></a>"
    assert paths(following(f"{NODE}index.html", f"<div>{other}{HIDDEN}</div>")) == [
        f"{NODE}index_77_4.html",
        f"{NODE}index_77_3.html",
    ]


def test_a_path_from_above() -> None:
    script = "<script>var maxPageNum77=3;var purl='../../n30398511/n54890770/index_77';</script><a href='/n30398511/n54890770/c1/content.html'>x</a>"
    assert paths(following(f"{NODE}index.html", script)) == [
        f"{NODE}index_77_2.html",
        f"{NODE}index_77_1.html",
    ]


def test_a_single_page() -> None:
    assert following(f"{NODE}index.html", f"<a href='{NODE}c3/content.html'>年报</a>") == []


@pytest.mark.parametrize("shape", ["flat", "body_type"])
def test_every_report(shape: str) -> None:
    check(spec_for("ncontent", shape))
