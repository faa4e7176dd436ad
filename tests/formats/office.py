"""Files converted by a real LibreOffice, where there is one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="no LibreOffice on this machine (Debian: libreoffice-writer-nogui)",
)


def converted(files: Mapping[str, bytes], ending: str, convert_filter: str = "") -> dict[str, bytes]:
    """Files by name without ending, each converted; one start of the program for all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        kind = f"{ending}:{convert_filter}" if convert_filter else ending
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{name}/profile", "--headless", "--convert-to", kind, "--outdir", name + "/out",
             *(str(folder / file) for file in files)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        return {path.stem: path.read_bytes() for path in sorted((folder / "out").iterdir())}
