"""Machine-made copies of real reports: pinyin in brackets, traditional characters, spam in the title.

Expired domains serve such pages; numbers on them are nobody's statement (domain reference 1.9).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govcrawl.model import Block, Paragraph

_PINYIN = re.compile(
    r"[\u4e00-\u9fff]\s*[(（](?=[^)）]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])"
    r"[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ\s'·]{1,40}[)）]",
    re.IGNORECASE,
)
_TRADITIONAL = re.compile(
    "[開報務關應與業數據條為爲縣區鎮鄉門員會議處專學醫療實當說對這來個時過還進選達運動電話號碼車輛機構總統計聯繫網絡體係錄規範審訴訟複議結轉們給"
    "麼發現無應屬導創強從點勞動財產銷環農產質標準準備檢驗證書請權責劃單項節約團隊]"
)
_SPAM = re.compile(
    r"成人(?:视频|影片|网站|电影|av)|色情|情色|无码|無碼|裸聊|约炮|博彩|赌场|赌博网|娱乐城|六合彩|时时彩|棋牌(?:游戏|平台)"
    r"|澳门(?:新?葡京|威尼斯)|体育(?:投注|下注)|老虎机|百家乐|(?<![a-z])(?:av|porn|xxx|casino|sex)(?![a-z])",
    re.IGNORECASE,
)
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_SAMPLE = 6000
_FEWEST = 3
_DISTINCT = 8
_SHARE = 0.03


def clone_evidence(titles: Sequence[str], blocks: Sequence[Block]) -> str | None:
    """Why the page is a clone, in words; None for a page that shows no sign of one."""
    for title in titles:
        spam = _SPAM.search(title)
        if spam:
            return f"spam in the title: {spam.group()!r}"
    text = ""
    for block in blocks:
        if isinstance(block, Paragraph):
            text += block.text
        if len(text) > _SAMPLE:
            break
    sample = "".join(titles) + text[:_SAMPLE]
    pinyin = _PINYIN.findall(sample) if _TONE.search(sample) else []
    if len(pinyin) >= _FEWEST:
        return f"pinyin in brackets {len(pinyin)} times: {pinyin[0]}"
    found = _TRADITIONAL.findall(sample)
    if len(set(found)) < _DISTINCT or len(found) < _SHARE * len(sample):
        return None
    return f"{len(found)} traditional characters: {''.join(dict.fromkeys(found))[:12]}"
