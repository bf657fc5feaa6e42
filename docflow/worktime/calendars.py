"""Calendars as values: which days are worked, what an office changes about them, and since when that was known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple, Protocol, Self, TypeVar

from attrs import evolve, field, frozen
from attrs.validators import instance_of, optional

from docflow.errors import CalendarError, visible
from docflow.instants import day as given_day
from docflow.worktime.hours import WEEKDAYS, OfficeHours, WeeklyHours
from docflow.worktime.special_days import MakeUpDay, OneOffHours, SpecialDay, a_day

__all__ = [
    "Calendar",
    "DaysOnly",
    "Note",
    "OfficeCalendar",
    "WorkingWeek",
    "as_known_on",
    "has_idle_years",
    "hours_on",
    "name_of",
    "notes_on",
    "provisional_years",
    "runs_overnight",
    "weekdays_of",
]


class Calendar(Protocol):
    """Anything that knows the working days: a workalendar calendar, one of `holidays`, or three lines of your own.

    A calendar may know more, and is asked for it when it does: `hours_on(day)`, the hours of a day that has its own
    (else None), with `overnight`, whether any of those run over midnight; `notes(day)`, things with a `reason` and a
    `source`; `as_known_on(day)`, the same calendar as it was known then; `provisional`, the years whose days are
    reckoned and not decided yet; `weekdays`, those on which it may work at the usual hours, 0 for Monday to 6 for
    Sunday; and `idle_years`, whether a year without any working day is meant (else it is refused: most such years are a
    calendar that is wired wrongly).
    """

    def is_working_day(self, day: date, /) -> bool:
        """Whether the office works on that day at all."""


class Note(NamedTuple):
    """Why a day is what it is, and who says so."""

    reason: str
    source: str


def _week(weekdays: Iterable[int]) -> frozenset[int]:
    days = list(weekdays) if isinstance(weekdays, Iterable) else []
    if not days or not all(type(day) is int and day in range(7) for day in days):
        raise CalendarError(days or weekdays, "is no working week; give numbers from 0, Monday, to 6, Sunday")
    return frozenset(days)


@frozen
class WorkingWeek:
    """The calendar without holidays: the same weekdays every week, 0 for Monday to 6 for Sunday.

    >>> print(WorkingWeek())
    Monday, Tuesday, Wednesday, Thursday, Friday
    >>> WorkingWeek(range(6)).is_working_day(date(2020, 1, 4))  # a Saturday
    True

    Raises `CalendarError` for a week without days and for numbers that are no weekdays.
    """

    weekdays: frozenset[int] = field(default=range(5), converter=_week)

    def is_working_day(self, day: date) -> bool:
        """Whether the day's weekday is one of them."""
        return given_day(day).weekday() in self.weekdays

    def notes(self, day: date) -> tuple[Note, ...]:
        """Why a day is not worked: its weekday."""
        return () if self.is_working_day(day) else (Note(WEEKDAYS[day.weekday()], f"the working week: {self}"),)

    def __str__(self) -> str:
        return ", ".join(WEEKDAYS[number] for number in sorted(self.weekdays))


def _listed(days: Iterable[SpecialDay]) -> tuple[SpecialDay, ...]:
    return tuple(days) if isinstance(days, Iterable) else (days,)


def _a_calendar(instance: object, attribute: object, value: Calendar) -> None:  # noqa: ARG001 - attrs' signature
    if not hasattr(value, "is_working_day"):
        raise CalendarError(value, "is no calendar; give one with is_working_day(day), such as WorkingWeek()")


@frozen
class OfficeCalendar:
    """An office's own days on top of another calendar: a national one, or another office's.

    >>> from docflow import Closure, MakeUpDay, ThaiGovernment
    >>> office = OfficeCalendar(
    ...     ThaiGovernment(area="bangkok"),
    ...     days=[
    ...         Closure(date(2020, 3, 20), reason="flood", source="order 15", announced=date(2020, 3, 19)),
    ...         MakeUpDay(date(2020, 3, 21), reason="for the flood", source="order 16", announced=date(2020, 3, 20)),
    ...     ],
    ... )
    >>> friday, saturday = date(2020, 3, 20), date(2020, 3, 21)
    >>> office.is_working_day(friday), office.is_working_day(saturday)
    (False, True)
    >>> known = office.as_known_on(date(2020, 3, 18))
    >>> known.is_working_day(friday), known.is_working_day(saturday)
    (True, False)

    Of two decisions about one day, the one announced later holds. `known_on` gives everything as it was known
    at the end of that day, the calendar below included when it can tell. `idle_years` says that a year without any
    working day is meant, as for a course, a season or an office that has closed. Raises `CalendarError` when one day
    is decided twice as of the same day, and for what is no calendar.
    """

    base: Calendar = field(validator=_a_calendar)
    days: tuple[SpecialDay, ...] = field(default=(), converter=_listed)
    known_on: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    idle_years: bool = field(default=False, kw_only=True, validator=instance_of(bool))
    _decided: dict[date, SpecialDay] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "idle_years", self.idle_years or has_idle_years(self.base))
        if self.known_on is not None:
            object.__setattr__(self, "base", as_known_on(self.base, self.known_on))
        for day in self.days:
            if not isinstance(day, SpecialDay):
                raise CalendarError(day, "is no decision about a day; give Closure(day, reason=..., source=...)")
        in_order = sorted(self.days, key=lambda special: (special.day, special.announced or date.min))
        for one, other in pairwise(in_order):
            if (one.day, one.announced) == (other.day, other.announced):
                raise CalendarError(one.day, "is decided twice as of one day; keep one, or date them apart")
        decided = {special.day: special for special in in_order if special.known(self.known_on)}
        object.__setattr__(self, "_decided", decided)

    @property
    def overnight(self) -> bool:
        """Whether the hours of any special day run over midnight."""
        own = any(isinstance(special, OneOffHours) and special.hours.overnight for special in self._decided.values())
        return own or bool(getattr(self.base, "overnight", False))

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years that the calendar below has not decided yet."""
        return provisional_years(self.base)

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays that may be worked at the usual hours: those below, and those of days that were made up."""
        return weekdays_of(self.base) | {special.day.weekday() for special in self.days if type(special) is MakeUpDay}

    def is_working_day(self, day: date) -> bool:
        """What the office decided, else what the calendar below says."""
        special = self._decided.get(given_day(day))
        return self.base.is_working_day(day) if special is None else special.works

    def hours_on(self, day: date) -> OfficeHours | None:
        """The hours of a day that has its own; None means the usual ones."""
        special = self._decided.get(given_day(day))
        if special is None:
            return hours_on(self.base, day)
        return special.hours if isinstance(special, OneOffHours) else None

    def notes(self, day: date) -> tuple[Note, ...]:
        """What was decided about a day, else what the calendar below notes."""
        special = self._decided.get(given_day(day))
        return notes_on(self.base, day) if special is None else (Note(special.reason, special.source),)

    def as_known_on(self, day: date | None) -> Self:
        """The same calendar with what was known at the end of a day; None means with all that is known now."""
        return evolve(self, base=as_known_on(self.base, day), known_on=day)

    def __str__(self) -> str:
        days = len(self._decided)
        return visible(f"{name_of(self.base)} with {days} special day{'s' * (days != 1)}")


@frozen
class DaysOnly:
    """The working days of another calendar, without the hours it gives to some of them."""

    calendar: Calendar

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years that the other has not decided yet."""
        return provisional_years(self.calendar)

    @property
    def idle_years(self) -> bool:
        """What the other says."""
        return has_idle_years(self.calendar)

    def is_working_day(self, day: date) -> bool:
        """What the other says."""
        return self.calendar.is_working_day(day)

    def notes(self, day: date) -> tuple[Note, ...]:
        """What the other notes."""
        return notes_on(self.calendar, day)

    def as_known_on(self, day: date | None) -> Self:
        """The other as it was known on a day."""
        return evolve(self, calendar=as_known_on(self.calendar, day))

    def __str__(self) -> str:
        return name_of(self.calendar)


Some = TypeVar("Some", bound=Calendar)


def as_known_on(calendar: Some, day: date | None) -> Some:
    """A calendar as it was known on a day; one that keeps no record of that was known all along."""
    rewound = getattr(calendar, "as_known_on", None)
    return calendar if rewound is None else rewound(day)


def hours_on(calendar: Calendar, day: date) -> OfficeHours | None:
    """The hours that a calendar gives a day of its own, if it does."""
    own = getattr(calendar, "hours_on", None)
    return None if own is None else own(day)


def provisional_years(calendar: Calendar) -> tuple[int, ...]:
    """The years that a calendar reckons before they are decided; none for one that does not say."""
    return tuple(getattr(calendar, "provisional", ()))


def runs_overnight(hours: OfficeHours | WeeklyHours, calendar: Calendar) -> bool:
    """Whether any day's shift may run over midnight, at its usual hours or at those a calendar gives it."""
    return hours.overnight or bool(getattr(calendar, "overnight", False))


def has_idle_years(calendar: Calendar) -> bool:
    """Whether a calendar says that a year without any working day is meant."""
    return bool(getattr(calendar, "idle_years", False))


_THIRTY_YEARS: Final = range(date(2000, 1, 1).toordinal(), date(2030, 1, 1).toordinal())


def weekdays_of(calendar: Calendar) -> frozenset[int]:
    """The weekdays that a calendar may work on at its usual hours, as far as it can be told; all when it cannot.

    A calendar that judges days in a way of its own may work on a day of its weekend, so only those are believed that
    judge like all of workalendar or of `holidays`. Of the latter some make weekends up, as China does, and some have
    weekends that changed: what they work in any of thirty years may be worked.
    """
    own = getattr(calendar, "weekdays", None)
    if own is not None:
        return frozenset(own)
    weekend: Iterable[int] = ()
    judge = getattr(getattr(type(calendar), "is_working_day", None), "__module__", "")
    if (judge == "workalendar.core" or judge.startswith("docflow.")) and hasattr(calendar, "get_weekend_days"):
        weekend = calendar.get_weekend_days()
    elif judge == "holidays.holiday_base":
        with suppress(Exception):  # a class of one's own may not be copied, or hold fewer years: then nobody can tell
            asked = deepcopy(calendar)  # it keeps every year that it is asked for
            free = set(getattr(asked, "weekend", ()))
            ends = [day for day in map(date.fromordinal, _THIRTY_YEARS) if day.weekday() in free]
            weekend = free - {day.weekday() for day in ends if asked.is_working_day(day)}
    return frozenset(range(7)) - frozenset(weekend)


def notes_on(calendar: Calendar, day: date) -> tuple[Note, ...]:
    """Why a day is what it is, as far as any calendar says; nothing for an ordinary working day.

    Calendars of workalendar and `holidays` know the names of their days; a day that no calendar names is a weekday
    of the weekend, or just no working day.
    """
    noted = getattr(calendar, "notes", None)
    own = tuple(Note(str(note.reason), str(note.source)) for note in noted(day)) if noted else ()
    if own or calendar.is_working_day(day):
        return own
    named = calendar.get(day) if isinstance(calendar, Mapping) else None
    if named is None and hasattr(calendar, "get_holiday_label"):
        named = calendar.get_holiday_label(day)
    weekend = getattr(calendar, "WEEKEND_DAYS", None) or getattr(calendar, "weekend", None) or ()
    name = named or (WEEKDAYS[day.weekday()] if day.weekday() in weekend else "not a working day")
    return (Note(str(name), name_of(calendar)),)


def name_of(calendar: Calendar) -> str:
    """What a calendar is called: what it says itself, when that is a name and not its contents."""
    kind = type(calendar)
    return str(calendar) if kind.__module__.startswith("docflow.") else f"{kind.__module__}.{kind.__qualname__}"
