"""What an office decides about days: that it closes or works, at which hours, and what is taken off them."""

from __future__ import annotations

from datetime import date, time
from typing import ClassVar, Final

from attrs import field, fields, frozen
from attrs.validators import optional

from docflow.errors import CalendarError
from docflow.worktime.amount import DAY, WorkTime
from docflow.worktime.day_rules import Dates, Days, a_day
from docflow.worktime.hours import OfficeHours, WeeklyHours, since_midnight

__all__ = [
    "HOURS",
    "WORK",
    "Break",
    "ChangedHours",
    "Closure",
    "MakeUpDay",
    "OneOffHours",
    "Shortened",
    "SpecialDay",
    "was_known",
]

WORK: Final = "whether it works"
HOURS: Final = "its hours"
"""What a decision may be about; of decisions about the same, one holds."""


def _a_day_or_rule(instance: object, attribute: object, value: date | Days) -> None:
    if isinstance(value, Days):
        return
    try:
        a_day(instance, attribute, value)
    except CalendarError as error:
        raise CalendarError(value, f"{error.problem}, or a rule such as Yearly((4, 13))") from None


@frozen
class SpecialDay:
    """What an office decided about a day, or about all days of a rule, and when that became known.

    >>> from datetime import date
    >>> from docflow import Closure
    >>> flood = Closure(date(2020, 3, 20), reason="flood", source="office order 15/2563", announced=date(2020, 3, 19))
    >>> flood.known(date(2020, 3, 18)), flood.known(date(2020, 3, 19))
    (False, True)

    Its kinds are `Closure`, `MakeUpDay` and `OneOffHours`, `ChangedHours`, `Break` and `Shortened`; it cannot be made
    itself, and raises `TypeError`. Its kinds raise `CalendarError` for what is no day and no rule, for a decision
    without reason or source, and for one that was withdrawn before it was announced.
    """

    works: ClassVar[bool | None] = None
    """Whether the office works on such a day; None when that is left as it is."""

    day: date | Days = field(validator=_a_day_or_rule)
    """The day, or a rule for days (`Days`)."""
    reason: str = field(kw_only=True)
    """Why it was decided."""
    source: str = field(kw_only=True)
    """Who decided it, and where that is written."""
    announced: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    """The day on which it became known; None means that it was always known."""
    withdrawn: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    """The day on which it was taken back; None means that it stands."""

    def __attrs_post_init__(self) -> None:
        if type(self) is SpecialDay:
            raise TypeError(
                "a special day is a Closure, a MakeUpDay or OneOffHours, for example; give one of its kinds"
            )
        if not all(isinstance(said, str) and said.strip() for said in (self.reason, self.source)):
            raise CalendarError(self.day, "needs a reason and a source; say why, and who decided it")
        if self.announced and self.withdrawn and self.withdrawn < self.announced:
            raise CalendarError(self.day, f"is withdrawn on {self.withdrawn}, before {self.announced}; correct one")

    def known(self, on: date | None) -> bool:
        """Whether it held with what was known at the end of a day; None means with what is known now."""
        return was_known(on, self.announced, self.withdrawn)

    @property
    def dates(self) -> frozenset[date]:
        """The dates that it is about one by one; none when it follows another rule."""
        if isinstance(self.day, Days):
            return self.day.dates if isinstance(self.day, Dates) else frozenset()
        return frozenset({self.day})

    @property
    def effect(self) -> tuple[object, ...]:
        """What it decides, whatever its days and its reason: decisions of one effect agree."""
        own = (each.name for each in fields(type(self)) if each.name not in COMMON)
        return type(self), *(getattr(self, name) for name in own)

    @property
    def about(self) -> object:
        """What it decides something about; of decisions about the same, one holds."""
        return WORK


def was_known(on: date | None, announced: date | None, withdrawn: date | None) -> bool:
    """Whether what was announced, and perhaps withdrawn, held with what was known at the end of a day."""
    if on is None:
        return withdrawn is None
    return (announced is None or announced <= on) and (withdrawn is None or on < withdrawn)


COMMON: Final = frozenset(each.name for each in fields(SpecialDay))
"""What every decision has."""


@frozen
class Closure(SpecialDay):
    """A day on which the office is closed although its calendar works.

    >>> from datetime import date
    >>> from docflow import OfficeCalendar, WorkingWeek
    >>> flood = Closure(date(2020, 3, 20), reason="flood", source="office order 15/2563")
    >>> OfficeCalendar(WorkingWeek(), [flood]).is_working_day(date(2020, 3, 20))
    False

    Raises as `SpecialDay` does.
    """

    works = False


@frozen
class MakeUpDay(SpecialDay):
    """A day worked at its usual hours although its calendar is closed.

    >>> from datetime import date
    >>> from docflow import OfficeCalendar, WorkingWeek
    >>> saturday = MakeUpDay(date(2020, 3, 21), reason="makes up for the flood", source="office order 16/2563")
    >>> OfficeCalendar(WorkingWeek(), [saturday]).is_working_day(date(2020, 3, 21))
    True

    With a rule it opens holidays too; to leave them closed, take them out: `EveryOther(day) - Holidays()`. Raises as
    `SpecialDay` does.
    """

    works = True


@frozen
class OneOffHours(SpecialDay):
    """A day worked at hours of its own, whatever its calendar says.

    >>> from datetime import date, time
    >>> from docflow import OfficeCalendar, OfficeHours, WorkingWeek
    >>> morning = OfficeHours(opens=time(8, 30), closes=time(12))
    >>> party = OneOffHours(date(2020, 12, 30), morning, reason="party", source="order 61")
    >>> print(OfficeCalendar(WorkingWeek(), [party]).hours_on(date(2020, 12, 30)))
    08:30–12:00

    Raises `CalendarError` for what are no hours, and as `SpecialDay` does.
    """

    works = True

    hours: OfficeHours
    """The hours of that day."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not isinstance(self.hours, OfficeHours):
            raise CalendarError(self.day, "its hours are written OfficeHours(opens=..., closes=...)")


@frozen
class ChangedHours(SpecialDay):
    """Other usual hours on those days of a rule that are worked anyway; it opens no day.

    >>> from datetime import date, time
    >>> from docflow import OfficeCalendar, OfficeHours, WorkingWeek
    >>> from docflow.worktime import DateRange
    >>> six = OfficeHours(opens=time(9), closes=time(15))
    >>> contract = ChangedHours(DateRange(date(2026, 3, 15)), six, reason="new contract", source="contract 7/2026")
    >>> print(OfficeCalendar(WorkingWeek(), [contract]).hours_on(date(2026, 3, 16)))
    09:00–15:00

    A day that has hours of its own, by `OneOffHours` or by the calendar below, keeps them. A day of
    `OfficeTime(days=...)` has the usual hours of the clock. Raises `CalendarError` for what are no hours, and as
    `SpecialDay` does.
    """

    hours: OfficeHours | WeeklyHours
    """The usual hours of those days."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not isinstance(self.hours, OfficeHours | WeeklyHours):
            raise CalendarError(self.day, "its hours are written OfficeHours(opens=..., closes=...), or WeeklyHours")

    @property
    def about(self) -> object:
        """The usual hours."""
        return HOURS


@frozen
class Break(SpecialDay):
    """A time of the day at which the office is closed, whatever hours it has; it opens nothing.

    >>> from datetime import date, time
    >>> from docflow import OfficeHours
    >>> drill = Break(date(2026, 3, 20), time(10), time(11), reason="fire drill", source="order 3")
    >>> print(drill.left_of(OfficeHours(opens=time(8), closes=time(12))))
    08:00–10:00, 11:00–12:00

    Every moment of a day's hours whose local time is from `start` up to `stop` is taken out, also after midnight in a
    night shift. Raises `CalendarError` for what are no two different times, and as `SpecialDay` does.
    """

    start: time
    """The local time at which it begins."""
    stop: time
    """The local time at which the office opens again."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        edges = self.start, self.stop
        if not all(isinstance(edge, time) and edge.tzinfo is None for edge in edges) or self.start == self.stop:
            raise CalendarError(self.day, "a break has two different times of the wall, such as time(12), time(13)")

    @property
    def about(self) -> object:
        """Itself: each break holds beside all others."""
        return self.effect

    def left_of(self, hours: OfficeHours) -> OfficeHours | None:
        """What is left of the hours of a day; None when nothing is."""
        start, stop = since_midnight(self.start), since_midnight(self.stop)
        stop += DAY * (stop < start)
        return hours.without((start + day, stop + day) for day in (-DAY, 0, DAY))


@frozen
class Shortened(SpecialDay):
    """Less open time on a day, taken off the end of whatever hours it has.

    >>> from datetime import time
    >>> from docflow import OfficeHours, WorkTime
    >>> from docflow.worktime import Yearly
    >>> eve = Shortened(Yearly((12, 24)), by=WorkTime(hours=1), reason="Christmas Eve", source="agreement 2")
    >>> print(eve.left_of(OfficeHours(opens=time(9), closes=time(17), breaks=((time(12), time(13)),))))
    09:00–12:00, 13:00–16:00

    Breaks are not counted: of a day that has a break shortly before its end, the time before the break is taken next.
    Raises `CalendarError` for what is no amount of time or none at all, and as `SpecialDay` does.
    """

    by: WorkTime = field(kw_only=True)
    """How much open time is taken off."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not isinstance(self.by, WorkTime) or not self.by:
            raise CalendarError(self.day, "is shortened by some time; give by=WorkTime(hours=1)")

    @property
    def about(self) -> object:
        """The end of the day."""
        return "its end"

    def left_of(self, hours: OfficeHours) -> OfficeHours | None:
        """What is left of the hours of a day; None when nothing is."""
        taken, rest = list[tuple[int, int]](), self.by.microseconds
        for start, stop in reversed(hours.spans):
            taken.append((max(start, stop - rest), stop))
            rest = max(0, rest - (stop - start))
        return hours.without(taken)
