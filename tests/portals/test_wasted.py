"""Requests that brought no report are told by what they were made for and what came of them."""

from govcrawl.discovery import Kind, Step, Target
from tests.portals.wasted import Asked, Group, groups

HOST = "http://www.shiwu.gov.cn"


def asked(path: str, brought: int | None, reason: str, above: str | None = None) -> Asked:
    step = Step(Target(f"{HOST}{path}", referer=above and f"{HOST}{above}"), Kind.COLUMN, 1.0, reason)
    return Asked.of(step, brought)


def test_a_page_on_the_way_is_told_from_one_in_vain() -> None:
    report = Step(Target(f"{HOST}/1.html"), Kind.REPORT, 1.0, "report title")
    made = [
        asked("/", 0, "start page"),
        asked("/nb/", 0, f"«公开年报» on {HOST}/", "/"),
        asked("/nb/jyj/", 7, f"«教育局» on {HOST}/nb/", "/nb/"),
        asked("/nb/czj/", 0, f"«财政局» on {HOST}/nb/", "/nb/"),
        asked("/nb/czj/2/", None, f"page 2 of {HOST}/nb/czj/", "/nb/czj/"),
        Asked.report(report, again=False),
        Asked.report(report, again=True),
    ]
    assert groups(made) == {
        Group(Kind.COLUMN, "start page", "way"): 1,
        Group(Kind.COLUMN, "«annual» on …", "way"): 1,
        Group(Kind.COLUMN, "«body» on …", "vain"): 1,
        Group(Kind.COLUMN, "page … of …", "error"): 1,
        Group(Kind.REPORT, "report title", "again"): 1,
    }
