"""Terminal and log: what strangers wrote goes there without signs that steer one; neither need be there."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import sys
from typing import Any

import click

_STEERS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]")


def harmless_line(text: str) -> str:
    """Text without control characters, escape sequences' first sign and marks that turn its direction."""
    return _STEERS.sub("", text)


def harmless_json(told: Any) -> str:
    """JSON for a terminal or a program: such signs stand as escapes, so that nothing of the data is lost."""
    text = json.dumps(told, ensure_ascii=False, indent=2)
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print for a person or a pipe, harmless: the one way by which commands print."""
    click.echo(harmless_line(text), err=err, nl=nl)


class _Record(logging.LogRecord):
    def getMessage(self) -> str:  # noqa: N802
        return harmless_line(super().getMessage())

    @property
    def exc_text(self) -> str | None:
        """The traceback as it was formatted: an error's words may be a page's."""
        return self._traceback

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        self._traceback = text and harmless_line(text)


def calm_logs() -> None:
    """Keep such signs out of all log lines of this process from now on."""
    logging.setLogRecordFactory(_Record)


class _Deaf(io.FileIO):
    def write(self, told: Any) -> int:
        """Write what can be written; the rest goes nowhere."""
        try:
            written = super().write(told)
        except OSError:
            written = None
        return len(told) if written is None else written


def open_standard_streams() -> None:
    """Open onto nothing what a program was started without of standard input, output and error.

    Else the next file to be opened, say the archive, takes the number of one, and what any library says goes
    into it.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def never_fail_to_speak() -> None:
    """Let what standard error cannot take, on a full disk say, be lost: it changes no result.

    Standard error that is not the process's own, as in a test, stays as it is.
    """
    stream = sys.stderr
    if not isinstance(stream, io.TextIOWrapper) or stream.fileno() != 2:
        return
    deaf = io.BufferedWriter(_Deaf(2, "w", closefd=False))
    sys.stderr = io.TextIOWrapper(deaf, encoding=stream.encoding, errors=stream.errors, line_buffering=True)
