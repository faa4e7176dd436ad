"""What the operator wants to be told at the end of a crawl: a webhook and a file for Prometheus.

Both go where the operator's own settings say, so that the crawl's scope and robots.txt do not apply. Neither
can change the data or the exit status: what fails is said in the log.
"""

from __future__ import annotations

import json
import logging
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from govcrawl.errors import UsageError
from govcrawl.summaries import replace_file

log = logging.getLogger(__name__)

_MORE = 1.0  # seconds to resolve a name and to say what went wrong
_STATES = ("rejected", "failed", "pending", "blocked")


def check_hooks(settings: BaseSettings) -> None:
    """Raise UsageError for an address or a file that cannot be meant."""
    if (address := settings.get("WEBHOOK_URL")) and not _is_web(address):
        raise UsageError("WEBHOOK_URL is no web address: write WEBHOOK_URL=https://example.org/hook")
    if file := settings.get("PROMETHEUS_FILE"):
        path = Path(file)
        if path.suffix != ".prom":
            raise UsageError(f"PROMETHEUS_FILE={file}: node_exporter reads files that end in .prom only")
        if not path.parent.is_dir():
            raise UsageError(f"PROMETHEUS_FILE={file}: no folder {path.parent}; make it or name another")


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # half an IPv6 address, a port that is no number
        return False


def run_hooks(settings: BaseSettings, summary: Mapping[str, Any]) -> None:
    """Tell whom the settings name what a run did; ``summary`` is that of ``govcrawl.summaries``."""
    if file := settings.get("PROMETHEUS_FILE"):
        try:
            replace_file(Path(file), exposition(summary))
        except OSError as error:
            log.error("PROMETHEUS_FILE could not be written: %s", error)
    if address := settings.get("WEBHOOK_URL"):
        seconds = settings.getfloat("WEBHOOK_TIMEOUT")
        posting = threading.Thread(target=post, args=(address, summary, seconds), daemon=True)
        posting.start()
        posting.join(seconds + _MORE)  # for the timeout of a connection begins anew with every byte
        if posting.is_alive():
            log.error("WEBHOOK_URL: %s has not ended its answer in time", _named(address))


def post(address: str, summary: Mapping[str, Any], seconds: float) -> None:
    """Send a summary as JSON, once; the log names only the host, as addresses of hooks hold secrets."""
    request = urllib.request.Request(  # noqa: S310 - http or https, checked before the crawl began
        address,
        data=json.dumps(summary, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "govcrawl"},
    )
    host = _named(address)
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=seconds) as answer:
            log.info("WEBHOOK_URL: %s answers %s", host, answer.status)
    except urllib.error.HTTPError as error:
        log.error("WEBHOOK_URL: %s answers %s; the run is told in the summary file", host, error.code)
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        log.error("WEBHOOK_URL: %s cannot be reached (%s); the run is told in the summary file", host, reason)


def _named(address: str) -> str:
    """The host of a hook, and whether the environment puts a proxy before it, which may answer instead."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in urllib.request.getproxies() or urllib.request.proxy_bypass(parts.netloc):
        return host
    return f"{host} (through {parts.scheme}_proxy)"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirection unfollowed: what the operator named is meant, and a POST would become a GET."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Follow nothing, so that the status is told."""


def exposition(summary: Mapping[str, Any]) -> str:
    """A summary in Prometheus' text format, every metric with the path of the database as its label."""
    lines = []
    for name, help_, samples in _metrics(summary):
        lines += [f"# HELP {name} {help_}", f"# TYPE {name} gauge"]
        for labels, value in samples:
            every = {"database": summary["database"], **labels}
            told = ",".join(f'{key}="{_escaped(text)}"' for key, text in every.items())
            lines.append(f"{name}{{{told}}} {value}")
    return "\n".join(lines) + "\n"


Samples = list[tuple[dict[str, str], int | float]]


def _metrics(summary: Mapping[str, Any]) -> Iterator[tuple[str, str, Samples]]:
    counts, prefix = summary["counts"], "govcrawl_last_run"
    for moment in ("started", "finished"):
        if summary[moment] is not None:
            seconds = datetime.fromisoformat(summary[moment]).timestamp()
            yield f"{prefix}_{moment}_timestamp_seconds", f"When the last crawl {moment}.", [({}, seconds)]
    yield f"{prefix}_exit_status", "0 complete, 1 error, 3 incomplete, 5 nothing could be read.", [
        ({}, summary["exit_status"])
    ]  # fmt: skip
    yield f"{prefix}_requests", "Requests of the last crawl.", [({}, counts["requests"])]
    reports: Samples = [
        ({"change": kind}, counts[f"reports_{kind}"]) for kind in ("new", "changed", "unchanged")
    ]
    yield f"{prefix}_reports", "Reports that the last crawl saw.", reports
    entries: Samples = [({"state": state}, counts[f"entries_{state}"]) for state in _STATES]
    yield f"{prefix}_entries", "Report links that gave no report in the last crawl.", entries
    portals: Samples = [({"outcome": name}, number) for name, number in sorted(summary["outcomes"].items())]
    yield f"{prefix}_portals", "Portals of the last crawl.", portals
    yield "govcrawl_reports", "Reports in the database.", [({}, summary["reports_stored"])]


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
