"""What a look at a whole portal could not see is remembered until the next one."""

from pathlib import Path

from govcrawl.discovery.memory import Memory
from govcrawl.model import Listing
from govcrawl.store import Store, shortfalls


def test_what_is_missing_is_replaced_by_the_next_look(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "govcrawl.db")
    run = store.start_run("crawl", {})
    said = [("http://www.qipi.gov.cn/nb/", "could not be read"), ("", "says that it has 9 pages")]
    shortfalls.keep(store.db, "qipi", said, run)
    assert shortfalls.kept(store.db, "qipi") == tuple(said)
    shortfalls.keep(store.db, "qipi", said[1:], run)
    assert shortfalls.kept(store.db, "qipi") == (said[1],)
    assert shortfalls.kept(store.db, "other") == ()


def test_a_list_that_could_not_be_read_is_asked_again() -> None:
    read = Listing("http://www.qipi.gov.cn/a/", ("2019年",), None, 40, True, None)
    unread = Listing("http://www.qipi.gov.cn/b/", ("2018年",), None, 0, False, None)
    assert unread not in Memory((read, unread)).chosen()
    assert unread in Memory((read, unread), missing=((unread.url, "could not be read"),)).chosen()
