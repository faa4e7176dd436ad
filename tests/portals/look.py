"""How one report's tables are printed: the harmless variations of real offices, drawn by seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.portals.model import FactTruth

_DASHES = ("/", "—", "-")


@dataclass(frozen=True, slots=True)
class Look:
    """The habits of the clerk who typed the report."""

    markup: str
    split_proactive: bool
    first_banner: bool
    title_row: bool
    padding: str
    spaced: float
    blanks: str
    signed_plus: bool
    unit_in_cell: bool
    unit_in_header: str
    wide_digits: bool
    commas: bool
    pending: str
    year_in_header: bool
    nested: bool


def draw_look(rng: Random, markup: str | None = None) -> Look:
    """Draw habits; ``markup`` fixes the word processor."""

    def chance(share: float) -> bool:
        return rng.random() < share

    return Look(
        markup=markup or rng.choice(("word", "wps", "clean", "font")),
        split_proactive=chance(0.15),
        first_banner=not chance(0.08),
        title_row=chance(0.06),
        padding=rng.choice(("", "", "&nbsp;", "&nbsp;&nbsp;", "\u3000")),
        spaced=rng.choice((0.0, 0.0, 0.06, 0.2)),
        blanks=rng.choice(("none",) * 14 + ("totals", "zeros", "dash", "word")),
        signed_plus=chance(0.4),
        unit_in_cell=chance(0.12),
        unit_in_header=rng.choice(("", "（万元）", "（单位：万元）")),
        wide_digits=chance(0.05),
        commas=chance(0.3),
        pending=rng.choice(("尚未审结", "尚未审结", "未审结")),
        year_in_header=chance(0.1),
        nested=chance(0.25),
    )


def printed(fact: str, value: int | float, kind: str, look: Look, rng: Random) -> FactTruth:
    """A value as this clerk types it, with what it then really says."""
    if empty := _left_empty(fact, value, kind, look, rng):
        return empty
    if kind == "money":
        return _money(value, look, rng)
    raw = f"{value:,}" if look.commas else f"{value}"
    if kind == "signed_count":
        raw = f"+{value}" if value > 0 and look.signed_plus else raw.replace("-", rng.choice("-－−"))
    if look.wide_digits:
        raw = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in raw)
    return FactTruth(value, "number", raw)


def _left_empty(fact: str, value: int | float, kind: str, look: Look, rng: Random) -> FactTruth | None:
    if look.blanks == "totals" and fact.startswith("application.") and fact.endswith(":total"):
        return FactTruth(None, "blank", "") if rng.random() < 0.4 else None
    if value != 0 or not rng.random() < 0.5:
        return None
    if look.blanks == "zeros" and fact.startswith("application."):
        return FactTruth(None, "blank", "")
    if look.blanks == "dash" and fact.startswith("proactive."):
        return FactTruth(None, "dash", rng.choice(_DASHES))
    if look.blanks == "word" and (kind == "money" or fact.startswith("challenge.")):
        return FactTruth(None, "none_word", "无")
    return None


def _money(value: int | float, look: Look, rng: Random) -> FactTruth:
    whole = int(value) if float(value).is_integer() else value
    if look.unit_in_cell and not look.unit_in_header and rng.random() < 0.3:
        yuan = round(value * 10000)
        return FactTruth(yuan / 10000, "number", f"{yuan}元")
    raw = f"{whole}" if rng.random() < 0.7 else f"{value:.4f}"
    return FactTruth(whole, "number", f"{raw}万元" if look.unit_in_cell else raw)
