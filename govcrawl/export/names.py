"""English names of the facts, and short ones for Stata, both made of the parts of their ids.

A name depends on the id alone, never on which other facts there are, so it stays when the forms grow.
"""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.reports.schema import FactDef

_ROWS: Mapping[str, tuple[str, str]] = {
    "art20_1.rules": ("regulations (规章)", "rule"),
    "art20_1.normative_docs": ("normative documents", "norm"),
    "art20_5.license": ("licences", "lic"),
    "art20_5.other_services": ("other external services", "serv"),
    "art20_6.penalty": ("penalties", "pen"),
    "art20_6.coercion": ("coercive measures", "coer"),
    "art20_8.fees": ("administrative fees", "fee"),
    "art20_9.procurement": ("central procurement", "proc"),
    "received_new": ("applications received", "recv"),
    "carried_in": ("carried in from last year", "in"),
    "carried_out": ("carried forward to next year", "out"),
    "result.granted": ("granted", "granted"),
    "result.partial": ("granted in part", "partial"),
    "result.not_open.state_secret": ("refused: state secret", "no_secret"),
    "result.not_open.law_prohibited": ("refused: prohibited by law", "no_law"),
    "result.not_open.three_security_one_stability": ("refused: security or stability", "no_secur"),
    "result.not_open.third_party_rights": ("refused: rights of third parties", "no_third"),
    "result.not_open.internal_affairs": ("refused: internal affairs", "no_intern"),
    "result.not_open.process_information": ("refused: process information", "no_process"),
    "result.not_open.enforcement_file": ("refused: enforcement file", "no_enforce"),
    "result.not_open.administrative_query": ("refused: administrative query", "no_query"),
    "result.unable.not_held": ("unable: not held", "un_nothold"),
    "result.unable.needs_creation": ("unable: would have to be made", "un_create"),
    "result.unable.unclear_after_correction": ("unable: unclear after correction", "un_unclear"),
    "result.not_processed.petition_complaint": ("not processed: petition or complaint", "np_petition"),
    "result.not_processed.duplicate": ("not processed: repeated application", "np_repeat"),
    "result.not_processed.published_material": ("not processed: published material", "np_publ"),
    "result.not_processed.unreasonable_mass": ("not processed: unreasonable in number", "np_mass"),
    "result.not_processed.confirm_or_reissue": ("not processed: confirm or reissue", "np_confirm"),
    "result.other": ("other handling", "oth"),
    "result.other.overdue_correction": ("other: not corrected in time", "oth_late"),
    "result.other.unpaid_fee": ("other: fee not paid", "oth_unpaid"),
    "result.other.misc": ("other: other", "oth_misc"),
    "result.total": ("results in total", "result"),
    "review": ("administrative reviews", "rev"),
    "litigation_direct": ("lawsuits without review", "suit"),
    "litigation_after_review": ("lawsuits after review", "suitrev"),
}
_COLUMNS: Mapping[str, tuple[str, str]] = {
    "made_new": ("made this year", "made"),
    "disclosed_new": ("disclosed this year", "discl"),
    "disclosed_total": ("disclosed in total", "discltot"),
    "issued": ("issued this year", "issued"),
    "repealed": ("repealed this year", "repeal"),
    "in_force": ("in force", "inforce"),
    "items_prev": ("items last year", "prev"),
    "items_change": ("change of items", "change"),
    "decisions": ("decisions", "dec"),
    "amount": ("amount", "amount"),
    "projects": ("projects", "projects"),
    "natural_person": ("natural persons", "np"),
    "org.business": ("businesses", "bus"),
    "org.research": ("research institutions", "res"),
    "org.public_welfare": ("public welfare organisations", "welf"),
    "org.legal_service": ("legal services", "law"),
    "org.other": ("other organisations", "orgoth"),
    "total": ("total", "tot"),
    "upheld": ("upheld", "upheld"),
    "corrected": ("corrected", "corr"),
    "other": ("other", "other"),
    "pending": ("pending", "pend"),
}
_STATISTICS: Mapping[str, str] = {
    "proactive.disclosed_total": "information disclosed on its own initiative",
    "proactive.disclosed_normative": "normative documents disclosed",
    "proactive.normative_issued": "normative documents issued",
    "proactive.channel.gazette": "disclosed in gazettes",
    "proactive.channel.website": "disclosed on websites",
    "proactive.channel.weibo": "disclosed on Weibo",
    "proactive.channel.wechat": "disclosed on WeChat",
    "proactive.channel.other": "disclosed in other ways",
    "response.hotspots": "public concerns answered",
    "response.channel.press": "press conferences",
    "response.channel.press_by_head": "press conferences with the head",
    "response.channel.interview": "online interviews",
    "response.channel.interview_by_head": "online interviews with the head",
    "response.channel.interpretation": "interpretations of policies published",
    "response.channel.microblog": "answers on Weibo and WeChat",
    "response.channel.other": "answers in other ways",
    "application.received": "applications received",
    "application.received.in_person": "applications in person",
    "application.received.fax": "applications by fax",
    "application.received.online": "applications online",
    "application.received.letter": "applications by letter",
    "application.closed": "applications closed",
    "application.closed.on_time": "closed on time",
    "application.closed.extended": "closed after extension",
    "application.answered": "applications answered",
    "application.answered.already_public": "answered: public already",
    "application.answered.granted": "answered: granted",
    "application.answered.partial": "answered: granted in part",
    "application.answered.refused": "answered: refused",
    "application.answered.refused.state_secret": "refused: state secret",
    "application.answered.refused.trade_secret": "refused: trade secret",
    "application.answered.refused.privacy": "refused: privacy",
    "application.answered.refused.security_stability": "refused: security or stability",
    "application.answered.refused.not_gov_information": "refused: no government information",
    "application.answered.refused.other_legal": "refused: other legal grounds",
    "application.answered.not_this_agency": "answered: not this agency's",
    "application.answered.not_exist": "answered: does not exist",
    "application.answered.told_to_correct": "answered: told to correct",
    "application.answered.other_channel": "answered: referred to other channels",
    "review": "administrative reviews",
    "review.upheld": "reviews: upheld",
    "review.corrected": "reviews: corrected",
    "review.other": "reviews: other",
    "litigation": "lawsuits",
    "litigation.upheld": "lawsuits: upheld or dismissed",
    "litigation.corrected": "lawsuits: corrected",
    "litigation.other": "lawsuits: other",
    "complaints": "complaints",
    "fees_collected": "fees collected for disclosure on application",
    "capacity.agencies": "offices for disclosure",
    "capacity.reading_points": "reading points",
    "capacity.staff": "staff for disclosure",
    "capacity.staff.full_time": "full-time staff",
    "capacity.staff.part_time": "part-time staff",
    "capacity.budget": "budget for disclosure",
    "training.meetings": "meetings on disclosure",
    "training.classes": "training classes",
    "training.trainees": "people trained",
}
_SHORTENED = (
    ("application.", "app_"), ("proactive.", "pro_"), ("response.", "resp_"), ("answered.", "ans_"),
    ("channel.", "ch_"), ("capacity.", "cap_"), ("training.", "train_"), ("refused.", "ref_"),
    ("received.", "recv_"), ("closed.", "closed_"), ("not_gov_information", "notgov"),
    ("security_stability", "secur"), ("litigation", "suit"),
)  # fmt: skip


def english(fact: FactDef) -> str:
    """What a fact is, in English, e.g. ``applications received, natural persons``."""
    if fact.table == "stat2014":
        return _STATISTICS[fact.row]
    return f"{_ROWS[fact.row][0]}, {_COLUMNS[fact.column][0]}"


def short(fact: FactDef) -> str:
    """A name of at most 32 ASCII characters, e.g. ``a_recv_np``; the first letter tells the table."""
    if fact.table == "stat2014":
        name = fact.row
        for long, less in _SHORTENED:
            name = name.replace(long, less)
        return f"s_{name.replace('.', '_')}"
    return f"{fact.table[0]}_{_ROWS[fact.row][1]}_{_COLUMNS[fact.column][1]}"
