"""A whole site put together from its specification, before any CMS renders it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from random import Random

from tests.portals import content
from tests.portals.bodies import make_bodies
from tests.portals.clutter import clutter
from tests.portals.model import Article, Body, Column, PortalSpec, ReportTruth, Site
from tests.portals.reports import make_report
from tests.portals.shapes import SHAPES

_LABELS = ("政府信息公开年报", "政府信息公开年报", "信息公开年报", "公开年报", "政府信息公开年度报告")


def build_site(spec: PortalSpec, markup: str | None = None) -> Site:
    """The site of that specification, the same every time; ``markup`` fixes the word processor."""
    rng = Random(f"site:{spec.host}:{spec.seed}")
    bodies = make_bodies(spec, rng)
    room = content.Newsroom(spec, bodies, rng)
    root = Column("", spec.place)
    column = content.disclosure_columns(root, room, rng.choice(_LABELS))
    content.plain_columns(root, room)
    reports = _reports(spec, bodies, room, markup)
    SHAPES[spec.shape](column, [*reports, *room.decoys(max(6, len(reports) // 9))], room)
    foreign = clutter(root, column, room)
    content.body_columns(root, room, column)
    content.fill(root, room, spec.others)
    away = {id(a) for _, articles in room.satellites.values() for a in articles}
    return Site(
        spec, bodies, _numbered(root, spec), tuple(a for a in reports if id(a) not in away),
        tuple(_satellite(spec, host, body, own) for host, (body, own) in room.satellites.items()), tuple(foreign),
    )  # fmt: skip


def _satellite(spec: PortalSpec, host: str, body: Body, reports: list[Article]) -> Site:
    """A department's own small site, with the standard columns and its reports in one of them."""
    own = replace(spec, host=host, seed=spec.seed + 1 + len(body.slug) + ord(body.slug[0]), others=20)
    room = content.Newsroom(own, (body,), Random(f"site:{host}:{spec.seed}"))
    root = Column("", spec.place)
    content.disclosure_columns(root, room, "政府信息公开年报").articles = reports
    content.plain_columns(root, room)
    content.fill(root, room, own.others)
    return Site(own, (body,), _numbered(root, own), tuple(reports))


def _numbered(root: Column, spec: PortalSpec) -> Column:
    for order, entry in enumerate(root.walk()):
        entry.number = 1_229_000 + spec.seed * 7 + order * 13
    return root


def _reports(
    spec: PortalSpec, bodies: tuple[Body, ...], room: content.Newsroom, markup: str | None
) -> list[Article]:
    made = []
    for body in bodies:
        years = spec.years if body.kind == "town" else (*spec.old_years, *spec.years)
        if body.kind == "department" and room.rng.random() < 0.7:
            years = spec.years
        for year in years:
            if body.kind != "county" and room.rng.random() < spec.missing:
                continue
            seed = f"report:{spec.host}:{spec.seed}:{body.slug}:{year}"
            nameless = 0.95 if spec.trap("nameless") is not None else 0.05
            report = replace(_written(body, year, seed, markup, nameless), body=body)
            number = room.number()
            made.append(Article(number, report.title, report.published, body.name, report.html, report))
    return made


@lru_cache(maxsize=256)
def _written(body: Body, year: int, seed: str, markup: str | None, nameless: float) -> ReportTruth:
    """The report of that seed; portals of one place in different shapes share it."""
    return make_report(body, year, Random(seed), markup, nameless)
