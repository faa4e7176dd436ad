"""Rows of tables 二 and 三 from labels, headers and numbers that only stand in line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govcrawl.documents.printed.anchors import Columns
from govcrawl.documents.printed.form_words import (
    APPLICANTS,
    APPLICATIONS,
    HEADS,
    OTHER,
    PROACTIVE,
    bare,
    begins_label,
)
from govcrawl.documents.printed.pieces import Piece
from govcrawl.model import Cell

Read = tuple[list[Cell], list[Piece]]
Rows = Sequence[Sequence[Piece]]

_LABELS = 3
_NEAR = 0.8
_ALSO = {"公益组织": "社会公益组织", "合计": "总计", "未审结": "尚未审结", "其它": "其他"}
_CORNER = "勾稽"
_SPANNING = ("申请人情况", "法人或其他组织")
_BANNER = "第二十条"
_CONTENT = "信息内容"


def application(cells: Sequence[Piece], rows: Rows) -> Read | None:
    """Table 三: seven columns under their headers, a label of the form before each row."""
    heads = _applicants(cells)
    if heads is None:
        return None
    end = max(head.bottom for head in heads)
    left = min(head.left for head in heads)
    rows = [[p for p in row if p.left > left - p.size] for row in rows if row[0].y > end]
    columns = Columns(heads, [row for row in rows if row])
    left = min(left, min(extent[0] for extent in columns.extents))
    labels = [cell for cell in cells if cell.top > end - cell.size / 2 and cell.left < left - cell.size]
    strange = [cell for cell in cells if cell.top > end and cell.left >= left - cell.size]
    found = _labelled(labels, [row for row in rows if row], strange)
    named = {bare(label.text) for label, _ in found}
    children = {bare(path[-1]) for path in APPLICATIONS if path[1:-1] == (OTHER,)}
    if bare(OTHER) in named and len(named & children) > 1:
        found = [(label, own) for label, own in found if own or bare(label.text) != bare(OTHER)]
    paths = _paths([label for label, _ in found])
    tops = [cell for cell in cells if cell.top < end and cell not in heads]
    table = list(_header(heads, tops))
    first = 1 + max(cell.row + cell.rowspan - 1 for cell in table)
    table += _groups(paths, labels, first)
    for number, (label, own) in enumerate(found, first):
        depth = len(paths[number - first]) - 1
        table.append(Cell(label.text, number, depth, 1, _LABELS - depth))
        table += values_of(columns, own, number, _LABELS)
    used = [*heads, *tops, *labels, *(piece for row in rows for piece in row)]
    return (table, used) if found else None


def _header(heads: Sequence[Piece], tops: Sequence[Piece]) -> Iterator[Cell]:
    """The header as the form has it where its upper cells are printed, else in one row."""
    texts = {bare(cell.text): cell.text for cell in tops}
    corner = next((text for text in texts.values() if _CORNER in text), "")
    everybody, bodies = (texts.get(name) for name in _SPANNING)
    height = 1 if everybody is None or bodies is None else _LABELS
    yield Cell(corner, 0, 0, height, _LABELS)
    if everybody and bodies:
        yield Cell(everybody, 0, _LABELS, 1, len(heads))
        yield Cell(bodies, 1, _LABELS + 1, 1, len(heads) - 2)
    for n, head in enumerate(heads):
        tall = height > 1 and n in (0, len(heads) - 1)
        yield Cell(head.text, 1 if tall else height - 1, _LABELS + n, 2 if tall else 1)


def _applicants(cells: Sequence[Piece]) -> list[Piece] | None:
    """The headers of the seven columns, None where one is missing."""
    first = next((cell for cell in cells if bare(cell.text) == APPLICANTS[0]), None)
    if first is None:
        return None
    heads: list[Piece] = []
    for name in APPLICANTS:
        left = heads[-1].x if heads else first.left - 1
        own = [c for c in cells if name_of(c) == name and c.x > left and abs(c.y - first.y) < 6 * first.size]
        if not own:
            return None
        heads.append(min(own, key=lambda cell: cell.top))
    return heads


def name_of(cell: Piece) -> str:
    """What a header is called in the form."""
    plain = bare(cell.text)
    return _ALSO.get(plain, plain)


def _labelled(
    labels: Sequence[Piece], rows: Rows, strange: Sequence[Piece] = ()
) -> list[tuple[Piece, list[list[Piece]]]]:
    """Labels of rows from top to bottom with the lines of numbers that stand at their height.

    More than one line, an empty one included, leave the row unsure, and so do ``strange`` texts beside it.
    A label without any is a row left blank where it is one of the form's and heads no other.
    """
    of: dict[int, list[list[Piece]]] = {}
    groups = {bare(label) for path in APPLICATIONS for label in path[:-1]} - {bare(OTHER)}
    labels = [label for label in labels if not any(_begins(group, label) for group in groups)]
    # A label's last digit may be of the first column.
    of |= {id(label): [[], []] for label in labels if label.text[-1:].isdigit()}
    for cell in strange if labels else ():
        of.setdefault(id(_beside(labels, [cell])[0]), []).extend(([], []))
    for row in rows:
        if labels:
            label, others = _beside(labels, row)
            of.setdefault(id(label), []).append(list(row))
            for other in others:
                of.setdefault(id(other), []).extend(([], []))
    known = {bare(path[-1]) for path in APPLICATIONS} | {bare(label) for label in PROACTIVE}
    found = [
        (label, of.get(id(label), []))
        for label in labels
        if id(label) in of or (bare(label.text) in known and not _heads(label, labels))
    ]
    return sorted(found, key=lambda entry: entry[0].y)


def _begins(group: str, label: Piece) -> bool:
    plain = bare(label.text)
    return group.startswith(plain) and len(plain) > 2


def _beside(labels: Sequence[Piece], row: Sequence[Piece]) -> tuple[Piece, list[Piece]]:
    """The innermost label at the height of a row; else the nearest, and those that the row may be of too."""
    number = min(row, key=lambda piece: piece.bottom - piece.top)  # not one that is broken over lines
    level = [label for label in labels if label.top <= number.y <= label.bottom]
    if level:
        return max(level, key=lambda label: label.x), []
    near = sorted(labels, key=lambda label: _off(label, number))
    least = _off(near[0], number)
    reach = _NEAR * number.size
    return near[0], [label for label in near if least > reach or _off(label, number) < least + reach][:2]


def _off(label: Piece, number: Piece) -> float:
    return max(label.top - number.y, number.y - label.bottom)


def _heads(label: Piece, labels: Sequence[Piece]) -> bool:
    """Whether a label stands left of another at its height: that of a group of rows."""
    return any(
        other.left > label.right - 1 and other.top < label.bottom and label.top < other.bottom
        for other in labels
    )


def _paths(labels: Sequence[Piece]) -> list[tuple[str, ...]]:
    """For each label its path in the form, one of its own for an unknown one."""
    of = {bare(path[-1]): path for path in APPLICATIONS}
    return [of.get(bare(label.text), (label.text,)) for label in labels]


def _groups(paths: Sequence[tuple[str, ...]], labels: Sequence[Piece], row: int) -> Iterator[Cell]:
    """The printed labels of groups before the rows that they head."""
    for depth in range(_LABELS - 1):
        start = 0
        while start < len(paths):
            group = paths[start][: depth + 1]
            end = start + 1
            while end < len(paths) and paths[end][: depth + 1] == group:
                end += 1
            if len(paths[start]) > depth + 1:
                own = [label.text for label in labels if bare(label.text) == bare(group[-1])]
                yield Cell(own[0] if own else "", row + start, depth, end - start, 1)
            start = end


def values_of(columns: Columns, lines: Sequence[Sequence[Piece]], row: int, first: int) -> Iterator[Cell]:
    """Cells of a row: blank where nothing stands, all uncertain where one number has no sure place."""
    count = len(columns.heads)
    texts = [""] * count
    sure = len(lines) < 2
    for line in lines:
        for place in columns.places(line):
            if place.column is None:
                sure = False
                nearest = min(range(count), key=lambda n: abs(sum(columns.heads[n]) / 2 - place.piece.x))
                texts[nearest] += place.piece.text
            else:
                texts[place.column] += place.piece.text
    for column, text in enumerate(texts):
        yield Cell(text, row, first + column, uncertain=not sure)


def proactive(cells: Sequence[Piece], rows: Rows) -> Read | None:
    """Table 二: below each header of its own rows with as many numbers as it has columns."""
    tops = sorted((c for c in cells if bare(c.text) == _CONTENT), key=lambda cell: cell.y)
    table: list[Cell] = []
    used: list[Piece] = []
    number = 0
    for top, limit in zip(tops, [*(cell.top for cell in tops), float("inf")][1:], strict=True):
        heads = _heads_beside(top, cells)
        if not heads:
            return None
        banner = [c for c in cells if c.bottom <= top.top + 2 and bare(c.text).startswith(_BANNER)]
        start = max((c.top for c in tops if c.y < top.y), default=float("-inf"))
        banner = [c for c in banner if c.top > start]
        own = [row for row in rows if max(h.bottom for h in heads) - 2 < row[0].y < limit]
        own = [[p for p in row if p.left > top.right] for row in own]
        own = [row for row in own if row]
        columns = Columns(heads, own)
        edge = min([*(h.left for h in heads), *(p.left for row in own for p in row)])
        labels = [
            c for c in cells if top.bottom <= c.top + 2 and c.bottom < limit and c.x < max(edge, top.right)
        ]
        labels = [c for c in labels if not bare(c.text).startswith(_BANNER)]
        if banner:
            table.append(Cell(banner[-1].text, number, 0, 1, 4))
            number += 1
        table += [Cell(top.text, number, 0), *_spread([h.text for h in heads], number)]
        found = _labelled(labels, own)
        used += [top, *heads, *banner[-1:], *(piece for row in own for piece in row)]
        for label, lines in found:
            number += 1
            values = list(values_of(columns, lines, number, 1))
            table += [
                Cell(label.text, number, 0),
                *_spread([v.text for v in values], number, values[0].uncertain),
            ]
            used.append(label)
        number += 1
    return (table, used) if table else None


def _heads_beside(top: Piece, cells: Sequence[Piece]) -> list[Piece]:
    """Headers of columns in the line of 信息内容."""
    known = {bare(head) for head in HEADS}
    return sorted(
        (
            cell
            for cell in cells
            if cell.x > top.right
            and cell.top < top.bottom
            and top.top < cell.bottom
            and not bare(cell.text).startswith(_BANNER)
            and (
                bare(cell.text) in known
                or begins_label(cell.text)
                or any(bare(cell.text).startswith(k) for k in known)
            )
        ),
        key=lambda cell: cell.x,
    )


def _spread(texts: Sequence[str], row: int, uncertain: bool = False) -> Iterator[Cell]:
    """Cells of a row of table 二, the last one as wide as what is left of three columns."""
    last = len(texts) - 1
    for n, text in enumerate(texts):
        yield Cell(text, row, 1 + n, 1, max(1, 3 - last) if n == last else 1, uncertain=uncertain)
