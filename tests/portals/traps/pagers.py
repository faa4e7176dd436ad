"""Pages of lists: createPageHTML's other signatures, wrong totals, stubs, errors, the last page again."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.portals.style import Page, Request
from tests.portals.traps import Answer, PageTrap, Trap
from tests.portals.world import Portal

_CALL = re.compile(r'createPageHTML\((\d+), (\d+), "(\w+)", "(\w+)"\);?')
_DEEP = re.compile(r"^(.*[/_])(\d+)(\.s?html?)$")
_STUB = (
    "<html><head><title></title></head><body><script>var currentPage={};</script><!-- {} --></body></html>"
)
_WRITTEN = (
    "//WCM置标\nvar currentPage = {page};var prevPage = currentPage-1;\nvar countPage = {count}\n"
    "document.write('共'+countPage+'页');for(var num=0;num<countPage;num++)"
    "document.write('<a href=\"{name}_'+num+'.{suffix}\">'+(num+1)+'</a>');"
)


class PageCall(PageTrap):
    """``page_call=``: records (their number first), createPage, countPage, or more (five pages too many)."""

    name = "page_call"

    def change(self, text: str, request: Request, site: Portal) -> str:
        def one(match: re.Match[str]) -> str:
            count, page, name, suffix = match.groups()
            match self.value:
                case "records":
                    total = int(count) * site.style.per_page - 3
                    return f'createPageHTML({total}, {count}, {page}, "{name}", "{suffix}");'
                case "createPage":
                    return f'createPage({count}, {page}, "{name}", "{suffix}");'
                case "countPage":
                    return _WRITTEN.format(page=page, count=count, name=name, suffix=suffix)
                case _:
                    return f'createPageHTML({int(count) + 5}, {page}, "{name}", "{suffix}");'

        return _CALL.sub(one, text)


class Stubs(Trap):
    """Deep pages of every list (from ``stubs=``, the third one) are stubs of 300 bytes."""

    name = "stubs"

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        page = behind(request)
        deep = _DEEP.match(request.path)
        if page.status != 200 or not deep or not _is_list(request.path, site):
            return page
        number = int(deep.group(2))
        body = _STUB.format(number, "x" * 200).encode()
        return replace(page, body=body) if number >= int(self.value or 2) else page


class Broken(Trap):
    """A page of every list (``broken=``, the second) answers 500."""

    name = "broken"

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        page = behind(request)
        path = f"{request.path}?{request.query}" if request.query else request.path
        wanted = int(self.value or 2) - 1
        columns = (c for c in site.site.root.walk()[1:] if site.style.pages(c) > wanted)
        if path not in {site.style.column_path(c, wanted) for c in columns}:
            return page
        return Page("服务器内部错误".encode(site.style.charset), "text/html", 500)


class LastPageAgain(Trap):
    """Pages after the last one of a list show the last one again; with ``page_call=more`` they are linked."""

    name = "last_again"

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        page = behind(request)
        deep = _DEEP.match(request.path)
        if page.status != 404 or not deep:
            return page
        start, _, end = deep.groups()
        for number in range(int(deep.group(2)) - 1, 0, -1):
            before = behind(replace(request, path=f"{start}{number}{end}"))
            if before.status == 200:
                return before
        return page


def _is_list(path: str, site: Portal) -> bool:
    return path not in {url.removeprefix(site.spec.home.rstrip("/")) for url in site.places}
