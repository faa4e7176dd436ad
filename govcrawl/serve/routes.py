"""The addresses of our pages. Whatever stands in them is bound or looked up, never put into a path or SQL."""

from __future__ import annotations

from govcrawl.serve.asking import View
from govcrawl.serve.pages import coverage, findings, home, original, report, reports, runs, trends, versions

ROUTES: tuple[tuple[str, View], ...] = (
    (r"/$", home.HOME),
    (r"/coverage$", coverage.REGION),
    (r"/coverage/(?P<region>\d{1,12})$", coverage.REGION),
    (r"/place/(?P<portal>[^/]+)$", coverage.PLACE),
    (r"/body/(?P<portal>[^/]+)/(?P<body>[^/]+)$", coverage.BODY),
    (r"/reports$", reports.REPORTS),
    (r"/findings$", findings.FINDINGS),
    (r"/trends$", trends.TRENDS),
    (r"/trends\.svg$", trends.PLOT),
    (r"/trends\.csv$", trends.TABLE),
    (r"/runs$", runs.RUNS),
    (r"/runs/(?P<id>\d{1,15})$", runs.RUN),
    (r"/report/(?P<id>\d{1,15})$", report.REPORT),
    (r"/report/(?P<id>\d{1,15})/original$", original.ORIGINAL),
    (r"/report/(?P<id>\d{1,15})/versions$", versions.VERSIONS),
    (r"/archive/(?P<sha256>[0-9a-f]{64})/page$", original.SHOWN),
    (r"/archive/(?P<sha256>[0-9a-f]{64})/source$", original.SOURCE),
    (r"/archive/(?P<sha256>[0-9a-f]{64})/picture$", original.PICTURE),
    (r"/archive/(?P<sha256>[0-9a-f]{64})/download$", original.DOWNLOAD),
)
