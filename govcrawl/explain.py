"""Why a report is in the database or is not: everything that was written down about one address."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

from govcrawl.discovery.scope import Scope
from govcrawl.errors import UsageError
from govcrawl.hosts import host_of
from govcrawl.ingest import FILES
from govcrawl.model import EntryState, Portal
from govcrawl.registry import Registry
from govcrawl.store import Store
from govcrawl.store.paths import way_to
from govcrawl.store.queries import Row
from govcrawl.store.spellings import known_as, spelling
from govcrawl.store.sqlite import row

_REPORT = (
    "id, url, agency, year, title, published, template, scope, source_type, sha256, extractor, first_seen, "
    "fetched_at, run_id"
)
_JUDGED = (
    "identity",
    "agency",
    "year",
    "title",
    "published",
    "period",
    "attachment",
    "tables_from",
    "scope_words",
)  # the rest is detail
_ADVICE = {
    EntryState.PENDING: "it waits to be fetched; to go on:",
    EntryState.FAILED: "the next run tries again:",
    EntryState.BLOCKED: "the next run asks again, politely:",
}

_AGAIN = "to look at it now, add -s RECHECK_DAYS=0:"


def explain(store: Store, address: str, registry: Registry) -> Row:
    """What is known of an address, in whatever spelling: ready for JSON, ``known`` says whether anything is.

    Keys: ``url, asked, known, portal, state, link, path, archive, report, judgement, history, next``; those
    that have nothing to say are None. UsageError for what is no address.
    """
    url = address if address.startswith("file:") else on_disk(address) or spelling(address)
    if url is None:
        raise UsageError(f"{address!r} is no web address: write http://www.example.gov.cn/page.html")
    found = known_as(store.db, url) or _page_of_file(store, url)
    told: Row = {"url": url, "asked": address, "known": found is not None}
    if found is None:
        return {**told, **_unknown(store, url, registry)}
    table, told["url"] = found
    if table == "pages":
        return {**told, **_page(store, told["url"], registry)}
    return {**told, **_link(store, told["url"], registry)}


def on_disk(address: str) -> str | None:
    """The address of a file that is there, as ingest gives it, a member of an archive behind a #."""
    name, mark, member = address.partition("#")
    for path, rest in ((Path(address), ""), (Path(name), mark and f"#{quote(member)}")):
        if path.is_file():
            return path.resolve().as_uri() + rest
    return None


def _page_of_file(store: Store, url: str) -> tuple[str, str] | None:
    """The report whose page has a file at an address, as ``known_as`` gives it."""
    sql = "SELECT r.url FROM attachments a JOIN reports r ON r.id = a.report_id WHERE a.url = ?"
    found = row(store.db, sql, (url,))
    return None if found is None else ("entries", found["url"])


def _link(store: Store, url: str, registry: Registry) -> Row:
    """A report link, or a report that was ingested from a file."""
    entry = row(store.db, "SELECT * FROM entries WHERE url = ?", (url,))
    source = row(store.db, "SELECT * FROM sources WHERE url = ?", (url,))
    report_id = (source or {}).get("report_id") or (entry or {}).get("report_id")
    report = row(store.db, f"SELECT {_REPORT}, portal, evidence FROM reports WHERE id = ?", (report_id,))  # noqa: S608
    if report is None and source is None:
        report = row(store.db, f"SELECT {_REPORT}, portal, evidence FROM reports WHERE url = ?", (url,))  # noqa: S608
    key = (entry or report or {})["portal"]
    portal = _portal(store, key, registry)
    state = entry["state"] if entry else EntryState.STORED.value
    sha256 = (source or entry or {}).get("sha256")
    listing = entry["listing"] if entry else None
    return {
        "portal": portal,
        "state": state,
        "link": entry,
        "path": way_to(store.db, key, listing) if listing else [],
        "archive": _archived(store, sha256),
        "report": _without(report, "evidence", "portal"),
        "judgement": _judgement(entry, report, source),
        "history": _history(store, entry, report),
        "next": _run(_AGAIN, portal) if entry and _in_doubt(entry) else _next(state, portal),
    }


def _page(store: Store, url: str, registry: Registry) -> Row:
    """A page of the way: no report, but reports may stand on it."""
    found = row(store.db, "SELECT * FROM pages WHERE url = ? ORDER BY run_id DESC", (url,))
    assert found is not None
    way = way_to(store.db, found["portal"], url)
    held = way[-1]["entries"]
    why = found["trouble"] or (
        f"a page on the way to reports; {held} report links stand on it" if held else
        "a page that was looked at for report links; none was found on it"
    )  # fmt: skip
    portal = _portal(store, found["portal"], registry)
    return {
        "portal": portal, "state": "page", "link": None, "path": way, "archive": None, "report": None,
        "judgement": {"why": why, "evidence": {}},
        "history": {"first_seen": found["first_seen"], "last_seen": found["last_seen"], "versions": []},
        "next": _run("to look again:", portal) if found["trouble"] else None,
    }  # fmt: skip


def _unknown(store: Store, url: str, registry: Registry) -> Row:
    """Where an address that nobody has seen would belong, and what to run."""
    portal = _portal_at(store, url, registry)
    nothing = dict.fromkeys(("state", "link", "path", "archive", "report", "history"))
    if url.startswith("file:"):
        why, todo = "no file has been read from there", "to read it: govcrawl ingest FILE"
        return {**nothing, "portal": None, "judgement": {"why": why, "evidence": {}}, "next": todo}
    if portal is None:
        why = "no portal of the database or the registry has this host"
        return {**nothing, "portal": None, "judgement": {"why": why, "evidence": {}}, "next": _try(url)}
    if portal["outcome"] is None:
        why, todo = "its portal has not been crawled into this database", _run("to crawl it:", portal)
    else:
        why = "its portal was crawled, and no page that was looked at had this link as a report's"
        todo = f"to see what the portal shows: govcrawl probe {portal['url']}"
    return {**nothing, "portal": portal, "judgement": {"why": why, "evidence": {}}, "next": todo}


def _portal_at(store: Store, url: str, registry: Registry) -> Row | None:
    """The portal whose hosts an address lies on: one that was crawled before one of the registry."""
    for known in store.db.query("SELECT key, name, url FROM portals"):
        if Scope.of(Portal(known["key"], known["name"], known["url"])).allows(url):
            return _portal(store, known["key"], registry)
    host = host_of(url)
    while host.count(".") > 1:
        if (portal := registry.for_host(host)) is not None:
            return _portal(store, portal.key, registry)
        host = host.partition(".")[2]
    return None


def _portal(store: Store, key: str, registry: Registry) -> Row:
    """A portal's names and what its last run came to; ``registered`` when it can be crawled by its key."""
    listed = next((portal for portal in registry.portals if portal.key == key), None)
    known = row(store.db, "SELECT name, url, division_code FROM portals WHERE key = ?", (key,))
    last = row(
        store.db,
        "SELECT run_id, outcome, reason FROM portal_runs WHERE portal = ? ORDER BY run_id DESC",
        (key,),
    )
    names = {"name": key, "url": "", "division_code": None}
    if known is not None:
        names = known
    elif listed is not None:
        names = {"name": listed.name, "url": listed.url, "division_code": listed.division_code}
    last = last or {"run_id": None, "outcome": None, "reason": None}
    return {"key": key, **names, "registered": listed is not None, **last}


def _judgement(entry: Row | None, report: Row | None, source: Row | None) -> Row:
    """Why the link was taken for a report, and why its document was found to be one or not."""
    if report is None:
        told = entry["last_error"] if entry and entry["last_error"] else "it has not been read"
        if entry is not None and _in_doubt(entry):
            told = f"in doubt since {entry['doubted']}, looked at again from {entry['next_try']} on: {told}"
        return {"why": told, "evidence": {}}
    evidence = json.loads(report["evidence"])
    why = evidence.get("identity") or f"title {report['title']!r}"
    if source is not None and source["url"] != report["url"]:
        why += f"; the same report as {report['url']} ({source['reason']})"
    elif source is None and entry is not None and entry["last_error"]:
        why += f"; {entry['last_error']}"
    if entry is not None and entry["doubted"] and entry["state"] == EntryState.STORED:
        why = f"in doubt since {entry['doubted']}: {entry['last_error']}; what is kept was a report by {why}"
    if entry is not None and entry["state"] == EntryState.GONE:
        why = f"gone: {entry['last_error']}; what is kept was a report by {why}"
    first = {name: evidence[name] for name in _JUDGED if name in evidence}
    return {"why": why, "evidence": {**first, **evidence}}


def _in_doubt(entry: Row) -> bool:
    """Whether a link brought nothing that ought to have a report."""
    return entry["state"] in (EntryState.GONE, EntryState.REJECTED) and entry["next_try"] is not None


def _history(store: Store, entry: Row | None, report: Row | None) -> Row:
    seen = entry or report or {}
    versions: list[Row] = []
    if report is not None:
        query = "SELECT title, sha256, fetched_at, replaced_at FROM versions WHERE report_id = ?"
        versions = list(store.db.query(f"{query} ORDER BY rowid", (report["id"],)))
    return {
        "first_seen": seen.get("first_seen"),
        "last_seen": seen.get("last_seen") or seen.get("fetched_at"),
        "versions": versions,
    }


def _archived(store: Store, sha256: str | None) -> Row | None:
    if sha256 is None:
        return None
    found = row(store.db, "SELECT * FROM records WHERE sha256 = ? ORDER BY id DESC", (sha256,))
    return _without(found, "id")


def _next(state: str, portal: Row) -> str | None:
    advice = _ADVICE.get(EntryState(state))
    if advice and portal["key"] == FILES.key:
        return "put a whole file in its place and read it again: govcrawl ingest FILE"
    return _run(advice, portal) if advice else None


def _run(advice: str, portal: Row) -> str:
    which = f"portals={portal['key']}" if portal["registered"] else f"url={portal['url']}"
    return f"{advice} govcrawl crawl -a {which}"


def _try(url: str) -> str:
    return f"to crawl it as a portal of its own: govcrawl crawl -a url=http://{host_of(url)}/"


def _without(found: Row | None, *names: str) -> Row | None:
    return None if found is None else {name: found[name] for name in found if name not in names}
