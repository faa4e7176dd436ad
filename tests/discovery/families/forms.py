"""Columns behind a form: bodies and years to choose from, and a report or a list for each choice."""

from __future__ import annotations

from tests.discovery.families.kit import BODIES, YEARS, Family, Row, items, rows

_TEXT = "".join(
    f"<p>{n}、{head}</p>"
    for n, head in enumerate(
        ("总体情况", "主动公开政府信息情况", "存在的主要问题及改进情况", "其他需要报告的事项")
    )
)


def _selects(*, empty: bool = False) -> str:
    bodies = "".join(f"<option value='11{place}00'>{body}</option>" for place, body in enumerate(BODIES))
    years = "".join(f"<option value='{year}'>{year}年</option>" for year in (2025, *YEARS))
    choose = "<option value=''>请选择</option>" if empty else ""
    return f"<select name='dw' id='dw'>{choose}{bodies}</select><select name='nd' id='nd'>{choose}{years}</select>"


def _chosen(given: dict[str, str]) -> list[Row]:
    code, year = given.get("dw", ""), given.get("nd", "")
    return [row for row in rows() if f"11{BODIES.index(row.body)}00" == code and str(row.year) == year]


def _report(given: dict[str, str]) -> str | None:
    found = _chosen(given)
    return (
        f"<html><body><h1>{found[0].title}</h1>{_TEXT}</body></html>"
        if found
        else "<html><body>暂无信息</body></html>"
    )


def _truth(address: str) -> list[Row]:
    return [
        Row(row.id, row.body, row.year, address.format(dw=f"11{BODIES.index(row.body)}00", nd=row.year))
        for row in rows()
    ]


def report_by_form() -> Family:
    """One report for each body and year; the newest year has none yet."""
    form = f"<form action='/nb/show' method='get'>{_selects()}<input type='submit' value='查看'></form>"
    return Family(form, {"/nb/show": _report}, _truth("/nb/show?dw={dw}&nd={nd}"), 60)


def list_by_form() -> Family:
    """A list for each body and year, got by POST."""
    form = f"<form action='/nb/query.do' method='post'>{_selects(empty=True)}<input type='hidden' name='lm' value='7'><button>查询</button></form>"

    def answer(given: dict[str, str]) -> str:
        return f"<html><body><ul>{items(_chosen(given))}</ul></body></html>" if given.get("lm") == "7" else ""

    return Family(form, {"/nb/query.do": answer}, rows(), 60)


def report_by_script() -> Family:
    """The same without a form: a button's function reads both selects."""
    script = (
        "<script>function look(){ var d = $('#dw').val(); var y = document.getElementById('nd').value; "
        "window.open('/nb/look.jsp?d=' + d + '&y=' + y); }</script>"
    )
    column = f"{_selects()}<input type='button' value='查看' onclick='look()'>{script}"
    return Family(
        column,
        {"/nb/look.jsp": lambda given: _report({"dw": given.get("d", ""), "nd": given.get("y", "")})},
        _truth("/nb/look.jsp?d={dw}&y={nd}"),
        60,
    )


def years_only() -> Family:
    """A form of years alone, each with the list of all bodies."""
    years = "".join(f"<option value='{year}'>{year}</option>" for year in YEARS)
    form = f"<form action='/nb/year.php'>年度：<select name='y'>{years}</select><input type='submit' value='检索'></form>"

    def answer(given: dict[str, str]) -> str:
        return f"<html><body><ul>{items([row for row in rows() if str(row.year) == given.get('y')])}</ul></body></html>"

    return Family(form, {"/nb/year.php": answer}, rows(), 12)


FAMILIES = (report_by_form, list_by_form, report_by_script, years_only)
