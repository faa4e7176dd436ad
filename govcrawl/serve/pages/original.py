"""What was archived, beside what was read from it.

Nothing of a page is rendered as it came: what stands in the frame is made of a few elements of ours around
its escaped text, in a sandbox without scripts, addresses or an origin. The bytes themselves are a download.
"""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import quote

from datasette.utils.asgi import Response

from govcrawl.archive import Archive, DamagedArchive
from govcrawl.documents.encoding import decode
from govcrawl.documents.sniff import source_type
from govcrawl.model import ArchiveRecord
from govcrawl.serve.asking import Ask, Context, Missing, page, raw
from govcrawl.serve.pages.report import wanted
from govcrawl.serve.prose import parts
from govcrawl.serve.rendition import LARGEST, rendition

_SANDBOX: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_CLOSED: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"
_STYLE = (
    "body{font:15px/1.6 system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;margin:1rem;"
    "color:#1b1f24;background:#fff;overflow-wrap:anywhere}table{border-collapse:collapse;margin:.5rem 0}"
    "td,th{border:1px solid #8c959f;padding:.2rem .4rem}"
)
_TEXTS = frozenset(("html", "txt"))
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))


def original(ask: Ask) -> Context:
    """A report's archived documents, one of them open, and the reading beside it."""
    found = wanted(ask)
    key = found["id"]
    documents = _documents(ask, found)
    chosen = ask.word("document") or found["sha256"]
    if chosen not in {one["sha256"] for one in documents}:
        raise Missing("this report has no such archived document")
    record = _record(ask, chosen)
    trouble, kind = "", ""
    try:
        kind = _kind(_bytes(ask, record))
    except DamagedArchive as error:
        trouble = str(error)
    return {
        "report": found,
        "parts": parts(ask.store.parts("sections", key), ask.store.parts("tables", key), found["text"]),
        "documents": documents,
        "chosen": chosen,
        "record": record,
        "kind": kind,
        "trouble": trouble,
    }


def _documents(ask: Ask, found: dict[str, object]) -> list[dict[str, object]]:
    """The archived documents of a report: what it was read from, its page, its files, earlier versions."""
    rows = ask.store.db.query(
        """
        SELECT 'read' AS role, :sha256 AS sha256, :url AS name, NULL AS moment
        UNION ALL SELECT 'page', sha256, url, fetched_at FROM readings WHERE url = :url
        UNION ALL SELECT 'file', sha256, filename, NULL FROM attachments WHERE report_id = :id
        UNION ALL SELECT 'version', sha256, title, fetched_at FROM versions WHERE report_id = :id
        """,
        {name: found[name] for name in ("sha256", "url", "id")},
    )
    known: dict[str, dict[str, object]] = {}
    for one in rows:
        if one["sha256"] and ask.store.record(one["sha256"]) is not None:
            known.setdefault(one["sha256"], one)
    return list(known.values())


def shown(ask: Ask) -> Response:
    """An archived page in the frame."""
    record = _record(ask, ask.parts["sha256"])
    content = _bytes(ask, record)
    if _kind(content) != "html":
        raise Missing("this document is no page")
    body = "".join(rendition(content, None))
    cut = f"<p><b>{escape(ask.say('original.cut'))}</b></p>" if len(content) > LARGEST else ""
    head = f'<meta charset="utf-8"><title>{record.sha256}</title><style>{_STYLE}</style>'
    made = f'<!DOCTYPE html><html lang="zh-CN">{head}{cut}{body}'
    return Response.html(made, headers={"content-security-policy": _SANDBOX})


def source(ask: Ask) -> Response:
    """A page's source, or a text, as plain text."""
    record = _record(ask, ask.parts["sha256"])
    content = _bytes(ask, record)
    if _kind(content) not in _TEXTS:
        raise Missing("this document is no text")
    return Response.text(decode(content[:LARGEST]).text, headers={"content-security-policy": _CLOSED})


def picture(ask: Ask) -> Response:
    """An archived picture."""
    record = _record(ask, ask.parts["sha256"])
    content = _bytes(ask, record)
    media_type = next((name for head, name in _PICTURES if content.startswith(head)), None)
    if media_type is None:
        raise Missing("this document is no picture")
    return Response(content, content_type=media_type, headers={"content-security-policy": _CLOSED})


def download(ask: Ask) -> Response:
    """The bytes as they came, under a name of ours and a type that nothing opens by itself."""
    record = _record(ask, ask.parts["sha256"])
    content = _bytes(ask, record)
    name = f"{record.sha256[:12]}.{source_type(content)}"
    return Response(
        content,
        content_type="application/octet-stream",
        headers={
            "content-security-policy": _CLOSED,
            "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        },
    )


def _record(ask: Ask, sha256: str) -> ArchiveRecord:
    record = ask.store.record(sha256)
    if record is None:
        raise Missing("nothing with this hash was archived")
    return record


def _bytes(ask: Ask, record: ArchiveRecord) -> bytes:
    return Archive(ask.site.folder / "archive").read(record)


def _kind(content: bytes) -> str:
    """html, txt, picture, or what else the bytes are."""
    if any(content.startswith(head) for head, _ in _PICTURES):
        return "picture"
    return source_type(content)


ORIGINAL = page("original.html", original)
SHOWN, SOURCE, PICTURE, DOWNLOAD = raw(shown), raw(source), raw(picture), raw(download)
