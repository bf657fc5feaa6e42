"""What the paper is and what happened to it. It knows neither clocks nor Thailand."""

from docflow.letters.case import Case
from docflow.letters.events import Event, Replay, events, replay_events
from docflow.letters.history import time_in
from docflow.letters.letter import Letter, Origin, Retention, Secrecy, Urgency
from docflow.letters.log import Record
from docflow.letters.rights import Actor, Right
from docflow.letters.steps import Act, Correction, Entry, Refusal, Step
from docflow.letters.versions import Stuck, migrate
from docflow.letters.workflow import Guard, Transition, Workflow, from_each

__all__ = [
    "Act",
    "Actor",
    "Case",
    "Correction",
    "Entry",
    "Event",
    "Guard",
    "Letter",
    "Origin",
    "Record",
    "Refusal",
    "Replay",
    "Retention",
    "Right",
    "Secrecy",
    "Step",
    "Stuck",
    "Transition",
    "Urgency",
    "Workflow",
    "events",
    "from_each",
    "migrate",
    "replay_events",
    "time_in",
]
