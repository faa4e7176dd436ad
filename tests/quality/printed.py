"""Values as clerks type them, each with what it says: independent of the reader's own number rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

DASHES = ("-", "—", "——", "/", "－", "*")
NONE_WORDS = ("无", "空", "暂无", "不涉及")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_MONEY = ("amount",)


@dataclass(frozen=True, slots=True)
class Habits:
    """How likely a clerk is to leave a cell empty, to strike it, to name units, to remark."""

    blank: float = 0.0
    dash: float = 0.0
    none_word: float = 0.0
    note: float = 0.0
    unit: float = 0.0
    wide: float = 0.0
    comma: float = 0.0
    zeros: float = 0.5


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell: the characters, the value in the column's unit, the status."""

    raw: str
    value: int | float | None
    status: str = "number"


def draw(fact: str, habits: Habits, unit_in_header: str, rng: Random) -> Printed:
    """One cell of a column, as somebody with these habits fills it."""
    roll = rng.random()
    if roll < habits.blank:
        return Printed("", None, "blank")
    if roll < habits.blank + habits.dash:
        return Printed(rng.choice(DASHES), None, "dash")
    if roll < habits.blank + habits.dash + habits.none_word:
        return Printed(rng.choice(NONE_WORDS), None, "none_word")
    column = fact.rpartition(":")[2]
    if column in _MONEY:
        return _money(habits, unit_in_header, rng)
    number = 0 if rng.random() < habits.zeros else rng.choice((rng.randint(1, 9), rng.randint(10, 9999)))
    if column == "items_change":
        return _change(number, habits, rng)
    return Printed(_dressed(number, habits, rng), number)


def _dressed(number: int, habits: Habits, rng: Random) -> str:
    raw = f"{number:,}" if rng.random() < habits.comma else f"{number}"
    if rng.random() < habits.wide:
        raw = raw.translate(_WIDE)
    if rng.random() < habits.unit:
        raw += rng.choice(("件", "条", "项", "个", " 件"))
    if number > 3 and rng.random() < habits.note:
        raw += rng.choice((f"（其中修订{number - 3}件）", "(含上年)", f"（其中{number - 2}件为电子件）"))
    return raw


def _change(number: int, habits: Habits, rng: Random) -> Printed:
    raw = _dressed(number, habits, rng)
    form = rng.randrange(6) if number else 0
    if form == 0:
        return Printed(raw, number)
    if form == 1:
        return Printed(rng.choice("+＋") + raw, number)
    if form == 2:
        return Printed(rng.choice(("增加", "增")) + raw, number)
    if form == 3:
        return Printed(rng.choice(("减少", "减")) + raw, -number)
    return Printed(rng.choice(("-", "－", "−", "--")) + raw, -number)


def _money(habits: Habits, unit_in_header: str, rng: Random) -> Printed:
    if rng.random() < habits.zeros:
        return Printed("0万元" if rng.random() < habits.unit else "0", 0)
    digits = rng.choice((0, 1, 2, 4))
    amount = Decimal(rng.randint(1, 9_999_999)).scaleb(-digits)
    scale = {"元": Decimal("0.0001"), "": Decimal(1), "万元": Decimal(1), "亿元": Decimal(10000)}
    unit = rng.choice(("元", "万元", "万元", "亿元")) if rng.random() < habits.unit else ""
    value = amount * scale[unit or unit_in_header]
    raw = f"{amount:,}" if rng.random() < habits.comma else f"{amount}"
    return Printed(raw + unit, int(value) if value == value.to_integral_value() else float(value))
