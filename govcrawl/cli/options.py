"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from govcrawl.errors import UsageError
from govcrawl.store import Selection, Store
from govcrawl.store.readonly import can_be_written, open_readonly

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class _Folder(click.Path):
    """A folder with a name: an empty one, as of an unset variable in a script, is not the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


output_option: Decorator = click.option(
    "--output",
    type=_Folder(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="Folder of the database and the archive.",
)
wait_option: Decorator = click.option(
    "--wait",
    type=click.FloatRange(0),
    default=0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another process that writes into the output folder.",
)
processes_option: Decorator = click.option(
    "--processes",
    type=click.IntRange(min=0),
    help="Processes that read documents, each with limits of time and memory; a core each when left out, "
    "0 reads in this one.",
)
region_option: Decorator = click.option(
    "--region", help="Only division codes that start so, e.g. 45 or 4507."
)
year_option: Decorator = click.option(
    "--year",
    "years",
    multiple=True,
    help="Only this fiscal year or range (2021, 2019-2025); may be repeated.",
)
template_option: Decorator = click.option(
    "--template",
    "templates",
    multiple=True,
    type=click.Choice(("2014", "2019", "2021", "free")),
    help="Only reports with tables of this form; may be repeated.",
)
registry_option: Decorator = click.option(
    "--registry",
    "extra",
    type=click.Path(path_type=Path),
    help="Your own registry file (CSV), whose rows are added or put in place of shipped ones.",
)
format_option: Decorator = click.option(
    "--format", "format_", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)


def database(output: Path) -> Path:
    """Where the database of an output folder is."""
    return output / "govcrawl.db"


def opened(output: Path) -> Store:
    """The database of an output folder, only to be read where it cannot be written.

    Raises UsageError when it is not there.
    """
    path = database(output)
    if path.is_file() and not can_be_written(path):
        return open_readonly(path)
    return Store.open(path, create=False)


def selection(region: str | None, years: tuple[str, ...]) -> Selection:
    """The reports that --region and --year name. Raises UsageError for a malformed one."""
    if region is not None and not re.fullmatch(r"\d{1,12}", region):
        raise UsageError(f"--region {region!r} is not the beginning of a division code, such as 45 or 4507")
    named = sorted({year for item in years for year in _years(item)})
    return Selection(region, tuple(named))


def _years(item: str) -> range:
    matched = _YEARS.fullmatch(item)
    if matched is None:
        raise UsageError(f"--year {item!r} is neither a year (2021) nor a range of years (2019-2025)")
    first, last = int(matched[1]), int(matched[2] or matched[1])
    if first > last:
        raise UsageError(f"--year {item!r} ends before it begins")
    return range(first, last + 1)
