"""Results as people read them: figures, a page for a browser, tables for a terminal, a workbook (extra `report`)."""

from docflow.report.page import page
from docflow.report.plan import Report
from docflow.report.slides import write_pictures
from docflow.report.words import ENGLISH, THAI, Voice
from docflow.report.work import WorkDone
from docflow.report.workbook import workbook

__all__ = ["ENGLISH", "THAI", "Report", "Voice", "WorkDone", "page", "workbook", "write_pictures"]
