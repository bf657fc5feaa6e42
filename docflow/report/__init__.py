"""The report on a plan: figures, a page for a browser, text for a terminal or a mail, a workbook (extra `report`)."""

from docflow.report.blocks import Column, Fold, Grid, Line, Row, Section, Verdict
from docflow.report.markdown import markdown
from docflow.report.page import page
from docflow.report.plan import Report
from docflow.report.quality import FileRead, faults_grid
from docflow.report.slides import write_pictures
from docflow.report.terminal import report_console, shown, terminal
from docflow.report.words import ENGLISH, THAI, Voice, several
from docflow.report.work import WorkDone
from docflow.report.workbook import workbook

__all__ = [
    "ENGLISH",
    "THAI",
    "Column",
    "FileRead",
    "Fold",
    "Grid",
    "Line",
    "Report",
    "Row",
    "Section",
    "Verdict",
    "Voice",
    "WorkDone",
    "faults_grid",
    "markdown",
    "page",
    "report_console",
    "several",
    "shown",
    "terminal",
    "workbook",
    "write_pictures",
]
