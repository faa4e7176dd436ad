"""index.shtml, index_1.shtml; the number behind 下一页 tells where the pages begin."""

import pytest

from tests.discovery.dialects.pages import following, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

COLUMN = "/zfxxgk/zfxxgknb/index.shtml"
ROW = "<li><a href='/doc/2024/01/08/4153378.shtml'>石桥镇2023年年报</a></li>"


@pytest.mark.parametrize(("first", "last"), [(1, 3), (2, 3)])
def test_pages_from_zero_or_from_one(first: int, last: int) -> None:
    links = "".join(
        f"<a href='index_{n}.shtml'>{word}</a>"
        for n, word in ((1, "首页"), (first, "下一页"), (last, "尾页"))
    )
    assert recognised(COLUMN, ROW) == "doc_ymd"
    expected = [f"/zfxxgk/zfxxgknb/index_{n}.shtml" for n in range(first, last + 1)]
    assert paths(following(COLUMN, ROW + links)) == expected


@pytest.mark.parametrize("shape", ["flat", "year"])
def test_every_report(shape: str) -> None:
    check(spec_for("doc_ymd", shape))
