"""Results as people read them: figures for machines, a page for a browser, tables for a terminal (extra `report`)."""

from docflow.report.page import page
from docflow.report.plan import Report
from docflow.report.words import ENGLISH, THAI, Voice
from docflow.report.work import WorkDone

__all__ = ["ENGLISH", "THAI", "Report", "Voice", "WorkDone", "page"]
