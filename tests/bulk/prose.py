"""The prose of a generated report: the imitation portals' sentences and many more of this kind."""

from __future__ import annotations

from random import Random

from tests.bulk import words
from tests.portals import prose

HEADS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
OLD_HEADS = (
    "一、概述",
    "二、主动公开政府信息的情况",
    "三、依申请公开政府信息的情况",
    "四、收费及减免情况",
    "五、行政复议、诉讼和申诉情况",
    "六、存在的问题和改进措施",
)


def paragraph(rng: Random, length: int) -> str:
    """Sentences up to about ``length`` characters."""
    made: list[str] = []
    size = 0
    while size < length:
        made.append(_sentence(rng))
        size += len(made[-1])
    return "".join(made)


def preamble(agency: str, year: int, rng: Random) -> list[str]:
    """What stands before section one; None of it in some reports."""
    return prose.preamble(agency, year, rng)


def received(number: int) -> str:
    """The sentence that states how many applications came in."""
    return f"本年度共收到政府信息公开申请{number}件，均在规定期限内处理。"


def overview(short: str, year: int, applications: int | None, rng: Random) -> list[str]:
    """Section one: five parts of three to six sentences."""
    opening = f"{year}年，{short}认真贯彻《条例》和上级部署，坚持以公开为常态、不公开为例外。"
    lines = [opening + paragraph(rng, 80)]
    for order, head in enumerate(prose.SUBHEADS):
        text = paragraph(rng, rng.randint(120, 330))
        lines += [head, received(applications) + text if order == 1 and applications is not None else text]
    return lines


def problems(short: str, year: int, rng: Random) -> list[str]:
    """Section five."""
    first, *rest = prose.problems(short, year, rng)
    return [first + paragraph(rng, rng.randint(60, 260)), *rest]


def others(year: int, rng: Random) -> list[str]:
    """Section six, often only 无。"""
    return prose.other_matters(year, rng)


def old_part(rng: Random) -> list[str]:
    """A section of a report of before 2019."""
    return [paragraph(rng, rng.randint(120, 420))]


def _sentence(rng: Random) -> str:
    draw = rng.random
    pick = words.VILLAGES[: words.RARE] if draw() < 0.97 else words.VILLAGES[words.RARE :]
    return words.SENTENCES[int(draw() * len(words.SENTENCES))].format(
        topic=words.TOPICS[int(draw() * len(words.TOPICS))],
        verb=words.VERBS[int(draw() * len(words.VERBS))],
        matter=words.MATTERS[int(draw() * len(words.MATTERS))],
        channel=words.CHANNELS[int(draw() * len(words.CHANNELS))],
        who=words.PEOPLE[int(draw() * len(words.PEOPLE))],
        other=words.PEOPLE[int(draw() * len(words.PEOPLE))],
        fruit=words.FRUITS[int(draw() * len(words.FRUITS))],
        village=pick[int(draw() * len(pick))],
        month=1 + int(draw() * 12),
        n=10 + int(draw() * 9000),
        m=2 + int(draw() * 400),
        c=1 + int(draw() * 28),
        percent=f"{draw() * 100:.1f}",
        code=f"政办发〔{2008 + int(draw() * 17)}〕{1 + int(draw() * 90)}号",
    )
