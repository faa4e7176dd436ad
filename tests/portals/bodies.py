"""The bodies of an invented county: government, departments, towns and streets."""

from __future__ import annotations

from random import Random

from tests.portals.model import Body, PortalSpec

_DEPARTMENTS = (
    ("zfb", "人民政府办公室"), ("fgj", "发展和改革局"), ("jyj", "教育局"), ("gaj", "公安局"),
    ("mzj", "民政局"), ("sfj", "司法局"),
    ("czj", "财政局"), ("rsj", "人力资源和社会保障局"), ("zrzyj", "自然资源局"),
    ("zjj", "住房和城乡建设局"), ("jtj", "交通运输局"), ("slj", "水利局"), ("nyj", "农业农村局"),
    ("wlj", "文化广电和旅游局"), ("wjj", "卫生健康局"), ("sjj", "审计局"), ("yjj", "应急管理局"),
    ("scjg", "市场监督管理局"), ("tjj", "统计局"), ("ybj", "医疗保障局"),
)  # fmt: skip
_TOWNS = (
    ("shiqiao", "石桥"), ("liutang", "柳塘"), ("dongpo", "东坡"), ("baimaling", "白马岭"),
    ("huangsha", "黄沙"), ("wutong", "梧桐"),
    ("xiaohe", "小河"), ("nanshan", "南山"), ("qingfeng", "青枫"), ("gutian", "古田"),
    ("longquan", "龙泉"), ("chating", "茶亭"), ("yantang", "雁塘"), ("shuangxi", "双溪"), ("taoyuan", "桃源"),
)  # fmt: skip


def make_bodies(spec: PortalSpec, rng: Random) -> tuple[Body, ...]:
    """The county government first, then departments, then towns (the last ones streets)."""
    bodies = [Body("xzf", f"{spec.place}人民政府", f"{spec.place}人民政府", "county")]
    for slug, suffix in sorted(rng.sample(_DEPARTMENTS, spec.departments), key=_DEPARTMENTS.index):
        short = f"县{suffix.replace('人民政府', '政府')}" if slug == "zfb" else suffix
        bodies.append(Body(slug, f"{spec.place}{suffix}", short, "department"))
    chosen = rng.sample(_TOWNS, spec.towns)
    for order, (slug, name) in enumerate(chosen):
        rural = rng.choice(("镇人民政府", "镇人民政府", "乡人民政府"))
        kind = "街道办事处" if order >= spec.towns - 2 else rural
        bodies.append(Body(slug, f"{spec.place}{name}{kind}", f"{name}{kind}", "town"))
    return tuple(bodies)
