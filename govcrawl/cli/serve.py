"""govcrawl serve: the web page over an output folder, on this machine."""

from __future__ import annotations

import contextlib
import socket
import threading
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from govcrawl import registry
from govcrawl.cli.options import output_option, registry_option
from govcrawl.errors import UsageError
from govcrawl.terminal import say

_LIBRARIES = ("datasette", "matplotlib", "uvicorn")
_PATIENCE = 10.0  # seconds that the first page may be prepared before its address is told
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command(name="serve")
@output_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0: any free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="Another name that the page is opened by (repeatable); under foreign ones nothing is answered.",
)
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@registry_option
def serve_command(
    output: Path, port: int, host: str, names: tuple[str, ...], open_: bool, extra: Path | None
) -> None:
    """Look at the database in the browser: coverage, reports, findings, trends, runs, and all tables.

    The page only reads, also beside a running crawl, and each of its pages shows the database of that moment.
    """
    if absent := [name for name in _LIBRARIES if find_spec(name) is None]:
        raise UsageError(f"the page needs an extra ({absent[0]} is absent): pip install 'govcrawl[serve]'")
    from govcrawl.serve.hosts import Hosts
    from govcrawl.serve.site import open_site, warm

    site = open_site(output, registry.load(extra), Hosts.at(host, names))
    with _listening(host, port) as listener:
        warm(site, _PATIENCE)
        address = _address(host, listener.getsockname()[1])
        say(f"{output / 'govcrawl.db'} is shown at {address} (Ctrl+C ends it)")
        if host not in _LOOPBACK:
            say(f"Whoever reaches {host} can read it: there is no password.", err=True)
        if open_:
            threading.Timer(1, webbrowser.open, (address,)).start()
        _run(site.app(), listener)


def _listening(host: str, port: int) -> socket.socket:
    """A socket at the address. Raises UsageError where it is taken or not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"{host}:{port} cannot be listened at ({why}); choose another --port or --host"
        ) from error
    return listener


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _run(app: Any, listener: socket.socket) -> None:
    import uvicorn

    with contextlib.suppress(KeyboardInterrupt):  # which is how it ends
        uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on")).run([listener])
