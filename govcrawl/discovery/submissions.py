"""Links whose function fills in a form of the page and sends it, as many pagers do: what is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from lxml import html as lxml_html

from govcrawl.discovery.calls import called, text_at
from govcrawl.discovery.urls import absolute

_SENT = re.compile(r"\.submit\s*\(")
_SET = re.compile(
    r"""(?:getElementById\(\s*['"](?P<id>[\w.$-]+)['"]\s*\)|getElementsByName\(\s*['"](?P<named>[\w.$-]+)['"]\s*\)\[0\]"""
    r"""|\$\(\s*['"](?:\#|\w*\[name=['"]?)(?P<chosen>[\w.$-]+)[^)]*\)|\[\s*['"](?P<kept>[\w.$-]+)['"]\s*\]|\.(?P<own>[\w$]+))"""
    r"""\s*(?:\.value\s*=(?!=)|\.val\(|\.attr\(\s*['"]value['"]\s*,)"""
)
_PLACE = re.compile(r"forms\[(\d{1,2})\]")
_KEPT_TYPES = frozenset({"", "text", "hidden", "number"})


def submitted_by(
    script: str, functions: str, root: lxml_html.HtmlElement, base: str
) -> tuple[str, str | None] | None:
    """(address, form to post or None) that a call sends by filling in a form; None when it does not.

    ``functions`` is the text of the page's scripts, ``root`` the page that holds the form.
    """
    found = called(script, functions)
    if found is None or _SENT.search(found[0]) is None:
        return None
    body, given = found
    changed = dict(_changes(body, given, functions))
    form = _form_of(body, changed, root) if changed else None
    if form is None or form.xpath(".//input[@type='password' or @type='file'] | .//textarea"):
        return None
    sent = urlencode(_fields(form, changed))
    address = absolute(base, form.get("action") or base)
    if address is None:
        return None
    if (form.get("method") or "get").lower() == "post":
        return address, sent
    url = absolute(base, f"{address.partition('?')[0]}?{sent}")
    return (url, None) if url else None


def _changes(body: str, given: Mapping[str, str], functions: str) -> list[tuple[str, str]]:
    """Names or ids of the fields that the function fills in, with their values."""
    values = ((found, text_at(body, found.end(), given, functions)) for found in _SET.finditer(body))
    return [
        (next(name for name in found.groups() if name), value) for found, value in values if value is not None
    ]


def _form_of(
    body: str, changed: Mapping[str, str], root: lxml_html.HtmlElement
) -> lxml_html.HtmlElement | None:
    """The form that is sent: the one that the function names, counts, or that has the fields it fills in."""
    forms = list(root.iter("form"))
    words = set(re.findall(r"[\w.$-]+", body)) | set(re.findall(r"[\w$-]+", body))
    named = [form for form in forms if {form.get("id"), form.get("name")} & words]
    holding = [form for form in forms if all(_field(form, name) is not None for name in changed)]
    both = [form for form in named if form in holding]
    if both or holding:
        return (both or holding)[0]
    place = _PLACE.search(body)
    return forms[int(place[1])] if place and int(place[1]) < len(forms) else None


def _field(form: lxml_html.HtmlElement, name: str) -> lxml_html.HtmlElement | None:
    fields = form.iter("input", "select")
    return next((field for field in fields if name in {field.get("id"), field.get("name")}), None)


def _fields(form: lxml_html.HtmlElement, changed: Mapping[str, str]) -> list[tuple[str, str]]:
    """Names and values that the form sends."""
    sent = []
    for field in form.iter("input", "select"):
        name, kind = field.get("name") or "", (field.get("type") or "").lower()
        if not name or (field.tag == "input" and kind not in _KEPT_TYPES):
            continue
        chosen = field.xpath("./option[@selected]/@value | ./option[1]/@value") or [field.get("value") or ""]
        given = changed.get(field.get("id") or "", changed.get(name))
        sent.append((name, str(chosen[0]) if given is None else given))
    return sent
