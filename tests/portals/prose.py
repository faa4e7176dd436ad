"""Sentences for reports and other pages, in our own words, put together by seed."""

from __future__ import annotations

from random import Random

SUBHEADS = (
    "（一）主动公开",
    "（二）依申请公开",
    "（三）政府信息管理",
    "（四）政府信息公开平台建设",
    "（五）监督保障",
)
_TOPICS = {
    0: (
        "围绕{focus}，{who}把与群众关系最近的事项排在前面，全年在{channel}发布各类信息{a}条，其中{focus}信息{b}条。",
        "{who}对照基层政务公开标准目录逐项核对，补发缺项{b}条，更正过期内容{c}处，做到目录里有的栏目都有更新。",
        "重大事项出台前先征求意见，全年公开征求意见{c}次，收到的建议逐条答复并说明采纳情况。",
        "政策文件发布后三个工作日内配发解读，全年形成解读材料{c}篇，其中图文解读占一半以上。",
    ),
    1: (
        "本年度共收到政府信息公开申请{n}件，均在规定期限内处理。",
        "{who}设专人登记申请，收件、会商、答复、归档四个环节都有台账，答复文书出门前由法律顾问看过。",
        "对内容不够明确的申请，工作人员先电话沟通再书面补正，减少来回。",
    ),
    2: (
        "所有拟公开的信息都走起草、审查、签发三道关，谁起草谁先审，涉密和涉及个人隐私的内容一律不上网。",
        "年内清理历年文件{a}份，对已经失效的{c}份作了标注，保证群众看到的是现行有效的版本。",
        "{who}修订了信息发布审查办法，把敏感词和错别字检查放到发布之前。",
    ),
    3: (
        "依托{channel}的公开专栏集中发布信息，首页入口保持不变，方便老用户查找。",
        "政务服务大厅设有查阅点，配电脑{c}台，全年接待查阅群众{b}人次。",
        "{who}的微信公众号全年推送{a}期，评论区的提问由值班人员当天回复。",
    ),
    4: (
        "{who}把公开工作列入年度考核，每季度通报一次，年内开展业务培训{c}次，参加{b}人次。",
        "主动接受社会监督，设立意见箱和监督热线，全年没有因公开工作被追究责任的情形。",
        "主要负责人每半年听取一次汇报，研究解决工作中的难题。",
    ),
}
_PROBLEMS = (
    "一是部分栏目更新不够及时，个别股室对应当公开的内容把握不准。",
    "二是解读形式还比较单一，文字材料偏多，群众不爱看、看不懂的情况仍然存在。",
    "三是工作人员岗位变动较快，新接手的同志对条例和答复规范还不够熟悉。",
    "四是查阅点的设备比较陈旧，偏远村组的群众查阅不太方便。",
)
_REMEDIES = (
    "下一步，{who}将按月检查栏目更新，把{focus}等群众关心的内容作为重点。",
    "针对这些问题，{who}计划在{next}年增加业务培训场次，并编一本常见情形的答复手册。",
    "{next}年继续完善查阅点，争取让每个村（社区）都能就近查到信息。",
)
_OTHERS = (
    "无。",
    "本年度没有其他需要报告的事项。",
    "{year}年度未收取政府信息公开信息处理费，没有其他需要报告的事项。",
)
_FOCUS = ("财政资金", "稳岗就业", "义务教育", "生态环境", "乡村振兴", "医疗卫生", "公共法律服务", "养老服务")
_NEWS = (
    "{day}，{place}召开会议，安排部署{focus}有关工作，县直有关单位负责人参加。",
    "会议指出，做好{focus}工作要从细处着手，把责任落实到人，把进度排到每一周。",
    "据了解，今年以来{place}在{focus}方面已投入资金{a}万元，惠及群众{b}户。",
    "现场负责人介绍，项目完工后将改善周边{c}个村的出行和用水条件。",
    "请有关单位结合实际认真办理，办理情况于本月底前报送县政府办公室。",
)


def _fill(sentence: str, rng: Random, **given: object) -> str:
    numbers = {"a": rng.randint(60, 900), "b": rng.randint(20, 300), "c": rng.randint(2, 30)}
    words = {"focus": rng.choice(_FOCUS), "channel": rng.choice(("县政府门户网站", "政府网站", "门户网站"))}
    return sentence.format(**(numbers | words | given))


def preamble(who: str, year: int, rng: Random) -> list[str]:
    """The optional paragraph before section one."""
    lines = [
        f"根据《中华人民共和国政府信息公开条例》第五十条的规定，现公布{who}{year}年度政府信息公开工作年度报告。"
        f"报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
        f"对本报告有疑问的，请与{who}联系（电话：0000-{rng.randint(2000000, 8999999)}）。",
    ]
    return lines[: rng.choice((0, 1, 1, 2))]


def overview(who: str, year: int, applications: int, rng: Random) -> list[str]:
    """Section one, with or without the five sub-headings."""
    with_heads = rng.random() < 0.7
    lines = [f"{year}年，{who}认真贯彻《条例》和上级部署，坚持以公开为常态、不公开为例外，扎实推进各项工作。"]
    for order, head in enumerate(SUBHEADS):
        if with_heads:
            lines.append(head)
        pool = _TOPICS[order]
        chosen = [s for s in pool if rng.random() < 0.6] or [pool[0]]
        lines.append("".join(_fill(s, rng, who=who, n=applications, year=year) for s in chosen))
    return lines


def problems(who: str, year: int, rng: Random) -> list[str]:
    """Section five."""
    found = [s for s in _PROBLEMS if rng.random() < 0.6] or [_PROBLEMS[0]]
    remedy = _fill(rng.choice(_REMEDIES), rng, who=who, next=year + 1)
    return ["".join(found), remedy] if rng.random() < 0.6 else [*found, remedy]


def other_matters(year: int, rng: Random) -> list[str]:
    """Section six, often only 无。"""
    return [_fill(rng.choice(_OTHERS), rng, year=year)]


def free_report(who: str, year: int, rng: Random) -> list[str]:
    """Body of an old report without the statutory form."""
    heads = ("一、概述", "二、主动公开政府信息的情况", "三、依申请公开政府信息的情况", "四、收费及减免情况")
    tail = ("五、行政复议、诉讼和申诉情况", "六、存在的问题和改进措施")
    lines = [heads[0], *overview(who, year, 0, rng)[:1], heads[1]]
    lines += [_fill(rng.choice(_TOPICS[0]), rng, who=who), _fill(rng.choice(_TOPICS[3]), rng, who=who)]
    lines += [heads[2], f"{year}年度没有收到政府信息公开申请。", heads[3], "没有收取任何费用。"]
    return [*lines, tail[0], f"{year}年度没有发生行政复议和行政诉讼。", tail[1], *problems(who, year, rng)]


def article(place: str, day: str, rng: Random) -> list[str]:
    """Body of a news item or a notice."""
    count = rng.randint(2, 5)
    return [_fill(s, rng, place=place, day=day) for s in rng.sample(_NEWS, count)]
