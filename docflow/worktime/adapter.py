"""Any calendar as the clock sees it: everything that a clock asks, also of calendars that know only working days."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Protocol, Self, TypeAlias

from attrs import frozen

from docflow.errors import CalendarError
from docflow.worktime.hours import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.worktime.hours import OfficeHours, WeeklyHours
    from docflow.worktime.open_spans import OpenSpans

__all__ = ["Calendar", "CalendarAdapter", "DaysOnly", "Kind", "Note", "a_calendar", "joined"]

Kind: TypeAlias = Literal["weekend", "holiday", "closure", "hours"]
"""A weekday that is never worked, a holiday of the calendar, a closure of the office, or a day without hours."""


class Calendar(Protocol):
    """Anything that knows the working days: a workalendar calendar, one of `holidays`, or a class of your own.

    >>> from datetime import date, time
    >>> class Weekends:
    ...     def is_working_day(self, day: date) -> bool:
    ...         return day.weekday() in (5, 6)
    >>> from docflow import OfficeHours, WorkClock
    >>> market = WorkClock(OfficeHours(opens=time(9), closes=time(17)), Weekends(), zone="Asia/Bangkok")
    >>> print(market.days.add(date(2020, 1, 3), 1))
    2020-01-04

    What is no calendar is refused with `CalendarError`, and so is the class of one. What a calendar raises about a day
    is passed on. A calendar may know more, and is asked for it when it does:

    * `hours_on(day)`: the hours of a day that has its own, else None; and `overnight`: whether any of them run over
      midnight. Or `hours_of(day, usual)`: the hours of a day whose usual ones are given; None means that none are left.
      `usual_hours` is False when each day has its own, so that no day is as long as another.
    * `notes(day)`: why a day is what it is, as things with a `reason` and a `source`, and `thai`, the reason in Thai,
      where that is known.
    * `kind_of(day)`: what a day is that is not worked: "weekend", "holiday" or "closure"; and `is_holiday(day)`, which
      is true of a holiday that falls on a weekend too.
    * `as_known_on(day)`: the same calendar as it was known on a day.
    * `provisional`: the years that are reckoned by rule and not decided yet.
    * `weekdays`: those on which it may work at the usual hours, 0 for Monday to 6 for Sunday.
    * `idle_years`: whether a year without any working day is meant; else it is refused, because most such calendars
      have a mistake.
    * `held_in(year)`: the days of a year for which it has an answer, when it lacks the first or the last ones. It must
      then have no answer for the year before, or after.
    """

    def is_working_day(self, day: date, /) -> bool:
        """Whether the office works on that day at all."""


class Note(NamedTuple):
    """Why a day is what it is, and who says so.

    >>> from datetime import date
    >>> from docflow import ThaiGovernment
    >>> [note] = ThaiGovernment(area="bangkok").notes(date(2020, 5, 4))
    >>> print(note.reason, note.thai, note.source, sep=" | ")
    Coronation Day | วันฉัตรมงคล | Cabinet 21 May 2019; notice of the Office of the Prime Minister 24 May 2019
    """

    reason: str
    """The reason, in English, or in the words of the calendar."""
    source: str
    """Who decided it, and where that is written."""
    thai: str = ""
    """The reason in Thai, where it is known."""


def joined(notes: Iterable[Note]) -> tuple[str, str]:
    """The reasons of some notes in one line, and their sources, each once."""
    some = tuple(notes)
    return "; ".join(note.reason for note in some), "; ".join(dict.fromkeys(note.source for note in some))


def a_calendar(instance: object, attribute: object, value: Calendar) -> None:  # noqa: ARG001 - attrs' signature
    """Refuse what is no calendar, and the class of one."""
    if isinstance(value, type):
        raise CalendarError(value.__name__, f"is the class of a calendar; give one of it, such as {value.__name__}()")
    if not hasattr(value, "is_working_day"):
        raise CalendarError(value, "is no calendar; give one with is_working_day(day), such as WorkingWeek()")


_THIRTY_YEARS: Final = range(date(2000, 1, 1).toordinal(), date(2030, 1, 1).toordinal())


@frozen
class CalendarAdapter:
    """A calendar with an answer to every question: what the calendar itself knows, else what is plain.

    >>> from workalendar.europe import Netherlands
    >>> CalendarAdapter(Netherlands()).notes(date(2020, 4, 27))[0][:2]
    ("King's day", 'workalendar.europe.netherlands.Netherlands')
    """

    calendar: Any
    """A `Calendar`; only this class reads what it may know beside its working days."""

    @property
    def overnight(self) -> bool:
        """Whether the calendar's own hours of any day run over midnight."""
        return bool(getattr(self.calendar, "overnight", False))

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years that the calendar reckons before they are decided."""
        return tuple(getattr(self.calendar, "provisional", ()))

    @property
    def idle_years(self) -> bool:
        """Whether the calendar says that a year without any working day is meant."""
        return bool(getattr(self.calendar, "idle_years", False))

    @property
    def usual_hours(self) -> bool:
        """Whether working days have usual hours, and only some have their own."""
        return bool(getattr(self.calendar, "usual_hours", True))

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays on which the calendar may work at its usual hours; all of them when it cannot be told."""
        own = getattr(self.calendar, "weekdays", None)
        return frozenset(range(7)) - self._weekend() if own is None else frozenset(own)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on a day."""
        works: bool = self.calendar.is_working_day(day)
        return works

    def held_in(self, year: int) -> range:
        """The days of a year for which the calendar has an answer, as `date.toordinal` numbers them."""
        own = getattr(self.calendar, "held_in", None)
        return range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()) if own is None else own(year)

    def hours_on(self, day: date) -> OfficeHours | OpenSpans | None:
        """The hours that the calendar gives a day; None means the usual ones."""
        own = getattr(self.calendar, "hours_on", None)
        return None if own is None else own(day)

    def hours_of(self, day: date, usual: OfficeHours | WeeklyHours) -> OfficeHours | OpenSpans | None:
        """The hours of a day, of which the usual ones are given; None when the calendar leaves none of them."""
        own = getattr(self.calendar, "hours_of", None)
        if own is not None:
            return own(day, usual)  # type: ignore[no-any-return]  # a calendar of docflow's
        return self.hours_on(day) or usual.on(day)

    def is_holiday(self, day: date) -> bool:
        """Whether a day is a holiday that is not worked, be it on a weekend.

        workalendar and `holidays` are asked whether they name the day. Of a calendar that knows no such thing, it is
        what `kind_of` says.
        """
        if self.is_working_day(day):
            return False
        own = getattr(self.calendar, "is_holiday", None)
        if own is not None:
            return bool(own(day))
        return day in self.calendar if isinstance(self.calendar, Mapping) else self.kind_of(day) == "holiday"

    def notes(self, day: date) -> tuple[Note, ...]:
        """Why a day is what it is; nothing for an ordinary working day.

        The calendar's own notes, else the name that workalendar or `holidays` has for the day, else its weekday when
        that is in the weekend, else "not a working day".
        """
        noted = getattr(self.calendar, "notes", None)
        own = (
            tuple(Note(str(note.reason), str(note.source), str(getattr(note, "thai", ""))) for note in noted(day))
            if noted
            else ()
        )
        if own or self.is_working_day(day):
            return own
        named = self.calendar.get(day) if isinstance(self.calendar, Mapping) else None
        if named is None and hasattr(self.calendar, "get_holiday_label"):
            named = self.calendar.get_holiday_label(day)
        weekend = getattr(self.calendar, "WEEKEND_DAYS", None) or getattr(self.calendar, "weekend", None) or ()
        reason = named or (WEEKDAYS[day.weekday()] if day.weekday() in weekend else "not a working day")
        return (Note(str(reason), str(self)),)

    def kind_of(self, day: date) -> Kind:
        """What a day is that is not worked: one of a weekend, a holiday, or closed by the office itself.

        Of a calendar that does not tell its weekdays, every such day is a holiday.
        """
        own = getattr(self.calendar, "kind_of", None)
        if own is not None:
            return own(day)  # type: ignore[no-any-return]  # a calendar of docflow's
        return "holiday" if day.weekday() in self.weekdays else "weekend"

    def as_known_on(self, day: date | None) -> Any:  # noqa: ANN401 - a calendar of the same kind
        """The calendar itself, without this adapter, as it was known on a day; one that keeps no record stays."""
        rewound = getattr(self.calendar, "as_known_on", None)
        return self.calendar if rewound is None else rewound(day)

    def __str__(self) -> str:
        """What the calendar is called: docflow's own say it themselves, others by their class."""
        kind = type(self.calendar)
        own = kind.__module__.startswith("docflow.")
        return str(self.calendar) if own else f"{kind.__module__}.{kind.__qualname__}"

    def _weekend(self) -> frozenset[int]:
        """The weekdays on which the calendar surely never works.

        Only calendars that decide about days in the way of all of workalendar or of `holidays` are believed, because
        any other may work on a day of its weekend. Some of `holidays` make weekends up, as China does, and some have
        weekends that changed: whatever weekday they work in any of thirty years does not count.
        """
        judge = getattr(getattr(type(self.calendar), "is_working_day", None), "__module__", "")
        if (judge == "workalendar.core" or judge.startswith("docflow.")) and hasattr(self.calendar, "get_weekend_days"):
            return frozenset(self.calendar.get_weekend_days())
        if judge == "holidays.holiday_base":
            with suppress(Exception):  # a class of a user may not be copied, or hold fewer years: then nobody can tell
                asked = deepcopy(self.calendar)  # it keeps every year that it is asked for
                free = frozenset(getattr(asked, "weekend", ()))
                ends = [day for day in map(date.fromordinal, _THIRTY_YEARS) if day.weekday() in free]
                return free - {day.weekday() for day in ends if asked.is_working_day(day)}
        return frozenset()


@frozen
class DaysOnly(CalendarAdapter):
    """The working days of another calendar, without the hours that it gives to some of them."""

    usual: OfficeHours | WeeklyHours

    @property
    def overnight(self) -> bool:
        """No hours, so none over midnight."""
        return False

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on a day, for however short a time."""
        return super().is_working_day(day) and super().hours_of(day, self.usual) is not None

    def hours_on(self, day: date) -> None:
        """No day has hours of its own."""

    def hours_of(self, day: date, usual: OfficeHours | WeeklyHours) -> OfficeHours:
        """The usual hours."""
        return usual.on(day)

    def as_known_on(self, day: date | None) -> Self:
        """The same of the other calendar as it was known on a day."""
        return type(self)(super().as_known_on(day), self.usual)
