"""Who reports in a generated database: places of the registry, each with its departments and towns."""
# ruff: noqa: SIM905 - quotes around every word would hide the words

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from govcrawl.model import Portal
from govcrawl.registry import Registry
from govcrawl.reports import Place
from govcrawl.reports.body import Body as Named
from govcrawl.reports.body import body_of
from tests.bulk.forms import LIVES

FIRST, LAST = 2008, 2025
HOST = "www.generated.example"
_REFORM = 2018
_DEPARTMENTS = tuple(
    """
    人民政府办公室 发展和改革局 教育局 公安局 民政局 司法局 财政局 人力资源和社会保障局 住房和城乡建设局 交通运输局 水利局
    审计局 统计局 医疗保障局 国土资源局>自然资源局 农业局>农业农村局 卫生和计划生育局>卫生健康局
    环境保护局>生态环境局 工商行政管理局>市场监督管理局 安全生产监督管理局>应急管理局
    """.split()
)
_MOST_TOWNS = 12


@dataclass(frozen=True, slots=True)
class Body:
    """A body that reports from ``first`` to ``last``; ``short`` is how it calls itself, ``slug`` its folder."""

    portal: Portal
    name: str
    short: str
    kind: str
    slug: str
    life: int
    first: int
    last: int
    summed: bool
    named: Named


def bodies(registry: Registry, seed: int) -> Iterator[Body]:
    """Bodies without end of places in an order drawn by the seed; none comes twice."""
    portals = [portal for portal in registry.portals if portal.division_code]
    Random(f"{seed} places").shuffle(portals)
    for portal in portals:
        yield from _of_place(portal, registry, Random(f"{seed} {portal.key}"))


def place_of(portal: Portal) -> Place:
    """The portal's division, as readers are told of it."""
    return Place(portal.name, portal.prefecture, portal.province, portal.level or "", portal.division_code)


def _of_place(portal: Portal, registry: Registry, rng: Random) -> Iterator[Body]:
    def body(name: str, short: str, kind: str, slug: str, first: int, last: int) -> Body:
        summed = kind == "county" and rng.random() < 0.3
        named = body_of(name, place_of(portal))
        return Body(portal, name, short, kind, slug, rng.randrange(LIVES), first, last, summed, named)

    government = f"{portal.name}人民政府"
    yield body(government, government, "county", "zf", rng.randint(FIRST, FIRST + 3), LAST)
    for number, names in enumerate(rng.sample(_DEPARTMENTS, 12)):
        old, _, new = names.partition(">")
        start = rng.randint(FIRST, 2015)
        end = _REFORM if new else LAST
        yield body(f"{portal.name}{old}", old, "department", f"bm{number}", start, end)
        if new:
            yield body(f"{portal.name}{new}", new, "department", f"bm{number}x", end + 1, LAST)
    for town in registry.townships(portal.division_code or "")[:_MOST_TOWNS]:
        name = f"{town.name}办事处" if town.name.endswith("街道") else f"{town.name}人民政府"
        yield body(name, name, "town", f"xz{town.code}", rng.randint(2012, 2019), LAST)
