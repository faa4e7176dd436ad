"""The further pages of a listing: asked for one after the other while they bring something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.dialects import Dialect, dialect_of, dialects
from govcrawl.discovery.islands import holds_all
from govcrawl.discovery.keyed import ask_for_others, keyed_bodies
from govcrawl.discovery.leaps import leap, may_leap, note_days
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.pager import pages_told, rows_told
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Chain, Kind, Step
from govcrawl.discovery.strays import STUB, Bare
from govcrawl.discovery.urls import page_key
from govcrawl.model import Entry

PATIENCE = 2
"""Pages in a row that may bring nothing new before the rest of a listing is given up."""

NOTICES = 100
"""Rows of a list of all notices that may hold no report: a year's reports stand together in it."""

_SCORE = 85.0
_LATE = 60.0  # a list whose page shows parts and no rows: its parts come first


@dataclass(frozen=True, slots=True)
class Brought:
    """What a page brought: the report links that stand on it, and those that were not known before."""

    rows: Sequence[Entry]
    new: Sequence[Entry]


def is_notices(step: Step) -> bool:
    """Whether a step leads to a list of notices of all kinds, in which a body's reports may stand."""
    return bool(step.trail) and classify(step.trail[-1]) is Label.NOTICES


def open_chain(
    step: Step, page: Page, links: Sequence[PageLink], scope: Scope, brought: Brought
) -> Chain | None:
    """The chain of a listing's further pages, None when there are none and its pager speaks of none.

    A listing without rows of its own may be filled by a script: one page tells.
    """
    words = page.visible_text
    told, rows = pages_told(words), rows_told(words)
    own = () if dialect_of(page).name == "generic" else (dialect_of(page),)
    filled = () if brought.rows or not (step.annual or step.searching) else (named("data"),)
    asked = filled if step.searching and not brought.new else (*own, *filled, named("generic"))
    for dialect in dict.fromkeys(asked):
        targets = [target for target in dialect.following(page, page.url) if scope.allows(target.url)]
        if targets:
            chain = Chain(page.url, dialect.name, targets, promised=dialect.promised(page))
            dated = sum(link.date is not None for link in page.links)
            chain.patience = max(PATIENCE, NOTICES // max(dated, 8)) if is_notices(step) else PATIENCE
            several = dialect.name == "data" and len(targets) > 1  # the first may be for something else
            chain.barren = 0 if brought.new or several else 0.5 if brought.rows else 1
            chain.told, chain.rows = told, rows
            chain.looks.learn(page, _keys(chain))
            chain.drawn = page.templates if dialect.name == "data" else None
            if is_notices(step) and may_leap(chain):
                chain.leaping, chain.promised = True, None
                note_days(chain, links, brought.new)
            _count(chain, links, brought)
            return chain
    lacking = rows > len({link.url for link in links})
    if not brought.new or is_notices(step) or not (told > 1 or lacking):
        return None
    chain = Chain(page.url, "generic", [], told=told, lacking=lacking, rows=rows)
    _count(chain, links, brought)
    return chain


def note_page(chain: Chain, page: Page, links: Iterable[PageLink], brought: Brought) -> None:
    """Take note of what a page of the chain brought, and of pages that only it knows of."""
    if chain.days:
        note_days(chain, links, brought.new)
    rows = _rows(links)
    repeated = bool(rows) and rows <= chain.seen
    if brought.new:
        chain.barren = 0
    else:
        chain.barren += 0.5 if brought.rows and not repeated else 1
    part = _note_look(chain, page, brought, fresh=bool(rows - chain.seen), repeated=repeated)
    _count(chain, links if part else (), brought)
    chain.stubs += len(page.links) <= STUB and not rows and _in_order(chain)
    if chain.dialect == "data" and not brought.rows and not chain.bodies:
        chain.bodies = keyed_bodies(page)
    if chain.bodies and chain.fruitful:
        ask_for_others(chain, named(chain.dialect).following(page, chain.listing))
        return
    if _is_all(chain, page, len(rows)):
        del chain.targets[chain.next :]
        return
    if chain.next >= len(chain.targets):
        known = {target.key for target in chain.targets}
        further = named(chain.dialect).following(page, chain.listing)
        chain.targets += [target for target in further if target.key not in known]


def missed(chain: Chain, url: str) -> None:
    """Take note of a page of the chain that could not be had."""
    chain.barren += 1
    if _in_order(chain):
        chain.looks.note(Bare(url))


def _note_look(chain: Chain, page: Page, brought: Brought, *, fresh: bool, repeated: bool) -> bool:
    """Take note of whether a further page has rows, or what else it is; whether it is one of its list."""
    looks = chain.looks
    looks.most = max(looks.most, len(page.links))
    part = bool(brought.rows) or looks.is_part(page, _keys(chain))
    if not _in_order(chain):
        return True
    looks.repeated |= repeated
    if brought.rows:
        few = len(brought.rows) < max(chain.reports, default=0)
        looks.note_rows(bare=few and not looks.is_part(page, _keys(chain)))
    if brought.rows or (part and fresh):
        looks.note(None)
    else:
        asked = chain.targets[chain.next - 1].url if 0 < chain.next <= len(chain.targets) else page.url
        other = looks.is_gate(page) or (not part and looks.is_other(page, asked))
        looks.note(Bare(page.url, len(page.links), part, other))
    return part


def _in_order(chain: Chain) -> bool:
    """Whether the pages are asked for one after the other, at addresses that something promises.

    What a page's scripts ask for is none of them before rows came: a banner, a tree of bodies.
    """
    return not (chain.dialect == "data" and not chain.reports) and not (
        chain.days or chain.bodies or named(chain.dialect).blind
    )


def _keys(chain: Chain) -> frozenset[str]:
    return frozenset(page_key(target.url) for target in chain.targets)


def _is_all(chain: Chain, page: Page, rows: int) -> bool:
    """Whether an answer of data says that no more rows follow."""
    if not page.text.lstrip().startswith("{"):
        return False
    chain.answered += rows
    chain.total = max(chain.total, named(chain.dialect).promised(page) or 0)
    if chain.next < 2 and rows < chain.total and holds_all(page, chain.total):
        chain.answered = chain.total
    return 0 < chain.total <= chain.answered


def _count(chain: Chain, links: Iterable[PageLink], brought: Brought) -> None:
    fresh = (_rows(links) | {entry.url for entry in brought.rows}) - chain.seen
    chain.seen |= fresh
    chain.fruitful |= bool(brought.new)
    chain.empty = 0 if fresh else chain.empty + 1
    if fresh:
        chain.pages.append(len(fresh))
    if brought.rows:
        chain.reports.append(len(brought.rows))


def next_page(step: Step, chain: Chain, scope: Scope) -> Step | None:
    """The step to the chain's next page, None at its end or when it has become barren."""
    place = leap(chain) if chain.days else chain.next
    if place >= len(chain.targets) or chain.barren >= chain.patience:
        return None
    target, chain.next = chain.targets[place], place + 1
    if chain.turned and target.fallback is not None and target.fallback.fallback is None:
        target = replace(target.fallback, fallback=replace(target, fallback=None))
    if chain.days:
        chain.days[chain.next] = None
    if not scope.allows(target.url):
        return None
    late = not (chain.fruitful or chain.leaf) and chain.next == 1 and step.annual and not chain.reports
    reason, family = f"page {chain.next + 1} of {chain.listing}", f"chain {chain.listing}"
    credit = step.credit if step.chain else (*step.credit, step.family)
    return replace(
        step,
        target=target,
        kind=Kind.LISTING,
        score=_LATE if late else _SCORE,
        reason=reason,
        family=family,
        credit=credit,
        entry=None,
        chain=chain,
        original=None if chain.fruitful else step.original,
    )


def shortfall(chain: Chain) -> str | None:
    """What a listing said to have and did not give, in words; None when nothing is known to be missing.

    A page with fewer rows than the others is a list's last, however many pages the list claims; and one page
    too many is claimed by many, which no rows follow. A stub in place of a page is none of this.
    """
    if not chain.fruitful or chain.bodies:
        return None
    if unanswered := _unanswered(chain):
        return unanswered
    if chain.promised is not None:
        if len(chain.seen) < chain.promised:
            return f"{chain.listing} says that it has {chain.promised} rows and gave {len(chain.seen)}"
        return None
    if chain.looks.holes:
        return f"{chain.looks.holes[0]} showed no rows, though pages of its list behind it did"
    if broken := _broken_end(chain):
        return broken
    if unasked := _unasked(chain):
        return unasked
    if named(chain.dialect).blind or _ran_out(chain):
        return None
    further = chain.pages[1:]
    cut_off = chain.empty > 1 and (not further or further[-1] >= max(further))
    if chain.stubs or cut_off:
        return few_of(chain, len(chain.targets) + 1)
    return None


def few_of(chain: Chain, pages: int) -> str:
    """That a list says to have some pages and shows rows on fewer, in words."""
    return f"{chain.listing} says that it has {pages} pages and shows rows on {len(chain.pages)} of them"


def _unanswered(chain: Chain) -> str | None:
    """What an answer of data says that there is and no request is known for, in words: a page at least."""
    size, missing = max(chain.pages, default=0), chain.total - chain.answered
    left_out = chain.leaping or chain.next < len(chain.targets) or len(chain.pages) < chain.next
    if left_out or not chain.answered or not 0 < size <= missing:
        return None
    told = f"{chain.listing} is filled with data that speak of {chain.total} rows"
    return f"{told}, and no way led beyond the first {chain.answered}"


def _broken_end(chain: Chain) -> str | None:
    """What the last pages asked for show instead of rows, where that is no end of a list; in words."""
    looks, seen = chain.looks, len(chain.seen)
    if not looks.last or _ran_out(chain):
        return None
    other = next((bare.url for bare in looks.last if bare.other), None)
    if other is not None and not chain.stubs:
        return f"{other} showed something else than a page of its list"
    if chain.rows > seen:
        return f"{chain.listing} says that it has {chain.rows} rows and gave {seen}"
    claimed = max(chain.told, len(chain.targets) + 1, looks.numbers)
    if claimed > len(chain.pages) + 1:  # one too many is frequent
        return few_of(chain, claimed)
    return None


def is_doubtful(chain: Chain) -> bool:
    """Whether a list ended where it said to go on, as lists with a wrong count do: a second look tells.

    So it does of a page in its midst that has few rows and lacks its pager, as one that was cut and closed.
    """
    ended = (bool(chain.looks.last) or chain.looks.repeated) and not _ran_out(chain)
    in_doubt = ended or chain.looks.thin
    one_after_the_other = chain.promised is None and not chain.leaping and not chain.bodies
    return chain.fruitful and in_doubt and one_after_the_other


def _unasked(chain: Chain) -> str | None:
    """What a pager's words speak of and no link leads to, in words."""
    asked = chain.next + 1
    if chain.next < len(chain.targets) or chain.barren >= chain.patience:
        return None
    if 0 < chain.rows <= min(sum(chain.reports), len(chain.seen)):
        return None  # all of them stand on the pages that were read, however those are shown
    wrong_count = asked > 1 and (chain.told == asked + 1 or _ran_out(chain))
    if chain.told > asked and not wrong_count:
        return f"{chain.listing} says that it has {chain.told} pages, and no link led beyond page {asked}"
    if chain.lacking and asked == 1:
        return f"{chain.listing} says that it has more rows than it shows, and no link led to them"
    return None


def _ran_out(chain: Chain) -> bool:
    """Whether the last page that held reports was not full, so that more are not to be expected."""
    return chain.patience == PATIENCE and len(chain.reports) > 1 and chain.reports[-1] < max(chain.reports)


def named(name: str) -> Dialect:
    """The dialect of a name; KeyError when there is none."""
    return {dialect.name: dialect for dialect in dialects()}[name]


def _rows(links: Iterable[PageLink]) -> frozenset[str]:
    return frozenset(link.url for link in links if link.date or link.row)
