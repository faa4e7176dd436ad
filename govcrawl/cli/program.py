"""The command group: exit statuses, errors and the encoding of the output."""

from __future__ import annotations

import importlib
import io
import logging
import sys
from typing import Any

import click

from govcrawl import __version__
from govcrawl.errors import GovcrawlError

_INTERRUPTED = 130

_COMMANDS = {
    "portals": "govcrawl.cli.portals:portals",
    "ingest": "govcrawl.cli.ingest:ingest_command",
    "export": "govcrawl.cli.export:export_command",
    "status": "govcrawl.cli.status:status",
    "checks": "govcrawl.cli.checks:checks",
}


class OneLineError(click.ClickException):
    """What is shown as ``Error: ...`` and ends the program with a status of its own."""

    exit_code: int

    def __init__(self, message: str, exit_status: int) -> None:
        super().__init__(" ".join(message.split()))
        self.exit_code = exit_status


class Program(click.Group):
    """A group whose errors are one line; an unexpected exception keeps its traceback and exits with 1.

    A command's module is loaded when it is asked for: reading documents needs libraries that take a second
    to load, and listing portals does not.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands in the order of a first use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program, writing UTF-8 whatever the locale says: the data is Chinese."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else ctx.command_path
            told = f"{error.format_message().rstrip('.')}; see `{path} --help`"
            raise OneLineError(told, error.exit_code) from error
        except GovcrawlError as error:
            raise OneLineError(str(error), error.exit_status) from error
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(_INTERRUPTED)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="govcrawl")
def main() -> None:
    """Annual disclosure reports of Chinese governments: from files and portals to a checked dataset.

    Portals are crawled with `scrapy crawl annual_reports`; these commands work on what was found.
    """
