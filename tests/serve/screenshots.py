"""``python -m tests.serve.screenshots``: the pictures in the docs, of what `make demo` left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from PIL import Image

from tests.serve.chromium import chromium, served

_DESKTOP, _PHONE = {"width": 1100, "height": 760}, {"width": 390, "height": 780}
_MANY = "SELECT report_id FROM checks WHERE outcome = 'fail' AND rule IN ('A1', 'A2', 'A3') GROUP BY 1 ORDER BY count(DISTINCT rule) DESC, 1"


@click.command()
@click.option("--output", default="output/demo", type=click.Path(exists=True, path_type=Path))
@click.option("--to", "folder", default="docs/images", type=click.Path(path_type=Path))
def main(output: Path, folder: Path) -> None:
    """Take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(output / "govcrawl.db")) as db, db:
        (report,) = db.execute(_MANY).fetchone()
    with served(output, output / "portals.csv") as address, chromium() as browser:
        for name, path, language, screen in (
            ("home", "/", "en", _DESKTOP),
            ("coverage", "/coverage", "en", _DESKTOP),
            ("place", "/place/qipi", "zh-CN", _DESKTOP),
            ("report", f"/report/{report}#table:application", "zh-CN", _DESKTOP),
            ("original", f"/report/{report}/original", "en", _DESKTOP),
            ("findings", "/findings", "en", _DESKTOP),
            ("phone", f"/report/{report}", "zh-CN", _PHONE),
            ("phone-coverage", "/coverage", "en", _PHONE),
        ):
            page = browser.new_context(viewport=screen, locale=language).new_page()
            page.goto(f"{address}{path}", wait_until="networkidle")
            page.wait_for_timeout(800)  # until the frame is painted
            _keep(page.screenshot(), folder / f"{name}.png")
        page = browser.new_context(viewport=_DESKTOP, locale="en").new_page()
        page.goto(f"{address}/trends?measure=outcomes", wait_until="networkidle")
        _keep(page.locator("figure").first.screenshot(), folder / "outcomes.png")


def _keep(taken: bytes, path: Path) -> None:
    """A picture with few colours: that is a third of the bytes."""
    picture: Any = Image.open(BytesIO(taken)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    click.echo(f"{path}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
