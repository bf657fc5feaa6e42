"""Results as people read them: figures for machines, a page for a browser, tables for a terminal (extra `report`)."""

from docflow.report.letters import LetterReport, fraction_figures, reading_figures
from docflow.report.page import letter_page
from docflow.report.plan import PlanReport, outcome_figures
from docflow.report.plan_page import plan_page

__all__ = [
    "LetterReport",
    "PlanReport",
    "fraction_figures",
    "letter_page",
    "outcome_figures",
    "plan_page",
    "reading_figures",
]
