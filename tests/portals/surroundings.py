"""What stands around an article on every such site: footer, tools, links to other governments."""

from __future__ import annotations

from tests.portals.model import PortalSpec


def site_code(spec: PortalSpec) -> str:
    """The ten digits of 网站标识码."""
    return f"{spec.code}0001"


def footer(spec: PortalSpec) -> tuple[str, ...]:
    """Lines of the footer."""
    return (
        f"主办单位：{spec.place}人民政府办公室",
        f"承办单位：{spec.place}政务服务和大数据管理局",
        f"政府网站标识码：{site_code(spec)}",
        f"桂ICP备{spec.code}{spec.seed:02d}号-1",
        f"桂公网安备 {spec.code}02000{spec.seed:03d}号",
        "联系电话：0000-6868686",
        "建议使用1024*768分辨率或以上浏览器访问本网站",
        "版权所有：本站内容未经许可不得转载",
    )


def friends(spec: PortalSpec) -> tuple[tuple[str, str], ...]:
    """Links to other hosts: higher governments, neighbours, traps."""
    return (
        ("中国政府网", "http://www.gov.cn/"),
        (f"{spec.province}人民政府", "http://www.nanlingsheng.gov.cn/"),
        (f"{spec.province}政府信息公开专栏", "http://www.nanlingsheng.gov.cn/zfxxgk/"),
        (f"{spec.prefecture}人民政府", "http://www.chengzhoushi.gov.cn/"),
        (f"{spec.prefecture}政府信息公开年报", "http://www.chengzhoushi.gov.cn/zfxxgk/zfxxgknb/"),
        ("桐陂县人民政府", "http://www.tongpi.gov.cn/"),
        ("人民网", "http://www.people.com.cn/"),
        ("国家政务服务平台", "http://gjzwfw.www.gov.cn/"),
    )


def tail(spec: PortalSpec) -> tuple[str, ...]:
    """Lines under an article that a reader must not take for its text."""
    return ("扫一扫在手机打开当前页", "【打印本页】 【关闭窗口】", "分享到：")
