"""Letters, the workflows that say what may be done with them, and the cases that keep what was done.

No clock and no Thai rule is here.
"""

from docflow.letters.amendments import Amendment
from docflow.letters.attributes import Attribute
from docflow.letters.case import Case
from docflow.letters.circulation import ANSWER, Circulation, circulate
from docflow.letters.deputies import Deputy
from docflow.letters.entries import Act, Correction, Entry, Refusal, Step, Written
from docflow.letters.events import EventRow, Replay, events, replay_events
from docflow.letters.history import time_in
from docflow.letters.letter import Attributes, Letter, Origin, Retention, Secrecy, Urgency
from docflow.letters.process import Guard, Process, Transition, from_each
from docflow.letters.rights import Actor, Right
from docflow.letters.routes import Approval, HeldIn, approvals, hold_and_resume, needs_a_note
from docflow.letters.versions import Stuck, migrate
from docflow.letters.workflow import Workflow
from docflow.letters.writers import successor

__all__ = [
    "ANSWER",
    "Act",
    "Actor",
    "Amendment",
    "Approval",
    "Attribute",
    "Attributes",
    "Case",
    "Circulation",
    "Correction",
    "Deputy",
    "Entry",
    "EventRow",
    "Guard",
    "HeldIn",
    "Letter",
    "Origin",
    "Process",
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
    "approvals",
    "circulate",
    "events",
    "from_each",
    "hold_and_resume",
    "migrate",
    "needs_a_note",
    "replay_events",
    "successor",
    "time_in",
]
