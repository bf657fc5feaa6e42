"""The office's processes as tables, from the steps that the plan of B.E. 2563 lists, and who may take each step."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from docflow.bangkok.office import (
    COMPLAINTS,
    DEPUTY_GOVERNORS_GROUP,
    GENERAL_ADMINISTRATION,
    POLICY_COORDINATION,
    SECRETARY_GROUP,
)
from docflow.errors import WorkflowError
from docflow.letters import Right, Transition, Workflow, from_each

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AGENCY",
    "COMPLAINT",
    "CORRECTORS",
    "COUNCIL_DOCUMENTS",
    "FIELD_VISIT",
    "GOVERNOR",
    "HEAD_OF_OFFICE",
    "INCOMING_EXTERNAL_LETTER",
    "INTERNAL_LETTER",
    "OFFICER",
    "REGISTRAR",
    "RIGHTS",
    "SALARY_CERTIFICATE",
    "WORKFLOWS",
    "with_rights",
]

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
"""A letter from outside (plan, lines 464, 486 and 770–790).

General Administration's registry logs the receipt. An officer reads the letter and presents it to the responsible unit,
whose registry logs it again. There it is checked, clarified with the sender when it is unclear, summarised with an
opinion, and submitted to the Head of Office; the executives order, and the agency acts.
"""

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
"""A letter of one of the city's agencies for the Governor's signature (plan, indicator 1.6).

It is screened and checked, and submitted or returned for correction, whose time is the agency's; the Governor signs it.
"""

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
"""A complaint of the public (plan, lines 390–410).

An appointment is coordinated with the agencies concerned and the site inspected together. Findings and remedies are
submitted within 5 working days; what is ordered is forwarded to the agency and resolved. Afterwards people are asked
how much they trust that it was handled.
"""

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
"""A salary certificate: requested, prepared, submitted for signature within 3 working days (plan, indicator 1.8)."""

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
"""The documents of a meeting of the Bangkok Council, delivered to the executives before it (plan, indicator 1.9)."""

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
"""A field visit: recorded in the database, and followed up every month until it is done (plan, indicator 1.4)."""

WORKFLOWS: Final = (
    INCOMING_EXTERNAL_LETTER,
    INTERNAL_LETTER,
    COMPLAINT,
    SALARY_CERTIFICATE,
    COUNCIL_DOCUMENTS,
    FIELD_VISIT,
)
"""The office's workflows; what is only dated (training, tests, ceremonies, meals) has none."""

# Who may do what in this office, for those who want it enforced: the paper registers name no actors.
REGISTRAR: Final = "registrar"
"""The role of who keeps the register of a unit."""
OFFICER: Final = "officer"
"""The role of who works on a unit's letters."""
HEAD_OF_OFFICE: Final = "Head of Office"
"""The role of the Head of the Office of the Secretary to the Governor."""
GOVERNOR: Final = "Governor"
"""The role of the Governor of Bangkok."""
AGENCY: Final = "agency"
"""The role of the agency that acts on an order."""

_EXECUTIVES: Final = (Right(HEAD_OF_OFFICE), Right(GOVERNOR))


def _office(unit: str) -> tuple[Right, ...]:
    return Right(OFFICER, unit), Right(REGISTRAR, unit)


RIGHTS: Final[Mapping[str, Mapping[str, tuple[Right, ...]]]] = MappingProxyType(
    {
        "incoming external letter": {
            "receive": (Right(REGISTRAR, GENERAL_ADMINISTRATION),),
            "hand_over": (Right(REGISTRAR),),  # the registry of whichever unit is responsible logs it
            **dict.fromkeys(("ask_sender", "sender_answers", "screen", "summarize", "submit"), (Right(OFFICER),)),
            "send_back": _EXECUTIVES,
            "order": _EXECUTIVES,
            "act": (Right(AGENCY),),
            "reopen": _EXECUTIVES,
            "cancel": (Right(REGISTRAR, GENERAL_ADMINISTRATION), *_EXECUTIVES),
        },
        "internal letter": {
            **dict.fromkeys(("receive", "receive_corrected"), (Right(REGISTRAR, SECRETARY_GROUP),)),
            **dict.fromkeys(("screen", "return_for_correction", "submit"), (Right(OFFICER, SECRETARY_GROUP),)),
            "send_back": _EXECUTIVES,
            "sign": (Right(GOVERNOR),),
            "cancel": (Right(REGISTRAR, SECRETARY_GROUP), *_EXECUTIVES),
        },
        "complaint": {
            **dict.fromkeys(
                ("receive", "coordinate", "inspect", "submit", "forward", "resolve", "survey", "reopen", "withdraw"),
                _office(COMPLAINTS),
            ),
            "send_back": _EXECUTIVES,
            "order": _EXECUTIVES,
        },
        "salary certificate": {
            **dict.fromkeys(("request", "prepare", "submit", "cancel"), _office(GENERAL_ADMINISTRATION)),
            "send_back": _EXECUTIVES,
            "sign": _EXECUTIVES,
        },
        "council documents": dict.fromkeys(
            ("call_meeting", "compile", "deliver", "supplement", "cancel"), _office(POLICY_COORDINATION)
        ),
        "field visit": dict.fromkeys(
            ("visit", "record", "follow_up", "close", "reopen"), _office(DEPUTY_GOVERNORS_GROUP)
        ),
    }
)
"""The rights by workflow and trigger, read from the plan's division of work (lines 30–50)."""


CORRECTORS: Final[Mapping[str, tuple[Right, ...]]] = MappingProxyType(
    {
        "incoming external letter": (Right(REGISTRAR), Right(HEAD_OF_OFFICE)),
        "internal letter": (Right(REGISTRAR, SECRETARY_GROUP), Right(HEAD_OF_OFFICE)),
        "complaint": (Right(REGISTRAR, COMPLAINTS), Right(HEAD_OF_OFFICE)),
        "salary certificate": (Right(REGISTRAR, GENERAL_ADMINISTRATION), Right(HEAD_OF_OFFICE)),
        "council documents": (Right(REGISTRAR, POLICY_COORDINATION), Right(HEAD_OF_OFFICE)),
        "field visit": (Right(REGISTRAR, DEPUTY_GOVERNORS_GROUP), Right(HEAD_OF_OFFICE)),
    }
)
"""Who may correct what was written, by workflow: the registries that keep the books, and the Head of Office."""


def with_rights(workflow: Workflow) -> Workflow:
    """One of the office's workflows with its rights enforced: who may not take a step or correct one is refused.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.bangkok import SALARY_CERTIFICATE, SECRETARY_GROUP
    >>> from docflow.letters import Actor
    >>> strict = with_rights(SALARY_CERTIFICATE)
    >>> nine = datetime(2020, 1, 6, 9, tzinfo=timezone.utc)
    >>> strict.open(Letter(number="1/2563"), at=nine, by=Actor("Somying", "driver", "motor pool"))
    Traceback (most recent call last):
        ...
    docflow.errors.RefusedError: cannot request 1/2563: Somying (driver of motor pool) may not; it takes officer of \
ฝ่ายบริหารงานทั่วไป or registrar of ฝ่ายบริหารงานทั่วไป

    The rights are `RIGHTS` and `CORRECTORS`. Raises `WorkflowError` for a workflow that is not the office's.
    """
    if workflow.name not in RIGHTS:
        problem = f"the office's rights are those of {', '.join(RIGHTS)}; grant others by permitting()"
        raise WorkflowError(workflow.name, problem)
    return workflow.permitting(RIGHTS[workflow.name], may_correct=CORRECTORS[workflow.name])
