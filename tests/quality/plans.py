"""A report in one value: which form, which numbers, and what was done to its tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from hypothesis import strategies as st

from tests.quality import sheets as sheet_of
from tests.quality.dumps import FORMS, dump
from tests.quality.pages import CELLS, FRAMES, Markup, Part, Said, page
from tests.quality.printed import Habits, Printed, draw
from tests.reports import forms

AGENCIES = ("临水镇人民政府", "临水县财政局", "石桥街道办事处", "临水县卫生健康局", "白马乡人民政府")
_PREAMBLE = "根据《中华人民共和国政府信息公开条例》的规定，编制本报告。"
_PROSE = (
    "本机关全年依法公开各类信息，群众查阅方便，工作平稳有序。",
    "公开的内容还不够细，解读的形式还不够多，下一步将加强培训和检查。",
)


@dataclass(frozen=True)
class Plan:
    """Everything that decides a rendering; equal plans give equal bytes."""

    template: str
    seed: int
    habits: Habits
    markup: Markup | None
    form: str = "html"
    spans: str = "once"
    wishes: frozenset[str] = frozenset()
    noise: str = ""


@dataclass
class Rendering:
    """Bytes, and what must be read from them; ``unsure`` are facts that the rendering destroyed, with why."""

    content: bytes
    said: Said
    year: int
    facts: dict[str, Printed]
    prose: tuple[str, ...]
    unsure: dict[str, str] = field(default_factory=dict)


WISHES = (
    "one_table", "blocks", "no_banners", "no_first_banner", "three_small", "data_row_alone", "break", "break_again",
    "split_label", "sub_rows", "unknown_rows", "remarks", "total_first", "synonyms", "explained", "cut_headers",
    "heads_twice", "hidden_rows", "title_rows", "enumerators", "reversed", "table_twice",
)  # fmt: skip
NOISES = ("", "", "spaces", "breaks", "vertical")


def plans() -> st.SearchStrategy[Plan]:
    """Any report of either template in any rendering."""
    share = st.sampled_from((0.0, 0.0, 0.0, 0.1, 0.5))
    habits = st.builds(
        Habits, blank=st.sampled_from((0.0, 0.0, 0.0, 0.05, 0.3, 1.0)), dash=share, none_word=share, note=share,
        unit=share, wide=share, comma=share, zeros=st.sampled_from((0.0, 0.5, 0.9, 1.0)),
    )  # fmt: skip
    markup = st.builds(
        Markup, spans=st.sampled_from(("spans", "spans", "repeat", "empty")), cell=st.sampled_from(CELLS),
        head=st.sampled_from(("td", "th", "mixed")), group=st.sampled_from(("", "thead")),
        wrong_rowspan=st.booleans(), layout=st.booleans(), padding=st.booleans(), frame=st.sampled_from(FRAMES),
        charset=st.sampled_from(("utf-8", "utf-8", "gb18030")), upper=st.booleans(),
    )  # fmt: skip
    wishes = st.frozensets(st.sampled_from(WISHES), max_size=5)
    common = {
        "template": st.sampled_from(("2019", "2021")), "seed": st.integers(0, 2**32), "habits": habits,
        "wishes": wishes, "noise": st.sampled_from(NOISES),
    }  # fmt: skip
    html = st.builds(Plan, markup=markup, **common)
    text = st.builds(
        Plan, markup=st.none(), form=st.sampled_from(FORMS), spans=st.sampled_from(("once", "repeat", "empty")),
        **common,
    )  # fmt: skip
    return st.one_of(html, html, text)


def render(plan: Plan) -> Rendering:
    """The bytes of a plan and their truth."""
    rng = Random(plan.seed)
    year = rng.randint(2019, 2025)
    agency = rng.choice(AGENCIES)
    said = Said(f"{agency}{year}年政府信息公开工作年度报告", agency, f"{year + 1}-01-{rng.randint(10, 28)}")
    maker = _Maker(plan, rng, year)
    parts = maker.parts()
    if plan.markup is not None:
        content = page(parts, said, plan.markup, rng)
    else:
        content = dump(parts, said.title, plan.form, plan.spans)
    prose = tuple(part for part in parts if isinstance(part, str))
    return Rendering(content, said, year, maker.facts, prose, maker.unsure)


class _Maker:
    """The tables of a plan under way."""

    def __init__(self, plan: Plan, rng: Random, year: int) -> None:
        self.plan, self.rng, self.year = plan, rng, year
        self.unit = rng.choice(("", "", "元", "万元"))
        ids = list(forms.numbers(plan.template))
        self.facts = {fact: draw(fact, plan.habits, self.unit, rng) for fact in ids}
        self.unsure: dict[str, str] = {}

    def parts(self) -> list[Part]:
        made = sheet_of.sheets(self.plan.template, self.facts)
        lists = {
            "proactive": self._proactive(made["proactive"]),
            "application": self._application(made["application"]),
            "challenge": self._challenge(made["challenge"]),
        }
        if self.wants("one_table"):
            lists = (
                {"proactive": [sheet_of.merged([s for own in lists.values() for s in own])]}
                if self._mergeable()
                else lists
            )
        drawn = {kind: [self._noisy(sheet) for sheet in own] for kind, own in lists.items()}
        for own in drawn.values():
            self._destroyed(own)
        if self.wants("table_twice") and "application" in drawn:
            drawn["application"] *= 2
        parts: list[Part] = [_PREAMBLE, forms.HEADINGS[0], _PROSE[0]]
        kinds = ("proactive", "application", "challenge")
        for n, kind in enumerate(
            reversed(kinds) if self.wants("reversed") and not self.wants("data_row_alone") else kinds
        ):
            parts += [
                forms.HEADINGS[1 + kinds.index(kind)] if not self.wants("reversed") else forms.HEADINGS[1 + n]
            ]
            parts += drawn.get(kind, [])
        return [*parts, forms.HEADINGS[4], _PROSE[1], forms.HEADINGS[5], "无"]

    def _destroyed(self, own: list[sheet_of.Sheet]) -> None:
        """Facts that this rendering does not hold any more, with the reason."""
        for sheet in own:
            facts = [box.fact for row in sheet.rows for box in row if box.fact]
            if not any(box.text for row in sheet.rows for box in row):
                self.unsure |= dict.fromkeys(facts, "a table without any text is no table")
            if self.plan.form == "markdown" and self.plan.spans == "once" and sheet.kind != "proactive":
                for row in sheet.rows:
                    values = [box for box in row if box.fact]
                    if values and (not values[0].text or not row[-1].text or row[-1].kind == "other"):
                        reason = "blank cells and the padding of a short row look alike"
                        self.unsure |= dict.fromkeys([box.fact for box in values], reason)
        if self.plan.form == "pipes":
            self._cut_at_blanks(own)
        # Sub-rows are no facts of the form; their parent is as unsure as they are.
        parent = [name.partition(":")[2] for name in self.unsure if name.partition(":")[2] in self.facts]
        self.unsure |= dict.fromkeys(parent, "derived from unsure parts")

    def _cut_at_blanks(self, own: list[sheet_of.Sheet]) -> None:
        """A blank cell is a bare pipe, as the beginning of a row is: its row is cut there."""
        rows = [
            ([box.fact for box in row if box.fact], "" in [box.text for box, _ in drawn])
            for sheet in own
            for row, drawn in zip(sheet.rows, sheet_of.slots(sheet, self.plan.spans), strict=True)
        ]
        # A piece of table 二 may be taken for a header of the rows below.
        alone = all(sheet.kind in ("application", "challenge") for sheet in own)
        whole = any(blank for _, blank in rows) and not alone
        facts = [fact for names, blank in rows if blank or whole for fact in names]
        self.unsure |= dict.fromkeys(facts, "a blank cell is a bare pipe, as the beginning of a row is")

    def wants(self, wish: str) -> bool:
        return wish in self.plan.wishes

    @property
    def aligned(self) -> bool:
        """Whether the rendering keeps columns: a page, or a dump that fills what spans cover."""
        return self.plan.markup is not None

    def _mergeable(self) -> bool:
        """One big table lines up its parts only by spans."""
        return (
            self.plan.markup is not None and self.plan.markup.spans == "spans" and not self.plan.markup.group
        )

    def _proactive(self, sheet: sheet_of.Sheet) -> list[sheet_of.Sheet]:
        sheet = sheet_of.relabelled(sheet, self._money_header())
        if self.wants("sub_rows") and self.plan.template == "2019":
            sheet = self._sub_rows(sheet)
        if self.wants("unknown_rows"):
            sheet = sheet_of.unknown_rows(sheet, self.rng)
        if self.wants("synonyms"):
            sheet = sheet_of.synonyms(sheet, self.year, self.rng)
        if self.wants("explained"):
            sheet = sheet_of.explained(sheet)
        if self.wants("cut_headers"):
            sheet = sheet_of.cut_headers(sheet)
        if self.wants("remarks") and not self.wants("sub_rows"):
            sheet = sheet_of.remarks_column(sheet, self.rng)
        if self.wants("title_rows"):
            sheet = sheet_of.title_row(sheet, "主动公开政府信息情况")
        if self.wants("blocks"):
            return sheet_of.by_blocks(sheet)
        if self.wants("no_banners") or self.wants("no_first_banner"):
            sheet = sheet_of.without_banners(sheet, only_first=not self.wants("no_banners"))
        return [sheet]

    def _money_header(self) -> dict[str, str]:
        bare = {"2019": "采购总金额", "2021": "本年收费金额（单位：万元）"}[self.plan.template]
        plain = {"2019": "采购总金额", "2021": "本年收费金额"}[self.plan.template]
        return {bare: f"{plain}（单位：{self.unit}）" if self.unit else plain}

    def _sub_rows(self, sheet: sheet_of.Sheet) -> sheet_of.Sheet:
        names = self.rng.sample(sheet_of.SUB_ROWS, self.rng.randint(1, 4))
        parts: dict[str, Printed] = {}

        def value(name: str) -> Printed:
            fact = name.partition(":")[2]
            return parts.setdefault(
                name, draw(fact, replace(self.plan.habits, note=0.0), self.unit, self.rng)
            )

        made = sheet_of.with_sub_rows(sheet, names, value)
        for column in ("items_prev", "items_change", "decisions"):
            fact = f"proactive.art20_5.other_services:{column}"
            own = [parts[f"{name}:{fact}"] for name in names]
            known = [part.value for part in own if part.value is not None]
            whole = len(known) == len(own)
            self.facts[fact] = Printed("", sum(known) if whole else None, "number" if whole else "missing")
        return made

    def _application(self, sheet: sheet_of.Sheet) -> list[sheet_of.Sheet]:
        if self.wants("synonyms"):
            sheet = sheet_of.synonyms(sheet, self.year, self.rng)
        if self.wants("enumerators"):
            sheet = sheet_of.enumerated(sheet, self.rng.choice(("{}、", "（{}）", "{}．", "{} ", "")))
        if self.wants("total_first") and self.aligned and not self.wants("one_table"):
            sheet = sheet_of.total_first(sheet)
        if self.wants("remarks"):
            sheet = sheet_of.remarks_column(sheet, self.rng)
        if self.wants("hidden_rows") and self.plan.markup is not None:
            sheet = sheet_of.hidden_rows(sheet, self.rng)
        if self.wants("title_rows"):
            sheet = sheet_of.title_row(sheet, "收到和处理政府信息公开申请情况")
        if self.wants("heads_twice"):
            sheet = sheet_of.heads_twice(sheet)
        if not (self.wants("break") or self.wants("break_again")) or sheet.hidden:
            return [sheet]
        at = self.rng.randint(sheet.heads + 2, len(sheet.rows) - 2)
        if self.wants("split_label") and len(sheet.rows[at - 1]) > 1:
            sheet, at = sheet_of.split_label(sheet, at - 1, self.rng)
        return sheet_of.broken(
            sheet, at, again=self.wants("break_again"), lead=self.rng.choice(("repeat", "empty"))
        )

    def _challenge(self, sheet: sheet_of.Sheet) -> list[sheet_of.Sheet]:
        if self.wants("synonyms"):
            sheet = sheet_of.synonyms(sheet, self.year, self.rng)
        if self.wants("three_small"):
            return sheet_of.three_small(sheet)
        if self.wants("title_rows"):
            sheet = sheet_of.title_row(sheet, "政府信息公开行政复议、行政诉讼情况")
        if self.wants("heads_twice"):
            sheet = sheet_of.heads_twice(sheet)
        return sheet_of.data_row_alone(sheet) if self.wants("data_row_alone") else [sheet]

    def _noisy(self, sheet: sheet_of.Sheet) -> sheet_of.Sheet:
        noise = self.plan.noise

        def change(box: sheet_of.Box) -> sheet_of.Box:
            text = box.text
            if box.fact or box.kind in ("other", "value") or len(text) < 2 or self.rng.random() < 0.5:
                return box
            if noise == "vertical" and box.kind == "head" and len(text) <= 6:
                return replace(box, text="\n".join(text))
            if noise in ("spaces", "breaks"):
                at = self.rng.randint(1, len(text) - 1)
                gap = self.rng.choice(
                    (" ", "\u3000", "\u00a0", "  ") if noise == "spaces" else ("\n", "\n\n", "\n ")
                )
                if self.plan.form == "cell_lines" and text[:at].strip().isdigit():
                    gap = gap.replace("\n\n", "\n")  # a blank line ends a row that has a number last
                return replace(box, text=text[:at] + gap + text[at:])
            return box

        return sheet_of.changed(sheet, change) if noise else sheet
