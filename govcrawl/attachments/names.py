"""Names of attached files, from where the web keeps them: link texts, headers, addresses."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes, urlsplit

from govcrawl.text import line

_LONGEST = 200
_EXTENDED = re.compile(rb"filename\*\s*=\s*\"?([\w.:-]*)'([^']*)'([^;\"]+)", re.IGNORECASE)
_PLAIN = re.compile(rb"filename\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;]+))", re.IGNORECASE)
_WORD = re.compile(rb"=\?([\w-]+)\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_PERCENT = re.compile(rb"%[0-9a-f]{2}", re.IGNORECASE)
_MOJIBAKE = re.compile("[\u0080-\u00ff]{2}")
_NAMED = re.compile(
    r"(?:^|[?&;])(?:file_?name|filename1?|name|title|attname|response-content-disposition)=([^&#]+)", re.I
)
_SAYS_NOTHING = re.compile(
    r"[\W_]*(?:点击|在线|立即|此处|这里|文件|查看|浏览|预览|打开|下载|附件|附表|正文|原文|全文|文档|文本|详情|详见|请|如下|链接"
    r"|pdf|word|docx?|wps|xlsx?|excel|ofd|zip|rar|版|格式|download|view|more|[一二三四五六七八九十\d]|\W|_)*",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"^附件[\s\d]*【(.+\.\w{2,5})】(?:已下载.*次)?$")
_LABEL = re.compile(r"^[\W_]*(?:相关)?附件[\s一二三四五六七八九十\d]{0,3}[:：.、]\s*(?=\S)")
_SIZE = re.compile(
    r"\s*[(（\[]\s*[\d.]+\s*(?:[kmg]b?|字节)\s*[)）\]]\s*$|^\s*[(（\[]?下载[)）\]]?\s*", re.IGNORECASE
)
_ENDING = re.compile(r"\.[a-z0-9]{1,5}$", re.IGNORECASE)


def file_name(label: str, title: str = "", disposition: bytes = b"", url: str = "") -> str:
    """What to call an attached file: the first of its names that says something, else any at all.

    ``label`` is the link's text, ``title`` its title attribute, ``disposition`` the header
    Content-Disposition.
    """
    shown = [_SIZE.sub("", _LABEL.sub("", _WRAPPED.sub(r"\1", line(text)))) for text in (label, title)]
    known = [*shown, from_disposition(disposition) or "", from_url(url)]
    telling = next((name for name in known if name and not says_nothing(name)), None)
    return (telling or next(filter(None, known), ""))[:_LONGEST]


def says_nothing(name: str) -> bool:
    """Whether a name is only 附件, 点击下载 or the like, or a row of letters and digits."""
    stem = _ENDING.sub("", name)
    return _SAYS_NOTHING.fullmatch(name) is not None or stem.isascii()


def from_disposition(header: bytes) -> str | None:
    """The file name in a Content-Disposition: RFC 5987, RFC 2047, percent-encoded, raw UTF-8 or GBK."""
    if found := _EXTENDED.search(header):
        declared = found[1].decode("ascii", "replace")
        return _base(_decoded(unquote_to_bytes(found[3].strip()), declared))
    found = _PLAIN.search(header)
    if found is None:
        return None
    raw = re.sub(rb"\\(.)", rb"\1", found[1]) if found[1] is not None else found[2].strip().strip(b"'\"")
    if _WORD.search(raw):
        return _base(_WORD.sub(lambda word: _word(word).encode(), raw).decode("utf-8", "replace"))
    if _PERCENT.search(raw):
        raw = unquote_to_bytes(raw)
    return _base(_decoded(raw))


def from_url(url: str) -> str:
    """The file name in an address: a parameter that names it, or the last part of its path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    named = [_decoded(unquote_to_bytes(value.replace("+", " "))) for value in _NAMED.findall(parts.query)]
    named += [_decoded(unquote_to_bytes(PurePosixPath(parts.path).name))]
    return next((_base(name) for name in named if _ENDING.search(name)), _base(named[-1]))


def _base(name: str) -> str:
    """The name without a folder in front of it."""
    return line(name.replace("\\", "/").rpartition("/")[2])[:_LONGEST]


def _word(found: re.Match[bytes]) -> str:
    """An encoded word of RFC 2047, which mail programs write."""
    try:
        data = (
            base64.b64decode(found[3])
            if found[2].lower() == b"b"
            else quopri.decodestring(found[3], header=True)
        )
    except binascii.Error:
        return ""
    return _decoded(data, found[1].decode("ascii"))


def _decoded(data: bytes, declared: str = "") -> str:
    """Text of bytes: strict UTF-8, whatever was declared, else GBK; UTF-8 taken for Latin-1 is taken back."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        wide = declared.lower() if declared.lower() in ("big5", "shift_jis", "utf-16") else "gb18030"
        text = data.decode(wide, "replace").replace("\ufffd", "〓")
    return _straightened(text)


def _straightened(text: str) -> str:
    """Text whose UTF-8 or GBK bytes were taken for Latin-1 and written out as such."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        data = text.encode("cp1252") if any(sign > "\u2000" for sign in text) else text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    for charset in ("utf-8", "gb18030"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    return text
