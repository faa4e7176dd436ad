"""Title, agency, fiscal year and date of publication, each with the source that it was taken from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from govcrawl.model import Block, Document, Finding, Paragraph
from govcrawl.reports.dates import is_date_line, iso_date, period_year
from govcrawl.reports.sections import Heading
from govcrawl.reports.titles import FIRST_YEAR, ReportTitle, report_title
from govcrawl.text import folded, line

_BODY = re.compile(
    r"^[\w()、·]{2,34}(?:人民政府|政府|街道办事处|办事处|委员会|管委会|管理处|[局委办厅署站院校所社镇乡]|办公室|中心"
    r"|[总支大]队|公司|学校|街道)$"
)
_SIGNED = re.compile(r"^(?P<body>\S{4,40}?)(?P<date>(?:20\d\d|二[〇零○]\S{2})年\S{1,3}月\S{1,3}日)$")
_STATED = re.compile(
    r"(?P<year>20[0-4]\d)年(?:度)?[^。;]{0,24}?信息公开[^。;]{0,12}?(?:情况|工作|年度报告|报告)"
)
_PLAN = re.compile(
    r"(?:^|[。;,:,])(?P<sentence>(?P<year>20[0-4]\d)年(?:度)?,?"
    r"(?:(?!问题|以来|存在|期间|不足|中)[^。;,]){0,16}将[^。;]*)"
)
_LABELLED = {
    "published": re.compile(
        "(?:发布|发稿|发表|公开|上传|更新|(?<![\u4e00-\u9fff]))(?:时间|日期)[:：](?P<value>.{6,30})"
    ),
    "index_number": re.compile("索引号[:：](?P<value>.+)"),
    "source": re.compile("(?:来源|出处)[:：](?P<value>.+)"),
    "publisher": re.compile("(?:发布机构|发文机关|发布单位|公开责任部门)[:：](?P<value>.+)"),
    "doc_number": re.compile("(?:文号|发文字号)[:：](?P<value>.+)"),
}
_QUOTED = re.compile("《([^《》]{8,80})》")
_BARE_TITLE = re.compile(
    r"[\w()]{0,40}(?:信息|政务)公开(?:工作|的|年度|年|情况){0,4}(?:报告|总结)(?:\(\w+\))?"
)
_PUBLISHED = ("pubdate", "firstpublishedtime", "publishtime", "published", "dated", "updated", "issued")
_PUBLISHER = ("contentsource", "publisher", "source", "author")
_KEPT = (
    "index_number", "doc_number", "publisher", "contentsource", "source", "issued", "published", "siteidcode",
    "sitename", "columnname", "breadcrumb", "author",
)  # fmt: skip


@dataclass
class Metadata:
    """What a report says about itself; ``evidence`` names the source of each and every rival value."""

    title: str = ""
    agency: str | None = None
    year: int | None = None
    published: str | None = None
    evidence: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    years: dict[str, int] = field(default_factory=dict)


def title_candidates(document: Document, head: Sequence[str], hint: str | None) -> list[tuple[str, str]]:
    """Texts that may be the title with where they stand, best source first."""
    stated = (document.meta.get("articletitle", ""), *document.titles)
    window = folded(document.meta.get("title", ""))
    found = [("page", text) for text in stated if text and not _sited(folded(text), window, stated)]
    for first, second in zip(("", *head), head, strict=False):
        if first and _BODY.match(folded(first)) and report_title(second) is not None:
            found.append(("text", line(first) + line(second)))
        found.append(("text", second))
    return [*found, ("listing", hint)] if hint else found


def _sited(plain: str, window: str, stated: Sequence[str]) -> bool:
    """Whether a text is the window's title: a site's name before a title that is also stated alone."""
    rest = (folded(text) for text in stated if (title := report_title(text)) and title.agency is None)
    return plain == window and any(text != plain and plain.endswith(text) for text in rest)


def best_title(candidates: Sequence[tuple[str, str]]) -> tuple[str, ReportTitle] | None:
    """The first candidate that names body and year; else the year; else anything of a report's title."""
    known = [(where, title) for where, text in candidates if (title := report_title(text)) is not None]
    tests: tuple[Callable[[ReportTitle], bool], ...] = (
        lambda title: bool(title.agency and title.year) and not title.cut,
        lambda title: title.year is not None and not title.cut,
        lambda title: not title.cut,
        lambda title: True,
    )
    for test in tests:
        for where, title in known:
            if test(title):
                return where, title
    return None


def read_metadata(
    document: Document,
    headings: Sequence[Heading],
    *,
    title: str | None,
    published: str | None,
) -> Metadata:
    """Settle title, agency, year and date; the listing's hints count least."""
    blocks = document.blocks
    head = head_texts(blocks, headings)
    meta = {**_labelled(head), **document.meta}
    found = Metadata()
    found.evidence.update({key: meta[key] for key in _KEPT if meta.get(key)})
    best = best_title(title_candidates(document, head, title)) or _quoted(document)
    if best is not None:
        found.title, found.evidence["title"] = best[1].title, best[0]
    elif title:
        found.title, found.evidence["title"] = title, "listing"
    elif bare := next(filter(_is_bare_title, _stated(document)), ""):
        found.title, found.evidence["title"] = line(bare), "page"
    else:
        found.findings.append(Finding("title_missing", "report", "no line is a report's title"))
    signature = _signature(blocks, headings)
    found.agency = _agency(best[1] if best else None, signature[0], meta, title, found.evidence)
    found.published = _published(meta, published, signature[1], found.evidence)
    _settle_year(found, best[1] if best else None, blocks, headings, title)
    return found


def _stated(document: Document) -> tuple[str, ...]:
    return (document.meta.get("articletitle", ""), *document.titles)


def _quoted(document: Document) -> tuple[str, ReportTitle] | None:
    """The report's title inside that of the notice which publishes it: 关于印发《…》的通知."""
    inner = (match[1] for text in _stated(document) for match in _QUOTED.finditer(text))
    return next((("page", title) for text in inner if (title := report_title(text))), None)


def _is_bare_title(text: str) -> bool:
    """Whether a page's title only says what it is, or words it as a summary of the year's work."""
    return _BARE_TITLE.fullmatch(folded(text)) is not None


def head_texts(blocks: Sequence[Block], headings: Sequence[Heading]) -> list[str]:
    """Paragraphs above the first heading, or the first ones."""
    stop = headings[0].block if headings else 8
    return [block.text for block in blocks[:stop] if isinstance(block, Paragraph)][:12]


def _labelled(head: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in head:
        if len(text) > 160 or "。" in text:
            continue
        for key, pattern in _LABELLED.items():
            match = pattern.search(line(text))
            if match:
                found.setdefault(key, re.split(r"[\s|【\[]", match["value"].strip())[0])
    return found


def _signature(blocks: Sequence[Block], headings: Sequence[Heading]) -> tuple[str | None, str | None]:
    """Body and date under the report's end, also on one line."""
    floor = headings[-1].block if headings else max(0, len(blocks) - 12)
    tail = [block.text for block in blocks[floor + 1 :] if isinstance(block, Paragraph)]
    for n in range(len(tail) - 1, -1, -1):
        whole = _SIGNED.match(folded(tail[n]))
        if whole and _BODY.match(whole["body"]):
            return whole["body"], iso_date(whole["date"])
        if is_date_line(tail[n]):
            body = folded(tail[n - 1]) if n else ""
            return ("".join(tail[n - 1].split()) if _BODY.match(body) else None), iso_date(tail[n])
    last = tail[-1] if tail else ""
    return ("".join(last.split()) if _BODY.match(folded(last)) and len(tail) > 1 else None), None


def _agency(
    best: ReportTitle | None,
    signature: str | None,
    meta: Mapping[str, str],
    hint: str | None,
    evidence: dict[str, str],
) -> str | None:
    listed = report_title(hint) if hint else None
    window = report_title(meta.get("title", ""))
    choices = [
        ("title", best.agency if best else None),
        ("signature", signature),
        *((key, _as_body(meta.get(key, ""))) for key in _PUBLISHER),
        ("listing", listed.agency if listed else None),
        ("breadcrumb", _last_body(meta.get("breadcrumb", ""))),
        ("window_title", window.agency if window else None),
    ]
    named = [(source, name) for source, name in choices if name]
    for source, name in named[1:]:
        evidence[f"agency_{source}"] = name
    if not named:
        return None
    evidence["agency"] = named[0][0]
    short = folded(named[0][1])
    fuller = (name for _, name in named[1:] if folded(name).endswith(short) and folded(name) != short)
    if (full := next(fuller, None)) is not None:
        evidence["agency_full"] = full
    return named[0][1]


def is_body(text: str) -> bool:
    """Whether a line is nothing but a body's name, as under a report's end."""
    return _BODY.match(folded(text)) is not None


def _as_body(text: str) -> str | None:
    plain = "".join(text.split())
    return plain if _BODY.match(folded(plain)) else None


def _last_body(breadcrumb: str) -> str | None:
    parts = re.split(r"[>＞»›/]+", breadcrumb)
    return next((body for part in reversed(parts) if (body := _as_body(part))), None)


def _published(
    meta: Mapping[str, str], hint: str | None, signed: str | None, evidence: dict[str, str]
) -> str | None:
    choices = [
        *((key, meta.get(key, "")) for key in _PUBLISHED),
        ("listing", hint or ""),
        ("signature", signed or ""),
    ]
    for source, text in choices:
        if text and (day := iso_date(text)) is not None:
            evidence["published"] = f"{source}: {text}"
            return day
    return None


def _settle_year(
    found: Metadata,
    best: ReportTitle | None,
    blocks: Sequence[Block],
    headings: Sequence[Heading],
    hint: str | None,
) -> None:
    """Title year, else the stated period's end, the year the opening names, publication minus one."""
    years: dict[str, int] = {}
    if best and best.year:
        years["title"] = best.year
    opening = _opening(blocks, headings)
    period = next((stated for text in opening if (stated := period_year(text))), None)
    if period:
        years["period"] = period[0]
        found.evidence["period"] = period[1]
    named = next((match for text in opening if (match := _STATED.search(folded(text)))), None)
    if named:
        years["opening"] = int(named["year"])
    listed = report_title(hint) if hint else None
    if listed and listed.year:
        years["listing"] = listed.year
    if found.published and int(found.published[:4]) > FIRST_YEAR:
        years["published"] = int(found.published[:4]) - 1
    found.years = years
    found.year = next(iter(years.values()), None)
    found.evidence["year"] = next(iter(years), "unknown")
    for source, year in years.items():
        found.evidence[f"year_{source}"] = str(year)
    for source in ("period", "listing"):
        if source in years and years[source] != found.year:
            detail = f"{found.evidence['year']} says {found.year}, {source} says {years[source]}"
            if source == "period" and period:
                detail += f": {period[1]}"
            found.findings.append(Finding("period_year_mismatch", source, detail))


def _opening(blocks: Sequence[Block], headings: Sequence[Heading]) -> list[str]:
    first = headings[0].block if headings else 6
    texts = [block.text for block in blocks[: first + 3] if isinstance(block, Paragraph)]
    return [text for text in texts if report_title(text) is None]


def plans_of_past(text: str, year: int) -> list[tuple[int, str]]:
    """Sentences that plan (…年…将…) for the report's own year or one before: a year that cannot be meant."""
    found = [(int(m["year"]), m["sentence"]) for m in _PLAN.finditer(folded(text))]
    return [(planned, sentence) for planned, sentence in found if planned <= year]
