"""Results as people read them: figures for machines, a page for a browser, tables for a terminal (extra `report`)."""

from docflow.report.details import WorkDone
from docflow.report.page import page
from docflow.report.plan import Report
from docflow.report.words import BILINGUAL, ENGLISH, Voice

__all__ = ["BILINGUAL", "ENGLISH", "Report", "Voice", "WorkDone", "page"]
