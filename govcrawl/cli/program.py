"""The command group: exit statuses, errors and the encoding of the output."""

from __future__ import annotations

import importlib
import io
import logging
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from govcrawl import __version__
from govcrawl.disk import is_full
from govcrawl.errors import DiskFull, GovcrawlError
from govcrawl.terminal import calm_logs, open_standard_streams, say

_INTERRUPTED = 130
_NOBODY_READS = 141  # as a program that SIGPIPE ended

_COMMANDS = {
    "crawl": "govcrawl.cli.crawl:crawl_command",
    "portals": "govcrawl.cli.portals:portals",
    "probe": "govcrawl.cli.probe:probe_command",
    "ingest": "govcrawl.cli.ingest:ingest_command",
    "merge": "govcrawl.cli.merge:merge_command",
    "export": "govcrawl.cli.export:export_command",
    "index": "govcrawl.cli.index:index_command",
    "search": "govcrawl.cli.search:search_command",
    "status": "govcrawl.cli.status:status",
    "coverage": "govcrawl.cli.coverage:coverage_command",
    "checks": "govcrawl.cli.checks:checks",
    "explain": "govcrawl.cli.explain:explain_command",
    "diff": "govcrawl.cli.diff:diff_command",
    "reextract": "govcrawl.cli.reextract:reextract_command",
    "verify": "govcrawl.cli.verify:verify_command",
    "serve": "govcrawl.cli.serve:serve_command",
}

_SHORT = {  # told without loading the commands
    "crawl": "Crawl portals with all cores of this machine",
    "portals": "List the portals of the registry",
    "probe": "Look at a portal before it is crawled",
    "ingest": "Read files that are on disk already",
    "merge": "Put output folders of several crawls together",
    "export": "Write a dataset: csv, jsonl, dta, parquet, duckdb, xlsx",
    "index": "Bring search index and sums up to date",
    "search": "Find words in titles and texts",
    "status": "Show runs, portals, and links that failed",
    "coverage": "Show which reports are found and which missing",
    "checks": "List failed checks and findings",
    "explain": "Say why a report is here, or why not",
    "diff": "Show what changed in a corrected report",
    "reextract": "Read the archive again, without the network",
    "verify": "Check that database and archive are whole",
    "serve": "Look at the database in the browser",
}


@contextmanager
def one_line_errors(ctx: click.Context) -> Iterator[None]:
    """Turn what a person can act on into one line on stderr and its exit status."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else ctx.command_path
        _fail(ctx, f"{error.format_message().rstrip('.')}; see `{path} --help`", error.exit_code)
    except GovcrawlError as error:
        _fail(ctx, str(error), error.exit_status)
    except _database_errors() as error:
        told = _damage(error)
        if told is None:
            raise
        _fail(ctx, str(told), told.exit_status)
    except OSError as error:
        if isinstance(error, BrokenPipeError) and _turned_away():
            ctx.exit(_NOBODY_READS)
        if not is_full(error):
            raise
        _fail(ctx, "the disk is full; make room and run again", DiskFull.exit_status)
    except KeyboardInterrupt:
        say("Interrupted.", err=True)
        ctx.exit(_INTERRUPTED)


def _database_errors() -> tuple[type[Exception], ...]:
    """SQLite's errors, whose module is loaded when there is one to tell."""
    from govcrawl.store.sqlite import DatabaseError

    return DatabaseError


def _damage(error: Exception) -> GovcrawlError | None:
    from govcrawl.store.sqlite import damage

    return damage(error)


def _turned_away() -> bool:
    """Whether nobody reads what is printed any more (``| head``); the rest of it goes nowhere then."""
    turned = False
    for number in (sys.stdout.fileno(), sys.stderr.fileno()):
        waiting = select.poll()
        waiting.register(number, select.POLLOUT)
        if any(told & select.POLLERR for _, told in waiting.poll(0)):
            turned = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    return turned


def _fail(ctx: click.Context, message: str, exit_status: int) -> NoReturn:
    say(f"Error: {' '.join(message.split())}", err=True)
    ctx.exit(exit_status)


class Program(click.Group):
    """A group whose errors are one line; an unexpected exception keeps its traceback and exits with 1.

    A command's module is loaded when it is asked for: reading documents needs libraries that take a second
    to load, and listing portals does not.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands in the order of a first use."""
        return list(_COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A whole line for each command, where click would cut its first sentence."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_SHORT.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program, writing UTF-8 whatever the locale says: the data is Chinese."""
        open_standard_streams()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        calm_logs()
        logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
        return super().main(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what stands before the command."""
        with one_line_errors(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        with one_line_errors(ctx):
            return super().invoke(ctx)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="govcrawl")
def main() -> None:
    """Annual disclosure reports of Chinese governments: from files and portals to a checked dataset.

    Portals are crawled with `scrapy crawl annual_reports`, or by all cores with `govcrawl crawl`; the other
    commands work on what was found.
    """
