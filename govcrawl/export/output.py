"""What a format is: something that reports go into one by one, and that files come out of."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from govcrawl.errors import UsageError
from govcrawl.export import relations
from govcrawl.export.fields import Relation
from govcrawl.export.files import CsvFile, JsonLinesFile, Row, TableFile
from govcrawl.export.rows import ReportRows
from govcrawl.store import Selection, Store


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be written: the keys of the reports in their order, and the folder for the files."""

    store: Store
    selection: Selection
    keys: array[int]
    folder: Path


@dataclass(frozen=True, slots=True)
class Written:
    """A table that was written: its files, as paths below the folder, and its rows.

    ``paths`` are empty for a table inside a file that holds several, which ``inside`` names. ``contents``
    is a hash of its rows, for a file whose bytes are not the same each time. ``cut`` counts the texts that
    its format cannot hold whole, ``rounded`` the numbers.
    """

    relation: Relation
    paths: tuple[str, ...]
    rows: int
    inside: str = ""
    contents: str = ""
    cut: int = 0
    rounded: int = 0


class Output(Protocol):
    """A dataset being written in one format; ``parts`` of the reports are those that it writes."""

    parts: frozenset[str]

    def report(self, report: ReportRows) -> None:
        """Write what a report gives to each table."""

    def table(self, relation: Relation, rows: Iterable[Row]) -> None:
        """Write a table that is made of the whole database."""

    def close(self) -> Sequence[Written]:
        """Finish the files; what stands in them."""


Opener = Callable[[Job], Output]


class TextOutput:
    """A folder of text files, a table in each."""

    def __init__(self, job: Job, plan: Sequence[tuple[Relation, str]]) -> None:
        self._folder = job.folder
        self._ending = plan[0][1]
        self._open = [self._file(relation, ending) for relation, ending in plan]
        self.parts = frozenset(part for relation, _ in plan for part in relation.parts)

    def report(self, report: ReportRows) -> None:
        """Write what a report gives to each table."""
        for _, file in self._open:
            file.add(file.relation.rows(report))

    def table(self, relation: Relation, rows: Iterable[Row]) -> None:
        """Write a table that is made of the whole database."""
        name, file = self._file(relation, self._ending)
        file.add(rows)
        self._open.append((name, file))

    def close(self) -> Sequence[Written]:
        """Finish the files; what stands in them."""
        for _, file in self._open:
            file.close()
        return [Written(file.relation, (name,), file.rows) for name, file in self._open]

    def _file(self, relation: Relation, ending: str) -> tuple[str, TableFile]:
        name = f"{relation.name}.{ending}"
        opener = CsvFile if ending == "csv" else JsonLinesFile
        return name, opener(self._folder / name, relation)


def csv_output(job: Job) -> Output:
    """Tables as CSV; the texts, which do not belong into cells, as JSON lines."""
    tables = (relations.reports(), relations.wide(), relations.harmonised(), *relations.long_tables())
    return TextOutput(job, [*((table, "csv") for table in tables), (relations.texts(), "jsonl")])


def jsonl_output(job: Job) -> Output:
    """Everything as JSON lines; ``reports`` holds each report whole."""
    tables = (
        relations.documents(), relations.wide(), relations.harmonised(), *relations.long_tables(),
    )  # fmt: skip
    return TextOutput(job, [(table, "jsonl") for table in tables])


def require(module: str, error: ImportError) -> UsageError:
    """The error for a format whose library is not installed."""
    return UsageError(
        f"--format needs {module}, which is not installed ({error}); run pip install 'govcrawl[dataset]'"
    )
