"""LibreOffice, where it is installed, for old or damaged office files that our own readers refuse.

It runs headless, without a network where the system allows that, with a home and profile of its own that are
gone afterwards, within limits of time, memory and file size, and one at a time on a machine.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from govcrawl.errors import UnreadableDocument

SWITCH = "GOVCRAWL_LIBREOFFICE"
"""Environment variable: ``off`` leaves LibreOffice alone. Worker processes inherit it."""

SECONDS = 60
MAX_MEMORY = 3 * 2**30
MAX_FILE = 256 * 2**20
_WAIT = 90  # for another conversion to end
_PROGRAMS = ("soffice", "libreoffice")
_PREFIXES = (
    ("setpriv", "--pdeathsig", "KILL", "unshare", "-rnpf", "--kill-child"),
    ("unshare", "-rn"),
    ("unshare", "-n"),
)
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def is_allowed() -> bool:
    """Whether nobody has switched it off."""
    return os.environ.get(SWITCH, "on").lower() not in ("off", "0", "no", "false")


def switch_off() -> None:
    """Leave LibreOffice alone in this process and those that it starts from now on."""
    os.environ[SWITCH] = "off"


def program() -> str | None:
    """Path of the program, None where it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def converted(content: bytes, source: str, target: str) -> bytes:
    """The file as ``target`` (docx or xlsx); ``source`` is the ending that it gets.

    Raises UnreadableDocument where LibreOffice is missing, fails, or takes too long.
    """
    office = program()
    if office is None:
        raise UnreadableDocument(
            "install LibreOffice (Debian: libreoffice-writer, libreoffice-calc) to try it"
        )
    with _alone(), tempfile.TemporaryDirectory(prefix="govcrawl-office-") as name:
        folder = Path(name)
        for own in ("home", "out"):
            (folder / own).mkdir()
        given = folder / f"document.{source}"
        given.write_bytes(content)
        call = [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--nodefault", "--nolockcheck", "--convert-to", _FILTERS[target], "--outdir", str(folder / "out"),
            str(given),
        ]  # fmt: skip
        _run([*_confined(), *call], folder)
        made = folder / "out" / f"document.{target}"
        if made.is_symlink() or not made.is_file():
            raise UnreadableDocument("LibreOffice cannot read it either")
        return made.read_bytes()


def _confined() -> Sequence[str]:
    """What the program is started by: limits that it inherits, and an empty network of its own."""
    limits = f"ulimit -v {MAX_MEMORY // 1024}; ulimit -t {SECONDS}; ulimit -f {MAX_FILE // 512}; ulimit -c 0"
    return ["/bin/sh", "-c", f'{limits}; exec "$@"', "sh", *_set_apart()]


@cache
def _set_apart() -> Sequence[str]:
    """The prefix that takes the network away and ends all with us; less of it where that is not permitted."""
    for tried in _PREFIXES:
        if shutil.which(tried[0]) is None:
            continue
        done = subprocess.run([*tried, "true"], capture_output=True, timeout=10, check=False)  # noqa: S603
        if done.returncode == 0:
            return tried
    return ()


def _run(call: Sequence[str], folder: Path) -> None:
    """Run to the end or kill the whole group of processes."""
    process = subprocess.Popen(  # noqa: S603 - a fixed program; the file's name is ours
        call, cwd=folder, env=_environment(folder), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(f"LibreOffice took longer than {SECONDS} s") from error
    finally:
        with suppress(ProcessLookupError):  # the whole group may have ended by itself
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _environment(folder: Path) -> Mapping[str, str]:
    home = str(folder / "home")
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "HOME": home, "TMPDIR": str(folder), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the one place that this user's conversions have on the machine."""
    path = Path(tempfile.gettempdir(), f"govcrawl-office-{os.getuid()}.lock")
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + _WAIT
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise UnreadableDocument(
                        "LibreOffice was busy with other files; read it again"
                    ) from error
                time.sleep(0.1)
        yield
    finally:
        os.close(handle)
