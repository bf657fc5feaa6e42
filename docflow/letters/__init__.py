"""What the paper is and what happened to it. It knows neither clocks nor Thailand."""

from docflow.letters.case import Case, Entry, Refusal, Step
from docflow.letters.letter import Letter, Origin, Secrecy, Urgency
from docflow.letters.workflow import Transition, Workflow

__all__ = [
    "Case",
    "Entry",
    "Letter",
    "Origin",
    "Refusal",
    "Secrecy",
    "Step",
    "Transition",
    "Urgency",
    "Workflow",
]
