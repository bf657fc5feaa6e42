"""Bins: where a record lies in a result, and the reason why it is left out or has missed."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from docflow.safe import visible

__all__ = ["Bin", "Cause", "Reason"]


class Bin(StrEnum):
    """Where a record lies; the first three make up a denominator, the first alone a numerator.

    >>> ", ".join(Bin)
    'counted, late, missed, running, unfinished, excluded'
    """

    COUNTED = "counted"
    """It did what the indicator asks for, in time if there is a limit, or it was measured."""
    LATE = "late"
    """It did so after it was due, or was open when it was due."""
    MISSED = "missed"
    """It did not, and time is not the reason: a test not passed, a visit not recorded."""
    RUNNING = "running"
    """It is open and still can: shown, and left out of the denominator."""
    UNFINISHED = "unfinished"
    """Its clock is running, so its time cannot be part of a mean yet."""
    EXCLUDED = "excluded"
    """The indicator does not speak of it; the reason says why."""


class Cause(StrEnum):
    """Why a record is excluded, or has missed, without the particulars: `seen.reason.cause`.

    >>> from docflow import Duration, Record, reached
    >>> from docflow.bangkok import office_clock
    >>> answering = Duration("answering", start=reached("asked"), stop=reached("answered"))
    >>> (left_out,) = answering.read([Record("1/2563", [])], office_clock()).excluded
    >>> match left_out.reason.cause:
    ...     case Cause.NOT_REACHED:
    ...         print("its clock never started")
    ...     case Cause.OUTSIDE | Cause.STOPPED_OUTSIDE:
    ...         print("of other days")
    its clock never started

    Its value is the sentence in English, with a place for each particular. `Cause(...)` raises `ValueError` for what is
    no cause.
    """

    NOT_REACHED = "had not reached {}"
    """It has not come to where its clock starts, or to the stop that is asked of it."""
    OUTSIDE = "started outside {}"
    """It started on a day that is not in the window."""
    STOPPED_OUTSIDE = "stopped outside {}"
    """It stopped on such a day, of a measure that is dated by the stop."""
    BACKWARDS = "{} before {}"
    """It stopped before it started."""
    WITHDRAWN = "was {} before {}"
    """It was cancelled before it stopped."""
    NO_CALENDAR = "{}"
    """The calendar does not hold its years."""
    NOT_WANTED = "names no moment by which it is due"
    """Its limit is the moment that it names itself, and it names none."""
    OTHER_YEAR = "is of another year"
    """The value that was reported covers another year."""
    NO_SCORE = "scores no item"
    """A questionnaire without an answer."""
    ANOTHER = "is of another indicator"
    """The value that was reported has another number."""
    REPLACED = "was replaced by a later value"
    """A later value was reported of the same indicator."""
    FAILED = "had reached {}"
    """It came to `fails_if`."""


@frozen(repr=False)
class Reason:
    """The reason why a record is excluded, or has missed, as data; printed, it is English.

    >>> from docflow import Duration, Record, reached
    >>> from docflow.bangkok import office_clock
    >>> answering = Duration("answering", start=reached("asked"), stop=reached("answered"))
    >>> (left_out,) = answering.read([Record("1/2563", [])], office_clock()).excluded
    >>> print(left_out.reason)
    had not reached asked
    """

    cause: Cause
    particulars: tuple[object, ...] = ()
    """What it speaks of: milestones, a window, a state, or what the calendar says."""

    def __str__(self) -> str:
        return visible(self.cause.format(*self.particulars))

    def __repr__(self) -> str:
        return f"<Reason {self}>"
