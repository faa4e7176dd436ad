"""Portals, the links found on them, and where their bytes came from and lie."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Portal:
    """A government portal to crawl: a row of the registry, or an address somebody typed.

    ``key`` is the name used in the database: the registry key (``qinbei`` for www.qinbei.gov.cn) for a
    registry row, the host otherwise.
    ``hosts`` are further hosts of the same place that the registry names; ``start`` replaces ``url`` as the
    first page when a row overrides it, with ``reason`` saying why.
    """

    key: str
    name: str
    url: str
    division_code: str | None = None
    level: str | None = None
    province: str = ""
    prefecture: str = ""
    hosts: tuple[str, ...] = ()
    start: str | None = None
    reason: str | None = None


class EntryState(StrEnum):
    """Where a discovered report link stands."""

    PENDING = "pending"
    STORED = "stored"
    REJECTED = "rejected"
    FAILED = "failed"
    BLOCKED = "blocked"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Entry:
    """A link that discovery takes for a report: the ledger keeps one row for each.

    ``listing`` is the page it was found on, ``title`` and ``published`` are what that page says.
    """

    url: str
    portal: str
    title: str = ""
    year: int | None = None
    published: str | None = None
    listing: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DataRequest:
    """The request by which a page's script fills its list, and the system that knows its answer."""

    url: str
    method: str
    form: str
    dialect: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that discovery looked at on its way: what the next crawl remembers of it.

    ``trail`` holds the labels that led there, ``parent`` the page before it, ``rows`` how many report links
    it and its further pages held; 0 marks a page that is not worth another visit. ``shown`` is False where a
    script fills the list, so that the page itself shows none of them; ``data`` is then how to get the first.
    ``looked`` is the day of the last look at it, ISO, empty when it was not written down yet.
    """

    url: str
    trail: tuple[str, ...]
    parent: str | None
    rows: int
    shown: bool = True
    data: DataRequest | None = None
    looked: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that a crawl looked at on its way to reports; its ``parent`` is the page that led to it.

    ``label`` is the wording of the link followed, ``reason`` why it was. ``asked`` is the address requested
    where another one answered, ``dialect`` the system that made the page, ``trouble`` why it could not be
    read.
    """

    url: str
    portal: str
    parent: str | None
    label: str
    kind: str
    reason: str
    asked: str | None = None
    dialect: str | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """A refused request: the system that refused, its answer's status, header names and first bytes.

    ``sha256`` is of the first 500 bytes of the body, ``evidence`` what told the system.
    """

    url: str
    portal: str
    system: str
    status: int
    evidence: str
    headers: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report's bytes came from: the key of its row and the proof behind it.

    ``url`` is normalised (``file:`` for ingested files); ``record`` is the archive record, None when the
    bytes stayed where they were. ``given`` is what they were read with, ``validators`` what the server knows
    them by. ``page_sha256`` is of the page where the bytes are those of a file attached to it.
    """

    url: str
    portal: str
    division_code: str | None
    sha256: str
    fetched_at: str
    record: ArchiveRecord | None = None
    given: Given | None = None
    validators: Validators | None = None
    page_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a document was read with besides its bytes: enough to read it again in the same way.

    ``name`` is a file name or address, ``answered`` the address that answered; ``title`` and ``published``
    are what the listing said. ``place`` are the fields of ``govcrawl.reports.Place``. ``files`` are the
    attached files that were read with a page, ``unread`` the addresses of those that could not be had, each
    with the reason.
    """

    name: str
    answered: str
    media_type: str | None = None
    charset: str | None = None
    title: str | None = None
    published: str | None = None
    place: tuple[str | None, ...] | None = None
    files: tuple[GivenFile, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file attached to a page, as it was read with it: see ``FetchedFile``; its bytes by their hash."""

    sha256: str
    url: str
    name: str = ""
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server knows the present state of a page by, and the bytes that it sent with that.

    ``asked_at`` is when it sent them, ``content_type`` the header that came along.
    """

    url: str
    etag: str | None
    last_modified: str | None
    content_type: str | None
    sha256: str
    asked_at: str


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """Where raw bytes lie: a record of a WARC file, ``offset`` and ``length`` in compressed bytes."""

    sha256: str
    file: str
    offset: int
    length: int
    url: str
    media_type: str | None = None
    status: int = 200
    fetched_at: str = ""


@dataclass(frozen=True, slots=True)
class HostException:
    """Something that one host alone needs: ``kind`` is ``tls`` or ``scheme``, ``value`` what is done for it.

    ``reason`` is what failed without it, ``since`` the UTC time at which that was last seen.
    """

    host: str
    kind: str
    value: str
    reason: str
    since: str
