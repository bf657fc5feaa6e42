"""Where each case lies in a result: exactly one bin, with the moments and the reason that put it there."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from docflow.errors import visible
from docflow.instants import local
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from datetime import date, datetime

    from docflow.kpi.records import Traced

__all__ = ["Bin", "Kind", "Placed", "Why"]


class Bin(StrEnum):
    """Where a case lies; the first three make up a denominator, the first alone a numerator."""

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
    """The indicator does not speak of it, and why not."""


class Kind(StrEnum):
    """Why a case is excluded, or has missed, without the particulars."""

    NOT_REACHED = "had not reached {}"
    OUTSIDE = "started outside {}"
    BACKWARDS = "{} before {}"
    VOID = "was {} before {}"
    NO_CALENDAR = "{}"
    NOT_WANTED = "names no moment by which it is due"
    OTHER_YEAR = "is of another year"
    NO_SCORE = "scores no item"
    ANOTHER = "is of another indicator"
    REPLACED = "was replaced by a later value"
    UNLESS = "had reached {}"


@frozen
class Why:
    """The reason why a case is excluded, or has missed, as data; it says itself in English."""

    kind: Kind
    particulars: tuple[object, ...] = ()

    @classmethod
    def of(cls, kind: Kind, *particulars: object) -> Why:
        """The reason with its particulars: the moments, the window or the state that it speaks of."""
        return cls(kind, particulars)

    def __str__(self) -> str:
        return visible(self.kind.format(*self.particulars))


@frozen
class Placed:
    """A case and its place in a result."""

    case: Traced
    bin: Bin
    day: date | None = None
    """The office's day on which its clock started; the case belongs to its month. None when it is excluded."""
    start: datetime | None = None
    stop: datetime | None = None
    """None while it is open."""
    due_at: int | None = None
    """The instant it was due, when there is a limit."""
    worked: int | None = None
    """How many microseconds of working time it has used up, when that is measured."""
    why: Why | None = None
    """Why it is excluded or has missed."""

    @property
    def reason(self) -> str:
        """The same in words, none where there is nothing to say."""
        return "" if self.why is None else str(self.why)

    @property
    def due(self) -> datetime | None:
        """The moment it was due, in the zone in which its start is written; None without a limit."""
        if self.due_at is None or self.start is None:
            return None
        return local(self.due_at, self.start.tzinfo)  # type: ignore[arg-type]  # a start has a zone

    @property
    def elapsed(self) -> WorkTime | None:
        """How much working time it has used up; None where nothing is measured, or the calendar ends before."""
        return None if self.worked is None else WorkTime.of(self.worked)
