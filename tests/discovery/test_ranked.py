"""Twenty things that real home pages ask of a discoverer, in the order of how many sites need them."""

from __future__ import annotations

from govcrawl.discovery import Discovery, Kind, Page, Step
from govcrawl.model import Entry, Portal

HOME = "http://www.qipi.gov.cn/"
NEWS = "".join(f"<li><a href='/xw/{n}.htm'>全县第{n}次经济运行分析会召开</a></li>" for n in range(40))


def page(body: str, url: str = HOME, head: str = "", charset: str = "utf-8") -> Page:
    title = "<title>栖陂县人民政府</title>"
    markup = (
        f"<html><head><meta charset='{charset}'>{title}{head}</head><body><ul>{NEWS}</ul>{body}</body></html>"
    )
    return Page.parse(url, markup.encode(charset))


class Crawl:
    """A discoverer that is handed pages by hand."""

    def __init__(self, body: str, **more: str) -> None:
        self.discovery = Discovery(Portal("qipi", "栖陂县", HOME))
        self.start = self.next()
        self.entries = self.give(self.start, body, **more)

    def next(self) -> Step:
        step = self.discovery.next()
        assert step is not None
        return step

    def give(self, step: Step, body: str, **more: str) -> list[Entry]:
        return self.discovery.received(step, page(body, step.target.url, **more)).entries

    def paths(self, most: int = 20) -> list[str]:
        """What is asked for next, as long as nothing is answered, the last resorts left out."""
        found = []
        while len(found) < most and (step := self.discovery.next()) is not None:
            if step.kind in {Kind.SITEMAP, Kind.GUESS} or step.reason.startswith("picture"):
                break
            found.append(step.target.url.removeprefix(HOME))
        return found


def block(*entries: tuple[str, str], wrap: str = "<ul>{}</ul>") -> str:
    return wrap.format("".join(f"<li><a href='{href}'>{label}</a></li>" for label, href in entries))


def test_01_words_before_slugs() -> None:
    asked = Crawl(
        block(
            ("政府工作报告", "/zfxxgknb/"),
            ("政府信息<br>&nbsp; 公 开 年 报 &gt;&gt;", "/62"),
            ("市政府信息公开指南", "/nb/"),
        )
    ).paths()
    assert asked == ["62"]


def test_02_hidden_blocks_count() -> None:
    hidden = "<div class='hide' style='display:none'><dl class=dn>{}</dl></div>"
    assert Crawl(block(("信息公开年报", "/a/"), wrap=hidden)).paths() == ["a/"]


def test_03_one_hop_for_disclosure_only() -> None:
    crawl = Crawl(
        block(
            ("政府信息公开年报", "http://zfxxgk.chengzhou.gov.cn/11E000/nb/"),
            ("政府信息公开", "http://zfxxgk.qipi.gov.cn/"),
            ("在线办事", "http://zwfw.chengzhou.gov.cn/11E000/"),
        )
    )
    assert crawl.paths() == ["http://zfxxgk.chengzhou.gov.cn/11E000/nb/", "http://zfxxgk.qipi.gov.cn/"]


def test_04_the_standard_block_costs_one_request() -> None:
    entries = (
        ("政府信息公开指南", "/zn/"),
        ("政府信息公开制度", "/zd/"),
        ("政府信息公开目录", "http://xxgk.qipi.gov.cn/ml/"),
    )
    asked = Crawl(block(*entries, ("年度报告", "/nb62/"), ("依申请公开", "/ysq/"))).paths()
    assert asked == ["nb62/"]


def test_05_content_decides_what_several_labels_share() -> None:
    crawl = Crawl(
        block(("政府信息公开指南", "/x.htm"), ("政府信息公开年报", "/x.htm"), ("监督投诉", "/x.htm"))
    )
    step = crawl.next()
    rows = block(
        ("栖陂县教育局2021年政府信息公开工作年度报告", "/html/2022/0112/1.html"),
        ("栖陂县教育局2021年政府网站工作年度报表", "/html/2022/0112/2.html"),
        ("2021年栖陂县政府工作报告", "/html/2022/0112/3.html"),
        ("我县召开政务公开工作推进会", "/html/2022/0112/4.html"),
    )
    assert [entry.url.removeprefix(HOME) for entry in crawl.give(step, rows)] == ["html/2022/0112/1.html"]


def test_06_comments_hold_no_links_but_a_nested_one_ends_early() -> None:
    dead = "<!-- <a href='/dead/;jsessionid=1'>政府信息公开年报</a> -->"
    live = "<!-- <i> <!-- x --> <a href='/live/'>政府信息公开年报</a> --&gt;"
    assert Crawl(dead + live).paths() == ["live/"]


def test_07_higher_bodies_are_left_alone() -> None:
    higher = block(
        ("省政府信息公开专栏", "http://www.sc.gov.cn/10954/"), ("国务院信息", "http://www.gov.cn/xxgk/"),
        ("自治区政府信息公开年报", "/zzq/"), ("澄州市政府信息公开年报", "http://zfxxgk.chengzhou.gov.cn/11E000/"),
    )  # fmt: skip
    assert Crawl(higher).paths() == []


def test_08_pictures_by_their_words_then_by_their_file() -> None:
    nav = (
        "<a href='/n1/'><img src='/i/1.gif' alt='政务公开'></a><a href='/n2/'><img src='/i/2.gif' alt='' title='信息公开年报'></a>"
        "<a href='/n3/'><img src='/images/zwgk.png' alt=''></a><a href='/n4/'><img src='/i/4.gif' alt=''></a>"
    )
    assert Crawl(nav).paths() == ["n2/", "n1/", "n3/"]


def test_09_a_dead_heading_leaves_its_siblings() -> None:
    for dead in ("href=''", "href='#'", "href='javascript:void(0)'", "href='javascript:;'"):
        body = f"<div><h3><a {dead}>政府信息公开专栏</a></h3>{block(('公开年报', '/nb/'))}</div>"
        assert Crawl(body).paths() == ["nb/"]


def test_09_an_empty_link_over_a_background() -> None:
    assert Crawl("<a style='display:block' href='/xxgk/zfxxgknb/'></a>").paths() == ["xxgk/zfxxgknb/"]


def test_10_frames_then_scripts_of_the_navigation_only() -> None:
    head = "<script src='/js/jquery.js'></script><script src='/js/top_nav.js'></script>"
    assert Crawl("<iframe src='/top.html'></iframe>", head=head).paths() == ["top.html", "js/top_nav.js"]


def test_10_noscript_and_base() -> None:
    body = "<noscript><a href='nb/'>政府信息公开年报</a></noscript>"
    assert Crawl(body, head="<base target='_blank'><base href='/xxgk/'>").paths() == ["xxgk/nb/"]


def test_11_scripts_behind_clicks() -> None:
    body = (
        "<a href='#' onclick=\"this.href='Search.aspx?columnName='+escape('命令')\">信息公开年报</a>"
        "<a href='javascript:openwindow(7)'>公开年报</a><a href='#' onclick=\"window.location='/a.htm'\">政府信息公开年报</a>"
        "<map><area shape=rect href='/b.htm' alt='信息公开'></map>"
    )
    assert Crawl(body).paths() == ["a.htm", "b.htm"]


def test_12_splash_pages() -> None:
    discovery = Discovery(Portal("qipi", "栖陂县", HOME))
    start = discovery.next()
    assert start is not None
    discovery.received(start, Page.parse(HOME, b"<script>window.location='/shpd/'</script>"))
    step = discovery.next()
    assert step is not None
    assert (step.kind, step.target.url) == (Kind.SPLASH, f"{HOME}shpd/")


def test_12_a_small_page_whose_doors_are_shut() -> None:
    discovery = Discovery(Portal("qipi", "栖陂县", HOME))
    start = discovery.next()
    assert start is not None
    doors = "".join(f"<a href='/xw/{n}.htm'>第{n}次会议召开</a>" for n in range(4))
    small = f"<html><title>栖陂县人民政府</title><body>{doors}<script src='/js/home_top.js'></script></body></html>"
    discovery.received(start, Page.parse(HOME, small.encode()))
    asked = []
    while (step := discovery.next()) is not None:
        asked.append(step.target.url)
        discovery.failed(step)
    assert asked[:3] == [f"{HOME}xw/{n}.htm" for n in range(3)]
    assert f"{HOME}js/home_top.js" in asked
    assert f"{HOME}sitemap.xml" in asked


def test_13_encodings() -> None:
    assert Crawl(block(("政府信息公开年报", "/喆/")), charset="gb18030").paths() == ["%E5%96%86/"]


def test_14_addresses_as_they_are_typed() -> None:
    body = (
        "<a href=' n_list.html?/XXGK/NDBG/ '>政府信息公开年报</a><a href=n_list.html?/XXGK/ZN/>政务公开</a>"
        "<a href='//www.qipi.gov.cn/xxgk//gk.jsp;jsessionid=0A?a=1&amp;b=2&c=3'>信息公开</a><a href='./'>公开</a>"
        "<a href='http://qipi.gov.cn/n_list.html?/XXGK/NDBG/'>公开年报</a>"
    )
    asked = Crawl(body).paths()
    assert asked[0] == "n_list.html?/XXGK/NDBG/"
    assert set(asked[1:]) == {"n_list.html?/XXGK/ZN/", "xxgk//gk.jsp?a=1&b=2&c=3"}


def test_15_departments_and_towns_in_their_directories() -> None:
    crawl = Crawl(
        block(("政府部门信息公开", "/266"), ("乡镇街道信息公开", "/267"), ("企事业单位信息公开", "/238"))
    )
    assert set(crawl.paths()) == {"266", "267"}


def test_16_a_site_that_is_no_portal() -> None:
    discovery = Discovery(Portal("qipi", "qipi", HOME))
    start = discovery.next()
    assert start is not None
    text = "<html><title>栖陂网</title>" + NEWS * 12 + "<p>主办：中共栖陂县委宣传部</p></html>"
    discovery.received(start, Page.parse(HOME, text.encode()))
    assert discovery.outlook is not None
    assert discovery.outlook.startswith("not a government portal")
    assert discovery.next() is None


def test_17_the_footer_of_a_large_page() -> None:
    assert Crawl("<p>" + "栖陂" * 60_000 + "</p>" + block(("政府信息公开年报", "/nb/"))).paths() == ["nb/"]


def test_18_metas_are_no_evidence() -> None:
    head = "<meta name=SiteName content='齐齐哈尔'><meta name=ColumnName content='政府信息公开年报'>"
    assert Crawl(block(("政务公开", "/zwgk/")), head=head).paths() == ["zwgk/"]


def test_19_page_two_only_when_it_is_said_to_exist() -> None:
    rows = block(
        *((f"栖陂县{n}镇2021年政府信息公开工作年度报告", f"202201/t20220112_{n}.html") for n in "123456")
    )
    for pager, following in (
        ("<script>createPageHTML(2, 0, 'index', 'html');</script>", ["nb/index_1.html"]),
        ("<script>createPageHTML(1, 0, 'index', 'html');</script>", []),
        ("<script>var countPage = 2</script>", ["nb/index_1.html"]),
    ):
        crawl = Crawl(block(("政府信息公开年报", "/nb/")))
        assert len(crawl.give(crawl.next(), rows + pager)) == 6
        assert crawl.paths() == following


def test_20_the_site_map_when_nothing_else_leads_on() -> None:
    assert Crawl(block(("网站地图", "/wzdt/"))).paths() == ["wzdt/"]
    assert Crawl(block(("网站地图", "/wzdt/"), ("公开年报", "/nb/"))).paths()[0] == "nb/"


def test_what_refused_before_is_asked_for_last() -> None:
    crawl = Crawl(block(("政府信息公开年报", "/nb/")))
    refused, other = (
        Entry(f"{HOME}nb/{n}.html", "qipi", "长滩镇2021年政府信息公开年报", 2021) for n in (1, 2)
    )
    crawl.discovery.want(refused, last=True)
    crawl.discovery.want(other)
    assert crawl.paths()[:3] == ["nb/2.html", "nb/", "nb/1.html"]
