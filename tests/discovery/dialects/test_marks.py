"""Each system is recognised by its own pages, and by no other's."""

from collections import Counter

import pytest

from govcrawl.discovery.dialects import dialect_of, looks_like_article
from govcrawl.discovery.page import Page
from tests.portals.model import PortalSpec
from tests.portals.world import Portal

FAMILIES = (
    "cms_html", "content_dash", "doc_ymd", "epoint", "gongkai", "hanweb", "lonsun", "ncontent", "openness", "rednet",
    "snowflake", "trs", "truecms", "uuid_columns", "webinfo",
)  # fmt: skip


def seen(portal: Portal, path: str) -> str:
    path, _, query = path.partition("?")
    return dialect_of(Page.parse(portal.style.url(path), portal.answer("GET", path, query).body)).name


@pytest.mark.parametrize("family", FAMILIES)
def test_pages_of_a_family(family: str) -> None:
    portal = Portal(
        PortalSpec(
            "www.xiuyan.gov.cn", "岫堰县", "990131", family, "body_type", 5, departments=1, towns=2, others=20
        )
    )
    style, names = portal.style, Counter[str]()
    for column in portal.site.root.walk()[1:]:
        address = style.column_path(column)
        names[seen(portal, address)] += 1
        assert looks_like_article(style.url(address)) is not True
        for article in column.articles[:1]:
            address = style.article_path(column, article)
            names[seen(portal, address)] += 1
            assert looks_like_article(style.url(address)) is True
    assert set(names) <= {family, "generic"}  # a page without a mark is nobody's
    for column in portal.site.column("reports").walk():
        assert seen(portal, style.column_path(column)) == family or not column.articles
