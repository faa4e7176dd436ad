"""The errors a person can act on; each carries the one line that is shown to them."""


class GovcrawlError(Exception):
    """Something went wrong that a message of one line explains; exit status 1."""

    exit_status = 1


class UsageError(GovcrawlError):
    """Wrong arguments, settings or files: raised before any work is done; exit status 2."""

    exit_status = 2


class UnreadableDocument(GovcrawlError):
    """Bytes that no reader can turn into a Document.

    Raised by ``govcrawl.documents``; the message names the kind of file and what is wrong with it.
    """


class ProtectedDocument(UnreadableDocument):
    """A document that opens with a password only; no other reader is asked.

    Raised by the readers in ``govcrawl.documents``.
    """


class NotAReport(GovcrawlError):
    """A readable document that is not an annual report.

    Raised by ``govcrawl.reports.read_report``; the message is the reason with its evidence.
    """


class CutShort(NotAReport):
    """A document in which no report was found, of which only a part was read, or a scan of it badly."""


class ContradictoryFacts(GovcrawlError):
    """A report in which two cells claim the same fact, so that neither can be trusted.

    Raised by ``govcrawl.store`` before anything of the report is written; the message names the facts.
    """


class DatabaseInUse(GovcrawlError):
    """Another process holds the database's write lock for longer than the busy timeout.

    Raised by every writing method of the store; nothing was written.
    """

    exit_status = 3


class DiskFull(GovcrawlError):
    """Nothing more can be written; what was written before stays whole.

    Raised by the archive and by every writing method of the store.
    """

    exit_status = 3


class DatabaseDamaged(GovcrawlError):
    """The database's file can no more be read or written as one: its pages are damaged, or its disk fails.

    Raised by every writing method of the store, and where a crawl or a command meets it in reading.
    """


class OutputLost(GovcrawlError):
    """What a run writes into was taken away or put in place of another while it ran.

    Raised by ``govcrawl.crawl.presence``: what is written from then on is nowhere to be found.
    """

    exit_status = 3


class OutputInUse(GovcrawlError):
    """Another process writes into the output folder, which one at a time may do.

    Raised by ``govcrawl.one_writer`` before anything is read or written; the message names that process.
    """

    exit_status = 3
