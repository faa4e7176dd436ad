"""Decline: what a run saw less of than earlier runs did, in words. It makes the portal incomplete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govcrawl.counting import counted
from govcrawl.store.seen import Before, Seen

FILLED = 0.6
"""Share of the numbers that earlier reports had; below it reading is likely to have broken."""

_FEW, _ENOUGH = 3, 5  # reports of this run, and of earlier ones, below which a mean says nothing


def declined(
    now: Seen, before: Before, *, whole: bool, columns: Mapping[str, int], visited: Mapping[str, int]
) -> list[str]:
    """What is less than it was, each with the next step.

    ``whole`` says that all of the portal was looked at, so that its lists can be compared; ``columns`` are
    the reports that remembered lists showed, ``visited`` those that the same lists show now.
    """
    told = []
    if whole and now.listed < before.listed and before.lost:
        told.append(
            f"its lists showed {counted(before.listed, 'report')} in run {before.run_id}, now {now.listed}; "
            f"{len(before.lost)} known ones are not listed any more, such as {before.lost[0]}"
        )
    told += _empty(columns, visited)
    if now.measured >= _FEW and before.measured >= _ENOUGH:
        mean, usual = now.numbers / now.measured, before.numbers / before.measured
        if mean < FILLED * usual:
            told.append(
                f"{now.measured} reports read now have {mean:.0f} numbers each, earlier ones {usual:.0f}; "
                "its tables may not be read any more; compare one with its page"
            )
    return told


def _empty(columns: Mapping[str, int], visited: Mapping[str, int]) -> Sequence[str]:
    return [
        f"{url} showed {counted(rows, 'report')} and shows none now: open it in a browser"
        for url, rows in columns.items()
        if visited.get(url) == 0
    ]
