"""Results as people read them: figures for machines, a page for a browser, tables for a terminal (extra `report`)."""

from docflow.report.letters import LetterReport, fraction_figures, reading_figures
from docflow.report.page import letter_page

__all__ = ["LetterReport", "fraction_figures", "letter_page", "reading_figures"]
