"""Start pages that only lead on: a script of 68 bytes, a choice of pictures."""

from __future__ import annotations

from tests.portals.fronts.front import Fronted, Host, front, spec, urls
from tests.portals.world import Portal


@front
def script_splash() -> Fronted:
    """One line of script instead of a page."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "trs", "body_type", 1)), "/shpd")
    host.put("/", "<script language=javascript>window.location='/shpd/'</script>\n")
    return Fronted(f"http://{host.host}/", [host], urls(site), (f"http://{host.host}/",))


@front
def image_splash() -> Fronted:
    """Three pictures without words, to tourists, to business and to the government's own host."""
    host, inner = Host("www.qipi.gov.cn"), Host("gtog.qipi.gov.cn")
    site = inner.mount(Portal(spec(inner.host, "vsb", "year", 2)))
    doors = "".join(
        f"<div class='d{n}'><a href='http://{name}.qipi.gov.cn/'><img src='images/{file}.png' alt='' /></a></div>"
        for n, (name, file) in enumerate((("gtoc", "zms"), ("gtob", "zqy"), ("gtog", "zfz")))
    )
    empty = "".join(f"<a href='http://gtoc.qipi.gov.cn/t{n}/'><div></div></a>" for n in range(6))
    host.put(
        "/",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN'><html><head><meta charset='utf-8'>"
        f"<title>栖陂</title></head></head><body>{doors}{empty}{' ' * 3000}</body></html>",
    )
    return Fronted(
        f"http://{host.host}/",
        [host, inner],
        urls(site),
        ("http://www.qipi.gov.cn/", "http://gtog.qipi.gov.cn/"),
    )
