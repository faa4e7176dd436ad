"""A share of a dataset, written by a process of its own, which ``shares.py`` starts.

It is asked and answers by pickled objects on its pipes, and ends when nobody asks any more.
"""

# ruff: noqa: S301 - both ends of the pipes are ours

from __future__ import annotations

import os
import pickle
import sys
from array import array
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from govcrawl.errors import GovcrawlError
from govcrawl.export.masking import Mask
from govcrawl.export.output import Job
from govcrawl.export.parquet import ParquetOutput, Piece
from govcrawl.export.rows import report_rows
from govcrawl.export.tally import Tally
from govcrawl.store import Selection, Store
from govcrawl.store.readonly import open_readonly
from govcrawl.store.roomy import READING, roomy
from govcrawl.store.sqlite import DatabaseError

_ERRORS: tuple[type[Exception], ...] = (GovcrawlError, OSError, *DatabaseError)

READ = "SELECT 1 FROM reports LIMIT 1"
"""The first question of a transaction, with which its moment begins."""


@dataclass(frozen=True, slots=True)
class Share:
    """Reports of some years, in their order, and the folder of the whole dataset."""

    keys: array[int]
    folder: Path
    masked: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What was written of each table, and what was counted."""

    written: tuple[Piece, ...]
    tally: Tally
    masked: Counter[tuple[str, str]]


def write_share(store: Store, share: Share) -> Done:
    """Write the files of a share."""
    mask = Mask() if share.masked else None
    output = ParquetOutput(Job(store, Selection(), share.keys, share.folder))
    tally = Tally()
    for report in report_rows(store, share.keys, mask, output.parts):
        output.report(report)
        tally.add(report)
    written = [Piece(one.relation.name, one.paths, one.rows, one.rounded) for one in output.close(share=True)]
    return Done(tuple(written), tally, Counter() if mask is None else mask.counts)


def main() -> None:
    """Answer until nobody asks any more."""
    asked = sys.stdin.buffer
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
        with open_readonly(pickle.load(asked)) as store:
            _say(answers, None)
            pickle.load(asked)
            with store.snapshot(), roomy(store.db, READING):
                store.db.conn.execute(READ).fetchone()
                _say(answers, None)
                _answer(store, asked, answers)


def _answer(store: Store, asked: BinaryIO, answers: BinaryIO) -> None:
    while (share := _next(asked)) is not None:
        try:
            _say(answers, write_share(store, share))
        except _ERRORS as error:
            _say(answers, error)


def _next(asked: BinaryIO) -> Share | None:
    try:
        share: Share = pickle.load(asked)
    except EOFError:
        return None
    return share


def _say(answers: BinaryIO, answer: Any) -> None:
    pickle.dump(answer, answers)
    answers.flush()
