"""The addresses of our pages. Whatever stands in them is bound or looked up, never put into a path or SQL."""

from __future__ import annotations

from govcrawl.serve.asking import View
from govcrawl.serve.pages import coverage, home, report

ROUTES: tuple[tuple[str, View], ...] = (
    (r"/$", home.HOME),
    (r"/coverage$", coverage.REGION),
    (r"/coverage/(?P<region>\d{1,12})$", coverage.REGION),
    (r"/place/(?P<portal>[^/]+)$", coverage.PLACE),
    (r"/body/(?P<portal>[^/]+)/(?P<body>[^/]+)$", coverage.BODY),
    (r"/report/(?P<id>\d{1,15})$", report.REPORT),
)
