"""How telephone numbers, mail addresses, accounts and id numbers are written, and addresses of the web."""

from __future__ import annotations

import re
from unicodedata import normalize

_EDGE = r"(?<![0-9０-９.．])"
_UNIT = r"\s*[元万亿件条个项次人份页]"
_END = rf"(?![0-9０-９]|[.．][0-9０-９]|{_UNIT})"
_DASH = r"[-－—–―‐ \u00a0]"
_IS = r"\s*[:：为是]{0,2}\s*"
_NEXT = r"[、,，/;； ]\s*"

# Addresses of the web, in which nothing is masked: a path is no telephone number, a user's name no mail.
_PATH = r"[A-Za-z0-9\-._~:/?#@!$&*+=%]*"
_HOST = r"(?<![@＠A-Za-z0-9.\-])(?:www\.|(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}(?::\d+)?/)"
_WEB = rf"(?i:(?:https?|ftp)://|{_HOST}){_PATH}"
WEB = re.compile(f"({_WEB})")

_LETTER = r"A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_OPEN, _CLOSE = r"[(（\[［【{<〈《]", r"[)）\]］】}>〉》]"
_BRACKETED = rf"{_OPEN}\s?(?:[@＠#＃]|(?i:at)|艾特)\s?{_CLOSE}"
_AT = rf"\s?(?:[@＠]|{_BRACKETED})\s?"
_DOT = rf"(?:\s?{_OPEN}\s?(?:(?i:dot)|点)\s?{_CLOSE}\s?|[.．])"
_DOMAIN = rf"[{_LETTER}\-]+(?:{_DOT}[{_LETTER}\-]+)+"
_HOSTED = rf"(?!(?i:www){_DOT})(?:[{_LETTER}\-]+{_DOT})+(?i:com|cn|net|org|edu|gov)(?![{_LETTER}])"
_PROVIDERS = "qq|163|126|139|189|sina|sohu|yeah|tom|21cn|foxmail|gmail|outlook|hotmail|live|yahoo|aliyun"
_PROVIDER = rf"(?=(?i:vip\.)?(?i:{_PROVIDERS})\.)"
_LOCAL = rf"(?<![{_LETTER}._%+\-])[{_LETTER}._%+\-]+"
_MAIL = "|".join(
    (
        rf"{_LOCAL}{_AT}{_DOMAIN}",
        rf"{_LOCAL}(?:\s?[#＃]\s?|\s+AT\s+|[_\-](?i:at)[_\-]){_HOSTED}",
        rf"{_LOCAL}\s+(?i:at)\s+{_PROVIDER}{_HOSTED}",
        rf"(?<![A-Za-z0-9._%+\-])[a-z0-9._%+\-]+AT(?=[a-z0-9]){_HOSTED}",
    )
)
MAIL_OR_WEB = re.compile(rf"(?P<web>{_WEB})|{_MAIL}")
"""A mail address, also with (at) for its sign, or as ``web`` an address that may hold an @ and is none."""

AT_SIGN, WEB_SIGN = re.compile("[@＠#＃]|[Aa][Tt]|艾特"), re.compile(r"/|[Ww]{3}\.")
"""What is found fast, and without which a text holds no such address."""

_MOBILE = rf"(?:[+＋]?86{_DASH}?)?[1１][3-9３-９]\d(?:{_DASH}?\d{{4}}){{2}}"
_AREA = r"(?:[(（][0０]\d{2,3}[)）]|[0０]\d{2,3})"
_LINE = rf"{_AREA}{_DASH}{{0,3}}[1-9１-９]\d{{6,7}}(?:(?:{_DASH}|转)\d{{1,6}})?"
_FREE = rf"[48]00{_DASH}?\d{{3}}{_DASH}?\d{{4}}"
PHONE = re.compile(rf"{_EDGE}(?:{_MOBILE}|{_LINE}|{_FREE}){_END}")
_LABEL = r"(?:电\s*话|传\s*真|手\s*机|热\s*线|座\s*机|[Tt][Ee][Ll]|[Ff][Aa][Xx])"
_BEFORE = rf"(?:(?:\[电话\]|[2-9]\d{{6,7}}){_NEXT})*"
LABELLED_PHONE = re.compile(
    rf"({_LABEL}(?:号码|号)?(?:[(（][^()（）\n|]{{0,12}}[)）])?{_IS}{_BEFORE})[2-9]\d{{6,7}}{_END}"
)

_NUMBER = r"(?:号码|账号|帐号|号|ID|id)"
_CHAT = r"(?:微\s*信|(?<![A-Za-z])(?i:wechat|weixin|vx|wx)(?![A-Za-z])|[Vv]信)"
_NAME = r"(?:[A-Za-z][A-Za-z0-9_\-]{5,19}|\d{5,11})(?![A-Za-z0-9_\-.])"
_SEVERAL = rf"(?:\[账号\]{_NEXT})*"
ACCOUNTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"((?:(?<![A-Za-z])[Qq]\s?[Qq]|扣扣)\s*(?:群?{_NUMBER}|群)?[)）]?{_IS}{_SEVERAL})[1-9１-９]\d{{4,10}}"
        rf"(?![0-9０-９]|[.．@＠][0-9A-Za-z]|\s*[余多]|{_UNIT})",
        rf"({_CHAT}\s*(?:{_NUMBER}[)）]?{_IS}|[)）]?\s*[:：]\s*){_SEVERAL}){_NAME}(?!{_UNIT})",
        rf"({_CHAT}\s*)(?=[A-Za-z]+[_\-]?[A-Za-z]*\d){_NAME}",
        r"((?<![A-Za-z0-9_]))wxid_[A-Za-z0-9_\-]{4,}",
    )
)
"""Accounts behind their label, which is the first group. A 公众号 is an office's own and none of these."""

ACCOUNT_SIGN = re.compile(r"[Qq]\s?[Qq]|扣扣|微|(?i:wechat|weixin|vx|wx)|[Vv]信")

_DAY = (
    r"(?:[1１][9９][2-9２-９]\d|[2２][0０][0-2０-２]\d)(?:[0０][1-9１-９]|[1１][0-2０-２])"
    r"(?:[0０][1-9１-９]|[12１２]\d|[3３][01０１])"
)
IDENTITY = re.compile(
    rf"(?<![0-9０-９A-Za-z.．])[1-8１-８]\d{{5}}[ \-]?{_DAY}"
    r"[ \-]?\d{3}[\dXxＸｘ](?![0-9０-９A-Za-z]|[.．]\d)"
)
"""An id number of 18 places with a birthday among them; numbers of cases can look the same."""
LABELLED_IDENTITY = re.compile(
    rf"(身\s*份\s*证\s*(?:件)?(?:号码|号|编号)?[)）]?{_IS})(?:\d{{17}}[\dXxＸｘ]|\d{{15}})(?![0-9０-９A-Za-z])"
)
_OTHER = re.compile(
    r"(?:代码|编码|编号|文号|案号|单号|流水号|受理号|账号|帐号|户号|条码)[)）]?\s*[:：为是]{0,2}\s*$"
)
_LOOK_BACK = 12  # characters
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def numbered(hit: re.Match[str]) -> bool:
    """Whether the word before a number says that it numbers something else: a body's code, a case."""
    return _OTHER.search(hit.string[max(0, hit.start() - _LOOK_BACK) : hit.start()]) is not None


def checked(number: str) -> bool:
    """Whether the last place of an id number is what the others make of it (GB 11643)."""
    digits = re.sub(r"[ \-]", "", normalize("NFKC", number)).upper()
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:-1], strict=True))
    return digits[-1] == "10X98765432"[total % 11]
