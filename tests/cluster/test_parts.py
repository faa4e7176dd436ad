"""What needs no cluster: which portals go together, what a worker is told, where shards lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.cluster import client
from govcrawl.cluster.client import connected
from govcrawl.cluster.crawl import Watch, take_in_leftovers
from govcrawl.cluster.place import Place
from govcrawl.cluster.task import REGISTRY, Job, crawl_shard, stop
from govcrawl.crawl.telling import Figures
from govcrawl.errors import UsageError
from govcrawl.model import Portal
from govcrawl.parallel.division import COUNTY, PREFECTURE, PROVINCE, together
from govcrawl.shards import extract
from govcrawl.store import Store
from tests.shards.make import Folder, page


def portal(key: str, code: str | None, *hosts: str) -> Portal:
    return Portal(key, key, f"http://www.{key}.gov.cn/", code, hosts=hosts)


def test_who_stays_together() -> None:
    portals = [
        portal("a", "450701"), portal("b", "450702"), portal("c", "450801"), portal("d", "130101", "www.c.gov.cn"),
        portal("e", "450701"),
    ]  # fmt: skip
    found = {
        digits: [[one.key for one in group] for group in together(portals, digits)]
        for digits in (PROVINCE, PREFECTURE, COUNTY)
    }
    assert found == {
        PROVINCE: [["a", "b", "c", "d", "e"]],
        PREFECTURE: [["a", "b", "e"], ["c", "d"]],
        COUNTY: [["a", "e"], ["c", "d"], ["b"]],
    }


def test_what_a_worker_is_told(tmp_path: Path) -> None:
    job = Job("u", 7, (portal("a", "450701"),), Place(str(tmp_path)), ["portals=a"], ["CONTACT=me"])
    words = job.command(tmp_path, 3)
    assert words[:4] == ["-m", "scrapy", "crawl", "annual_reports"]
    assert words[4:] == [
        "-a",
        "portals=a",
        "-s",
        "CONTACT=me",
        "-s",
        f"OUTPUT_DIR={tmp_path}",
        "-s",
        "RUN_PART=7/3",
    ]
    (tmp_path / REGISTRY).touch()
    assert job.command(tmp_path, 3)[-1] == f"REGISTRY_FILE={tmp_path / REGISTRY}"
    stop("u")
    assert not crawl_shard(job).begun


def test_figures_of_parts_are_added_and_not_twice() -> None:
    watch = Watch()
    for number, pid, requests in ((1, 10, 5), (2, 11, 7), (1, 10, 9), (1, 12, 2)):
        told = {"done": 0, "found": 1, "requests": requests, "blocked": 0}
        watch.hear((0.0, {"number": number, "pid": pid, **told}))
    assert watch.figures() == Figures(0, 2, 9)


def lose(place: Place) -> None:
    with place.at_work() as (folder, _):
        (folder / "lost").touch()
        raise KeyError


def test_a_shard_goes_to_an_address_and_comes_back(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    place = Place(f"file://{tmp_path}/far").below("run").below("00001")
    with place.given_out() as folder:
        (folder / "archive").mkdir()
        (folder / "archive" / "a.warc.gz").write_bytes(b"seed")
        (folder / "govcrawl.lock").touch()
    with pytest.raises(KeyError):
        lose(place)
    with place.at_work() as (folder, name):
        assert [path.name for path in folder.rglob("*") if path.is_file()] == ["a.warc.gz"]
        (folder / "archive" / "b.warc.gz").write_bytes(b"more")
    with place.brought_back(name) as folder:
        assert sorted(path.name for path in folder.rglob("*.gz")) == ["a.warc.gz", "b.warc.gz"]
        assert (folder / "archive" / "b.warc.gz").read_bytes() == b"more"
    place.clear()
    assert not (tmp_path / "far" / "run" / "00001").exists()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("scheduler", "write tcp://HOST:PORT"),
        ("tcp://nowhere", "write tcp://HOST:PORT"),
        ("local:0", "one worker"),
    ],
)
def test_an_address_that_is_none(address: str, told: str) -> None:
    with pytest.raises(UsageError, match=told), connected(address):
        pass


def test_the_extra_is_named_where_it_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'govcrawl\[cluster\]'"), connected("local"):
        pass


def test_shards_of_a_command_that_was_killed_are_merged_first(tmp_path: Path) -> None:
    Folder(tmp_path / "many").crawl(page("east", 2021))
    place = Place(str(tmp_path / "shards"))
    with (
        Store.open(tmp_path / "many" / "govcrawl.db") as store,
        Archive(tmp_path / "many" / "archive") as archive,
    ):
        run = store.start_run("crawl", {})
        [(uid,)] = store.db.conn.execute("SELECT uid FROM runs WHERE id = ?", (run,)).fetchall()
        left = Path(place.below(uid).below("00001").where)
        extract(store, archive, ["east"], left)
        Folder(left).crawl(page("east", 2022))
        (tmp_path / "shards" / "another").mkdir()
        take_in_leftovers(store, tmp_path / "many", place)
        years = store.db.conn.execute("SELECT year FROM reports ORDER BY year").fetchall()
    assert years == [(2021,), (2022,)]
    assert [path.name for path in (tmp_path / "shards").iterdir()] == ["another"]
