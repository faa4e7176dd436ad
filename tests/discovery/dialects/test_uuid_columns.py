"""Columns named by UUID: pages index_1.html on, arrows as images, a select of all pages."""

import pytest

from tests.discovery.dialects.pages import following, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

FOLDER = "/columns/e434bf9c-a0e0-4bfa-8e9c-c421f02dbfe2"
ARROW = f"<div><a href='{FOLDER}/index_1.html'><img alt='下一页'></a></div>"
CHOICE = "".join(f"<option value='{FOLDER}/index_{n}.html'>{n + 1}</option>" for n in (1, 2, 3))


def test_pages_from_arrows_and_choice() -> None:
    assert recognised(f"{FOLDER}/index.html", ARROW) == "uuid_columns"
    targets = following(f"{FOLDER}/index.html", f"{ARROW}<select>{CHOICE}</select>")
    assert paths(targets) == [f"{FOLDER}/index_{n}.html" for n in (1, 2, 3)]
    assert {target.referer for target in targets} == {f"http://www.xiuyan.gov.cn{FOLDER}/index.html"}


def test_a_column_without_file_name() -> None:
    assert paths(following(f"{FOLDER}/", ARROW)) == [f"{FOLDER}/index_1.html"]


def test_the_second_page_goes_on_where_it_is() -> None:
    assert paths(following(f"{FOLDER}/index_2.html", CHOICE.join(("<select>", "</select>")))) == [
        f"{FOLDER}/index_3.html"
    ]


def test_a_script_of_trs_is_left_to_trs() -> None:
    assert (
        recognised(f"{FOLDER}/index.html", f"{ARROW}<script>createPageHTML(3, 0, 'index', 'html')</script>")
        == "trs"
    )


@pytest.mark.parametrize("shape", ["flat", "body"])
def test_every_report(shape: str) -> None:
    check(spec_for("uuid_columns", shape))
