"""How a page offers its sub-columns: links, select boxes, tabs that hold the rows, a tree in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from html import escape

from tests.portals.model import Column, Site
from tests.portals.style import Page, Request

Href = Callable[[Column], str]
Rows = Callable[[Column], str]


def links(columns: Sequence[Column], link: Callable[[Column], str]) -> str:
    """A list of links."""
    return f"<ul class='menu'>{''.join(f'<li>{link(c)}</li>' for c in columns)}</ul>"


def select(columns: Sequence[Column], href: Href) -> str:
    """A select box whose options are addresses; choosing one goes there."""
    options = "".join(f'<option value="{href(c)}">{escape(c.name)}</option>' for c in columns)
    label = "请选择年份" if columns and columns[0].name[:1].isdigit() else "请选择单位"
    return (
        "<form><select name='jump' onchange=\"if(this.value)location.href=this.value\">"
        f"<option value=''>{label}</option>{options}</select></form>"
    )


def select_link(columns: Sequence[Column], href: Href) -> str:
    """As ``select``, but the options are the numbers of a script's table of addresses."""
    table = json.dumps({f"{c.number}": href(c) for c in columns})
    options = "".join(f"<option value='{c.number}'>{escape(c.name)}</option>" for c in columns)
    return (
        f"<script>var urls={table};function go(s){{window.location.href=urls[s.value];}}</script>"
        f"<select onchange='go(this)'><option>==请选择==</option>{options}</select>"
    )


def tabs(columns: Sequence[Column], rows: Rows) -> str:
    """A head and a panel for each column; all panels but the first are hidden, all rows are there."""
    heads = "".join(f"<li onclick=\"show('con{c.number}')\">{escape(c.name)}</li>" for c in columns)
    panels = "".join(
        f"<div id='con{c.number}' class='con'{' style=display:none' if place else ''}><ul>{rows(c)}</ul></div>"
        for place, c in enumerate(columns)
    )
    return f"<div class='tab'><ul class='tit'>{heads}</ul>{panels}</div>"


def tree(root: Column, href: Href) -> str:
    """The columns below ``root`` as the nodes of a tree widget, inline."""
    return (
        f"<ul id='orgTree' class='ztree'></ul><script>var zNodes = {nodes(root, href)};\n"
        "$.fn.zTree.init($('#orgTree'), setting, zNodes);</script>"
    )


def tree_file(address: str) -> str:
    """The place of a tree widget whose nodes a script fetches from ``address``."""
    return (
        "<ul id='orgTree' class='ztree'></ul><script>$.getJSON('"
        f"{address}', function(data){{$.fn.zTree.init($('#orgTree'), setting, data);}});</script>"
    )


def nodes(root: Column, href: Href) -> str:
    """JSON of the tree: id, parent, name, address."""
    below = [c for c in root.walk() if c is not root]
    return json.dumps(
        [
            {
                "id": c.number,
                "pId": c.parent.number if c.parent else 0,
                "name": c.name,
                "url": href(c),
                "target": "_self",
                "isParent": bool(c.children),
            }
            for c in below
        ],
        ensure_ascii=False,
    )


def tree_page(request: Request, site: Site, href: Href) -> Page | None:
    """The file behind ``tree_file``, None where the request is for something else."""
    asked = re.fullmatch(r"/tree/(\d+)\.json", request.path)
    if asked is None or site.spec.menu != "tree_file":
        return None
    root = next((c for c in site.root.walk() if c.number == int(asked.group(1))), None)
    return Page(nodes(root, href).encode(), "application/json") if root else None
