"""Shapes in which not all reports stand below one column: each body publishes where it likes."""

from __future__ import annotations

from collections.abc import Callable

from tests.portals import content
from tests.portals.content import Newsroom
from tests.portals.model import Article, Body, Column, newest_first
from tests.portals.spread import by_body_type


def mini_platforms(column: Column, articles: list[Article], room: Newsroom) -> None:
    """Every department and town has the standard entries of its own; the column is the county's alone."""
    column.articles = newest_first(a for a in articles if not a.report or a.report.body.kind == "county")
    groups = content.body_groups(column.trail[0])
    for body in room.bodies[1:]:
        own = groups[body.kind].add(Column(body.slug, body.short))
        own.articles = [room.titled("jgzn"), room.titled("bmdt")]
        reports = content.standard_columns(own, room, column.name, body.name)
        reports.articles = _of(body, articles)


def own_hosts(column: Column, articles: list[Article], room: Newsroom) -> None:
    """Every department has a site on a host below the county's; county and towns share the column."""
    _sites(column, articles, room, lambda body: f"{body.slug}.{room.spec.key}.gov.cn")


def own_domains(column: Column, articles: list[Article], room: Newsroom) -> None:
    """As ``own_hosts``, but every third department's name does not end in the county's."""
    odd = {body.slug for body in room.bodies[3::3]}
    _sites(
        column, articles, room,
        lambda body: f"{body.slug}{'' if body.slug in odd else '.'}{room.spec.key}.gov.cn",
    )  # fmt: skip


def among_notices(column: Column, articles: list[Article], room: Newsroom) -> None:
    """The departments' reports are rows among 300 notices; county and towns share the column."""
    ours = [a for a in articles if not a.report or a.report.body.kind != "department"]
    by_body_type(column, ours, room)
    groups = content.body_groups(column.trail[0])
    notices = groups["department"].add(Column("gsgg", "公示公告"))
    rows = [room.titled("tzgg") for _ in range(300)]
    notices.articles = newest_first([*rows, *(a for a in articles if a not in ours)])
    groups["department"].add(Column("bmjj", "部门简介")).articles = [room.titled("jgzn")]
    groups["town"].add(Column("xzjj", "乡镇简介")).articles = [room.titled("jgzn")]


def search_only(column: Column, articles: list[Article], room: Newsroom) -> None:
    """The column is empty: the reports have pages, and only the site's search knows them."""
    archive = column.trail[0].add(Column("wjk", "文件库", loose=True))
    archive.articles = newest_first(articles)


def _sites(column: Column, articles: list[Article], room: Newsroom, host: Callable[[Body], str]) -> None:
    column_of = content.body_groups(column.trail[0])
    ours = [a for a in articles if not a.report or a.report.body.kind != "department"]
    by_body_type(column, ours, room)
    for body in room.bodies[1:]:
        own = column_of[body.kind].add(Column(body.slug, body.short))
        if body.kind == "department":
            own.href = f"http://{host(body)}/"
            room.satellites[host(body)] = (body, _of(body, articles))
        else:
            own.articles = [room.titled("jgzn"), room.titled("bmdt")]
            own.add(Column("nb", "政府信息公开年报", alias=column))


def _of(body: Body, articles: list[Article]) -> list[Article]:
    return newest_first(a for a in articles if a.report and a.report.body is body)
