"""The official forms as data: blocks, rows and columns with their fact ids and full-width labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_ROOT = Path(__file__).resolve().parents[2]
_PLACES = (_ROOT / "govcrawl/reports/report_schema.yaml", _ROOT.parent / "shared/report_schema.yaml")
_WIDE = str.maketrans({"(": "（", ")": "）", ":": "：", ",": "，"})
LEAD = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True, slots=True)
class Label:
    """An id with the words the official form prints for it; ``kind`` is count, signed_count or money."""

    id: str
    text: str
    kind: str = "count"


@dataclass(frozen=True, slots=True)
class Block:
    """One of the stacked blocks of the table on proactive disclosure."""

    id: str
    banner: str
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the application table; ``path`` goes from the outermost label to its own."""

    id: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form; ``name`` is 2019 or 2021."""

    name: str
    blocks: tuple[Block, ...]
    rows: tuple[Row, ...]
    applicants: tuple[Label, ...]
    groups: tuple[Label, ...]
    outcomes: tuple[Label, ...]

    def ids(self) -> list[str]:
        """Every fact id in the order of the form."""
        proactive = [
            f"proactive.{b.id}.{r.id}:{c.id}" for b in self.blocks for r in b.rows for c in b.columns
        ]
        application = [f"application.{r.id}:{a.id}" for r in self.rows for a in self.applicants]
        challenge = [f"challenge.{g.id}:{o.id}" for g in self.groups for o in self.outcomes]
        return proactive + application + challenge


@cache
def schema() -> dict[str, Any]:
    """The schema as published, from the package or the folder beside the project."""
    place = next(path for path in _PLACES if path.is_file())
    loaded: dict[str, Any] = yaml.safe_load(place.read_text(encoding="utf-8"))
    return loaded


def _labels(rows: list[dict[str, Any]]) -> tuple[Label, ...]:
    return tuple(Label(r["id"], r["cn"].translate(_WIDE), r.get("kind", "count")) for r in rows)


@cache
def form(name: str) -> Form:
    """The form of that name, 2019 or 2021."""
    tables = schema()["formats"][f"fmt{name}"]["tables"]
    return Form(
        name,
        tuple(
            Block(b["id"], b["cn"].translate(_WIDE), _labels(b["columns"]), _labels(b["rows"]))
            for b in tables["proactive"]["blocks"]
        ),
        tuple(
            Row(r["id"], tuple(part.translate(_WIDE) for part in r["label_path"]))
            for r in tables["application"]["rows"]
        ),
        _labels(schema()["applicant_columns"]),
        _labels(tables["challenge"]["groups"]),
        _labels(tables["challenge"]["columns"]),
    )


@cache
def stat_rows() -> tuple[tuple[str, str, str | None], ...]:
    """Rows of the 2014 statistics form: id, label, unit; unit None marks a heading row."""
    rows = schema()["formats"]["stat2014"]["rows"]
    return tuple(
        (r["id"], r["cn"].translate(_WIDE), None if r.get("header_only") else r["unit"]) for r in rows
    )
