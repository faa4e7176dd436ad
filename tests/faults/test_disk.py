"""A disk that is full and a database that another program holds: said as such, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawl.manners import FAST, PROJECT, crawl, small
from tests.crawl.network import Network, site
from tests.faults.contents import contents, faults

URL = "http://www.narrow.gov.cn/"
_SCRIPT = """
mount -t tmpfs -o size={small} none "$DISK" || exit 77
mkdir "$DISK/output"
{crawl} 2> "$TOLD/first"; echo $? > "$TOLD/first_status"
mount -o remount,size=64m "$DISK"
{crawl} 2> "$TOLD/second"; echo $? > "$TOLD/second_status"
cp -r "$DISK/output" "$TOLD/output"
"""


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network({"www.narrow.gov.cn": site(small("narrow", 78, departments=8))}) as network:
        yield network


@pytest.fixture(scope="module")
def undisturbed(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("undisturbed")
    assert crawl(output, "-a", f"url={URL}", network=network).status == 0
    return output


@pytest.mark.parametrize("size", ["600k", "900k"])
def test_a_full_disk(size: str, network: Network, undisturbed: Path, tmp_path: Path) -> None:
    disk, told = tmp_path / "disk", tmp_path / "told"
    disk.mkdir()
    told.mkdir()
    command = f'"{sys.executable}" -m scrapy crawl annual_reports -a url={URL} -s OUTPUT_DIR="$DISK/output"'
    command += "".join(f" -s {setting}" for setting in FAST)
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment |= {"DISK": str(disk), "TOLD": str(told), "http_proxy": network.proxy_url}
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("a small disk takes unshare of util-linux")
    ended = subprocess.run(
        [unshare, "-rm", "sh", "-c", _SCRIPT.format(small=size, crawl=command)],
        cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    if ended.returncode:
        pytest.skip(f"no small disk can be mounted here: {ended.stderr.strip()[-200:]}")
    first = (told / "first").read_text()
    assert (told / "first_status").read_text().strip() in {"1", "2", "3"}, first
    assert "full" in first or "No space left" in first, first
    assert "Traceback" not in first, first
    assert (told / "second_status").read_text().strip() == "0", (told / "second").read_text()
    assert faults(told / "output") == []
    assert contents(told / "output") == contents(undisturbed)


def test_a_database_held_by_another_program(network: Network, undisturbed: Path, tmp_path: Path) -> None:
    shutil.copytree(undisturbed, tmp_path / "o")
    holder = sqlite3.connect(tmp_path / "o" / "govcrawl.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    threading.Timer(6, lambda: holder.execute("COMMIT")).start()
    ended = crawl(tmp_path / "o", "-a", f"url={URL}", network=network)
    assert ended.status == 0, ended.errors
    holder.close()
    assert contents(tmp_path / "o") == contents(undisturbed)
