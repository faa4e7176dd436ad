"""Rows of one kind, read when they are asked for: as objects, or as a frame of pandas or polars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from govcrawl.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import polars

Row = TypeVar("Row")

_PANDAS = {"str": "string", "int": "Int64", "Number": "Float64", "bool": "boolean"}
_POLARS = {"str": "String", "int": "Int64", "Number": "Float64", "bool": "Boolean"}


class Rows(Generic[Row]):
    """Rows of the database: iterating reads them anew, one at a time, in an order that is always the same.

    As a frame, texts are texts (codes keep their zeros), years whole numbers, values of facts floating point,
    and what is missing is missing, never 0.
    """

    def __init__(self, kind: type[Row], read: Callable[[], Iterable[tuple[Any, ...]]]) -> None:
        self._kind, self._read = kind, read

    def __iter__(self) -> Iterator[Row]:
        return (self._kind(*cells) for cells in self._read())

    def list(self) -> list[Row]:
        """All rows at once."""
        return [*self]

    @property
    def columns(self) -> dict[str, str]:
        """Names of the columns, each with its type: str, int, Number or bool."""
        return {field.name: str(field.type).removesuffix(" | None") for field in fields(self._kind)}  # type: ignore[arg-type]

    def pandas(self) -> pandas.DataFrame:
        """A pandas frame with pandas' nullable types. UsageError where pandas is not installed."""
        library = _library("pandas")
        columns = self.columns
        frame: pandas.DataFrame = library.DataFrame.from_records([*self._read()], columns=[*columns])
        return frame.astype({name: _PANDAS[kind] for name, kind in columns.items()})

    def polars(self) -> polars.DataFrame:
        """A polars frame. UsageError where polars is not installed."""
        library = _library("polars")
        schema = {name: getattr(library, _POLARS[kind]) for name, kind in self.columns.items()}
        frame: polars.DataFrame = library.DataFrame(
            [*self._read()], schema=schema, orient="row", strict=False
        )
        return frame


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{name} is not installed; install it with: pip install 'govcrawl[frames]'"
        ) from error
