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
    """Why a record is excluded, or has missed, without the particulars."""

    NOT_REACHED = "had not reached {}"
    OUTSIDE = "started outside {}"
    STOPPED_OUTSIDE = "stopped outside {}"
    BACKWARDS = "{} before {}"
    WITHDRAWN = "was {} before {}"
    NO_CALENDAR = "{}"
    NOT_WANTED = "names no moment by which it is due"
    OTHER_YEAR = "is of another year"
    NO_SCORE = "scores no item"
    ANOTHER = "is of another indicator"
    REPLACED = "was replaced by a later value"
    FAILED = "had reached {}"


@frozen
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
