"""The grid of a scanned table from more evidence: what is left of a rule, and how it runs on beside that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from govcrawl.documents.printed import PrintedPage, Rule
from govcrawl.documents.printed.ruled import TOLERANCE, RuledTable, clustered
from govcrawl.documents.scanned.ridges import Piece, Ridges

_FULL = 0.87  # of a piece is ink: it is drawn
_HALF = 0.5
_MOST = 0.7
_LITTLE = 0.3  # is ink, and no more: nothing is drawn there
_CROSSED = 0.1  # of a piece that is drawn is crossed by signs which touch it, at most
_BESIDE = 4.5  # points: no row is so low
_GAP = 0.34  # of a piece is white at most, where its printer left a gap

Bounds = tuple[float, float, float, float]


class _State(Enum):
    DRAWN = "drawn"
    OPEN = "open"
    UNSURE = "unsure"


def completed(page: PrintedPage, tables: Sequence[RuledTable], ridges: tuple[Ridges, Ridges]) -> list[Bounds]:
    """Add to the page's rules what their remains and their other rows prove of the tables' grids.

    ``ridges`` are those that run down and those of the page's mirror image. What cannot be told from them is
    drawn, too, and returned: left, top, right and bottom of the pieces whose cells beside are ambiguous.
    """
    down, across = ridges
    unsure: list[Bounds] = []
    for table in tables:
        xs = _places(page.down, table.xs, table.ys)
        ys = _places(page.across, table.ys, table.xs)
        ys = _with_missing(ys, across.places(list(pairwise(xs)), ys[0], ys[-1]))
        xs = _with_missing(xs, down.places(list(pairwise(ys)), xs[0], xs[-1]))
        for own, rules, places, steps in ((down, page.down, xs, ys), (across, page.across, ys, xs)):
            found = [piece for at in places for piece in _filled(own, rules, at, steps)]
            rules += [rule for rule, _ in found]
            doubtful = [rule for rule, sure in found if not sure]
            unsure += [_bounds(rule, is_down=own is down) for rule in doubtful]
    return unsure


def _places(rules: Sequence[Rule], known: Sequence[float], others: Sequence[float]) -> list[float]:
    """Where the rules of a table run, those of its parts included.

    What may be a rule and runs beside one that is drawn is a stroke of signs: its ink would be that rule's.
    """
    within = [
        rule.at
        for rule in rules
        if known[0] - TOLERANCE <= rule.at <= known[-1] + TOLERANCE
        and rule.start <= others[-1] + TOLERANCE
        and rule.end >= others[0] - TOLERANCE
    ]
    return clustered([*(at for at in known if not _is_beside(at, within)), *within])


def _is_beside(at: float, drawn: Sequence[float]) -> bool:
    return TOLERANCE < min((abs(at - own) for own in drawn), default=0.0) < _BESIDE


def _with_missing(places: list[float], found: Iterator[float]) -> list[float]:
    return sorted([*places, *(at for at in found if min(abs(at - own) for own in places) > 2 * TOLERANCE)])


def _filled(
    ridges: Ridges, rules: Sequence[Rule], at: float, steps: Sequence[float]
) -> Iterator[tuple[Rule, bool]]:
    """Pieces at a place that are no rules yet, and whether they are sure."""
    own = [rule for rule in rules if abs(rule.at - at) <= TOLERANCE]
    spans = list(pairwise(steps))
    pieces = [None if _is_held(own, span) else ridges.piece(at, *span) for span in spans]
    states = [
        _state(piece) if piece else _State.DRAWN if _is_held(own, span) else _State.OPEN
        for piece, span in zip(pieces, spans, strict=True)
    ]
    for number, (piece, state, (start, end)) in enumerate(zip(pieces, states, spans, strict=True)):
        if piece is None or state is _State.OPEN:
            continue
        sure = True if state is _State.DRAWN else _by_others(states, number, piece)
        if sure is not None:
            yield Rule(at, start, end), sure


def _is_held(rules: Sequence[Rule], span: tuple[float, float]) -> bool:
    middle = (span[0] + span[1]) / 2
    return any(rule.start - TOLERANCE <= middle <= rule.end + TOLERANCE for rule in rules)


def _state(piece: Piece) -> _State:
    """What a piece's own ink proves; signs hardly reach both rules that they stand between."""
    own, crossed, gap, seen, ends = piece
    if own + crossed >= _FULL and own >= _HALF and seen >= _HALF:
        return _State.DRAWN
    if (own <= _LITTLE and seen >= _HALF) or (crossed > _CROSSED and own < _MOST):
        return _State.OPEN
    if seen >= _HALF and crossed <= _CROSSED and gap <= _GAP and (ends == 2 or (ends == 1 and own >= _MOST)):
        return _State.DRAWN
    return _State.UNSURE


def _by_others(states: Sequence[_State], number: int, piece: Piece) -> bool | None:
    """Whether a piece that is covered or broken is drawn, by those before and behind it; None: it is not."""
    beside = [*states[max(0, number - 1) : number], *states[number + 1 : number + 2]]
    drawn = beside.count(_State.DRAWN)
    if drawn == 2 and (piece.ends or piece.own >= _HALF or piece.seen < _HALF):
        return piece.seen >= _HALF and piece.own >= _HALF and piece.ends > 0
    least = _HALF if drawn else _MOST
    return False if piece.seen >= _HALF and piece.own >= least and piece.ends else None


def _bounds(rule: Rule, *, is_down: bool) -> Bounds:
    if is_down:
        return rule.at, rule.start, rule.at, rule.end
    return rule.start, rule.at, rule.end, rule.at
