"""Document to Report: title, sections, the statutory tables as facts, identities, cleaned text."""

from govcrawl.reports.identify import looks_like_report
from govcrawl.reports.place import Place
from govcrawl.reports.read import read_report
from govcrawl.reports.titles import ReportTitle, report_title

__all__ = ["Place", "ReportTitle", "looks_like_report", "read_report", "report_title"]
