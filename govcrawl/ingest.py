"""Ingest: documents already on disk through the same archive, readers and database as crawled ones."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from urllib.parse import quote

from govcrawl import registry
from govcrawl.archive import Archive
from govcrawl.counting import counted
from govcrawl.documents import BUNDLES, Member, source_type
from govcrawl.errors import ContradictoryFacts, UnreadableDocument, UsageError
from govcrawl.model import Entry, Given, Portal, Source
from govcrawl.reading import Answer, Readers, Task, task_of
from govcrawl.reports import Place
from govcrawl.store import Store
from govcrawl.store.clock import now

FILES = Portal(key="file", name="files from disk", url="file:")
MAX_BYTES = 256 * 2**20
INCOMPLETE = 3

_PAGES = ("html", "htm", "shtml", "xhtml", "mht", "mhtml", "jsp", "asp", "aspx", "php", "txt", "text", "md")
_OFFICE = ("pdf", "doc", "docx", "rtf", "wps", "ofd", "xls", "xlsx", "et", "odt", "ods", "zip", "rar")
# Templates, files with macros, OpenDocument and UOF as one XML: what a program saves under another name.
_RARER = (
    *("docm", "dot", "dotx", "dotm", "wpt", "xlsm", "xlsb", "xlt", "xltx", "ett"),
    *("ott", "ots", "fodt", "fods", "uof", "uot", "uos", "csv"),
)
_IMAGES = ("jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif", "webp")
_ENDINGS = frozenset({*_PAGES, *_OFFICE, *_RARER, *_IMAGES})


@dataclass(frozen=True, slots=True)
class Found:
    """Files to read, in order, and those of a folder's files that were passed over for their ending."""

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a file or a member: new, changed, unchanged, rejected, failed or passed over."""

    path: Path
    outcome: str
    reason: str = ""


def place_named(code: str) -> Place:
    """The place of a division code, as a reader knows a portal's; UsageError for a code that there is not."""
    division = registry.load().division(code)
    if division is None:
        raise UsageError(
            f"{code!r} is no code of a province, prefecture or county; look for it with: "
            "govcrawl portals --search WORD"
        )
    return Place(division.name, division.prefecture, division.province, division.level, division.code)


def find_documents(paths: Sequence[Path]) -> Found:
    """Files and the documents in folders, each once, in sorted order; hidden ones are left out.

    Raises UsageError for a path that does not exist and for a folder without any document.
    """
    files: dict[Path, Path] = {}
    passed_over: list[Path] = []
    for path in paths:
        if _is_folder(path):
            inside = list(_inside(path))
            documents = [file for file in inside if _is_document(file)]
            others = (file for file in inside if not _is_document(file))
            if not documents:
                raise UsageError(f"{path}: holds no document (html, txt, pdf, docx ...); nothing to ingest")
            passed_over += others
        elif path.exists():
            documents = [path]
        else:
            raise UsageError(f"{path}: no such file or folder")
        for document in documents:
            files.setdefault(document.resolve(), document)
    return Found(tuple(sorted(files.values())), tuple(sorted(passed_over)))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        shown = str(path)[:80]
        raise UsageError(f"{shown}: cannot be looked at ({error.strerror})") from error


@dataclass(frozen=True, slots=True)
class _File:
    """What one report is read from: a file, or a member of an archive, which has an address of its own.

    ``source`` says where its bytes are in the archive, once they are there.
    """

    path: Path
    url: str
    content: bytes = b""
    problem: str = ""
    passed_over: bool = False
    source: Source | None = None

    @property
    def entry(self) -> Entry:
        return Entry(url=self.url, portal=FILES.key, reason="named on the command line")


def ingest(
    files: Iterable[Path],
    store: Store,
    archive: Archive,
    run_id: int,
    readers: Readers,
    place: Place | None = None,
) -> Iterator[Ingested]:
    """Read and store files in order, telling what became of each as soon as it is settled.

    ``readers`` read some files ahead. ``place`` is that whose bodies report, where it is known.
    """
    store.note_portal(FILES, run_id)
    inside = (file for path in files for file in _files(path, readers))
    taken = (file if file.passed_over else _taken(file, store, archive, place) for file in inside)
    for file, answer in readers.over(taken, _task):
        yield Ingested(file.path, "passed over") if file.passed_over else _settle(file, answer, store, run_id)


def _files(path: Path, readers: Readers) -> Iterator[_File]:
    """The file itself, or the documents in it where it is an archive, which a reader unpacks."""
    url = path.resolve().as_uri()
    try:
        content = _content(path)
    except UnreadableDocument as error:
        yield _File(path, url, problem=str(error))
        return
    if source_type(content) not in BUNDLES:
        yield _File(path, url, content)
        return
    answer = readers.read(Task(content, _name(path), unpack=True))
    if answer.failed:
        yield _File(path, url, problem=answer.reason.removeprefix(f"{_name(path)}: "))
    else:
        yield from _in_archive(path, url, answer.members)


def _in_archive(path: Path, url: str, found: Sequence[Member]) -> Iterator[_File]:
    """Members by their names behind a #; those with the ending of no document are passed over."""
    documents = [member for member in found if _is_document(Path(member.name))]
    for member in documents:
        own = f"{url}#{quote(member.name)}"
        yield _File(Path(f"{path}#{member.name}"), own, member.content, member.problem)
    for member in found:
        if member not in documents:
            yield _File(Path(f"{path}#{member.name}"), url, passed_over=True)
    if not documents:
        yield _File(path, url, problem=f"none of the archive's {counted(len(found), 'file')} is a document")


def exit_status(outcomes: Mapping[str, int]) -> int:
    """0 when nothing failed and something was stored, 3 otherwise; from the number of files per outcome."""
    stored = sum(outcomes.get(name, 0) for name in ("new", "changed", "unchanged"))
    return 0 if stored and not outcomes.get("failed") else INCOMPLETE


def _taken(file: _File, store: Store, archive: Archive, place: Place | None) -> _File:
    return file if file.problem else replace(file, source=_source(file, store, archive, place))


def _task(file: _File) -> Task | None:
    return task_of(file.content, file.source) if file.source else None


def _settle(file: _File, answer: Answer | None, store: Store, run_id: int) -> Ingested:
    path, entry, source = file.path, file.entry, file.source
    if answer is None or source is None:
        store.fail(entry, file.problem, run_id=run_id)
        return Ingested(path, "failed", file.problem)
    if answer.report is None and not answer.failed:
        store.reject(entry, FILES.key, answer.reason, source, run_id)
        return Ingested(path, "rejected", answer.reason)
    reason = answer.reason.removeprefix(f"{_name(path)}: ")
    if answer.report is not None:
        try:
            return Ingested(path, store.save_report(answer.report, source, entry=entry, run_id=run_id).value)
        except ContradictoryFacts as error:
            reason = str(error)
    store.fail(entry, reason, source, run_id=run_id)
    return Ingested(path, "failed", reason)


def _source(file: _File, store: Store, archive: Archive, place: Place | None) -> Source:
    moment = now()
    record = archive.add(file.url, file.content, fetched_at=moment, known=store.record)
    given = Given(_name(file.path), file.url, place=astuple(place) if place else None)
    code = place.code if place else None
    return Source(file.url, FILES.key, code, record.sha256, moment, record, given)


def _content(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableDocument when they cannot be had."""
    try:
        if not path.is_file():
            raise UnreadableDocument("is no regular file")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise UnreadableDocument(f"is too large: {size:,} bytes, at most {MAX_BYTES:,} are read")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"cannot be read ({error.strerror})") from error


def _inside(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise UsageError(f"{error.filename}: cannot be listed ({error.strerror})") from error

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def _is_document(path: Path) -> bool:
    return _ending(path) in _ENDINGS or not path.suffix


def _ending(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


def _name(path: Path) -> str:
    """A file's name as text: names that are no UTF-8 (GBK from an old zip) must not break what keeps them."""
    return os.fsencode(path.name).decode("utf-8", "replace")
