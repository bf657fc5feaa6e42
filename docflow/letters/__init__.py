"""Letters: what a letter is, what may be done with it, and what happened to it. No clock and no Thai rule is here."""

from docflow.letters.amendments import Amendment
from docflow.letters.attributes import Attribute
from docflow.letters.case import Case
from docflow.letters.deputies import Deputy
from docflow.letters.entries import Act, Correction, Entry, Refusal, Step, Written
from docflow.letters.events import EventRow, Replay, events, replay_events
from docflow.letters.history import time_in
from docflow.letters.letter import Attributes, Letter, Origin, Retention, Secrecy, Urgency
from docflow.letters.process import Guard, Transition, from_each
from docflow.letters.rights import Actor, Right
from docflow.letters.versions import Stuck, migrate
from docflow.letters.workflow import Workflow

__all__ = [
    "Act",
    "Actor",
    "Amendment",
    "Attribute",
    "Attributes",
    "Case",
    "Correction",
    "Deputy",
    "Entry",
    "EventRow",
    "Guard",
    "Letter",
    "Origin",
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
    "Written",
    "events",
    "from_each",
    "migrate",
    "replay_events",
    "time_in",
]
