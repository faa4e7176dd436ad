"""``python -m tests.bulk --reports 20000 --to FILE.db``: a large database of generated reports."""

from __future__ import annotations

from pathlib import Path

import click

from tests.bulk.database import make_database


@click.command()
@click.option("--reports", default=20_000, show_default=True, type=click.IntRange(1))
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), help="The new database.")
@click.option("--seed", default=1, show_default=True)
def main(reports: int, path: Path, seed: int) -> None:
    """Generate a database; the same seed gives the same rows."""
    made = make_database(path, reports, seed=seed)
    size = path.stat().st_size / 1e6
    click.echo(f"{path}: {made.reports} reports, {size:.0f} MB, {made.rate:.0f} reports a second")


if __name__ == "__main__":
    main()
