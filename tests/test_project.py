"""The project as a whole: one version, data in the package, nothing of anybody's machine in a file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

import govcrawl

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

_MACHINE = re.compile(r"(?<![\w./~$:-])/(?:work|home|root|Users|tmp)/[\w.]")


def tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True, text=True
    )
    return [file for name in listed.stdout.split("\0") if name and (file := ROOT / name).is_file()]


def test_versions_agree() -> None:
    assert govcrawl.__version__ == PROJECT["project"]["version"] == version("govcrawl")


def test_the_changelog_has_a_place_for_what_comes() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "py.typed",
        "registry/portals.csv",
        "registry/divisions.csv",
        "registry/townships.csv",
        "registry/README.md",
        "reports/report_schema.yaml",
    ],
)
def test_data_is_in_the_package_and_declared(name: str) -> None:
    assert files("govcrawl").joinpath(name).is_file()
    declared = PROJECT["tool"]["setuptools"]["package-data"]["govcrawl"]
    assert any(Path(name).match(pattern) for pattern in declared)


def test_the_licence_is_the_one_that_is_named() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_no_file_names_a_path_of_a_machine() -> None:
    found = []
    for file in tracked():
        content = file.read_bytes()
        if b"\0" in content[:8000] or file.name in {"LICENSE", Path(__file__).name}:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
            if _MACHINE.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_no_text_of_ours_holds_a_replacement_character() -> None:
    texts = {".md", ".csv", ".yaml", ".toml"}
    bad = [
        file for file in tracked() if file.suffix in texts and "\ufffd" in file.read_text(encoding="utf-8")
    ]
    assert bad == []


def test_ci_runs_what_the_readme_says() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = script.read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in commands
    assert {"make lint", "make test", "make demo"} <= set(commands)
    for readme in ("README.md", "README.zh.md"):
        assert "make test" in (ROOT / readme).read_text(encoding="utf-8").splitlines()


def test_the_default_run_leaves_the_long_tests_out() -> None:
    addopts = PROJECT["tool"]["pytest"]["ini_options"]["addopts"]
    assert "not soak and not bench" in addopts
