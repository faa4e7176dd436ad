"""One's own registry file: what it replaces, adds and overrides, and how a bad one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from govcrawl.errors import UsageError
from govcrawl.model import Portal
from govcrawl.registry import load

HEADER = "code,name,level,province,prefecture,url,disclosure_url,access,checked"


def written(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = folder / "portals.csv"
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


def test_a_public_address_may_be_a_host(tmp_path: Path) -> None:
    row = "990001,临山县,http://www.linshan-test.gov.cn/,222.81.80.35:8080 zwgk.linshan-test.gov.cn"
    registry = load(written(tmp_path, "code,name,url,hosts", row))
    assert registry.find("990001").hosts == ("222.81.80.35:8080", "zwgk.linshan-test.gov.cn")


def test_a_new_row_is_added_last(tmp_path: Path) -> None:
    file = written(
        tmp_path, HEADER, "990001,临山县,county,某省,某市,http://www.linshan-test.gov.cn/,,direct,2026-11-01"
    )
    registry = load(file)
    assert len(registry) == 3210
    assert registry.portals[-1] == Portal(
        key="linshan-test",
        name="临山县",
        url="http://www.linshan-test.gov.cn/",
        division_code="990001",
        level="county",
        province="某省",
        prefecture="某市",
    )
    assert registry.find("990001") is registry.find("linshan-test")
    assert len(load()) == 3209


def test_a_row_of_a_known_code_takes_its_place_with_overrides(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "code,name,url,key,start,hosts,reason",
        "450703,钦北区,https://www.qinbei.gov.cn/,qb,https://www.qinbei.gov.cn/zfxxgk/,"
        "zwgk.qinbei.gov.cn xxgk.qinbei.gov.cn,home page is a picture",
    )
    registry = load(file)
    portal = registry.find("450703")
    assert len(registry) == 3209
    assert [item.key for item in registry.select(region="4507")] == ["qinzhou", "gxqn", "qb", "gxls", "gxpb"]
    assert (portal.start, portal.reason) == ("https://www.qinbei.gov.cn/zfxxgk/", "home page is a picture")
    assert portal.hosts == ("zwgk.qinbei.gov.cn", "xxgk.qinbei.gov.cn")
    assert (portal.level, portal.province, portal.prefecture) == ("county", "广西壮族自治区", "钦州市")
    assert registry.for_host("xxgk.qinbei.gov.cn") == portal
    with pytest.raises(UsageError):
        registry.find("qinbei")


def test_a_row_without_code_replaces_by_key_or_host(tmp_path: Path) -> None:
    by_key = load(written(tmp_path, "code,name,url,key", ",钦北,http://new.example.gov.cn/,qinbei"))
    assert len(by_key) == 3209
    assert by_key.find("qinbei").url == "http://new.example.gov.cn/"
    by_host = load(written(tmp_path, "code,name,url", ",钦北,https://qinbei.gov.cn/"))
    assert len(by_host) == 3209
    assert by_host.find("qinbei").url == "https://qinbei.gov.cn/"


def test_ones_own_row_keeps_the_key_and_nothing_shipped_is_lost(tmp_path: Path) -> None:
    registry = load(written(tmp_path, "code,name,url", "990002,某县,http://www.qinbei.example.gov.cn/"))
    assert len(registry) == 3210
    assert registry.find("qinbei").division_code == "990002"
    assert registry.find("450703").key == "qinbei-450703"


def test_equal_keys_in_one_file_carry_their_codes(tmp_path: Path) -> None:
    registry = load(
        written(
            tmp_path,
            "code,name,url",
            "990001,甲,http://xin.a-city.gov.cn/",
            "990002,乙,http://xin.b-city.gov.cn/",
        )
    )
    assert [portal.key for portal in registry.portals[-2:]] == ["xin-990001", "xin-990002"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_byte_order_mark_blank_lines_and_trailing_commas_do_no_harm(tmp_path: Path, encoding: str) -> None:
    lines = ["code,name,url,,", "", ' 990001 ,"某，县",http://www.a-test.gov.cn/,,,', ",,,,", ""]
    registry = load(written(tmp_path, *lines, encoding=encoding))
    assert (registry.portals[-1].name, registry.portals[-1].key) == ("某，县", "a-test")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([""], "the file is empty"),
        (["name,url", "x,http://a.gov.cn/"], "line 1: column code is missing"),
        (["code;name;url"], "line 1: column code, name, url is missing"),
        (["code,name,url,url"], "line 1: column url stands there twice"),
        (["code,name,url,host"], "column host is not known; did you mean hosts?"),
        (["code,name,url", "450703,,http://a.gov.cn/"], "line 2: the name is empty"),
        (["code,name,url", "450703,x,"], "line 2: the url is empty"),
        (["code,name,url", "450703,x,www.a.gov.cn"], "line 2: malformed url 'www.a.gov.cn'"),
        (["code,name,url", "450703,x,ftp://www.a.gov.cn"], "must start with http:// or https://"),
        (["code,name,url", "450703.0,x,http://a.gov.cn/"], "line 2: code '450703.0' is not a division code"),
        (["code,name,url,start", "450703,x,http://a.gov.cn/,/zwgk"], "line 2: start: malformed url"),
        (["code,name,url,hosts", "450703,x,http://a.gov.cn/,http://b.gov.cn"], "line 2: hosts:"),
        (["code,name,url,hosts", "450703,x,http://a.gov.cn/,b.gov.cn:8080"], "line 2: hosts:"),
        (["code,name,url,hosts", "450703,x,http://a.gov.cn/,10.0.0.8:80"], "no address of the open network"),
        (
            ["code,name,url,hosts", "450703,x,http://a.gov.cn/,169.254.169.254"],
            "no address of the open network",
        ),
        (["code,name,url,key", "450703,x,http://a.gov.cn/,钦 北"], "line 2: key '钦 北' is not usable"),
        (["code,name,url,key", "450703,x,http://a.gov.cn/,450703"], "line 2: key '450703' is not usable"),
        (
            ["code,name,url,key", "1,x,http://a.gov.cn/,k"],
            "line 2: code '1' is not a division code",
        ),
        (
            ["code,name,url,key", "990001,x,http://a.gov.cn/,k", "", "990002,y,http://b.gov.cn/,k"],
            "line 4: duplicate key k: it stands on line 2",
        ),
        (
            ["code,name,url", "990001,x,http://a.gov.cn/", "990001,y,http://b.gov.cn/"],
            "line 3: duplicate code 990001",
        ),
        (
            ["code,name,url", ",x,http://k.a.gov.cn/", ",y,http://k.b.gov.cn/"],
            "key k would be that of another row too",
        ),
        (["code,name,url", "450703,a,b,http://a.gov.cn/"], "line 2: 4 cells under 3 columns"),
        (["code,name,url", '450703,"a,http://a.gov.cn/'], "not a CSV row"),
    ],
)
def test_a_bad_file_is_refused_with_file_line_and_fault(tmp_path: Path, lines: list[str], told: str) -> None:
    file = written(tmp_path, *lines)
    with pytest.raises(UsageError) as raised:
        load(file)
    assert str(raised.value).startswith(str(file))
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, "code,name,url", "450703,钦北区,http://a.gov.cn/", encoding="gb18030")
    with pytest.raises(UsageError, match="line 2: not UTF-8"):
        load(file)


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="is a folder"):
        load(tmp_path)
