"""Chinese in the queries of a page's links, as a browser sends it: in the charset of the page.

``list.asp?type=年报`` on a page in GBK asks for ``type=%C4%EA%B1%A8``, and the server reads nothing else.
"""

from __future__ import annotations

import codecs
import re
from urllib.parse import quote

from lxml import html as lxml_html

_RAW = re.compile(r"\?[^\s\"'<>#]*[^\x00-\x7f]")
_SAFE = "/%:=&?~+!$,;'@()*[]|#"
_HOLDERS = {"a": "href", "area": "href", "iframe": "src", "frame": "src", "option": "value", "form": "action"}


def send_as_written(root: lxml_html.HtmlElement, text: str, charset: str) -> None:
    """Put escapes of ``charset`` in the place of raw Chinese in a page's queries, where that is not UTF-8."""
    encoding = codec(charset)
    if encoding.startswith("utf") or not _RAW.search(text):
        return
    for node in root.iter(*_HOLDERS):
        name = _HOLDERS[node.tag]
        path, mark, query = (node.get(name) or "").partition("?")
        if mark and not query.isascii():
            sent = quote(query, safe=_SAFE, encoding=encoding, errors="xmlcharrefreplace")
            node.set(name, f"{path}?{sent}")


def codec(charset: str) -> str:
    """The codec of a form's words: pages that declare gb2312 are answered in its superset."""
    name = charset.split("+")[0].split(",")[0].strip().lower()
    if name.startswith("gb"):
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"
