"""The office's processes as tables, from the steps that the plan of B.E. 2563 lists."""

from __future__ import annotations

from typing import Final

from docflow.letters import Transition, Workflow, from_each

__all__ = [
    "COMPLAINT",
    "COUNCIL_DOCUMENTS",
    "FIELD_VISIT",
    "INCOMING_EXTERNAL_LETTER",
    "INTERNAL_LETTER",
    "SALARY_CERTIFICATE",
    "WORKFLOWS",
]

# Plan, lines 464, 486 and 770–790: General Administration's registry logs the receipt, an officer reads it and presents
# it to the responsible unit, whose registry logs it again; there it is checked, and clarified with the sender when it
# is unclear, summarised with an opinion, and submitted to the Head of Office; the executives order, the agency acts.
INCOMING_EXTERNAL_LETTER: Final = Workflow(
    "incoming external letter",
    initial="registered",
    transitions=(
        Transition("hand_over", "registered", "taken_over", lifecycle="assign"),
        Transition("ask_sender", "taken_over", "awaiting_sender"),
        Transition("sender_answers", "awaiting_sender", "taken_over"),
        Transition("screen", "taken_over", "screened"),
        Transition("summarize", "screened", "summarized"),
        Transition("submit", "summarized", "submitted"),
        Transition("send_back", "submitted", "screened"),
        Transition("order", "submitted", "ordered"),
        Transition("act", "ordered", "acted_on"),
        Transition("reopen", "acted_on", "taken_over"),
        *from_each("cancel", ("registered", "taken_over", "awaiting_sender", "screened", "summarized"), "cancelled"),
    ),
    waiting=("awaiting_sender",),
    final=("acted_on",),
    cancelled=("cancelled",),
)

# Plan, indicator 1.6: an agency's letter is screened and checked; it is returned for correction, which the agency's
# time pays for, or submitted; the Governor signs it.
INTERNAL_LETTER: Final = Workflow(
    "internal letter",
    initial="registered",
    transitions=(
        Transition("screen", "registered", "screened"),
        Transition("return_for_correction", "screened", "awaiting_correction"),
        Transition("receive_corrected", "awaiting_correction", "registered"),
        Transition("submit", "screened", "submitted"),
        Transition("send_back", "submitted", "screened"),
        Transition("sign", "submitted", "signed"),
        *from_each("cancel", ("registered", "awaiting_correction", "screened", "submitted"), "cancelled"),
    ),
    waiting=("awaiting_correction",),
    final=("signed",),
    cancelled=("cancelled",),
)

# Plan, lines 390–410: an appointment is coordinated with the agencies concerned, the site inspected together, findings
# and remedies are compiled and submitted within 5 working days; ordered, the matter is forwarded to the agency and
# resolved; people are asked afterwards how much they trust that it was handled.
COMPLAINT: Final = Workflow(
    "complaint",
    initial="registered",
    transitions=(
        Transition("coordinate", "registered", "coordinated"),
        Transition("inspect", "coordinated", "inspected"),
        Transition("submit", "inspected", "submitted"),
        Transition("send_back", "submitted", "inspected"),
        Transition("order", "submitted", "ordered"),
        Transition("forward", "ordered", "forwarded", lifecycle="assign"),
        Transition("resolve", "forwarded", "resolved"),
        Transition("survey", "resolved", "surveyed"),
        *from_each("reopen", ("resolved", "surveyed"), "registered"),
        *from_each("withdraw", ("registered", "coordinated", "inspected", "submitted"), "withdrawn"),
    ),
    final=("resolved", "surveyed"),
    cancelled=("withdrawn",),
)

# Plan, indicator 1.8: requested, prepared, submitted for signature within 3 working days.
SALARY_CERTIFICATE: Final = Workflow(
    "salary certificate",
    initial="requested",
    opening="request",
    transitions=(
        Transition("prepare", "requested", "prepared"),
        Transition("submit", "prepared", "submitted"),
        Transition("send_back", "submitted", "requested"),
        Transition("sign", "submitted", "signed"),
        *from_each("cancel", ("requested", "prepared", "submitted"), "cancelled"),
    ),
    final=("signed",),
    cancelled=("cancelled",),
)

# Plan, indicator 1.9: a meeting of the Bangkok Council is called, its documents are compiled and delivered to the
# executives before it.
COUNCIL_DOCUMENTS: Final = Workflow(
    "council documents",
    initial="meeting_called",
    opening="call_meeting",
    transitions=(
        Transition("compile", "meeting_called", "compiled"),
        Transition("deliver", "compiled", "delivered"),
        Transition("supplement", "delivered", "compiled"),
        *from_each("cancel", ("meeting_called", "compiled"), "cancelled"),
    ),
    final=("delivered",),
    cancelled=("cancelled",),
)

# Plan, indicator 1.4: a visit is recorded in the database and followed up every month until its project is done.
FIELD_VISIT: Final = Workflow(
    "field visit",
    initial="visited",
    opening="visit",
    transitions=(
        Transition("record", "visited", "recorded"),
        Transition("follow_up", "recorded", "followed_up"),
        Transition("follow_up", "followed_up", "followed_up"),
        *from_each("close", ("recorded", "followed_up"), "closed"),
        Transition("reopen", "closed", "followed_up"),
    ),
    final=("closed",),
)

WORKFLOWS: Final = (
    INCOMING_EXTERNAL_LETTER,
    INTERNAL_LETTER,
    COMPLAINT,
    SALARY_CERTIFICATE,
    COUNCIL_DOCUMENTS,
    FIELD_VISIT,
)
"""Every process of the plan that has steps; what is only dated (training, tests, ceremonies, meals) has none."""
