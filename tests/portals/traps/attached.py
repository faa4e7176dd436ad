"""Reports that stand only in a file attached to their page, linked as five systems link them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from tests.formats.makers import as_pdf, as_xlsx
from tests.formats.ofd import as_ofd
from tests.formats.parts import Part, parts_of
from tests.portals.model import Article, Column
from tests.portals.style import Page, Request
from tests.portals.traps import Answer, Trap

if TYPE_CHECKING:
    from tests.portals.world import Portal

Maker = Callable[[list[Part]], bytes]


@dataclass(frozen=True, slots=True)
class File:
    """A file at an address: ``markup`` is what its page has instead of the report."""

    markup: str
    address: str
    make: Maker
    media_type: str
    headers: tuple[tuple[str, str], ...] = ()


def _beside(path: str, entry: Article) -> File:
    """TRS: the file beside its page."""
    name = f"P0{entry.published:%Y%m%d}{entry.number}.pdf"
    markup = f"<p>附件：<a href='./{name}'>{entry.title}.pdf</a></p>"
    return File(markup, f"{path.rpartition('/')[0]}/{name}", as_pdf, "application/pdf")


def _script(path: str, entry: Article) -> File:
    """Hanweb: a script that takes the file's name."""
    address = f"/module/download/downfile.jsp?classid=0&filename={entry.number}.ofd"
    markup = f"<p>详见附件。</p><p><a href='{address}' target='_blank'>报告全文</a></p>"
    return File(markup, address, as_ofd, "application/octet-stream")


def _gbk(path: str, entry: Article) -> File:
    """VSB: a script without an ending whose answer has the name, in GBK."""
    address = f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=15&wbfileid={entry.number}"
    name = f'attachment; filename="{entry.title}.xlsx"'.encode("gbk").decode("latin-1")
    markup = f"<ul><li>附件【<a href='{address.replace('&', '&amp;')}'>点击下载</a>】已下载<span>3</span>次</li></ul>"
    return File(markup, address, as_xlsx, "application/x-msdownload", (("Content-Disposition", name),))


def _viewed(path: str, entry: Article) -> File:
    """UCAP: a frame with a viewer."""
    address = f"/attach/0/{entry.number:032x}.pdf"
    markup = f"<iframe src='/pdfjs/web/viewer.html?file={quote(address, safe='')}' width='100%'></iframe>"
    return File(markup, address, as_pdf, "application/pdf")


def _data(path: str, entry: Article) -> File:
    """A list of files that a script of the page draws."""
    address = f"/u/cms/{entry.published:%Y%m}/{entry.number}.ofd"
    files = json.dumps([{"fileName": f"{entry.title}.ofd", "fileUrl": address}]).replace("/", "\\/")
    return File(
        f"<div id='fj'></div><script>var files = {files}; draw(files);</script>",
        address,
        as_ofd,
        "application/ofd",
    )


WAYS = (_beside, _script, _gbk, _viewed, _data)


class Attached(Trap):
    """Every n-th report of the site (``attached=n``, 4 without) is only a file, in one way after the other."""

    name = "attached"

    def __init__(self, value: str = "") -> None:
        super().__init__(value)
        self.made: dict[str, bytes] = {}

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        asked = f"{request.path}?{request.query}" if request.query else request.path
        files = self.files(site)
        if asked in files:
            column, entry, file = files[asked]
            text = site.style.article(column, entry, file.markup)
            return Page(text.encode(site.style.charset), site.style.content_type)
        for _, entry, file in files.values():
            if asked == file.address and entry.report is not None:
                if asked not in self.made:  # a zip holds the time of its making
                    self.made[asked] = file.make(list(parts_of(entry.report)))
                return Page(self.made[asked], file.media_type, headers=dict(file.headers))
        return behind(request)

    def files(self, site: Portal) -> dict[str, tuple[Column, Article, File]]:
        """The reports that are only files, by the path of their page."""
        found = {}
        reports = [(url, *place) for url, place in site.places.items() if place[1].report is not None]
        for number, (url, column, entry) in enumerate(reports[:: int(self.value or 4)]):
            parts = urlsplit(url)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            found[path] = (column, entry, WAYS[number % len(WAYS)](path, entry))
        return found
