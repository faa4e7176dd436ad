from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from govcrawl.documents.apart import tables_apart
from govcrawl.documents.blocks import read_flow
from govcrawl.documents.encoding import Decoded
from govcrawl.documents.grid import data_grid, rows_of
from govcrawl.documents.html import read_html
from govcrawl.documents.tree import parse, parse_apart, source_of
from govcrawl.model import Document, Grid, Table

_TOKENS = (
    "<p>", "</p>", "<p class='a' align=center>", "<div>", "</div>", "<span style=\"font:宋体\">", "</span>", "<FONT size=2>",
    "</font>", "<b>", "</B>", "<o:p>", "</o:p>", "<br>", "<br/>", "<br />", "</br>", "<u>", "</u>", "<em/>", "<em>", "</em>",
    "件", "12", " ", "\n", "&nbsp;", "&lt;", "&amp", "&#160;", "&hellip;", "a > b", "a < b", "x\ty", "\u3000", "<a name=x>",
    "</a>", "<!-- c -->", "<td>", "</td>", "<tr>", "</tr>", "<script>1</script>", "<img src=x.jpg>", "<input value=3>",
)  # fmt: skip
_SOUND_OPENINGS = (
    "<td>", "<td rowspan=2>", "<TD COLSPAN='2' colspan=3>", '<th width="1">', "<td rowspan='0' nowrap>",
)  # fmt: skip
_OPENINGS = (*_SOUND_OPENINGS, "<td title='a>b'>", "<td/>", "<td width=1/>", "<td colspan=&#50;>")
_GROUPS = ("{}", "<tbody>{}</tbody>", "<thead>{}</thead> ", "<colgroup><col width=1></colgroup>{}")
_FORMATS = ("<span>{}</span>", "<b><font size='1'>{}</font></b>", "<p>{}</p>", "<P>{}</P>\n", "<div><p>{}</p>{}</div>", "{}<br>{}",
            "{}<o:p></o:p>", " {} ", "<p>{}<br/>{}</p>")  # fmt: skip


def _filled(form: str, text: str) -> str:
    return form.replace("{}", text)


_SOUND = st.recursive(
    st.sampled_from(("", "0", "1 2", "件", "&nbsp;", "其他&amp;", "\n 3\t", "予以公开")),
    lambda inner: st.builds(_filled, st.sampled_from(_FORMATS), inner) | st.builds(str.__add__, inner, inner),
    max_leaves=4,
)
_ANY = st.lists(st.sampled_from(_TOKENS), max_size=7).map("".join)


def _tables(openings: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Tables whose cells hold ``inner``, nearly all of them with several rows and columns."""
    cells = st.builds(lambda tag, text: f"{tag}{text}</t{tag[2].lower()}>", st.sampled_from(openings), inner)
    rows = st.lists(cells, min_size=1, max_size=4).map(lambda own: f"<tr height=1>\n{' '.join(own)}</tr>")
    groups = st.builds(
        lambda form, own: form.replace("{}", "\n".join(own)),
        st.sampled_from(_GROUPS if openings == _SOUND_OPENINGS else (*_GROUPS, "{}</tr>", "1{}")),
        st.lists(rows, min_size=1, max_size=4),
    )
    row = "<tr><td>标题</td><td>9</td><td></td></tr>"
    return st.lists(groups, min_size=1, max_size=2).map(
        lambda own: f"<table border=1>{''.join(own)}{row}</table>"
    )


_TABLES = _tables(_SOUND_OPENINGS, _SOUND) | _tables(_OPENINGS, _SOUND) | _tables(_SOUND_OPENINGS, _ANY)


def _grid(markup: str) -> Grid | None:
    root = etree.fromstring(f"<div>{markup}</div>", etree.HTMLParser(huge_tree=True))
    found = root.find(".//table")
    assert found is not None
    return data_grid(rows_of(found))


@given(_TABLES)
@settings(max_examples=60, deadline=None)
@example(
    "<table><tr><td>a</td><td>b<o:p></o:p> <span>c</span></td></tr><tr><td>1</td><td>2</td></tr></table>"
)
def test_a_sound_table_reads_as_the_parser_and_the_general_reader_read_it(markup: str) -> None:
    apart = tables_apart(markup.encode(), markup.lower().encode())
    assert apart is None or list(apart.grids) == [_grid(markup)]


def test_sound_tables_are_taken_out_of_the_source() -> None:
    table = "<TABLE><tr><td><p>件</p></td><td>1</td></tr><tr><td>项</td><td><b>2</b></td></tr></TABLE>"
    page = f"<p>a</p>{table}<p>b</p>".encode()
    apart = tables_apart(page, page.lower())
    assert apart is not None
    assert [grid.texts() for grid in apart.grids] == [[["件", "1"], ["项", "2"]]]
    assert "件".encode() not in apart.source
    assert apart.source.endswith(b"<p>b</p>")


_BODY = (
    "<h1>某镇2021年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>很好。</p><p>二、主动公开政府信息情况</p>{two}"
    "<p>三、收到和处理政府信息公开申请情况</p><p>没有。</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>没有。</p>"
    "<p>五、存在的主要问题及改进情况</p><p>不多。</p><p>六、其他需要报告的事项</p><p>无。</p>"
)
_TWO = "<table><tr><td>信息内容</td><td>本年发件数</td></tr><tr><td>规章</td><td>3</td></tr></table>"
_LAYOUT = f"<table><tr><td>{_BODY}</td></tr><tr><td>页脚</td></tr></table>"


def _whole(text: str) -> Document:
    """The page as it is read with all of it parsed."""
    # Nothing is hidden by a word in a comment, but nothing is taken apart then.
    return read_html(Decoded(f"{text}<!-- <p hidden> -->", "utf-8"))


@pytest.mark.parametrize(
    ("form", "lean"),
    [
        (f"<div>{_BODY}</div>", True),
        (_LAYOUT, True),
        (f"<ul><li>{_BODY}</li></ul>", False),
        (f"<div>{_BODY}</div><!-- {_TWO} -->", False),
        (f"<div>{_BODY}</div><script>var table = '{_TWO}'</script>", False),
        (f"<div>{_BODY}</div><textarea>{_TWO}</textarea>", False),
        (f"<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr><tr><td>5</td><td>6{_BODY}</td></tr></table>", True),
        (f"<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr><tr><td>5</td><td>6</td></tr><tr><td>7</td>"
         f"<td>8{_TWO}</td></tr></table>{_BODY}", False),
        (f"<div>{_BODY}</div>".replace("<p>没有。</p>", "<p>本年新收 3</p><p>上年结转 4</p><p>予以公开 2</p>"), True),
    ],
)  # fmt: skip
def test_a_page_reads_the_same_with_its_tables_apart(form: str, lean: bool) -> None:
    text = form.replace("{two}", _TWO)
    source = source_of(text)
    assert source is not None
    assert (parse_apart(source) is not None) is lean
    document = read_html(Decoded(text, "utf-8"))
    assert document == _whole(text)
    assert any(isinstance(block, Table) for block in document.blocks)


@given(st.lists(_TABLES | _ANY, min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_any_page_walks_the_same_with_its_tables_apart(parts: list[str]) -> None:
    source = source_of(_BODY.replace("{two}", "".join(parts)))
    assert source is not None
    apart, whole = parse_apart(source), parse(source)
    assert whole is not None
    if apart is not None:
        lean = read_flow(apart.root, hides=False, grids=apart.grids)
        full = read_flow(whole.root, hides=False)
        assert [(i.text, i.grid, i.level, i.linked) for i in lean.items] == [
            (i.text, i.grid, i.level, i.linked) for i in full.items
        ]
        assert list(lean.spans.values()) == list(full.spans.values())
