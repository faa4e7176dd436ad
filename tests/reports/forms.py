"""The statutory forms written out by hand, as grids, so that tests do not lean on the code they test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from govcrawl.model import Block, Cell, Document, Grid, Paragraph, Table

Spanned = tuple[str, int, int]
Item = str | Spanned

COLUMNS = (
    "natural_person", "org.business", "org.research", "org.public_welfare", "org.legal_service", "org.other", "total",
)  # fmt: skip
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
GROUPS = ("review", "litigation_direct", "litigation_after_review")
NOT_OPEN = {
    "1.属于国家秘密": "state_secret", "2.其他法律行政法规禁止公开": "law_prohibited",
    "3.危及“三安全一稳定”": "three_security_one_stability", "4.保护第三方合法权益": "third_party_rights",
    "5.属于三类内部事务信息": "internal_affairs", "6.属于四类过程性信息": "process_information",
    "7.属于行政执法案卷": "enforcement_file", "8.属于行政查询事项": "administrative_query",
}  # fmt: skip
UNABLE = {
    "1.本机关不掌握相关政府信息": "not_held", "2.没有现成信息需要另行制作": "needs_creation",
    "3.补正后申请内容仍不明确": "unclear_after_correction",
}  # fmt: skip
NOT_PROCESSED = {
    "1.信访举报投诉类申请": "petition_complaint", "2.重复申请": "duplicate", "3.要求提供公开出版物": "published_material",
    "4.无正当理由大量反复申请": "unreasonable_mass", "5.要求行政机关确认或重新出具已获取信息": "confirm_or_reissue",
}  # fmt: skip
OTHER = {
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "overdue_correction",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "unpaid_fee",
    "3.其他": "misc",
}
SIGNED = {
    "（三）不予公开": ("not_open", NOT_OPEN),
    "（四）无法提供": ("unable", UNABLE),
    "（五）不予处理": ("not_processed", NOT_PROCESSED),
}
HEADINGS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)  # fmt: skip


def grid(rows: Iterable[Sequence[Item]]) -> Grid:
    """Rows of texts or (text, rowspan, colspan), spans expanded as a browser would."""
    taken: dict[tuple[int, int], Cell] = {}
    listed = [list(row) for row in rows]
    for r, row in enumerate(listed):
        c = 0
        for item in row:
            text, high, wide = (item, 1, 1) if isinstance(item, str) else item
            while (r, c) in taken:
                c += 1
            cell = Cell(text, r, c, high, wide)
            taken |= {(r + y, c + x): cell for y in range(high) for x in range(wide)}
            c += wide
    height = len(listed)
    return Grid(
        tuple(tuple(taken[r, c] for c in sorted(k[1] for k in taken if k[0] == r)) for r in range(height))
    )


def loose(rows: Iterable[Sequence[str]]) -> Grid:
    """Rows of a flattened dump: cells in their order, no columns."""
    cells = (tuple(Cell(text, r, c) for c, text in enumerate(row)) for r, row in enumerate(rows))
    return Grid(tuple(cells), aligned=False)


def numbers(template: str) -> dict[str, int]:
    """A different number for every fact of table 三 and 四, and for 二."""
    ids = [f"application.{row}:{column}" for row in rows_of(template) for column in COLUMNS]
    ids += [f"challenge.{group}:{outcome}" for group in GROUPS for outcome in OUTCOMES]
    ids += [f"proactive.{row}:{column}" for row, columns in blocks_of(template) for column in columns]
    return {fact: 11 + 7 * n for n, fact in enumerate(ids)}


def rows_of(template: str) -> list[str]:
    """Row ids of table 三 in order."""
    rows = ["received_new", "carried_in", "result.granted", "result.partial"]
    for name, items in SIGNED.values():
        rows += [f"result.{name}.{item}" for item in items.values()]
    rows += [f"result.other.{item}" for item in OTHER.values()] if template == "2021" else ["result.other"]
    return [*rows, "result.total", "carried_out"]


def blocks_of(template: str) -> list[tuple[str, tuple[str, ...]]]:
    """Row ids of table 二 with their columns."""
    if template == "2021":
        docs, decided = ("issued", "repealed", "in_force"), ("decisions",)
        return [
            ("art20_1.rules", docs), ("art20_1.normative_docs", docs), ("art20_5.license", decided),
            ("art20_6.penalty", decided), ("art20_6.coercion", decided), ("art20_8.fees", ("amount",)),
        ]  # fmt: skip
    docs, items = (
        ("made_new", "disclosed_new", "disclosed_total"),
        ("items_prev", "items_change", "decisions"),
    )
    return [
        ("art20_1.rules", docs), ("art20_1.normative_docs", docs), ("art20_5.license", items),
        ("art20_5.other_services", items), ("art20_6.penalty", items), ("art20_6.coercion", items),
        ("art20_8.fees", items[:2]), ("art20_9.procurement", ("projects", "amount")),
    ]  # fmt: skip


def application(template: str, value: Callable[[str], str]) -> list[list[Item]]:
    """Table 三 with the spans of the official form."""

    def seven(row: str) -> list[Item]:
        return [value(f"application.{row}:{column}") for column in COLUMNS]

    groups = [*SIGNED.items(), *([("（六）其他处理", ("other", OTHER))] if template == "2021" else [])]
    count = 3 + sum(len(items) for _, (_, items) in groups) + (template == "2019")
    rows: list[list[Item]] = [
        [
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            ("申请人情况", 1, 7),
        ],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
        [("一、本年新收政府信息公开申请数量", 1, 3), *seven("received_new")],
        [("二、上年结转政府信息公开申请数量", 1, 3), *seven("carried_in")],
        [("三、本年度办理结果", count, 1), ("（一）予以公开", 1, 2), *seven("result.granted")],
        [("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 1, 2), *seven("result.partial")],
    ]
    for label, (name, items) in groups:
        for n, (text, item) in enumerate(items.items()):
            lead: list[Item] = [(label, len(items), 1)] if n == 0 else []
            rows.append([*lead, text, *seven(f"result.{name}.{item}")])
    if template == "2019":
        rows.append([("（六）其他处理", 1, 2), *seven("result.other")])
    rows.append([("（七）总计", 1, 2), *seven("result.total")])
    return [*rows, [("四、结转下年度继续办理", 1, 3), *seven("carried_out")]]


def challenge(value: Callable[[str], str]) -> list[list[Item]]:
    """Table 四 with the spans of the official form."""
    heads: list[Item] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    high: list[Item] = [(str(head), 2, 1) for head in heads]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*high, ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [*heads, *heads],
        [value(f"challenge.{group}:{outcome}") for group in GROUPS for outcome in OUTCOMES],
    ]


def proactive(template: str, value: Callable[[str], str]) -> list[list[Item]]:
    """Table 二 with the spans of the official form."""
    labels = {
        "rules": "规章", "normative_docs": "规范性文件", "license": "行政许可", "other_services": "其他对外管理服务事项",
        "penalty": "行政处罚", "coercion": "行政强制", "fees": "行政事业性收费", "procurement": "政府集中采购",
    }  # fmt: skip
    heads = {
        "made_new": "本年新制作数量", "disclosed_new": "本年新公开数量", "disclosed_total": "对外公开总数量",
        "items_prev": "上一年项目数量", "items_change": "本年增/减", "decisions": "处理决定数量",
        "issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数",
        "projects": "采购项目数量", "amount": "采购总金额",
    }  # fmt: skip
    if template == "2021":
        heads |= {"decisions": "本年处理决定数量", "amount": "本年收费金额（单位：万元）"}
    rows: list[list[Item]] = []
    last = ""
    for name, columns in blocks_of(template):
        block, row = name.split(".", 1)
        wide = [1] * (len(columns) - 1) + [4 - len(columns)]
        if block != last:
            item = {"1": "一", "5": "五", "6": "六", "8": "八", "9": "九"}[block[-1]]
            rows.append([(f"第二十条第（{item}）项", 1, 4)])
            rows.append(
                ["信息内容", *((heads[column], 1, w) for column, w in zip(columns, wide, strict=True))]
            )
        last = block
        cells = ((value(f"proactive.{name}:{column}"), 1, w) for column, w in zip(columns, wide, strict=True))
        rows.append([labels[row], *cells])
    return rows


def document(
    *tables: Grid | Sequence[Grid],
    extra: Sequence[Block] = (),
    title: str = "临水镇2021年政府信息公开工作年度报告",
) -> Document:
    """A report around up to three tables (or groups of tables) in sections 二, 三 and 四."""
    blocks: list[Block] = [Paragraph(title)] if title else []
    blocks += [Paragraph(HEADINGS[0]), Paragraph("临水镇全年依法公开各类信息，群众查阅方便，工作平稳有序。")]
    for n in range(3):
        blocks.append(Paragraph(HEADINGS[1 + n]))
        own = tables[n] if n < len(tables) else ()
        blocks += [Table(g) for g in ([own] if isinstance(own, Grid) else own)]
    blocks += [
        Paragraph(HEADINGS[4]),
        Paragraph("公开内容还不够细，下一步将加强培训。"),
        Paragraph(HEADINGS[5]),
        Paragraph("无"),
    ]
    return Document("html", (*blocks, *extra), titles=(title,) if title else ())
