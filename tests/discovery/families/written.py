"""Lists that stand in the page itself, in markup that is no plain list of links."""

from __future__ import annotations

from base64 import b64encode

from tests.discovery.families.kit import YEARS, Family, items, part, rows


def clicked_rows() -> Family:
    """Rows of a table that open by a click on the row itself."""
    listed = rows()
    made = "".join(
        f"<tr onclick=\"window.open('{row.path}')\"><td>{row.title}</td><td>{row.day}</td></tr>"
        for row in listed
    )
    return Family(f"<table>{made}</table>", {}, listed)


def data_href() -> Family:
    """Rows of a table with their address in data-href."""
    listed = rows("/nb/{id}.html")
    made = "".join(f"<tr class='r' data-href='/nb/{row.id}.html'><td>{row.title}</td></tr>" for row in listed)
    return Family(
        f"<table>{made}</table><script>$('.r').click(function(){{ location.href = $(this).data('href') }})</script>",
        {},
        listed,
    )


def data_id() -> Family:
    """Rows with an id in their data, and a handler that makes the address of it."""
    listed = rows("/nb/show?id={id}")
    made = "".join(f"<li class='item' data-id='{row.id}'>{row.title}</li>" for row in listed)
    script = "$('.item').on('click', function(){ window.location.href = '/nb/show?id=' + $(this).attr('data-id'); });"
    return Family(f"<ul>{made}</ul><script>{script}</script>", {}, listed)


def handed_this() -> Family:
    """Links that hand themselves to a function, which reads their data."""
    listed = rows("/gk/{id}.shtml")
    made = "".join(
        f"<p><a href='javascript:;' data-id='{row.id}' onclick='detail(this)'>{row.title}</a></p>"
        for row in listed
    )
    script = "function detail(o){ var id = $(o).data('id'); window.open('/gk/' + id + '.shtml', '_blank'); }"
    return Family(f"<div>{made}</div><script>{script}</script>", {}, listed)


def in_base64() -> Family:
    """Addresses in base64 in a data attribute."""
    listed = rows()
    made = "".join(
        f"<li><a href='javascript:void(0)' data-url='{b64encode(row.path.encode()).decode()}'>{row.title}</a></li>"
        for row in listed
    )
    return Family(
        f"<ul>{made}</ul><script>$('a[data-url]').click(function(){{ location = atob($(this).data('url')) }})</script>",
        {},
        listed,
    )


def behind_redirect() -> Family:
    """Addresses as a parameter of a counting script."""
    listed = rows()
    made = "".join(
        f"<li><a href='/link?url=http%3A%2F%2Fwww.yunpi.gov.cn{row.path.replace(chr(47), chr(37) + chr(50) + chr(70))}'>{row.title}</a></li>"
        for row in listed
    )
    return Family(f"<ul>{made}</ul>", {}, listed)


def definitions() -> Family:
    """A list of definitions: a year, and below it the bodies."""
    listed = rows("/nb/{year}/{id}.html")
    made = "".join(
        f"<dt>{year}年</dt>"
        + "".join(f"<dd><a href='{row.path}'>{row.body}</a></dd>" for row in listed if row.year == year)
        for year in YEARS
    )
    return Family(f"<dl>{made}</dl>", {}, listed)


def panels() -> Family:
    """Tabs of years with a panel each; rows say the body only."""
    listed = rows("/nb/{id}.html")
    tabs = "".join(f"<li>{year}年</li>" for year in YEARS)
    made = "".join(
        "<div class='con' style='display:none'><ul>"
        + "".join(f"<li><a href='{row.path}'>{row.body}</a></li>" for row in listed if row.year == year)
        + "</ul></div>"
        for year in YEARS
    )
    return Family(f"<ul class='tab'>{tabs}</ul>{made}", {}, listed)


def paragraphs() -> Family:
    """Paragraphs with a date in front, pages of the old kind by showpage()."""
    listed = rows("/show.asp?id={id}")

    def page(number: int) -> str:
        made = "".join(
            f"<p>[{row.day}] <a href='{row.path}' target=_blank>{row.title}</a></p>"
            for row in part(listed, number)
        )
        return f"{made}<script>showpage('list.asp?cid=7&page=', {number}, 4);</script> 页次：{number}/4页"

    script = (
        "<script>function showpage(u, n, m){ document.write('<a href=' + u + '1>首页</a>'); for (var i = 1; i <= m; i++) "
        "document.write('<a href=' + u + i + '>' + i + '</a>'); }</script>"
    )
    return Family(
        f"{script}{page(1)}",
        {
            "/nb/list.asp": lambda given: (
                f"<html><body>{script}{page(int(given.get('page', '0')))}</body></html>"
            )
        },
        listed,
    )


def frames() -> Family:
    """A frame in a frame."""
    listed = rows()
    return Family(
        "<iframe src='/nb/outer.html' width='100%'></iframe>",
        {
            "/nb/outer.html": "<html><body><iframe src='inner.html'></iframe></body></html>",
            "/nb/inner.html": f"<html><body><ul>{items(listed)}</ul></body></html>",
        },
        listed,
    )


def sent_on() -> Family:
    """A column that sends on by a refresh, to a page that sends on by a script."""
    listed = rows()
    return Family(
        "<html><head><meta http-equiv='refresh' content='0;url=/gk/'></head><body></body></html>",
        {
            "/gk/": "<html><script>location.replace('/gk/list.html')</script></html>",
            "/gk/list.html": f"<html><body><ul>{items(listed)}</ul></body></html>",
        },
        listed,
    )


def image_map() -> Family:
    """A picture of the years whose areas lead to their lists."""
    listed = rows()
    areas = "".join(
        f"<area shape='rect' coords='0,0,9,9' href='/nb/{year}/' alt='{year}年'>" for year in YEARS
    )
    answers = {
        f"/nb/{year}/": f"<html><body><a href='/'>首页</a><ul>{items([row for row in listed if row.year == year])}</ul></body></html>"
        for year in YEARS
    }
    return Family(f"<img src='/i/nb.jpg' usemap='#m'><map name='m'>{areas}</map>", answers, listed)


def year_select() -> Family:
    """A select of years that goes to the column's own address with the year."""
    listed = rows()

    def column(given: dict[str, str]) -> str:
        options = "".join(f"<option value='{year}'>{year}年</option>" for year in YEARS)
        shown = [row for row in listed if row.year == int(given.get("year", "2024"))]
        return f"<html><body><select onchange=\"location.href='?year='+this.value\">{options}</select><ul>{items(shown)}</ul></body></html>"

    return Family("", {"/nb/": column}, listed)


def post_back() -> Family:
    """The pager of ASP.NET: numbers that post the page back to itself."""
    listed = rows("/Article.aspx?id={id}")

    def column(given: dict[str, str]) -> str:
        number = int(given.get("__EVENTARGUMENT") or "1") if given.get("__VIEWSTATE", "x1") == "x1" else 0
        made = "".join(
            f"<tr><td><a href='{row.path}'>{row.title}</a></td></tr>" for row in part(listed, number)
        )
        pager = "".join(
            f"<a href=\"javascript:__doPostBack('ctl00$Pager','{n}')\">{n}</a>"
            for n in range(1, 5)
            if n != number
        )
        return (
            "<html><body><form method='post' action='./' id='f'><input type='hidden' name='__EVENTTARGET' id='__EVENTTARGET'><input type='hidden' "
            "name='__EVENTARGUMENT' id='__EVENTARGUMENT'><input type='hidden' name='__VIEWSTATE' value='x1'>"
            f"<table>{made}</table>{pager}</form><script>var theForm = document.forms['f']; function __doPostBack(t, a) {{ "
            "theForm.__EVENTTARGET.value = t; theForm.__EVENTARGUMENT.value = a; theForm.submit(); }</script></body></html>"
        )

    return Family("", {"/nb/": column}, listed)


def grouped() -> Family:
    """A heading for each body and below it its years."""
    listed = rows("/nb/{id}.html")
    bodies = dict.fromkeys(row.body for row in listed)
    made = "".join(
        f"<div class='dw'><h3>{body}</h3><p>"
        + " | ".join(f"<a href='{row.path}'>{row.year}年</a>" for row in listed if row.body == body)
        + "</p></div>"
        for body in bodies
    )
    return Family(made, {}, listed)


def script_frame() -> Family:
    """A frame whose address a click sets."""
    listed = rows()
    tabs = "".join(f"<li onclick=\"show('{year}')\">{year}年</li>" for year in YEARS)
    answers = {
        f"/nb/{year}.html": f"<html><body><ul>{items([row for row in listed if row.year == year])}</ul></body></html>"
        for year in YEARS
    }
    script = "<script>function show(y){ document.getElementById('ifr').src = '/nb/' + y + '.html'; }</script>"
    return Family(f"<ul>{tabs}</ul><iframe id='ifr'></iframe>{script}", answers, listed)


FAMILIES = (
    clicked_rows, data_href, data_id, handed_this, in_base64, behind_redirect, definitions, panels, paragraphs, frames, sent_on,
    image_map, year_select, post_back, grouped, script_frame,
)  # fmt: skip
