"""Errors about indicators, work plans and the records that they measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.errors.family import SentenceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class MomentError(SentenceError, ValueError, says="the moment {0.state!r}: {0.problem}"):
    """Raised for a moment that no history can ever have.

    >>> from docflow import reached
    >>> reached("reminded", nth=0)
    Traceback (most recent call last):
    docflow.errors.MomentError: the moment 'reminded': nth=0 never comes; give 1 or more
    """

    state: object
    problem: str


class NameOfStateError(MomentError, TypeError, says="{0.state} {0.problem}"):
    """Raised for what is no name of a state, a step or a unit; no history can have it.

    >>> from docflow import reached
    >>> reached("")
    Traceback (most recent call last):
    docflow.errors.NameOfStateError: '' is an empty name; give one, such as "submitted"
    """


class RecordError(SentenceError, ValueError, says="record {0.number}: {0.problem}"):
    """Raised for a record that cannot be measured: a field is missing, or its history is out of order.

    >>> from datetime import UTC, datetime
    >>> from docflow import Duration, Event, Record, reached
    >>> from docflow.bangkok import office_clock
    >>> record = Record("1/2563", [Event("asked", datetime(2020, 1, 6, 9, tzinfo=UTC))])
    >>> answering = Duration("answering", start=reached("asked"), stop=reached("answered"))
    >>> answering.read([record, record], office_clock())
    Traceback (most recent call last):
    docflow.errors.RecordError: record 1/2563: was given twice and would count twice; give every record once
    """

    number: str
    problem: str


class PlanError(SentenceError, ValueError, says="{0.plan}: {0.problem}"):
    """Raised when a plan or an indicator contradicts itself, or is asked for what it does not hold.

    >>> from docflow import Indicator
    >>> Indicator(number="1.1", title="Letters handed over in time")
    Traceback (most recent call last):
    docflow.errors.PlanError: 1.1: has neither a measure nor parts; give measure=..., or parts=[...]
    """

    plan: str
    problem: str


class UnknownReadingError(SentenceError, LookupError):
    """Raised when the official reading of a promise is not among its readings.

    >>> from docflow import Duration, Indicator, reached
    >>> days = Duration("days", start=reached("asked"), stop=reached("answered"))
    >>> Indicator(
    ...     number="1", title="Answers", of="letters", measure=days, official="hours", alternatives={"days": days}
    ... )
    Traceback (most recent call last):
    docflow.errors.UnknownReadingError: 'hours' is none of the readings; choose days
    """

    reading: str
    known: Sequence[str]

    def __str__(self) -> str:
        return f"{self.reading!r} is none of the readings; choose {', '.join(self.known)}"


class WorkPlanError(SentenceError, ValueError, says="work plan {0.plan!r}: {0.problem}"):
    """Raised when a work plan contradicts itself, and for progress of another plan.

    >>> from datetime import UTC, datetime
    >>> from docflow.workplans import StepProgress
    >>> StepProgress("1.2", "3", datetime(2020, 1, 6, tzinfo=UTC), 120)
    Traceback (most recent call last):
    docflow.errors.WorkPlanError: work plan '1.2': step 3 is said to be 120 % done; give 0–100, of all its work so far
    """

    plan: str
    problem: str


class MeetingError(SentenceError, ValueError, says="the meeting of {0.usual} {0.problem}"):
    """Raised for an order about a meeting that its year does not have, or that cannot be followed.

    >>> from datetime import date
    >>> from docflow.bangkok import MeetingOrder, meetings
    >>> off = MeetingOrder(date(2019, 12, 5), None, "called off")
    >>> meetings(2563, [off, off])
    Traceback (most recent call last):
    docflow.errors.MeetingError: the meeting of 2019-12-05 is ordered about twice; keep the order that holds
    """

    usual: date
    problem: str
