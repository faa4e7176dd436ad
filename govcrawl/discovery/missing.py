"""What a crawl knows that it has not seen, in words for the operator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from govcrawl.discovery.memory import PAGING, note_visit
from govcrawl.discovery.overcounts import is_habit, overcounts
from govcrawl.discovery.paging import is_doubtful, shortfall

if TYPE_CHECKING:
    from govcrawl.discovery.discovery import Discovery
    from govcrawl.discovery.steps import Step


def shortfalls(discovery: Discovery) -> list[str]:
    """What is known to be missing: each makes the portal's run incomplete."""
    told = [said for chain in discovery.chains if (said := shortfall(chain)) is not None]
    told += [said for _, said in overcounts(discovery)]
    frontier, budget = discovery.frontier, discovery.budget
    if frontier.refused:
        told.append(f"request budget of {budget} spent with {frontier.refused} pages not looked at")
    if discovery.gaps.shells:
        discovery.gaps.shells -= set(_drawn(discovery))
    told += discovery.gaps.shortfalls(found=bool(discovery.finds.entries))
    if discovery.finds.entries and not discovery.recalling:
        told += discovery.sightings.unseen(discovery.finds.kinds)
    return told + [said for said in _remembered(discovery) if said not in told]


def _drawn(discovery: Discovery) -> Iterator[str]:
    """Lists that a script draws, of its own or in a file, and whose data were read, now or earlier."""
    known = {url: listing.parent for url, listing in discovery.visited.items()}
    read = [chain.listing for chain in discovery.chains if chain.fruitful]
    if discovery.recalling:
        known |= {listing.url: listing.parent for listing in discovery.memory.listings}
        read += [listing.url for listing in discovery.memory.listings if listing.rows]
    for url in read:
        yield url
        if (parent := known.get(url)) and url.partition("?")[0].endswith(".js"):
            yield parent


def leave_open(discovery: Discovery, step: Step, reason: str) -> None:
    """Take note of a list of which a page could not be read: the next crawl asks for it again."""
    discovery.gaps.unread[step.listing] = f"{step.target.url} could not be read: {reason}"
    if step.listing not in discovery.visited:
        note_visit(discovery.visited, step, "generic", 0)


def _remembered(discovery: Discovery) -> Iterator[str]:
    """What an earlier look at the whole portal said, as far as this crawl has not asked again."""
    if not discovery.recalling:
        return
    for url, said in discovery.memory.missing:
        if said and (not url or (url not in discovery.visited and url not in discovery.gaps.unread)):
            yield f"{url} {said}" if said == PAGING else said


def open_questions(discovery: Discovery) -> Sequence[tuple[str, str]]:
    """(list to ask again or nothing, in words) of what the next crawl is to know.

    Without words is a list of which nothing is known to be missing and that a second look is to confirm.
    """
    broken = {
        chain.listing: said
        for chain in discovery.chains
        if (chain.looks.broken or chain.stubs) and (said := shortfall(chain)) is not None
    }
    unread = broken | dict(overcounts(discovery)) | discovery.gaps.unread
    told = {*unread.values(), *broken.values(), *(said for _, said in overcounts(discovery))}
    rest = [said for said in shortfalls(discovery) if said not in told]
    doubtful = [
        chain.listing
        for chain in discovery.chains
        if is_doubtful(chain)
        and chain.listing not in unread
        and not discovery.memory.was_looked_at_twice(chain.listing)
        and not is_habit(discovery, chain)
    ]
    paging = {f"{url} {said}": (url, said) for url, said in discovery.memory.missing if said == PAGING}
    return [
        *unread.items(),
        *(paging.get(said, ("", said)) for said in rest),
        *((url, "") for url in doubtful),
    ]
