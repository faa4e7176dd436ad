"""Decline: what a run saw less of than earlier runs did, in words. It makes the portal incomplete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govcrawl.counting import counted
from govcrawl.store.seen import Before, Seen

FILLED = 0.6
"""Share of the numbers that earlier reports had; below it reading is likely to have broken."""

REJECTED = 0.5
"""Share of documents titled as reports that may be rejected, where earlier ones mostly were not."""

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
    read, known = now.stored + now.rejected, before.stored + before.rejected
    share, usual = _rejected(now.stored, now.rejected), _rejected(before.stored, before.rejected)
    if now.rejected >= _FEW and known >= _ENOUGH and share > REJECTED and usual < REJECTED / 2:
        told.append(
            f"{now.rejected} of {read} documents titled as reports were rejected, earlier "
            f"{before.rejected} of {known}; see govcrawl status --all"
        )
    return told


def _rejected(stored: int, rejected: int) -> float:
    return rejected / (stored + rejected) if stored + rejected else 0.0


def _empty(columns: Mapping[str, int], visited: Mapping[str, int]) -> Sequence[str]:
    return [
        f"{url} showed {counted(rows, 'report')} and shows none now: open it in a browser"
        for url, rows in columns.items()
        if visited.get(url) == 0
    ]
