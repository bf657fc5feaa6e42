"""Every error docflow raises on purpose: what happened, its fields, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self
from unicodedata import category

from attrs import define

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time

    from docflow.letters import Refusal, Stuck
    from docflow.letters.log import Record

__all__ = [
    "AmountError",
    "CalendarError",
    "ClosingBeforeOpeningError",
    "DateTextError",
    "DocflowError",
    "FileError",
    "HorizonError",
    "HoursError",
    "LetterError",
    "MeetingError",
    "MigrationError",
    "MomentError",
    "NaiveDatetimeError",
    "NaiveSeriesError",
    "NameOfStateError",
    "NegativeAmountError",
    "NoWorkingDayError",
    "NotAMomentError",
    "OutsideCalendarError",
    "OverlappingBreaksError",
    "PlanError",
    "RecordError",
    "RefusedError",
    "RegisterError",
    "ReversedSpanError",
    "ReversedWindowError",
    "UnknownAreaError",
    "UnknownReadingError",
    "WorkPlanError",
    "WorkflowError",
    "ZoneError",
    "visible",
]

_STEERING: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")  # as Unicode calls controls, formats, halves of marks, line ends
_HARMLESS: Final = "\u00ad\u200b\u200c\u200d\u2060"  # Thai words are set apart and joined by marks without width


def visible(text: str) -> str:
    r"""A text as it may leave the library: marks that would steer what shows it are spelt out.

    >>> print(visible("1/2563 \x1b[2J\u202e"))
    1/2563 \x1b[2J\u202e

    These are line ends, the controls of a terminal, and marks that turn the direction of writing or are not seen; a
    line that holds several is split before. Thai text and the marks without width that it needs stay as they are.
    """
    if text.isprintable():
        return text
    return "".join(
        mark.encode("unicode_escape").decode() if category(mark) in _STEERING and mark not in _HARMLESS else mark
        for mark in text
    )


class DocflowError(Exception):
    """The family: catch this to catch everything docflow refuses.

    Errors quote what they were given, so what each of them says is made `visible`, here once for all.
    """

    def __init_subclass__(cls) -> None:
        said = cls.__dict__.get("__str__")
        if said is not None:
            cls.__str__ = lambda self: visible(said(self))  # type: ignore[method-assign]  # of each class as it is made


@define(eq=False)
class NaiveDatetimeError(DocflowError, ValueError):
    """Raised when a datetime says no zone, so nobody can know which instant it means."""

    moment: datetime

    def __str__(self) -> str:
        return (
            f"{self.moment.isoformat(sep=' ')} has no time zone; give it one, for example "
            f'moment.replace(tzinfo=ZoneInfo("Asia/Bangkok"))'
        )


@define(eq=False)
class NotAMomentError(DocflowError, TypeError):
    """Raised for what is no moment or no day: a missing value, text, a column, numpy's datetime64."""

    given: object
    problem: str

    def __str__(self) -> str:
        return f"{self.given!r} {self.problem}"


@define(eq=False)
class NaiveSeriesError(DocflowError, ValueError):
    """Raised when a column of datetimes says no zone; numpy's own datetime64 has none and means UTC."""

    kind: str

    def __str__(self) -> str:
        return (
            f"a column of {self.kind} has no time zone; give it the one in which its times are written, for example "
            f'column.dt.tz_localize("Asia/Bangkok") in pandas, column.dt.replace_time_zone("Asia/Bangkok") in polars; '
            f'for times that were numpy\'s it is "UTC"'
        )


@define(eq=False)
class ReversedSpanError(DocflowError, ValueError):
    """Raised when a span stops before it starts."""

    start: datetime
    stop: datetime

    def __str__(self) -> str:
        return (
            f"the span stops at {self.stop.isoformat(sep=' ')}, before its start at "
            f"{self.start.isoformat(sep=' ')}; give the earlier moment first, or correct the record"
        )


@define(eq=False)
class ReversedWindowError(DocflowError, ValueError):
    """Raised when a window of days ends before it begins."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"the window ends on {self.last}, before its first day {self.first}; swap the two days"


@define(eq=False)
class AmountError(DocflowError, ValueError):
    """Raised when an amount of time or a number of days is not one docflow can count exactly."""

    amount: object
    problem: str

    def __str__(self) -> str:
        return f"{self.amount!r} {self.problem}"


@define(eq=False)
class NegativeAmountError(AmountError):
    """Raised when an amount of time is less than nothing."""


@define(eq=False)
class HoursError(DocflowError, ValueError):
    """Raised when office hours contradict themselves; the two commonest mistakes have errors of their own."""

    hours: str
    problem: str

    def __str__(self) -> str:
        return f"office hours {self.hours}: {self.problem}"


@define(eq=False, init=False)
class ClosingBeforeOpeningError(HoursError):
    """Raised when an office would close before it opens, or as it opens."""

    opens: time
    closes: time

    def __init__(self, opens: time, closes: time) -> None:
        problem = (
            "the office closes before it opens, or as it opens; swap the times, or say overnight=True for a night shift"
        )
        self.__attrs_init__(f"{opens}–{closes}", problem, opens, closes)

    def __reduce__(self) -> tuple[type[Self], tuple[time, time]]:
        return type(self), (self.opens, self.closes)


@define(eq=False, init=False)
class OverlappingBreaksError(HoursError):
    """Raised when a break begins before the one before it is over."""

    first: tuple[time, time]
    second: tuple[time, time]

    def __init__(self, hours: str, first: tuple[time, time], second: tuple[time, time]) -> None:
        one, other = (f"{start}–{stop}" for start, stop in (first, second))
        self.__attrs_init__(hours, f"the breaks {one} and {other} overlap; make them one", first, second)

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[time, time], tuple[time, time]]]:
        return type(self), (self.hours, self.first, self.second)


@define(eq=False)
class CalendarError(DocflowError, ValueError):
    """Raised when a calendar's own days contradict each other or are no days."""

    day: object
    problem: str

    def __str__(self) -> str:
        return f"{self.day}: {self.problem}"


@define(eq=False)
class ZoneError(DocflowError, ValueError):
    """Raised for a zone that the IANA time zone database does not have."""

    zone: str

    def __str__(self) -> str:
        return f'no time zone is called {self.zone!r}; use an IANA name such as "Asia/Bangkok"'


@define(eq=False)
class OutsideCalendarError(DocflowError, LookupError):
    """Raised for a year that a calendar does not hold; guessing its holidays would be worse."""

    calendar: str
    year: int | None
    first: int
    last: int
    way: str = "ask inside them, or extend it"

    def __str__(self) -> str:
        asked = "no year was given" if self.year is None else f"the year {self.year} is not in it"
        return f"{self.calendar} holds the years {self.first}–{self.last} and {asked}; {self.way}"


@define(eq=False)
class NoWorkingDayError(DocflowError, ValueError):
    """Raised for a calendar with a year in which the office never opens, unless it says that this is meant."""

    calendar: str
    year: int

    def __str__(self) -> str:
        return (
            f"{self.calendar} has no working day in {self.year}; correct the calendar before counting time on it, or "
            f"say that it is meant: OfficeCalendar(calendar, idle_years=True)"
        )


@define(eq=False)
class HorizonError(DocflowError, LookupError):
    """Raised when a search forward or back comes to a stretch of years in which nothing of what it looks for comes.

    `at` is where that stretch begins, as the search goes.
    """

    at: datetime
    event: str
    """What does not come: the office "does not open", "was not open" or "did not close"."""
    years: int

    def __str__(self) -> str:
        side = "after" if self.event == "does not open" else "before"
        way = (
            "ask only whether it is open"
            if self.event == "did not close"
            else "give its calendar the working days that are missing, or ask about a moment nearer to one"
        )
        stretch = f"for more than {self.years} years {side} {self.at.isoformat(sep=' ')}"
        return f"the office {self.event} {stretch}; {way}"


@define(eq=False)
class UnknownAreaError(DocflowError, LookupError):
    """Raised for an area that is no province and no region of Thailand; `nearest` has names that are spelt like it."""

    area: str
    nearest: Sequence[str]

    def __str__(self) -> str:
        names = " or ".join(map(repr, self.nearest))
        way = (
            f"did you mean {names}?"
            if names
            else "give a province such as 'bangkok', a region such as 'south', or None"
        )
        return f"no province or region of Thailand is called {self.area!r}; {way}"


@define(eq=False)
class UnknownReadingError(DocflowError, LookupError):
    """Raised when the official reading of a promise is not among its readings."""

    reading: str
    known: Sequence[str]

    def __str__(self) -> str:
        return f"{self.reading!r} is none of the readings; choose {', '.join(self.known)}"


@define(eq=False)
class DateTextError(DocflowError, ValueError):
    """Raised for text that is not a date or time written in a known Thai form."""

    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.text!r}: {self.problem}"


@define(eq=False)
class LetterError(DocflowError, ValueError):
    """Raised for what cannot be said of a letter, of who acts or of what was done."""

    value: object
    problem: str

    def __str__(self) -> str:
        return f"{self.value!r} {self.problem}"


@define(eq=False)
class WorkflowError(DocflowError, ValueError):
    """Raised when a workflow's table contradicts itself, at the moment it is defined."""

    workflow: str
    problem: str

    def __str__(self) -> str:
        return f"workflow {self.workflow!r}: {self.problem}"


@define(eq=False)
class RefusedError(DocflowError):
    """Raised when a case refuses a step; the case stays as it was.

    `refusals` holds the reasons as data (`docflow.letters.Refusal`), `record` what was refused, when it is known.
    """

    number: str
    trigger: str
    refusals: Sequence[Refusal]
    record: Record | None = None

    def __str__(self) -> str:
        return f"cannot {self.trigger} {self.number}: " + "; ".join(str(refusal) for refusal in self.refusals)


@define(eq=False)
class RegisterError(DocflowError, ValueError):
    """Raised when a register refuses to be written so; it stays as it was.

    `kind` is "duplicate number", "void number", "gap", "no such number", "time runs backwards" or "no reason given".
    """

    register: str
    kind: str
    problem: str

    def __str__(self) -> str:
        return f"{self.register}: {self.problem}"


@define(eq=False)
class MigrationError(DocflowError):
    """Raised when letters cannot move to a new definition; none has moved.

    `stuck` lists them as data (`docflow.letters.Stuck`).
    """

    workflow: str
    version: object
    stuck: Sequence[Stuck]

    def __str__(self) -> str:
        return (
            f"nothing moved to version {self.version} of {self.workflow!r}: it does not allow what happened to "
            f"{', '.join(map(str, self.stuck))}; allow these steps there, or move the letters as they stand, without "
            f"their logs (case.as_of)"
        )


@define(eq=False)
class MomentError(DocflowError, ValueError):
    """Raised for a moment that can never come in any history."""

    state: object
    problem: str

    def __str__(self) -> str:
        return f"the moment {self.state!r}: {self.problem}"


@define(eq=False)
class NameOfStateError(MomentError, TypeError):
    """Raised for what is no name of a state, a step or a unit: no history could ever match it."""


@define(eq=False)
class RecordError(DocflowError, ValueError):
    """Raised for a record that cannot be measured as it is: it declares too little, or is out of order."""

    number: str
    problem: str

    def __str__(self) -> str:
        return f"record {self.number}: {self.problem}"


@define(eq=False)
class PlanError(DocflowError, ValueError):
    """Raised when a plan or an indicator contradicts itself, or is asked for what it does not hold."""

    plan: str
    problem: str

    def __str__(self) -> str:
        return f"{self.plan}: {self.problem}"


@define(eq=False)
class WorkPlanError(DocflowError, ValueError):
    """Raised when a work plan contradicts itself, and for progress that is none of its own."""

    plan: str
    problem: str

    def __str__(self) -> str:
        return f"work plan {self.plan!r}: {self.problem}"


@define(eq=False)
class MeetingError(DocflowError, ValueError):
    """Raised for an order about a meeting that its year does not have, or that cannot be followed."""

    usual: date
    problem: str

    def __str__(self) -> str:
        return f"the meeting of {self.usual} {self.problem}"


@define(eq=False)
class FileError(DocflowError, ValueError):
    """Raised when a file as a whole cannot be read; a bad row is a fault of that row instead."""

    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"
