"""The rules of ``checks``: what each compares, as a table of the dataset; and the kinds of findings."""

from __future__ import annotations

from govcrawl.export.fields import Field, Relation, no_rows

RELATION = Relation(
    "rules", "校验规则", "what each rule in checks compares, and how grave a fail is",
    (
        Field("rule", "text", "规则", "id of the rule"),
        Field("name", "text", "名称", "its Chinese name"),
        Field("tables", "text", "所查表", "where it looks"),
        Field("severity", "text", "严重程度", "error, warning or info"),
        Field("meaning", "text", "含义", "what has to hold"),
    ),
    no_rows,
)  # fmt: skip

RULES: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "A1",
        "新收+结转=总计+结转下年",
        "application",
        "error",
        "received and carried in are together closed and carried forward; each applicant column",
    ),
    (
        "A2",
        "(七)总计=各项之和",
        "application",
        "error",
        "the total of results is the sum of all single results; each applicant column",
    ),
    (
        "A3",
        "总计列=自然人+五类组织",
        "application",
        "error",
        "the total of a row is natural persons and the five kinds of organisations; each row",
    ),
    (
        "C1",
        "复议/诉讼合计",
        "challenge",
        "error",
        "total is upheld, corrected, other and pending; reviews and both groups of lawsuits",
    ),
    (
        "N1",
        "非负整数",
        "all",
        "error",
        "counts are whole and not negative; only 本年增/减 has a sign, only money decimals",
    ),
    (
        "P1",
        "规章制定主体",
        "proactive",
        "warning",
        "no body below a prefecture-level city has made regulations (规章): their numbers are 0",
    ),
    (
        "X1",
        "跨年结转",
        "application",
        "warning",
        "carried in is what the same body's report of the year before carried forward; each applicant column",
    ),
    (
        "X2",
        "项目数滚动",
        "proactive, form of 2019",
        "info",
        "上一年项目数量 is that of the year before and its 本年增/减",
    ),
    (
        "X3",
        "规范性文件存量",
        "proactive, form of 2021",
        "info",
        "in force is what was in force the year before, and issued, less repealed",
    ),
    (
        "X4",
        "累计公开量",
        "proactive, form of 2019",
        "info",
        "对外公开总数量 is not less than what was disclosed in the year",
    ),
    (
        "T1",
        "正文与表格一致",
        "text and tables",
        "warning",
        "a number that a sentence states is that of the table",
    ),
    (
        "L1",
        "旧表合计",
        "stat2014",
        "warning",
        "the sums of the form of 2014: parts of a block add up to its total",
    ),
    ("D1", "逐年雷同", "all", "info", "the numbers are not all those of the year before"),
    (
        "Y1",
        "年度一致",
        "text",
        "warning",
        "title, stated period and the plans of section 五 agree on the fiscal year",
    ),
)
"""Rule, Chinese name, where it looks, how grave a fail is, what has to hold."""

FINDINGS = (
    "tables_missing", "tables_as_image", "format_mixed", "blank_cells", "dash_cells", "none_word_cells",
    "missing_total_column", "unit_suspect_yuan", "attachment_disagrees", "attachment_unread",
    "second_report", "address_reused", "statements_disagree", "title_missing", "undecodable_bytes",
    "mixed_encodings",
    "text_outside_cells", "characters_without_font", "recognised", "doubtful_text", "scanned_pages",
    "converted",
    "file_cut", "table_cut", "page_cut", "period_year_mismatch", "duplicate_table", "duplicate_row",
    "unknown_row", "sub_rows", "foreign_table", "other_report", "rival_reports", "short_rows",
    "label_respelled", "split_label_repaired", "wrapped_labels", "header_truncated", "header_split",
    "synonym_header", "page_breaks_off",
)  # fmt: skip
"""Kinds of findings beside failed rules, as docs/database.md explains them."""
