"""A portal between two crawls: nothing new, one more report, a new year, changed reports, a moved column, a new CMS.

Every moment is a portal of its own, made from the same specification: numbers, titles and texts stay the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.portals.model import Article, Column, PortalSpec, Site
from tests.portals.reports import make_report
from tests.portals.site import build_site
from tests.portals.style import styles
from tests.portals.world import Portal


def at(spec: PortalSpec, moment: str) -> Portal:
    """The portal at that moment, one of ``MOMENTS``.

    To let a served portal grow older, put it into ``PortalServer.portals`` under its host.
    """
    return MOMENTS[moment](spec)


def first(spec: PortalSpec) -> Portal:
    """Before the season: the newest year is not there yet, nor is one report of the year before."""
    return _without(spec, lambda site, a: _newest(site, a) or a is _late(site))


def quiet(spec: PortalSpec) -> Portal:
    """A week later: three new pieces of news, no report."""
    return _without(spec, lambda site, a: _newest(site, a) or a is _late(site), news=True)


def one_more(spec: PortalSpec) -> Portal:
    """One report has come, late, into one list."""
    return _without(spec, _newest)


def new_year(spec: PortalSpec) -> Portal:
    """The newest year is there, in columns of its own where the columns go by years."""
    return Portal(spec)


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of the articles that ``changed`` treats: corrected, withdrawn, put elsewhere, come late."""

    corrected: int
    vanished: int
    moved: int
    late: int


def changes(spec: PortalSpec) -> Changes:
    """Which reports are changed: those of the year before the newest that come first in the site."""
    site = build_site(spec, styles()[spec.style].markup)
    late, year = _late(site), max(spec.years) - 1
    ours = [a.number for a in site.reports if a is not late and a.report and a.report.year == year]
    return Changes(*ours[:3], late.number)


def changed(spec: PortalSpec) -> Portal:
    """A report has other numbers and sentences, one is gone, one has another address, and the late one has come."""
    which = changes(spec)
    site = build_site(spec, styles()[spec.style].markup)
    for article in site.reports:
        if article.number == which.corrected and article.report:
            old = article.report
            new = make_report(
                old.body, old.year, Random(f"corrected:{spec.seed}"), styles()[spec.style].markup
            )
            article.report = replace(new, title=old.title, published=old.published)
            article.html = new.html
    gone = {id(a) for a in site.reports if a.number == which.vanished}
    for column in site.root.walk():
        column.articles = [a for a in column.articles if id(a) not in gone and not _newest(site, a)]
    left = tuple(a for a in site.reports if id(a) not in gone and not _newest(site, a))
    for article in left:
        if article.number == which.moved:
            article.number += 500_009
    return Portal(spec, Site(site.spec, site.bodies, site.root, left, site.satellites, site.foreign))


def moved(spec: PortalSpec) -> Portal:
    """The column has gone to another place under another name; where it stood there is nothing."""
    site = build_site(spec, styles()[spec.style].markup)
    column = site.column("reports")
    hall = site.column("nav")
    if column.parent:
        column.parent.children.remove(column)
    column.slug, column.name = "xxgknbzl", "信息公开年报专栏"
    hall.add(column)
    for entry in column.walk():
        entry.number += 500_009
    return Portal(spec, site)


def new_cms(spec: PortalSpec) -> Portal:
    """The whole site has been put into another CMS: no address is as it was."""
    return Portal(replace(spec, style="php_lists" if spec.style != "php_lists" else "trs"))


MOMENTS: dict[str, Callable[[PortalSpec], Portal]] = {
    entry.__name__: entry for entry in (first, quiet, one_more, new_year, changed, moved, new_cms)
}


def _newest(site: Site, article: Article) -> bool:
    """Whether it belongs to the newest year: a report, or what stands among the reports and is none."""
    year = article.report.year if article.report else article.published.year - 1
    return (article.decoy or article.report is not None) and year == max(site.spec.years)


def _late(site: Site) -> Article:
    """The department's report that comes last of those of the year before the newest."""
    year = max(site.spec.years) - 1
    ours = [
        a for a in site.reports if a.report and a.report.year == year and a.report.body.kind == "department"
    ]
    return max(ours, key=lambda a: (a.published, a.number))


def _without(spec: PortalSpec, leave: Callable[[Site, Article], bool], news: bool = False) -> Portal:
    site = build_site(spec, styles()[spec.style].markup)
    gone = {id(a) for column in site.root.walk() for a in column.articles if leave(site, a)}
    for column in site.root.walk():
        had = bool(column.articles)
        column.articles = [a for a in column.articles if id(a) not in gone]
        if had and not column.articles and column.role == "group":
            _drop(column)
    latest = next(c for c in site.root.walk() if c.slug == "zwyw")
    if not news:
        latest.articles = latest.articles[3:]
    return Portal(spec, _kept(site, gone))


def _kept(site: Site, gone: set[int]) -> Site:
    kept = tuple(a for a in site.reports if id(a) not in gone)
    return Site(site.spec, site.bodies, site.root, kept, site.satellites, site.foreign)


def _drop(column: Column) -> None:
    if column.parent:
        column.parent.children.remove(column)
