"""An annual report made from a seed: its page content and, independently of any reader, its truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.portals import figures as numbers
from tests.portals import prose
from tests.portals.forms import Form, form, stat_rows
from tests.portals.look import Look, draw_look, printed
from tests.portals.markup import paragraph, table
from tests.portals.model import Body, FactTruth, ReportTruth
from tests.portals.tables import Grid, application, challenge, proactive, statistics

_TITLES = (
    "{name}{year}年政府信息公开工作年度报告",
    "{name}{year}年政府信息公开工作年度报告",
    "{name}{year}年度政府信息公开工作年度报告",
    "{short}{year}年政府信息公开年度报告",
    "{short}{year}年度政府信息公开年报",
    "{name}关于{year}年度政府信息公开工作的年度报告",
    "{year}年{name}政府信息公开工作年度报告",
    "{name}政府信息公开工作年度报告（{year}年）",
)
_NAMELESS = "{year}年政府信息公开工作年度报告"
_OLD_TITLES = ("{name}{year}年政府信息公开工作年度报告", "{name}{year}年度政府信息公开工作情况报告")
_HEADS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
_OLD_CHALLENGE = "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"


@dataclass(slots=True)
class _Sheet:
    """The page under construction: HTML on one side, paragraphs that must survive on the other."""

    look: Look
    rng: Random
    html: list[str]
    kept: list[str]
    residue: list[str]

    def say(self, text: str, *, strong: bool = False) -> None:
        self.kept.append(text)
        self.html.append(paragraph(text, self.look.markup, self.rng, strong=strong))

    def leave(self, text: str) -> None:
        """Print what no reader wants: an instruction of the form, an editor's mark."""
        self.html.append(paragraph(text, self.look.markup, self.rng))

    def draw(self, grid: Grid) -> None:
        drawn = table(grid, self.look.markup, self.look.padding)
        if self.look.nested:
            drawn = f'<table width="100%" border="0"><tr><td align="center">{drawn}</td></tr></table>'
        self.html.append(drawn)


def make_report(
    body: Body, year: int, rng: Random, markup: str | None = None, nameless_share: float = 0.05
) -> ReportTruth:
    """The report of a body for a fiscal year; ``markup`` fixes the word processor it was typed in.

    ``nameless_share`` is how often the title leaves out the body, which then signs the report.
    """
    template = _template(body, year, rng)
    published = _publication(body, year, rng)
    sheet = _Sheet(draw_look(rng, markup), rng, [], [], [])
    titles = _TITLES if year >= 2019 else _OLD_TITLES
    nameless = year >= 2019 and rng.random() < nameless_share
    pattern = _NAMELESS if nameless else rng.choice(titles)
    title = pattern.format(name=body.name, short=body.short, year=year)
    if rng.random() < 0.3:
        sheet.html.append(paragraph(title, sheet.look.markup, rng, strong=True))
    facts: dict[str, FactTruth] = {}
    failing: frozenset[str] = frozenset()
    if template in ("2019", "2021"):
        facts, failing = _statutory(sheet, body, year, form(template))
    else:
        facts = _old(sheet, body, year, template)
    if nameless or rng.random() < 0.75:
        _sign(sheet, body, published)
    return ReportTruth(
        title, body, year, published, template, facts, tuple(sheet.kept), failing, tuple(sheet.residue),
        "\n".join(sheet.html),
    )  # fmt: skip


def _template(body: Body, year: int, rng: Random) -> str:
    if year < 2019:
        return "2014" if year >= 2014 and body.kind != "town" else "free"
    regular, other = ("2019", "2021") if year < 2021 else ("2021", "2019")
    return other if rng.random() < 0.06 else regular


def _publication(body: Body, year: int, rng: Random) -> date:
    first = date(year + 1, 1, 8)
    days = rng.randint(0, 75) if body.kind == "county" else rng.randint(0, 23)
    late = 365 if rng.random() < 0.03 else 0
    return first + timedelta(days=days + late)


def _statutory(
    sheet: _Sheet, body: Body, year: int, official: Form
) -> tuple[dict[str, FactTruth], frozenset[str]]:
    rng, look = sheet.rng, sheet.look
    values = numbers.figures(official, body.kind, rng)
    if rng.random() < 0.07:
        numbers.spoil(official, values, rng)
    money = {c.id: c.kind for b in official.blocks for c in b.columns}
    facts = {
        fact: printed(fact, values[fact], money.get(fact.rpartition(":")[2], "count"), look, rng)
        for fact in official.ids()
    }
    who = body.short if rng.random() < 0.5 else body.name
    if rng.random() < 0.04:
        sheet.residue.append("[bookmark: _GoBack]")
        sheet.leave(sheet.residue[0])
    stated = year - 1 if rng.random() < 0.03 else year
    for line in prose.preamble(body.name, stated, rng):
        sheet.say(line)
    sheet.say(_HEADS[0], strong=True)
    for line in prose.overview(who, year, int(values["application.received_new:total"]), rng):
        sheet.say(line)
    sheet.say(_HEADS[1], strong=True)
    if rng.random() < 0.05:
        sheet.leave("该部分以表格形式报告。表格如下：")
    for grid in proactive(official, facts, look, year, rng):
        sheet.draw(grid)
    sheet.say(_HEADS[2], strong=True)
    sheet.draw(application(official, facts, look, rng))
    sheet.say(_OLD_CHALLENGE if rng.random() < 0.15 else _HEADS[3], strong=True)
    sheet.draw(challenge(official, facts, look, rng))
    sheet.say(_HEADS[4], strong=True)
    for line in prose.problems(who, year, rng):
        sheet.say(line)
    sheet.say(_HEADS[5], strong=True)
    for line in prose.other_matters(year, rng):
        sheet.say(line)
    return facts, numbers.failing(official, {fact: truth.value for fact, truth in facts.items()})


def _old(sheet: _Sheet, body: Body, year: int, template: str) -> dict[str, FactTruth]:
    for line in prose.free_report(body.name, year, sheet.rng):
        sheet.say(line)
    if template != "2014":
        return {}
    values = numbers.statistics([row for row, _, unit in stat_rows() if unit], sheet.rng)
    facts = {f"stat2014.{row}": FactTruth(value, "number", f"{value}") for row, value in values.items()}
    sheet.say("附表：政府信息公开情况统计表")
    sheet.draw(statistics(facts))
    return facts


def _sign(sheet: _Sheet, body: Body, published: date) -> None:
    signed = published - timedelta(days=sheet.rng.randint(0, 5))
    sheet.say(body.name)
    sheet.say(f"{signed.year}年{signed.month}月{signed.day}日")
