"""How the reports are spread over sub-columns of one column."""

from __future__ import annotations

from tests.portals.content import Newsroom
from tests.portals.model import Article, Body, Column, newest_first

_GROUPS = {
    "county": (("xzf", "县政府"), ("xzfnb", "县人民政府"), ("zf", "县政府年报")),
    "department": (("bm", "县政府部门"), ("bmnb", "部门"), ("xzfbm", "县直部门年报")),
    "town": (("xz", "乡镇（街道）"), ("xzjd", "乡镇街道"), ("zj", "各镇街年报")),
}


def flat(column: Column, articles: list[Article], room: Newsroom) -> None:
    """One list of everything."""
    column.articles = newest_first(articles)


def by_body_type(column: Column, articles: list[Article], room: Newsroom) -> None:
    """County government, departments, towns: three sub-columns."""
    for kind, names in _GROUPS.items():
        slug, name = room.rng.choice(names)
        group = column.add(Column(slug, name, role="group"))
        group.articles = newest_first(a for a in articles if _kind(a) == kind)


def by_year(column: Column, articles: list[Article], room: Newsroom) -> None:
    """One sub-column a year, the years before 2019 together."""
    years = sorted({_year(a) for a in articles}, reverse=True)
    for year in years:
        name = f"{year}年" if year else "2018年及以前"
        group = column.add(Column(f"{year}n" if year else "lnnb", name, role="group"))
        group.articles = newest_first(a for a in articles if _year(a) == year)


def by_body_type_and_year(column: Column, articles: list[Article], room: Newsroom) -> None:
    """County government, departments, towns, and below each of them the years."""
    by_body_type(column, articles, room)
    for group in column.children:
        own, group.articles = group.articles, []
        by_year(group, own, room)


def by_body(column: Column, articles: list[Article], room: Newsroom) -> None:
    """One sub-column a body, named by it; what belongs to none stands anywhere."""
    for body in room.bodies:
        own = [a for a in articles if _body(a, room.bodies) is body]
        group = column.add(Column(body.slug, body.short, role="group"))
        group.articles = newest_first(own)


def by_year_and_body_type(column: Column, articles: list[Article], room: Newsroom) -> None:
    """One sub-column a year, and below each of them county government, departments, towns."""
    by_year(column, articles, room)
    for group in column.children:
        own, group.articles = group.articles, []
        by_body_type(group, own, room)


def old_and_new(column: Column, articles: list[Article], room: Newsroom) -> None:
    """The years from 2020 on in the column, those up to 2021 in an older one beside the platform."""
    old = column.trail[0].add(Column("gknb", "信息公开年报（2021年以前）", role="group"))
    column.articles = newest_first(a for a in articles if _year(a) >= 2020)
    old.articles = newest_first(a for a in articles if _year(a) < 2022)


def own_pages(column: Column, articles: list[Article], room: Newsroom) -> None:
    """One sub-column a year, and below it a column for each body whose page is the report itself."""
    by_year(column, articles, room)
    for group in column.children:
        own, group.articles = group.articles, []
        for article in own:
            if article.report:
                body = article.report.body
                year = f"{article.report.year}" if group.slug == "lnnb" else ""
                page = group.add(Column(f"{body.slug}{year}", f"{body.short}{year}", role="report"))
                page.articles = [article]


def _kind(article: Article) -> str:
    return article.report.body.kind if article.report else list(_GROUPS)[article.number % 3]


def _body(article: Article, bodies: tuple[Body, ...]) -> Body:
    return article.report.body if article.report else bodies[article.number % len(bodies)]


def _year(article: Article) -> int:
    year = article.report.year if article.report else article.published.year - 1
    return year if year >= 2019 else 0
