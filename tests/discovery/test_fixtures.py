"""Addresses of every family: its own article pattern takes its reports, nobody's listing pattern does."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from govcrawl.discovery.dialects import Dialect, dialects, looks_like_article

_SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "domain.md"
_NAMES = {
    "hanweb_jcms": "hanweb", "trs_wcm": "trs", "hebei_uuid": "uuid_columns", "wuxi_doc": "doc_ymd",
    "generic_ymd": "generic",
}  # fmt: skip
_UUID = "3f2b8c1e-90ad-4d2e-8f65-1c7a5b9d0e42"

ARTICLES = {
    "trs": (
        "/zfxxgknb_70772/202301/t20230118_11520599.html",
        "/xxgk/gknb/202202/t20220217_2718615_wap.html",
        "/zwgk/ndbg/202101/t20210104_655381.shtml",
        "/xjwz/zfxxgknb/202302/t20230210_4535380.htm",
    ),
    "hanweb": ("/art/2020/12/25/art_6924_1372393.html", "/art/2023/1/5/art_1229_58.html"),
    "hanweb_jpaas": ("/zfxxgk/zfxxgknb/art/2026/art_f793c650c732461fb343a36ddbaae76d.html",),
    "hanweb_xxgk": (
        "/module/xxgk/xxgkAnnualReport.jsp?area=113708260043292687&fbtime=2020",
        "/module/xxgk/xxgkAnnualReport.jsp?fbtime=2021&area=113708830043262784",
    ),
    "ucap": (
        "/xyxxxgk/c102717/202101/a9b23f6130ac46dba73ba9de1a2739cb.shtml",
        "/xiuyan/c107687/202301/c01_868731.shtml",
    ),
    "vsb": (
        "/info/1288/114546.htm",
        "/info/egovinfo/1007/overt_centent/115323260151757350-/2022-0302002.htm",
    ),
    "gkmlpt": ("/gkmlpt/content/8/8766/post_8766914.html", "/gzyxbyj/gkmlpt/content/8/8766/mpost_8766914.html"),
    "nfcms": ("/zwgk/zfxxgknb/jd/content/post_9472698.html", "/zwgk/zfxxgknb/content/mpost_9472698.html"),
    "lonsun": ("/public/6615904/11908678.html", "/public/31/4694221.html"),
    "openness": (
        "/OpennessAnnualReport/year/show/341/2022.html",
        "/OpennessContent/show/3475175.html",
        "/Xxgknb/show/812.html?type=1",
    ),
    "epoint": (f"/zwgk/003001003/20220117/{_UUID}.html", f"/001002/001002005/20210120/{_UUID}.html"),
    "truecms": (f"/xiuyan/zfxxgknb/content/{_UUID}.html", f"/content/{_UUID}.html"),
    "cms_html": ("/cms/html/xyxrmzf/2021-01-29/1721828210.html",),
    "uuid_columns": (f"/columns/{_UUID}/202302/17/eb63700d-3559-4e1d-97c4-436887849add.html",),
    "gongkai": (
        "/gongkai/site_srmzfbgs/channel_shifubanwenjian/doc_62a19db8410e00ccde4ed511.html",
        "/gongkai/site_gqxwsjkj/channel_62d5295b281f20b1bc4ede4b/doc_64be1fa34c4002712d0b91e4.html",
    ),
    "ncontent": ("/n30398511/n54890770/n68671067/c68682991/content.html", "/n95/n644/c15424793/content.html"),
    "rednet": ("/29509/29510/55038/content_1649246.html", "/zwgk/10/204/content_77.html"),
    "webinfo": ("/news/webinfo/2021/01/1611111111111111.htm", "/xiuyan/webinfo/2023/12/1702345678901234.htm"),
    "snowflake": (
        "/zfxxgk/zfxxgknb/xz/2021/1571424084523327490.html",
        "/zfxxgk/zfxxgknb/bm/2022n/1615243708212348930.html",
    ),
    "content_dash": ("/Content-2361064.html", "/zwgkcontent-888888040-56270.html"),
    "doc_ymd": ("/doc/2024/01/08/4153378.shtml",),
    "generic": (
        "/nw12344/20230331/4a03b5fa47ae4c73b7ec42801de6be66.html",
        "/article/341/38597.html",
        "/2019/0318/58220.html",
        "/xwzx/zfxxgknb/2022/gzj/63d48a80f8fd1c4c213ab9ff.html",
        "/content/11077/55644.html",
        "/content/42635.html",
        "/gongkai/show/59428de3c603457a964e11f024ffeef6.html",
        "/zt/xxgkzl/gknbxq/pnidpv196pntypepvnbpnnfpv2022.html",
        "/xxgk/zfgknb-xxgknb/2022/267/43411.html",
        "/show.php?id=812",
    ),
}  # fmt: skip

LISTINGS = {
    "trs": ("/zfxxgk/zfxxgknb_70772/", "/zfxxgk/zfxxgknb/index_3.html"),
    "hanweb": ("/col/col77278/index.html", "/col/col77278/index.html?uid=303271&pageNum=2"),
    "ucap": ("/xiuyan/zfxxgknb/list.shtml", "/xiuyan/c102717/xxgk_list_2.shtml", "/xiuyan/c102717/zfxxgk_list.shtml"),
    "vsb": ("/xxgk/zfxxgknb.htm", "/xxgk/zfxxgknb/3.htm", "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1018"),
    "gkmlpt": ("/gkmlpt/index", "/gkmlpt/annualReport", "/gkmlpt/api/all/8766?page=2&sid=200077"),
    "hanweb_jpaas": ("/zfxxgk/zfxxgknb/index.html", "/col/col1229343/index.html"),
    "hanweb_xxgk": (
        "/module/xxgk/search.jsp?infotypeId=A0203&area=113708260043292687&currpage=2",
        "/module/xxgk/tree.jsp?area=113708260043292687",
    ),
    "nfcms": ("/zwgk/zfxxgknb/index.html", "/zwgk/zfxxgknb/jd/index_2.html", "/zwgk/zfxxgknb/"),
    "generic": (
        "/list.php?catid=12&page=3",
        "/index.php?m=content&c=index&a=lists&catid=12",
        "/ArticleList.aspx?ClassID=668",
        "/zfxxgk/nb/list_2.html",
    ),
    "lonsun": (
        "/public/column/6615904?type=4&catId=6718758&action=list",
        "/public/column/6616411?sub=&catId=6721221&nav=3&action=list&type=4&pageIndex=2",
        "/site/label/8888?IsAjax=1&labelName=publicInfoList&siteId=6793339&organId=6615904",
    ),
    "openness": ("/OpennessContent/showList/784/34502/page_1.html", "/BranchOpennessContent/showList/10395/0/page_2.html"),
    "epoint": (
        "/dynamic/zwgk/govInfoPub.html?categorynum=003001003",
        "/dynamic/zwgk/govInfoPubright.html?deptcode=A01&categorynum=003001003",
        "/zwgk/003001/003001003/",
        "/zwgk/003001/003001003/moreinfo.html",
        "/zwgk/003001/003001003/2.html",
        "/zfxxgk/001001001/subpage.html",
    ),
    "truecms": ("/ntscgj/zfxxgknb/zfxxgknb.html", "/xiuyan/gsgg/gsgg.html"),
    "cms_html": ("/cms/html/xyxrmzf/zfxxgknb/index.html", "/cms/html/xyxrmzf/zfxxgknb/2.html"),
    "uuid_columns": (f"/columns/{_UUID}/index.html", f"/columns/{_UUID}/index_2.html", f"/columns/{_UUID}/"),
    "gongkai": (
        "/gongkai/site_srmzfbgs/channel_shifubanwenjian/",
        "/gongkai/site_gqxwsjkj/channel_62d5295b281f20b1bc4ede4b/index_2.html",
    ),
    "ncontent": ("/n30398511/n54890770/index.html", "/n30398511/n54890770/index_68671067_3.html"),
    "rednet": ("/29509/29510/55038/index.html", "/29509/29510/55038/list.htm", "/29509/29510/"),
    "webinfo": ("/portal/zwgk/zfxxgk/zfxxgknb/index.htm", "/portal/zwgk/zfxxgknb/index_2.htm"),
    "snowflake": ("/zfxxgk/zfxxgknb/xz/2021/", "/zfxxgk/zfxxgknb/xz/2021n/index.html"),
    "content_dash": ("/Node-77245.html", "/Node-77245_2.html"),
    "doc_ymd": ("/zfxxgk/zfxxgknb/index.shtml", "/zfxxgk/szfxxgkml/zfxxgknb/index_2.shtml"),
}  # fmt: skip


def url(path: str) -> str:
    return f"http://www.xiuyan.gov.cn{path}"


def named(name: str) -> Dialect:
    return next(dialect for dialect in dialects() if dialect.name == name)


def listed_by(address: str) -> list[str]:
    return [d.name for d in dialects() if d.listing and d.listing.search(address)]


ARTICLE_PAIRS = [(name, url(path)) for name, paths in ARTICLES.items() for path in paths]
LISTING_PAIRS = [(name, url(path)) for name, paths in LISTINGS.items() for path in paths]


def shared_pairs() -> list[tuple[str, str]]:
    """The real addresses of the domain reference, where it lies beside the project."""
    if not _SHARED.exists():
        return []
    block = re.search(r"```tsv url_fixtures\n(.*?)```", _SHARED.read_text("utf-8"), re.DOTALL)
    assert block is not None
    rows = (row.split("\t") for row in block[1].strip().splitlines())
    return [(_NAMES.get(family, family), address) for family, address in rows]


REAL = [pair for pair in shared_pairs() if pair[0] != "generic"]


@pytest.mark.parametrize(("name", "address"), ARTICLE_PAIRS + REAL)
def test_an_article_is_its_familys_and_nobodys_listing(name: str, address: str) -> None:
    article = named(name).article
    assert article is not None
    assert article.search(address)
    assert listed_by(address) == []
    assert looks_like_article(address) is True


@pytest.mark.parametrize("address", [address for name, address in shared_pairs() if name == "generic"])
def test_an_article_of_no_family_is_nobodys_listing(address: str) -> None:
    assert listed_by(address) == []
    assert looks_like_article(address) is not False


@pytest.mark.parametrize(("name", "address"), LISTING_PAIRS)
def test_a_listing_is_nobodys_article(name: str, address: str) -> None:
    assert not any(d.article and d.article.search(address) for d in dialects())
    if looks_like_article(address) is None:  # a page such as /xxgk/zfxxgknb.htm may be either
        assert address.endswith(".htm")
    if named(name).listing is not None and name != "vsb":
        assert name in listed_by(address)


@pytest.mark.parametrize(("name", "address"), shared_pairs())
def test_every_real_address_has_its_like_here(name: str, address: str) -> None:
    assert shape(address) in {shape(url(path)) for path in ARTICLES[name]}


@pytest.mark.parametrize("dialect", dialects(), ids=lambda dialect: dialect.name)
def test_a_family_tells_its_listings_from_its_articles(dialect: Dialect) -> None:
    if dialect.article is None or dialect.listing is None:
        return
    own = [url(path) for path in ARTICLES[dialect.name]]
    lists = [url(path) for path in LISTINGS.get(dialect.name, ())]
    assert lists
    assert [address for address in own if dialect.listing.search(address)] == []
    assert [address for address in lists if dialect.article.search(address)] == []


@pytest.mark.parametrize(
    "path",
    [
        "/zfxxgk/202301/P020230118.docx",
        "/art/2023/1/5/art_1229_58.pdf",
        "/images/nb_20230118.png",
        "/zfxxgk/zfxxgknb_70772/202301/t20230118_11520599.html.bak",
        "/art/list_6924.html",
        "/info/1288/",
        "/public/6615904/",
        "/gkmlpt/content/8/8766/",
        "/col/col77278/",
    ],
)
def test_what_only_resembles_an_article_is_none(path: str) -> None:
    assert looks_like_article(url(path)) is not True


def shape(address: str) -> str:
    """The end of an address with numbers and hashes made alike."""
    parts = urlsplit(address)
    last = parts.path.rsplit("/", 1)[1] + (f"?{parts.query}" if parts.query else "")
    return re.sub(r"\d+", "N", re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{24,32}", "H", last))


def test_every_family_has_addresses_here() -> None:
    assert {dialect.name for dialect in dialects() if dialect.article} <= set(ARTICLES)


@pytest.mark.parametrize("dialect", dialects(), ids=lambda dialect: dialect.name)
def test_a_family_takes_few_articles_of_others(dialect: Dialect) -> None:
    others = [address for name, address in ARTICLE_PAIRS if name != dialect.name]
    if dialect.name != "generic" and dialect.article is not None:
        assert [address for address in others if dialect.article.search(address)] == []
