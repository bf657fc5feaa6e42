"""OfficeCalendar: what an office decides about days on top of another calendar, and when each decision became known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Self

from attrs import evolve, field, frozen
from attrs.validators import instance_of, optional

from docflow.errors import CalendarError, OutsideCalendarError
from docflow.instants import day as given_day
from docflow.safe import visible
from docflow.worktime.adapter import Calendar, CalendarAdapter, Kind, Note, a_calendar
from docflow.worktime.day_rules import Days, a_day
from docflow.worktime.decisions import (
    HOURS,
    WORK,
    Break,
    ChangedHours,
    MakeUpDay,
    OneOffHours,
    Shortened,
    SpecialDay,
)
from docflow.worktime.hours import OfficeHours, WeeklyHours
from docflow.worktime.open_spans import OpenSpans

__all__ = ["OfficeCalendar"]


def _listed(days: Iterable[SpecialDay]) -> tuple[SpecialDay, ...]:
    return tuple(days) if isinstance(days, Iterable) else (days,)


@frozen
class OfficeCalendar:
    """What an office decides itself, on top of another calendar: a national one, or that of another office.

    >>> from datetime import date
    >>> from docflow import Closure, ThaiGovernment
    >>> friday = date(2020, 3, 20)
    >>> flood = Closure(friday, reason="flood", source="order 15", announced=date(2020, 3, 19))
    >>> office = OfficeCalendar(ThaiGovernment(area="bangkok"), [flood])
    >>> office.is_working_day(friday), office.as_known_on(date(2020, 3, 18)).is_working_day(friday)
    (False, True)

    A decision is about a day or about the days of a rule (`Days`). `Closure`, `MakeUpDay` and
    `OneOffHours` say whether a day is worked, and `ChangedHours` what its usual hours are; then each `Break` and the
    `Shortened` are taken off the hours that it has. Of two decisions about the same, the one announced later holds; of
    two announced on one day, a date goes before a rule, and of two rules the later in the list. Decisions that agree
    are one.

    With `known_on` everything is as it was known at the end of that day, also the calendar below when it keeps a
    record. `idle_years=True` says that a year without any working day is meant, as for a course, a season or an office
    that has closed. Raises `CalendarError` when one date is decided in two ways with one date of announcement, and for
    what is no calendar.
    """

    base: Calendar = field(validator=a_calendar)
    """The calendar below: what it says holds where the office decides nothing."""
    days: tuple[SpecialDay, ...] = field(default=(), converter=_listed)
    """What the office decided."""
    known_on: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    """The day at whose end everything is seen; None means with what is known now."""
    idle_years: bool = field(default=False, kw_only=True, validator=instance_of(bool))
    """Whether a year without any working day is meant."""

    @days.validator
    def _decided_once(self, _: object, days: tuple[SpecialDay, ...]) -> None:
        effects: dict[object, object] = {}
        for special in days:
            if not isinstance(special, SpecialDay):
                raise CalendarError(special, "is no decision about a day; give Closure(day, reason=..., source=...)")
            for day in sorted(special.dates):
                if effects.setdefault((day, special.announced, special.about), special.effect) != special.effect:
                    raise CalendarError(day, "is decided twice as of one day; keep one, or date them apart")

    def __attrs_post_init__(self) -> None:
        # Converters of attrs cannot do this, because `base` depends on a field after it.
        given = CalendarAdapter(self.base)
        object.__setattr__(self, "idle_years", self.idle_years or given.idle_years)
        if self.known_on is not None:
            object.__setattr__(self, "base", given.as_known_on(self.known_on))

    @property
    def overnight(self) -> bool:
        """Whether the hours of any decision run over midnight."""
        own = (special.hours for special in self._ranked if isinstance(special, OneOffHours | ChangedHours))
        return any(hours.overnight for hours in own) or self._below.overnight

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years that the calendar below has not decided yet."""
        return self._below.provisional

    @property
    def usual_hours(self) -> bool:
        """Whether the days of the calendar below have usual hours."""
        return self._below.usual_hours

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays that may be worked at the usual hours: those below, and those of make-up days."""
        made_up = [special.day for special in self.days if type(special) is MakeUpDay]
        opened = (day.weekdays if isinstance(day, Days) else {day.weekday()} for day in made_up)
        return self._below.weekdays.union(*opened)

    def is_working_day(self, day: date) -> bool:
        """What the office decided, else what the calendar below says."""
        decided = self._about(given_day(day)).get(WORK)
        return self.base.is_working_day(day) if decided is None else bool(decided[0].works)

    def held_in(self, year: int) -> range:
        """The days of a year for which there is an answer; the last may be the eve of a day that is not held."""
        held = self._below.held_in(year)
        last = date.fromordinal(held.stop - 1)
        try:
            self._about(last)
        except OutsideCalendarError as error:
            if error.year != year + 1:
                raise
            return held[:-1]
        return held

    def hours_on(self, day: date) -> OfficeHours | OpenSpans | None:
        """The hours of a day that has its own, before anything is taken off them; None means the usual ones."""
        about = self._about(given_day(day))
        own, changed = _hours(about.get(WORK)), _hours(about.get(HOURS))
        given = own or (None if WORK in about else self._below.hours_on(day)) or changed
        return given.on(day) if isinstance(given, WeeklyHours) else given

    def hours_of(self, day: date, usual: OfficeHours | WeeklyHours) -> OfficeHours | OpenSpans | None:
        """The hours of a day, of which the usual ones are given; None when nothing is left of them."""
        about = self._about(given_day(day))
        own, usual = _hours(about.get(WORK)), _hours(about.get(HOURS)) or usual
        hours = (own or usual).on(day) if WORK in about else self._below.hours_of(day, usual)
        taken = [one for kind in (Break, Shortened) for one, *_ in about.values() if isinstance(one, kind)]
        for special in taken:
            if isinstance(hours, OpenSpans):
                way = f"but {special.reason!r} takes some off; decide it in the calendar of each office"
                raise CalendarError(day, f"has no hours on the wall, {way}")
            hours = special.left_of(hours) if hours else hours
        return hours

    def is_holiday(self, day: date) -> bool:
        """Whether the calendar below has a holiday that the office did not make up for."""
        return self._below.is_holiday(given_day(day)) and not self.is_working_day(day)

    def notes(self, day: date) -> tuple[Note, ...]:
        """The reason of every decision that holds about a day, after what the calendar below notes when it decides."""
        about = self._about(given_day(day))
        decided = about.pop(WORK, [])
        notes = [Note(special.reason, special.source) for special in decided] or list(self._below.notes(day))
        if self.is_working_day(day):
            changed = _hours(about.get(HOURS))
            if changed and changed.on(day) != self.hours_on(day):
                del about[HOURS]  # the day has hours of its own
            notes += [Note(special.reason, special.source) for held in about.values() for special in held]
        return tuple(dict.fromkeys(notes))

    def kind_of(self, day: date) -> Kind:
        """What a day is that is not worked: closed by the office itself, or what it is below."""
        return "closure" if WORK in self._about(given_day(day)) else self._below.kind_of(day)

    def as_known_on(self, day: date | None) -> Self:
        """The same calendar as it was known at the end of a day; None means as it is known now."""
        return evolve(self, base=self._below.as_known_on(day), known_on=day)

    def __str__(self) -> str:
        days, rules = len(self._dated), len(self._rules)
        told = [f"{days} special day{'s' * (days != 1)}"] * bool(days or not rules)
        told += [f"{rules} rule{'s' * (rules != 1)}"] * bool(rules)
        return visible(f"{self._below} with {' and '.join(told)}")

    @cached_property
    def _below(self) -> CalendarAdapter:
        return CalendarAdapter(self.base)

    @cached_property
    def _ranked(self) -> tuple[SpecialDay, ...]:
        """The decisions that are known, those that go before others first."""
        known = [special for special in reversed(self.days) if special.known(self.known_on)]
        return tuple(sorted(known, key=lambda each: (each.announced or date.min, bool(each.dates)), reverse=True))

    @cached_property
    def _dated(self) -> dict[date, list[int]]:
        """The ranks of the decisions about each date."""
        dated: dict[date, list[int]] = {}
        for rank, special in enumerate(self._ranked):
            for day in special.dates:
                dated.setdefault(day, []).append(rank)
        return dated

    @cached_property
    def _rules(self) -> list[tuple[int, Days]]:
        """The ranks of the decisions that follow a rule."""
        ranked = enumerate(self._ranked)
        return [(rank, special.day) for rank, special in ranked if not special.dates and isinstance(special.day, Days)]

    def _about(self, day: date) -> dict[object, list[SpecialDay]]:
        """By what is decided about a day: the decision that holds, and those that agree with it."""
        ranks = self._dated.get(day, []) + [rank for rank, rule in self._rules if rule.holds(day, self._below)]
        about: dict[object, list[SpecialDay]] = {}
        for special in (self._ranked[rank] for rank in sorted(ranks)):
            held = about.setdefault(special.about, [special])
            if special is not held[0] and special.effect == held[0].effect:
                held.append(special)
        return about


def _hours(decided: list[SpecialDay] | None) -> OfficeHours | WeeklyHours | None:
    """The hours of a decision that has any."""
    special = decided[0] if decided else None
    return special.hours if isinstance(special, OneOffHours | ChangedHours) else None
