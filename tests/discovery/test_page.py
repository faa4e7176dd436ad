"""Links with what is written on and around them, as real markup hides it."""

from govcrawl.discovery.bounds import MOST_BYTES
from govcrawl.discovery.page import Page

URL = "http://www.qipi.gov.cn/"


def page(body: str, head: str = "", charset: str = "utf-8") -> Page:
    markup = f"<html><head><meta charset='{charset}'>{head}</head><body>{body}</body></html>"
    return Page.parse(URL, markup.encode(charset))


def labels(body: str) -> dict[str, str]:
    return {link.url.removeprefix(URL): link.name for link in page(body).links}


def test_label_split_by_breaks_and_padding() -> None:
    assert (
        labels("<a href='nb/'>政府信息<br>&nbsp;公开年报</a>")["nb/"].replace(" ", "") == "政府信息公开年报"
    )


def test_image_alt_title_and_aria_label() -> None:
    found = labels(
        "<a href='a/'><img src='x.png' alt='政务公开'></a><a href='b/' title='年报'></a>"
        "<map><area href='c/' alt='信息公开'></map><a href='d/' aria-label='公开'></a>"
    )
    assert found == {"a/": "政务公开", "b/": "年报", "c/": "信息公开", "d/": "公开"}


def test_targets_in_scripts_and_selects() -> None:
    found = labels(
        "<a href='javascript:void(0)' onclick=\"window.open('/xxgk/nb.htm')\">年报</a>"
        "<a href=\"javascript:window.location='/xxgk/zn.htm'\">指南</a>"
        "<select><option value='/xxgk/2021/'>2021年</option><option value='1'>x</option></select>"
    )
    assert found == {"xxgk/nb.htm": "年报", "xxgk/zn.htm": "指南", "xxgk/2021/": "2021年"}


def test_a_cut_label_gives_way_to_its_title() -> None:
    assert labels(
        "<a href='1.html' title='长滩镇2021年政府信息公开工作年度报告'>长滩镇2021年政府信…</a>"
    ) == {"1.html": "长滩镇2021年政府信息公开工作年度报告"}


def test_comments_hold_no_links() -> None:
    assert labels("<!-- <a href='dead/'>年报</a> --><a href='live/'>年报</a>") == {"live/": "年报"}


def test_row_dates_and_nested_lists() -> None:
    links = page(
        "<ul><li><a href='nb/'>政府信息公开年报</a><ul><li><a href='x/'>部门</a></li><li><a href='y/'>乡镇</a></li></ul></li>"
        "<li><a href='1.html'>甲</a><span>2021-01-\n25</span></li><li><a href='2.html'>乙</a>2021年1月5日</li></ul>"
    ).links
    by_url = {link.url.removeprefix(URL): link for link in links}
    assert by_url["1.html"].date == "2021-01-25"
    assert by_url["2.html"].date == "2021-01-05"
    assert by_url["x/"].under == "政府信息公开年报"


def test_splash_pages() -> None:
    assert Page.parse(URL, b"<script>window.location='/shpd/'</script>").redirect() == URL + "shpd/"
    refresh = page("", "<meta http-equiv='Refresh' content='0; URL=index/sy.htm'>")
    assert refresh.redirect() == URL + "index/sy.htm"
    assert page("x" * 500 + "<script>if(0){location.href='/m/'}</script>").redirect() is None


def test_undeclared_gbk_and_broken_markup() -> None:
    body = "<html><body><a href=nb/>政府信息公开年报</a><table><td>".encode("gb18030")
    assert Page.parse(URL, body).links[0].name == "政府信息公开年报"
    for content in (b"", b"\x00\x01", b"<", "年报".encode()):
        assert Page.parse(URL, content).links == ()


def test_of_a_page_beyond_all_measure_the_beginning_is_looked_at() -> None:
    one_line = Page.parse(URL, b"<html><body>" + b"x" * (MOST_BYTES + 100))
    assert len(one_line.text) == MOST_BYTES
    assert f"has {MOST_BYTES + 112:,} bytes, of which the first {MOST_BYTES:,} were looked at" in one_line.cut
    tags = Page.parse(URL, b"<html><body>" + b"<p>x" * (MOST_BYTES // 4))
    assert tags.text.endswith("x")
    assert "bytes, of which" in tags.cut
    assert Page.parse(URL, b"<html><body><p>x").cut == ""
