"""Text of a page that is shown from right to left, struck out by class, a formula's or a drawing's."""

from __future__ import annotations

import pytest

from tests.documents.test_unseen import second

_STRUCK = "<style>.old{color:#333;text-decoration:line-through}</style>"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<td><bdo dir=rtl>186</bdo></td>", "681"),
        ('<td>共<bdo dir="RTL"><b>18</b>6</bdo>件</td>', "共681件"),
        ('<td><span style="unicode-bidi:bidi-override;direction:rtl">186</span></td>', "681"),
        (
            '<td><div style="direction: rtl; unicode-bidi: bidi-override"><p>12</p><p>34</p></div></td>',
            "21\n43",
        ),
        ("<td>\u202e186\u202c5</td>", "6815"),
        ("<td><bdo dir=ltr>186</bdo></td>", "186"),
        ("<td><span dir=rtl>186</span></td>", "186"),
        ("<td><math><mn>186</mn></math></td>", "186"),
        ("<td><math><mrow><mn>18</mn><msup><mn>6</mn><mn>2</mn></msup></mrow></math></td>", "186²"),
        ("<td><math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></td>", "1/2"),
        (
            "<td><math><semantics><mn>186</mn><annotation>9186</annotation></semantics></math></td>",
            "186",
        ),
        ("<td><math><mphantom><mn>9</mn></mphantom><mn>186</mn></math>件</td>", "186件"),
        ("<td><svg width=9><title>图</title><text x=1><tspan>186</tspan></text></svg></td>", "186"),
        ("<td><svg><text x=20>6</text><text x=10>18</text></svg></td>", "6 18"),
    ],
)
def test_what_a_cell_shows(cell: str, shown: str) -> None:
    assert second(cell) == shown


def test_what_a_class_strikes_out() -> None:
    assert second("<td><span class='old x'>9</span>35</td>", _STRUCK) == "~~9~~35"
    assert second("<td><span class=new>9</span>35</td>", _STRUCK) == "935"
