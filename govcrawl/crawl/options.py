"""The project's Scrapy settings outside ``scrapy crawl``, with what the command line changes."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from scrapy.settings import BaseSettings, Settings

from govcrawl.attachments.choice import Wanted
from govcrawl.crawl.guard import Guard
from govcrawl.crawl.hooks import check_hooks
from govcrawl.crawl.hours import Hours
from govcrawl.crawl.setting_names import check_names
from govcrawl.errors import UsageError
from govcrawl.reading import Limits, Readers

NUMBERS = (
    "DOWNLOAD_DELAY",
    "DOWNLOAD_TIMEOUT",
    "PORTAL_REQUEST_BUDGET",
    "QUIET_SHARE",
    "RECHECK_DAYS",
    "RETRY_TIMES",
    "RETRY_BACKOFF",
    "RETRY_AFTER_MAX",
    "CRAWL_DELAY_MAX",
    "HOST_REQUESTS_PER_DAY",
    "HOST_EXCEPTION_DAYS",
    "REQUEST_LOG_BYTES",
    "BROWSER_TIMEOUT",
    "WAIT_FOR_LOCK",
    "WEBHOOK_TIMEOUT",
    "READING_TIMEOUT",
    "READING_MEMORY_MB",
)
AT_ONCE = ("PORTALS_AT_ONCE", "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN")


def project_settings(changes: Iterable[str] = ()) -> Settings:
    """Settings of the project with ``NAME=VALUE`` changes; UsageError for a malformed one."""
    settings = Settings()
    settings.setmodule("govcrawl.settings", priority="project")
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"-s {change!r} is no setting: write -s NAME=VALUE")
        settings.set(name.strip(), value, priority="cmdline")
    check_settings(settings)
    sign(settings)
    return settings


def readers_of(settings: BaseSettings) -> Readers:
    """The readers that settings ask for."""
    limits = Limits(
        seconds=settings.getfloat("READING_TIMEOUT"), memory=settings.getint("READING_MEMORY_MB") * 2**20
    )
    processes = settings.get("READING_PROCESSES")
    return Readers(limits, None if processes in (None, "", "None") else int(processes))


def check_settings(settings: BaseSettings) -> None:
    """Raise UsageError for a setting that is misspelt, or has to be a number or hours and is none."""
    check_names(settings)
    for least, names in enumerate((NUMBERS, AT_ONCE)):
        for name in names:
            try:
                wrong = not settings.getfloat(name) >= least
            except ValueError:
                wrong = True
            if wrong:
                raise UsageError(f"{name}={settings[name]!r} is no number of {least} or more")
    Guard.of(settings)
    processes = settings.get("READING_PROCESSES")
    if processes not in (None, "", "None") and not str(processes).isdigit():
        raise UsageError(f"READING_PROCESSES={processes!r} is no number of 0 or more")
    Wanted.of(settings.get("ATTACHMENTS", Wanted.NEEDED))
    check_hooks(settings)
    if hours := settings.get("CRAWL_HOURS"):
        Hours.parse(hours)
    if settings.getbool("BROWSER") and find_spec("playwright") is None:
        raise UsageError(
            "BROWSER needs an extra: pip install 'govcrawl[browser]' && playwright install chromium"
        )


def output_of(settings: BaseSettings) -> Path:
    """The output folder, made with its folder of logs if it is not there. UsageError if it cannot be."""
    if not settings["OUTPUT_DIR"]:
        raise UsageError("OUTPUT_DIR is empty: name a folder, such as -s OUTPUT_DIR=output")
    output = Path(settings["OUTPUT_DIR"])
    try:
        (output / "logs").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write to {output}: {error.strerror}; choose another OUTPUT_DIR") from error
    return output


def sign(settings: BaseSettings) -> None:
    """Put the contact, when there is one, into the user agent."""
    if contact := settings.get("CONTACT"):
        agent = f"{settings['USER_AGENT'].rstrip(')')}; {contact})"
        settings.set("USER_AGENT", agent, priority="cmdline")
