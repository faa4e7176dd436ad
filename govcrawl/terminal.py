"""What strangers wrote, on its way to a terminal or a log: without signs that steer one."""

from __future__ import annotations

import logging
import re

_STEERS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]")


def harmless_line(text: str) -> str:
    """Text without control characters, escape sequences' first sign and marks that turn its direction."""
    return _STEERS.sub("", text)


class _Record(logging.LogRecord):
    def getMessage(self) -> str:  # noqa: N802
        return harmless_line(super().getMessage())


def calm_logs() -> None:
    """Keep such signs out of all log lines of this process from now on."""
    logging.setLogRecordFactory(_Record)
