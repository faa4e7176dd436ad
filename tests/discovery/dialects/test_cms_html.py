"""Pages beside index.html, and a pager that promises too many."""

import pytest

from tests.discovery.dialects.pages import following, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

COLUMN = "/cms/html/xyxrmzf/zfxxgknb/index.html"
ROW = "<li><a href='/cms/html/xyxrmzf/2021-01-29/1721828210.html'>石桥镇2020年年报</a></li>"


def test_pages_up_to_the_last_one() -> None:
    body = f"{ROW}<a href='index.html'>首页</a><a href='2.html'>下一页</a><a href='4.html'>尾页</a>"
    assert recognised(COLUMN, body) == "cms_html"
    assert paths(following(COLUMN, body)) == [f"/cms/html/xyxrmzf/zfxxgknb/{n}.html" for n in (2, 3, 4)]
    assert following(COLUMN.replace("index", "4"), body) == []


def test_pages_of_other_columns_are_not_ours() -> None:
    other = "<a href='/cms/html/xyxrmzf/tzgg/9.html'>尾页</a>"
    assert following(COLUMN, f"{ROW}{other}") == []


@pytest.mark.parametrize("shape", ["flat", "body_type"])
def test_every_report(shape: str) -> None:
    check(spec_for("cms_html", shape))
