"""The name of the extraction changes with the code that reads, and with nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import govcrawl
from govcrawl.extraction import reading_code

PACKAGE = Path(govcrawl.__file__).parent


def test_the_digest_changes_with_what_a_reading_depends_on(tmp_path: Path) -> None:
    copy = tmp_path / "govcrawl"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "registry", "serve"))
    assert govcrawl.EXTRACTOR.endswith(f" {reading_code(copy)}")
    seen = {reading_code(copy)}
    for name in ("text.py", "documents/html.py", "reports/report_schema.yaml", "attachments/reading.py"):
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write("# another\n")
        assert reading_code(copy) not in seen
        seen.add(reading_code(copy))
    (copy / "settings.py").write_text("", encoding="utf-8")
    (copy / "documents" / "notes.txt").write_text("", encoding="utf-8")
    assert reading_code(copy) in seen
