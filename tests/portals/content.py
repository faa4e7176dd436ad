"""Everything a county publishes beside its reports: columns, news, notices, and look-alikes of reports."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.portals import prose
from tests.portals.markup import paragraph
from tests.portals.model import Article, Body, Column, PortalSpec, newest_first

_TREE = {
    "xwzx 新闻中心": ("zwyw 政务要闻", "bmdt 部门动态", "xzdt 乡镇动态", "tzgg 通知公告", "tpxw 图片新闻"),
    "bsfw 办事服务": ("grbs 个人办事", "frbs 法人办事", "bmfw 便民服务"),
    "hdjl 互动交流": ("xzxx 县长信箱", "myzj 民意征集", "zxft 在线访谈"),
    "ztzl 专题专栏": ("yshj 优化营商环境", "fzzf 法治政府建设", "wzbb 政府网站工作年度报表", "xczx 乡村振兴"),
    "zjxq 走进本县": ("xqgk 县情概况", "xzqh 行政区划", "lyzy 旅游资源"),
}
_DISCLOSURE = ("zcwj 政策文件", "zcjd 政策解读", "gzbg 政府工作报告", "zdly 重点领域信息公开")
_LEGAL = (
    "jgzn 机构职能", "ldxx 领导信息", "ghjh 规划计划", "czyjs 财政预决算", "xzxk 行政许可",
    "zdxm 重大建设项目", "yjgl 应急管理", "zkly 招考录用",
)  # fmt: skip
_TOPICS = (
    "防汛抗旱",
    "项目建设",
    "安全生产",
    "春季农业生产",
    "义务教育入学",
    "食品安全",
    "困难群众救助",
    "道路施工",
)
_TITLES = {
    "tzgg": "关于做好{year}年{topic}工作的通知",
    "zcwj": "{place}人民政府办公室关于印发{year}年{topic}工作方案的通知",
    "zcjd": "《{place}{year}年{topic}工作方案》政策解读",
    "gzbg": "{year}年{place}政府工作报告",
    "fzzf": "{body}{year}年度法治政府建设年度报告",
    "wzbb": "{body}政府网站工作年度报表（{year}年度）",
    "czyjs": "{body}{year}年度部门{budget}公开",
    "jgzn": "{body}机构职能",
    "ghjh": "{place}{year}年{topic}工作计划",
    "xzxx": "关于{topic}问题的咨询（{year}年）",
}
_NEWS = (
    "{body}{topic}工作取得新进展（{year}年第{issue}期）",
    "{body}召开{topic}工作推进会",
    "{place}领导调研{topic}工作",
    "{body}：{topic}这样做，群众满意",
    "{year}年{place}{topic}工作现场会召开",
    "{body}开展{topic}专项检查",
    "{body}政务公开培训班开班",
    "{place}{year}年第{issue}号公告",
)
_DECOYS = (
    "{body}{year}年政府信息公开工作年度报告图解",
    "【一图读懂】{place}{year}年政府信息公开工作年度报告",
    "文字解读：{place}人民政府{year}年政府信息公开工作年度报告",
    "关于做好{year}年度政府信息公开工作年度报告编制和发布工作的通知",
    "{place}人民政府{year}年政府网站工作年度报表",
    "关于{year}年企业年度报告公示工作的公告",
    "{body}{year}年度法治政府建设年度报告",
    "{place}{year}年政务公开工作要点",
    "关于发布{year}年政府信息公开工作年度报告的公告",
    "{place}召开{year}年度政府信息公开工作年度报告编制培训会",
)


class Newsroom:
    """Writes articles by seed and numbers them as a CMS does.

    ``satellites`` takes the sites that a shape gives to bodies: by host, the body and its reports.
    """

    def __init__(self, spec: PortalSpec, bodies: tuple[Body, ...], rng: Random) -> None:
        self.spec, self.bodies, self.rng = spec, bodies, rng
        self.satellites: dict[str, tuple[Body, list[Article]]] = {}
        self._number = 8_000_000 + spec.seed * 1000

    def number(self) -> int:
        """The next free article number."""
        self._number += self.rng.randint(1, 40)
        return self._number

    def write(self, title: str, published: date, *, decoy: bool = False) -> Article:
        """An article of a few paragraphs."""
        markup = self.rng.choice(("word", "wps", "clean", "font"))
        lines = prose.article(self.spec.place, f"{published.month}月{published.day}日", self.rng)
        html = "\n".join(paragraph(line, markup, self.rng) for line in lines)
        source = self.rng.choice(
            (f"{self.spec.place}政府网", self.rng.choice(self.bodies).short, "县融媒体中心")
        )
        return Article(self.number(), title, published, source, html, decoy=decoy)

    def day(self, year: int) -> date:
        """Any day of that year."""
        return date(year, 1, 1) + timedelta(days=self.rng.randint(0, 364))

    def titled(self, slug: str) -> Article:
        """An article such as that column has."""
        year = self.rng.choice(self.spec.years) + 1
        topic = self.rng.choice(_TOPICS)
        pattern = _TITLES.get(slug) or self.rng.choice(_NEWS)
        title = pattern.format(
            year=year, topic=topic, place=self.spec.place, body=self.rng.choice(self.bodies).name,
            issue=self.rng.randint(1, 60), budget=self.rng.choice(("预算", "决算")),
        )  # fmt: skip
        return self.write(title, self.day(year))

    def decoys(self, count: int) -> list[Article]:
        """Articles that stand among the reports and are none."""
        found = []
        for order in range(count):
            year = self.rng.choice(self.spec.years)
            body = self.rng.choice(self.bodies).name
            title = _DECOYS[order % len(_DECOYS)].format(place=self.spec.place, year=year, body=body)
            published = date(year + 1, 1, 5) + timedelta(days=self.rng.randint(0, 60))
            found.append(self.write(title, published, decoy=True))
        return found


def plain_columns(root: Column, room: Newsroom) -> None:
    """Everything outside 政务公开."""
    for top, below in _TREE.items():
        parent = root.add(_column(top))
        for entry in below:
            parent.add(_column(entry))


def disclosure_columns(root: Column, room: Newsroom, reports_label: str) -> Column:
    """政务公开 with its platform of four standard columns; returns the column of the reports."""
    hall = root.add(Column("zwgk", "政务公开", role="nav"))
    platform = hall.add(
        Column("zfxxgk", room.rng.choice(("政府信息公开", "政府信息公开专栏")), role="disclosure")
    )
    reports = standard_columns(platform, room, reports_label, f"{room.spec.place}人民政府", rules=6)
    for entry in _DISCLOSURE:
        hall.add(_column(entry))
    return reports


def standard_columns(platform: Column, room: Newsroom, label: str, name: str, rules: int = 2) -> Column:
    """The standard entries of the platform of the body with that name; returns the column of the reports."""
    guide = platform.add(Column("zfxxgkzn", "政府信息公开指南"))
    guide.articles = [room.write(f"{name}信息公开指南", room.day(2021))]
    order = platform.add(Column("zfxxgkzd", "政府信息公开制度"))
    order.articles = [room.titled("zcwj") for _ in range(rules)]
    legal = platform.add(Column("fdzdgknr", "法定主动公开内容"))
    for entry in _LEGAL:
        legal.add(_column(entry))
    reports = platform.add(Column("zfxxgknb", label, role="reports"))
    platform.add(Column("ysqgk", "依申请公开")).articles = [room.write("依申请公开须知", room.day(2020))]
    return reports


def body_columns(root: Column, room: Newsroom, reports: Column) -> None:
    """Pages of the departments and towns, each with a link back to the column of the reports.

    Where the shape has already made such pages, they are left as they are.
    """
    hall = next(child for child in root.children if child.slug == "zwgk")
    if any(child.slug == "bmxxgk" for child in hall.children):
        return
    groups = body_groups(hall)
    for body in room.bodies[1:]:
        own = groups[body.kind].add(Column(body.slug, body.short))
        own.articles = newest_first([room.titled(slug) for slug in ("jgzn", "zcwj", "bmdt", "czyjs")])
        own.add(Column("nb", "政府信息公开年报", alias=reports))


def body_groups(hall: Column) -> dict[str, Column]:
    """The two directories below which departments and towns have their pages, by kind of body."""
    return {
        "department": hall.add(Column("bmxxgk", "政府部门信息公开")),
        "town": hall.add(Column("xzxxgk", "乡镇街道信息公开")),
    }


def fill(root: Column, room: Newsroom, count: int) -> None:
    """Spread ``count`` articles over the leaf columns that are to hold them, news most."""
    leaves = [c for c in root.walk() if not c.children and not c.role and not c.articles]
    weights = [6 if c.parent and c.parent.slug == "xwzx" else 1 for c in leaves]
    for column in leaves:
        column.articles = [room.titled(column.slug)]
    for column in room.rng.choices(leaves, weights, k=count):
        column.articles.append(room.titled(column.slug))
    for column in leaves:
        column.articles = newest_first(column.articles)


def _column(entry: str) -> Column:
    slug, name = entry.split()
    return Column(slug, name)
