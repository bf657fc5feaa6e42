"""Every error that docflow raises on purpose: what happened, its fields, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, dataclass_transform

from attrs import define

from docflow.safe import brief, visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time


class DocflowError(Exception):
    """The family: catch it to catch every error that docflow raises on purpose; what it prints is made `visible`."""

    def __init_subclass__(cls) -> None:
        if own := cls.__dict__.get("__str__"):
            cls.__str__ = lambda self: visible(own(self))  # type: ignore[method-assign]  # it wraps its own


@dataclass_transform(eq_default=False)
class _Error(DocflowError):
    """An attrs class that `says` a sentence about its own fields, or has a `__str__` of its own."""

    says: ClassVar[str] = ""

    def __init_subclass__(cls, *, says: str = "") -> None:
        super().__init_subclass__()
        cls.says = says or cls.says
        define(cls, eq=False, slots=False)

    def __str__(self) -> str:
        return self.says.format(self)


class NaiveDatetimeError(_Error, ValueError):
    """Raised for a datetime without a time zone: nobody can know which instant it means."""

    moment: datetime
    says = '{0.moment!s} has no time zone; give it one, such as moment.replace(tzinfo=ZoneInfo("Asia/Bangkok"))'


class NotAMomentError(_Error, TypeError):
    """Raised for what is no moment or no day: a missing value, text, a column, numpy's datetime64."""

    given: object
    problem: str

    def __str__(self) -> str:
        return f"{brief(self.given)} {self.problem}"


class NaiveSeriesError(_Error, ValueError):
    """Raised for a column of datetimes without a time zone; numpy's own datetime64 has none and means UTC."""

    kind: str
    says = (
        "a column of {0.kind} has no time zone; give it the one in which its times are written, for example "
        'column.dt.tz_localize("Asia/Bangkok") in pandas, column.dt.replace_time_zone("Asia/Bangkok") in polars; '
        'for times that were numpy\'s it is "UTC"'
    )


class ReversedSpanError(_Error, ValueError):
    """Raised when a span stops before it starts."""

    start: datetime
    stop: datetime
    says = "the span stops at {0.stop!s}, before its start at {0.start!s}; swap the two, or correct the record"


class ReversedWindowError(_Error, ValueError):
    """Raised when a window of days ends before it begins."""

    first: date
    last: date
    says = "the window ends on {0.last}, before its first day {0.first}; swap the two days"


class AmountError(_Error, ValueError, says="{0.amount!r} {0.problem}"):
    """Raised when an amount of time or a number of days is not one that docflow can count exactly."""

    amount: object
    problem: str


class NegativeAmountError(AmountError):
    """Raised when an amount of time is below zero."""


class HoursError(_Error, ValueError, says="office hours {0.hours}: {0.problem}"):
    """Raised when office hours contradict themselves; the two commonest mistakes have errors of their own."""

    hours: str
    problem: str


class ClosingBeforeOpeningError(HoursError):
    """Raised when an office would close before it opens, or as it opens."""

    opens: time
    closes: time

    def __init__(self, opens: time, closes: time) -> None:
        way = "swap the times, or say overnight=True for a night shift"
        super().__init__(f"{opens}–{closes}", f"the office closes before it opens, or as it opens; {way}")
        self.opens, self.closes = self.args = opens, closes


class OverlappingBreaksError(HoursError):
    """Raised when a break begins before the previous break ends."""

    first: tuple[time, time]
    second: tuple[time, time]

    def __init__(self, hours: str, first: tuple[time, time], second: tuple[time, time]) -> None:
        one, other = (f"{start}–{stop}" for start, stop in (first, second))
        super().__init__(hours, f"the breaks {one} and {other} overlap; make them one")
        _, self.first, self.second = self.args = hours, first, second


class CalendarError(_Error, ValueError, says="{0.day}: {0.problem}"):
    """Raised when the days of a calendar contradict each other, or are no days."""

    day: object
    problem: str


class ZoneError(_Error, ValueError, says="no time zone is called {0.zone!r}; {0.way}"):
    """Raised for a time zone that the IANA database does not have."""

    zone: str
    way: str = 'use an IANA name such as "Asia/Bangkok"'


class OutsideCalendarError(_Error, LookupError):
    """Raised for a year that a calendar does not hold; its holidays are never guessed."""

    calendar: str
    year: int | None
    first: int
    last: int
    way: str = "ask inside them, or extend it"

    def __str__(self) -> str:
        asked = "no year was given" if self.year is None else f"the year {self.year} is not in it"
        return f"{self.calendar} holds the years {self.first}–{self.last} and {asked}; {self.way}"


class NoWorkingDayError(_Error, ValueError):
    """Raised for a calendar with a year in which the office never opens, unless it says that this is meant."""

    calendar: str
    year: int
    says = (
        "{0.calendar} has no working day in {0.year}; correct the calendar before counting time on it, or say that it "
        "is meant: OfficeCalendar(calendar, idle_years=True)"
    )


class HorizonError(_Error, LookupError):
    """Raised when a search forward or back meets more closed years than it goes through; they begin `at`."""

    at: datetime
    event: Literal["does not open", "does not close", "was not open", "did not close"]
    years: int

    def __str__(self) -> str:
        side = "after" if self.event.startswith("does") else "before"
        missing = "give its calendar the working days that are missing, or ask about a moment nearer to one"
        way = "ask only whether it is open" if self.event.endswith("close") else missing
        return f"the office {self.event} for more than {self.years} years {side} {self.at}; {way}"


class UnknownAreaError(_Error, LookupError):
    """Raised for an area that is no province and no region of Thailand; `nearest` has names that are spelt like it."""

    area: str
    nearest: Sequence[str]

    def __str__(self) -> str:
        near = " or ".join(map(repr, self.nearest))
        way = "give a province such as 'bangkok', a region such as 'south', or None"
        return f"no province or region of Thailand is called {self.area!r}; {f'did you mean {near}?' if near else way}"


class UnknownReadingError(_Error, LookupError):
    """Raised when the official reading of a promise is not among its readings."""

    reading: str
    known: Sequence[str]

    def __str__(self) -> str:
        return f"{self.reading!r} is none of the readings; choose {', '.join(self.known)}"


class DateTextError(_Error, ValueError, says="{0.text!r}: {0.problem}"):
    """Raised for text that is no date or time as the office that wrote it writes them."""

    text: str
    problem: str


class LetterError(_Error, ValueError, says="{0.value!r} {0.problem}"):
    """Raised for a value that a letter, an actor or an entry cannot have."""

    value: object
    problem: str


class WorkflowError(_Error, ValueError, says="workflow {0.workflow!r}: {0.problem}"):
    """Raised when the table of a workflow contradicts itself, as it is defined."""

    workflow: str
    problem: str


class RefusedError(_Error):
    """Raised when a case refuses a step and stays as it was; `refusals` are the reasons, `record` what was refused."""

    number: str
    trigger: str
    refusals: Sequence[Any]
    record: Any = None

    def __str__(self) -> str:
        return f"cannot {self.trigger} {self.number}: " + "; ".join(map(str, self.refusals))


class RegisterError(_Error, ValueError, says="{0.register}: {0.problem}"):
    """Raised when a register refuses what should be written; the register stays as it was."""

    register: str
    kind: str
    """"duplicate number", "void number", "reserved number", "gap", "no such number", "unreadable number", "no such
    recipient", "time runs backwards", "no reason given", "no name given", "not correctable", "drifted apart" or
    "nothing to do"."""
    problem: str


class MigrationError(_Error):
    """Raised when letters cannot move to a new definition; none has moved. `stuck` lists `docflow.letters.Stuck`."""

    workflow: str
    version: object
    stuck: Sequence[Any]

    def __str__(self) -> str:
        problem = f"it does not allow what happened to {', '.join(map(str, self.stuck))}"
        way = "allow these steps there, or move the letters as they stand, without their logs (case.as_of)"
        return f"nothing moved to version {self.version} of {self.workflow!r}: {problem}; {way}"


class MomentError(_Error, ValueError, says="the moment {0.state!r}: {0.problem}"):
    """Raised for a moment that no history can ever have."""

    state: object
    problem: str


class NameOfStateError(MomentError, TypeError, says="{0.state} {0.problem}"):
    """Raised for what is no name of a state, a step or a unit; no history can have it."""


class RecordError(_Error, ValueError, says="record {0.number}: {0.problem}"):
    """Raised for a record that cannot be measured: a field is missing, or its history is out of order."""

    number: str
    problem: str


class PlanError(_Error, ValueError, says="{0.plan}: {0.problem}"):
    """Raised when a plan or an indicator contradicts itself, or is asked for what it does not hold."""

    plan: str
    problem: str


class WorkPlanError(_Error, ValueError, says="work plan {0.plan!r}: {0.problem}"):
    """Raised when a work plan contradicts itself, and for progress of another plan."""

    plan: str
    problem: str


class MeetingError(_Error, ValueError, says="the meeting of {0.usual} {0.problem}"):
    """Raised for an order about a meeting that its year does not have, or that cannot be followed."""

    usual: date
    problem: str


class TableError(_Error, ValueError, says="the column {0.column!r} {0.problem}"):
    """Raised for a column of a table that cannot be computed with."""

    column: object
    problem: str


class FileError(_Error, ValueError, says="{0.path}: {0.problem}"):
    """Raised when a whole file cannot be read; a bad row is a fault of that row instead."""

    path: str
    problem: str


class FormError(_Error, ValueError, says="{0.key}: {0.problem}"):
    """Raised when a form that is written as data says what no form can; `key` is where, such as "columns.Received"."""

    key: str
    problem: str


class StoreError(_Error, says="{0.store}: {0.problem}"):
    """Raised for what a store does not write, read or find; what was written before is as it was."""

    store: str
    kind: str
    """Of others at work: "busy", "nested", "over", "unknown". Of the place: "there already", "not a store",
    "old format", "new format", "unreachable", "replaced", "damaged", "disk full", "read-only", "a backup",
    "append only", "clock set back", "not secret". Of what is said: "unwritable", "unreadable", "another moment",
    "another store", "another workflow", "kept", "disposed of", "words left". Of rights: "not allowed", "no roles",
    "no such role", "no such right". Of what is looked for: "as recorded", "unreadable number", "too long",
    "no such page"."""
    problem: str
