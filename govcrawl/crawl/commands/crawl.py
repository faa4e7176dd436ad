"""``scrapy crawl``: arguments checked first, a summary at the end, an exit status that tells the result."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl

from govcrawl.crawl.commands import YOUNG
from govcrawl.crawl.hooks import run_hooks
from govcrawl.crawl.options import check_settings, output_of, sign
from govcrawl.crawl.part import Part
from govcrawl.crawl.plan import plan
from govcrawl.crawl.run import close_run
from govcrawl.crawl.session import DATABASE, Session
from govcrawl.crawl.summary import show
from govcrawl.crawl.telling import tell_ending
from govcrawl.disk import is_full
from govcrawl.errors import DiskFull, GovcrawlError, UsageError
from govcrawl.one_writer import OneWriter
from govcrawl.store import Store
from govcrawl.store.sqlite import DatabaseError, damage, write
from govcrawl.summaries import summary_of
from govcrawl.terminal import calm_logs, harmless_line, never_fail_to_speak, open_standard_streams

_INTERRUPTED = 130


def _summary(session: Session) -> dict[str, Any]:
    """What a run says to programs; nothing where its database is damaged, which the verdict tells."""
    try:
        return summary_of(session.store, session.run_id)
    except DatabaseError as error:
        if damage(error) is None:
            raise
        return {}


class Command(ScrapyCrawl):
    """Runs a spider by name; for ``annual_reports`` the exit status follows the contract."""

    right: OneWriter

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments and the output folder before Scrapy starts anything."""
        open_standard_streams()
        never_fail_to_speak()
        calm_logs()
        logging.raiseExceptions = False  # a log that cannot be written is told by the verdict
        super().process_options(args, opts)
        if args != ["annual_reports"]:
            return
        assert self.settings is not None
        try:
            plan(opts.spargs, self.settings.get("REGISTRY_FILE"))
            check_settings(self.settings)
            self._prepare(output_of(self.settings))
        except GovcrawlError as error:
            sys.stderr.write(harmless_line(f"Error: {error}\n"))
            sys.exit(error.exit_status)
        except KeyboardInterrupt:  # while it waited for another writer
            sys.stderr.write("Interrupted.\n")
            sys.exit(_INTERRUPTED)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, print the summary, set the exit status."""
        assert self.crawler_process is not None
        assert self.settings is not None
        known = self.crawler_process.spider_loader.list()
        if args and args[0] not in known:
            sys.stderr.write(f"Error: no spider {args[0]!r}; there is {', '.join(known)}\n")
            sys.exit(UsageError.exit_status)
        if args != ["annual_reports"]:
            super().run(args, opts)
            return
        try:
            crawler = self._create_crawler(args[0])
        except OSError as error:  # the log cannot be written
            if not is_full(error):
                raise
            sys.stderr.write("Error: the disk is full; make room and run again\n")
            self.exitcode = DiskFull.exit_status
            return
        self.crawler_process.crawl(crawler, **opts.spargs)
        # Else each line of a lower level is made before it is dropped.
        for logger in (None, "scrapy", "govcrawl"):
            logging.getLogger(logger).setLevel(self.settings["LOG_LEVEL"])
        gc.freeze()  # what is loaded by now stays: the collector need not look through it again and again
        gc.set_threshold(YOUNG)
        self.crawler_process.start()
        try:
            session = Session.of(crawler)
        except LookupError:
            sys.stderr.write(
                f"Error: the crawl could not begin; see {self.settings.get('LOG_FILE') or 'the log'}\n"
            )
            self.exitcode = 1
            return
        if session.stop.begun:  # a second signal has ended it before its own end
            close_run(session, "shutdown")
        self._tell(session)
        self.exitcode = session.exit_status

    def _tell(self, session: Session) -> None:
        """Say what came of the crawl, to a person and to the hooks, or to the parent of a part."""
        assert self.settings is not None
        told: dict[str, Any] = {"verdict": session.verdict, "exit_status": session.exit_status}
        if session.part is None:
            show(session, self.settings.get("LOG_FILE"))
            told = _summary(session) | told
        session.close()
        self.right.close()
        if session.part is None and "counts" in told:
            run_hooks(self.settings, told)
        elif session.part is not None:
            tell_ending(session.ending)

    def _prepare(self, output: Path) -> None:
        """See that the output folder's database is ours and nobody else writes, and send the log there."""
        assert self.settings is not None
        wait = self.settings.getfloat("WAIT_FOR_LOCK")
        if (part := Part.of(self.settings)) is None:
            told = shlex.join(["scrapy", "crawl", *sys.argv[1:]])
            self.right = OneWriter.of(output, command=told, wait=wait)
        else:
            self.right = OneWriter.part(output, part.number)
        with Store.open(output / DATABASE) as store, write(store.db):
            pass  # nothing to write yet, but the lock must be to be had
        sign(self.settings)
        if self.settings.getpriority("LOG_FILE") == 0 and self.settings.getbool("LOG_ENABLED"):
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.log"
            self.settings.set("LOG_FILE", str(output / "logs" / name), priority="project")
