"""Who may do what in this office, for those who want it enforced: the paper registers name no actors."""

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
from docflow.letters import Right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.letters import Workflow

__all__ = ["AGENCY", "CORRECTORS", "GOVERNOR", "HEAD_OF_OFFICE", "OFFICER", "REGISTRAR", "RIGHTS", "with_rights"]

REGISTRAR: Final = "registrar"
OFFICER: Final = "officer"
HEAD_OF_OFFICE: Final = "Head of Office"
GOVERNOR: Final = "Governor"
AGENCY: Final = "agency"

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
"""The rights of each process by trigger, read from the plan's division of work (lines 30–50)."""


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
"""Who may correct what was written: the registries that keep the books, and the Head of Office."""


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
    """
    if workflow.name not in RIGHTS:
        problem = f"the office's rights are those of {', '.join(RIGHTS)}; grant others by permitting()"
        raise WorkflowError(workflow.name, problem)
    return workflow.permitting(RIGHTS[workflow.name], may_correct=CORRECTORS[workflow.name])
