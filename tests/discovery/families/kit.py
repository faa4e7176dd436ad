"""Portals of a few pages in memory, each with one way of showing its list; discovery walks them without HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from govcrawl.discovery import Discovery, Page
from govcrawl.discovery.memory import Memory
from govcrawl.model import Portal

HOME = "http://www.yunpi.gov.cn"
BODIES = ("云陂县人民政府", "教育局", "财政局", "民政局", "白石镇", "青水乡")
YEARS = (2024, 2023, 2022, 2021, 2020)
SIZE = 8
"""Rows of a page of a list."""

Answer = str | Callable[[dict[str, str]], str | None]


@dataclass(frozen=True)
class Row:
    """A row of a list: what stands in it, and the address of its report."""

    id: int
    body: str
    year: int
    path: str = ""

    @property
    def title(self) -> str:
        return f"{self.body}{self.year}年政府信息公开工作年度报告"

    @property
    def day(self) -> str:
        return f"{self.year + 1}-01-{self.id % 28 + 1:02d}"


def rows(path: str = "/nb/{year}01/{id}.html") -> list[Row]:
    """A row for each body and year, the newest first."""
    made = []
    for place, (year, body) in enumerate((year, body) for year in YEARS for body in BODIES):
        number = 40_211 + 7 * place
        made.append(Row(number, body, year, path.format(id=number, year=year, body=body)))
    return made


def part(listed: Sequence[Row], page: int, size: int = SIZE) -> Sequence[Row]:
    """Rows of a page of a list, counted from 1."""
    return listed[(page - 1) * size : page * size] if page > 0 else ()


def items(listed: Sequence[Row]) -> str:
    """The rows as the plainest list."""
    return "".join(f"<li><a href='{row.path}'>{row.title}</a><span>{row.day}</span></li>" for row in listed)


def as_json(listed: Sequence[Row], total: int, **names: str) -> str:
    """An answer with rows whose fields are called as ``names`` says: id, title, url, day."""
    fields = {
        "id": lambda row: row.id,
        "title": lambda row: row.title,
        "url": lambda row: row.path,
        "day": lambda row: row.day,
    }
    part = [{name: fields[what](row) for what, name in names.items()} for row in listed]
    return json.dumps({"code": 0, "total": total, "data": part}, ensure_ascii=False)


@dataclass(frozen=True)
class Family:
    """One way of showing a list: the column's markup and what else the site answers."""

    column: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    truth: Sequence[Row] = field(default_factory=rows)
    most: int = 8
    """Requests that bring no report which the walk may make."""


@dataclass
class Walked:
    """What came of a walk: paths of the reports found, and the requests made."""

    discovery: Discovery
    found: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def walked(family: Family, memory: Memory | None = None) -> Walked:
    """A walk over a family's portal from its home page, or from what an earlier walk remembers."""
    home = (
        "<title>云陂县人民政府</title><body><ul><li><a href='/news/'>新闻</a></li>"
        "<li><a href='/nb/'>政府信息公开年报</a></li><li><a href='/zn/'>政府信息公开指南</a></li></ul>"
    )
    column = family.column if "<html" in family.column else _framed(family.column)
    answers: dict[str, Answer] = {"/": home, "/nb/": column, **family.answers}
    done = Walked(Discovery(Portal("yunpi", "云陂县", f"{HOME}/"), memory=memory or Memory()))
    while (step := done.discovery.next()) is not None and len(done.asked) < 200:
        target = step.target
        done.asked.append(f"{target.method} {target.url.removeprefix(HOME)} {target.body}".strip())
        text = _answer(answers, target.url, target.body)
        if text is None:
            done.discovery.failed(step)
            continue
        found = done.discovery.received(step, Page.parse(target.url, text.encode()))
        done.found += [_path(entry.url) for entry in found.entries]
        done.found += [_path(found.itself.url)] if found.itself else []
    return done


def _framed(markup: str) -> str:
    return (
        "<html><head><title>政府信息公开年报</title></head><body><a href='/'>首页</a><a href='/news/'>新闻</a>"
        f"<a href='/zn/'>政府信息公开指南</a><a href='/hd/'>互动交流</a>{markup}</body></html>"
    )


def _path(url: str) -> str:
    return url.removeprefix(HOME)


def _answer(answers: Mapping[str, Answer], url: str, body: str) -> str | None:
    parts = urlsplit(url)
    found = answers.get(parts.path)
    if parts.netloc not in HOME or found is None:
        return None
    if isinstance(found, str):
        return found
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if body.startswith("{"):
        given |= {name: str(value) for name, value in json.loads(body).items()}
    else:
        given |= dict(parse_qsl(body, keep_blank_values=True))
    return found(given)
