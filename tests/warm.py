"""Commands in processes of their own that begin with everything imported.

Importing Scrapy and the readers takes longer than most crawls of the tests; a server that has done so once
forks a process for each command. It has no reactor, no settings and no open file of the project.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_PRELOADED = ["scrapy.cmdline", "govcrawl.cli", "spiders.annual_reports", "govcrawl.crawl.commands.crawl"]
_PRELOADED += ["govcrawl.crawl.transport", "govcrawl.crawl.run", "trafilatura", "scrapy.extensions.throttle"]


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    status: int
    output: str
    errors: str


def scrapy(arguments: Sequence[str], environment: Mapping[str, str]) -> Ended:
    """`scrapy ARGUMENTS` in the project's folder, with exactly this environment."""
    return run(["scrapy", *arguments], environment)


def govcrawl(arguments: Sequence[str], environment: Mapping[str, str]) -> Ended:
    """`govcrawl ARGUMENTS` in the project's folder, with exactly this environment."""
    return run(["govcrawl", *arguments], environment)


def run(command: list[str], environment: Mapping[str, str], seconds: float = 300) -> Ended:
    """A command of `scrapy` or `govcrawl`. Raises TimeoutError when it takes longer."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        given = (command, dict(environment), str(out), str(err))
        process = _server().Process(target=_run, args=given)
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(f"{' '.join(command)}: {err.read_text(errors='replace')[-2000:]}")
        return Ended(process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


@cache
def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _run(command: list[str], environment: dict[str, str], out: str, err: str) -> None:
    for number, path in ((1, out), (2, err)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(PROJECT)
    sys.argv = command
    if command[0] == "govcrawl":
        from govcrawl.cli import main

        main(prog_name="govcrawl")
    else:
        from scrapy.cmdline import execute

        execute(command)
