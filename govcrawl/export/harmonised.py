"""Columns that mean the same in the forms of 2014, 2019 and 2021, each derived by a rule that is told.

A derived value exists only where every cell that its rule names holds a number: a blank, a dash or a lost
cell makes it empty. What the forms count differently (documents made against documents issued, fee items
against fees) is left out, and what has no counterpart is empty for that form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from govcrawl.reports.schema import load_schema

_NO_FACT = ""
Values = Mapping[str, int | float | None]


@dataclass(frozen=True, slots=True)
class Derived:
    """A harmonised column: for each form that has it, the facts whose sum it is."""

    name: str
    chinese: str
    english: str
    sums: Mapping[str, tuple[str, ...]]
    caution: str = ""

    def of(self, template: str, values: Values) -> int | float | None:
        """Its value in a report; None where the form has no such thing or a cell holds no number."""
        found: int | float = 0
        for fact in self.sums.get(template, (_NO_FACT,)):
            number = values.get(fact)
            if number is None:
                return None
            found += number
        return found

    @property
    def rule(self) -> str:
        """The rule in words, form by form."""
        by_sum: dict[tuple[str, ...], list[str]] = {}
        for template, facts in self.sums.items():
            by_sum.setdefault(facts, []).append(template)
        told = [f"{', '.join(forms)}: {' + '.join(facts)}" for facts, forms in by_sum.items()]
        return "; ".join([*told, *([self.caution] if self.caution else [])])


@cache
def derived() -> tuple[Derived, ...]:
    """All harmonised columns, in the order of the forms."""
    return (*_decisions(), *_applications(), *_disputes())


def _both(*facts: str) -> dict[str, tuple[str, ...]]:
    return {"2019": facts, "2021": facts}


def _decisions() -> tuple[Derived, ...]:
    return tuple(
        Derived(
            f"derived_{name}_decisions",
            f"{chinese}处理决定数量",
            f"decisions on {english}",
            _both(f"proactive.{row}:decisions"),
        )
        for name, row, chinese, english in (
            ("license", "art20_5.license", "行政许可", "licences"),
            ("penalty", "art20_6.penalty", "行政处罚", "penalties"),
            ("coercion", "art20_6.coercion", "行政强制", "coercive measures"),
        )
    )


def _applications() -> tuple[Derived, ...]:
    def total(row: str, *old: str) -> dict[str, tuple[str, ...]]:
        before = {"2014": tuple(f"stat2014.application.{name}" for name in old)} if old else {}
        return {**before, **_both(f"application.{row}:total")}

    caution = "2014 counts answers, whose categories differ from the results of 2019 and 2021 in the law"
    refused = {"2014": ("stat2014.application.answered.refused",), **_group("not_open")}
    return (
        Derived("derived_received", "新收申请", "applications received", total("received_new", "received")),
        Derived("derived_carried_in", "上年结转", "carried in from last year", total("carried_in")),
        Derived(
            "derived_granted", "予以公开", "granted", total("result.granted", "answered.granted"), caution
        ),
        Derived(
            "derived_partial", "部分公开", "granted in part",
            total("result.partial", "answered.partial"), caution,
        ),
        Derived("derived_refused", "不予公开", "refused", refused, caution),
        Derived("derived_unable", "无法提供", "unable to provide", _group("unable")),
        Derived("derived_not_processed", "不予处理", "not processed", _group("not_processed")),
        Derived("derived_other", "其他处理", "other handling", _group("other")),
        Derived(
            "derived_results", "办理结果总计", "results in total", total("result.total", "answered"), caution
        ),
        Derived("derived_carried_out", "结转下年度", "carried forward to next year", total("carried_out")),
    )  # fmt: skip


def _group(group: str) -> dict[str, tuple[str, ...]]:
    """The total column of the rows of a group of results, form by form."""
    start = f"result.{group}"
    return {
        template: tuple(
            f"application.{row.id}:total"
            for row in load_schema().templates[template].application
            if row.id == start or row.id.startswith(f"{start}.")
        )
        for template in ("2019", "2021")
    }


def _disputes() -> tuple[Derived, ...]:
    found = []
    for column, chinese, english in (
        ("upheld", "结果维持", "upheld"),
        ("corrected", "结果纠正", "corrected"),
        ("other", "其他结果", "other"),
        ("pending", "尚未审结", "pending"),
        ("total", "总计", "total"),
    ):
        old = "" if column == "total" else f".{column}"
        for name, body, what in (("review", "行政复议", "reviews"), ("litigation", "行政诉讼", "lawsuits")):
            groups = ("review",) if name == "review" else ("litigation_direct", "litigation_after_review")
            sums = _both(*(f"challenge.{group}:{column}" for group in groups))
            if column != "pending":
                sums = {"2014": (f"stat2014.{name}{old}",), **sums}
            caution = "2014 counts dismissals here too" if (name, column) == ("litigation", "upheld") else ""
            found.append(
                Derived(f"derived_{name}_{column}", f"{body}{chinese}", f"{what}: {english}", sums, caution)
            )
    return tuple(found)
