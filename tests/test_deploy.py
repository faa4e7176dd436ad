"""The ready files for cron, systemd and scrapyd: that they are well formed and that their commands run."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from govcrawl import settings
from govcrawl.crawl.plan import plan
from govcrawl.store import Store

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"


def cron() -> tuple[dict[str, str], list[tuple[list[str], str, str]]]:
    """The variables of the crontab, and its lines as times, user and command."""
    lines = [line for line in (DEPLOY / "govcrawl.cron").read_text(encoding="utf-8").splitlines() if line]
    lines = [line for line in lines if not line.startswith("#")]
    variables = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]+=", line))
    jobs = [line.split(maxsplit=6) for line in lines if not re.match(r"[A-Z]+=", line)]
    return variables, [(job[:5], job[5], job[6]) for job in jobs]


def here(text: str, output: Path) -> str:
    """A command of the examples, for this checkout, an output folder, and a portal that is not there."""
    text = text.replace("/opt/govcrawl/.venv/bin/scrapy", f"{sys.executable} -m scrapy")
    text = text.replace(".venv/bin/scrapy", f"{sys.executable} -m scrapy").replace("/opt/govcrawl", str(ROOT))
    text = text.replace("-a region=45", "-a url=http://127.0.0.1:9/ -s RETRY_TIMES=0")
    return text.replace("/var/lib/govcrawl", str(output)).replace("$OUTPUT", str(output))


def test_the_crontab_has_times_and_one_crawl_a_day_at_most() -> None:
    variables, jobs = cron()
    assert set(variables) == {"MAILTO", "OUTPUT"}
    assert [times for times, _, _ in jobs] == [["30", "22", "*", "1-4", "6"], ["30", "22", "1", "5-12", "*"]]
    assert {user for _, user, _ in jobs} == {"govcrawl"}
    assert "%" not in "".join(command for *_, command in jobs)  # cron would end the command there


def test_the_command_of_the_crontab_runs(tmp_path: Path) -> None:
    _, jobs = cron()
    command = here(jobs[0][2], tmp_path).replace("-s CRAWL_HOURS=22:00-07:00", "")
    bare = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "PYTHONPATH"}}
    ended = subprocess.run(["sh", "-c", command], env=bare, cwd="/", capture_output=True, text=True)
    assert ended.returncode == 5, ended.stderr
    with Store.open(tmp_path / "govcrawl.db", create=False) as store:
        assert [run["exit_status"] for run in store.runs()] == [5]


def test_every_setting_of_the_examples_exists() -> None:
    start = re.search(r"^ExecStart=(.*)$", (DEPLOY / "govcrawl.service").read_text(encoding="utf-8"), re.M)
    assert start is not None
    known = {*vars(settings), "LOG_LEVEL"}
    for command in (start[1], *(command for *_, command in cron()[1])):
        named = re.findall(r"-s (\w+)=", command)
        assert {"OUTPUT_DIR", "CONTACT"} <= set(named) <= known


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_units_are_well_formed(tmp_path: Path) -> None:
    service = (DEPLOY / "govcrawl.service").read_text(encoding="utf-8")
    for name, text in (
        ("govcrawl.service", here(service, tmp_path).replace("User=govcrawl\n", "")),
        ("govcrawl.timer", (DEPLOY / "govcrawl.timer").read_text(encoding="utf-8")),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / name) for name in ("govcrawl.service", "govcrawl.timer")]
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, timeout=60
    )
    assert [line for line in ended.stderr.splitlines() if "govcrawl" in line] == []
    times = re.findall(r"^OnCalendar=(.*)$", (DEPLOY / "govcrawl.timer").read_text(encoding="utf-8"), re.M)
    assert len(times) == 2
    for moment in times:
        subprocess.run(["systemd-analyze", "calendar", moment], check=True, capture_output=True, timeout=60)


def test_scrapyd_finds_the_project_where_it_is_installed() -> None:
    config = configparser.ConfigParser()
    config.read([DEPLOY / "scrapyd.conf", ROOT / "scrapy.cfg"], encoding="utf-8")
    module = config["settings"]["govcrawl"]
    assert config["settings"]["default"] == module
    assert config["scrapyd"]["items_dir"] == ""
    made = Settings()
    made.setmodule(module)
    assert SpiderLoader.from_settings(made).list() == ["annual_reports"]


def test_the_argument_that_scrapyd_gives_to_every_spider_is_taken() -> None:
    made = plan({"portals": "450703", "_job": "26d1b1a6d6f111e0be5c001e648c57f8"})
    assert [portal.key for portal in made.portals] == ["qinbei"]


def test_every_file_is_told() -> None:
    text = (ROOT / "docs" / "schedule.md").read_text(encoding="utf-8")
    assert [file.name for file in DEPLOY.iterdir() if file.name not in text] == []
