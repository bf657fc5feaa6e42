"""Plans: a year's indicators with the clock they are promised on, evaluated together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from docflow.errors import PlanError, ReversedWindowError
from docflow.instants import instant
from docflow.kpi.contexts import A_CLOCK, A_WINDOW
from docflow.kpi.indicator_rows import INDICATOR_COLUMNS
from docflow.kpi.indicators import Indicator, listed
from docflow.kpi.knowledge import as_announced
from docflow.kpi.monthly import Monthly
from docflow.kpi.outcomes import Outcome, evaluate
from docflow.kpi.records import checked
from docflow.kpi.tables import Table, Tabular
from docflow.safe import visible
from docflow.text import Text, expect, of_kind, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docflow.kpi.contexts import Window
    from docflow.kpi.records import CaseOrRecord
    from docflow.text import Language
    from docflow.worktime import WorkClock

__all__ = ["Plan", "PlanResult"]

ERA: Final = 543
"""So many years is the Buddhist era ahead of the common era."""
FAR_AHEAD: Final = 400
"""Nobody looks at a plan so many years after its last one; such a year is one of the Buddhist era."""


@frozen(kw_only=True, repr=False)
class Plan:
    """A year's indicators and the office clock on which they are promised.

    >>> from datetime import date, datetime, time
    >>> from zoneinfo import ZoneInfo
    >>> from docflow import Duration, Event, Indicator, OfficeHours, Record, Window, WorkClock, WorkingDays
    >>> from docflow import WorkingWeek, at_least, reached
    >>> rome = ZoneInfo("Europe/Rome")
    >>> answering = Duration("A", start=reached("received"), stop=reached("answered"))
    >>> plan = Plan(
    ...     title="our plan",
    ...     year=Window(date(2020, 1, 1), date(2020, 12, 31)),
    ...     clock=WorkClock(OfficeHours(opens=time(9), closes=time(17)), WorkingWeek(), zone="Europe/Rome"),
    ...     indicators=[
    ...         Indicator(
    ...             number="A",
    ...             title="answered within 3 working days",
    ...             of="letters",
    ...             measure=answering.within(WorkingDays(3)),
    ...             target=at_least(90),
    ...         )
    ...     ],
    ... )
    >>> monday, tuesday = (datetime(2020, 1, day, 10, tzinfo=rome) for day in (13, 14))
    >>> letter = Record("1/2020", [Event("received", monday), Event("answered", tuesday)])
    >>> print(plan.evaluate({"letters": [letter]}, as_of=tuesday)["A"].explain())
    A answered within 3 working days
    1 × 100 / 1 = 100.00 %
    target ≥ 90 %: met
    2020-01-01 – 2020-12-31, as of 2020-01-14 10:00
    counted 1

    Raises `PlanError` without any indicator, when two, parts included, have one number, and for an indicator whose
    months do not follow each other in the year; and `TypeError` for what is no text, window, clock or indicator.
    """

    title: Text = field(converter=text)
    year: Window = field(validator=of_kind(*A_WINDOW))
    clock: WorkClock = field(validator=of_kind(*A_CLOCK))
    indicators: tuple[Indicator, ...] = field(converter=listed)

    def __attrs_post_init__(self) -> None:
        if not self.indicators:
            raise PlanError(self.title.en, "has no indicator; give it at least one")
        twice = sorted(number for number, n in Counter(one.number for one in self).items() if n > 1)
        if twice:
            raise PlanError(self.title.en, f"has two indicators numbered {', '.join(twice)}; number them apart")
        for one in self:
            try:
                one.window(self.year)
            except (PlanError, ReversedWindowError):
                first, last = one.months or (1, 12)
                problem = f"the months {first} to {last} do not follow each other in the year {self.year}; give others"
                raise PlanError(one.number, problem) from None

    def evaluate(
        self,
        records: Mapping[str, Iterable[CaseOrRecord]],
        *,
        as_of: datetime | None = None,
        clock: WorkClock | None = None,
        known_at: datetime | None = None,
    ) -> PlanResult:
        """Every indicator over the records, which are given by name, as things stood at a moment.

        With `known_at` it is the report as it was printed at that moment: from what had been recorded and announced by
        then, and as of then unless `as_of` says otherwise. One of the two has to be given.

        `clock` replaces the plan's own, such as the same office with the holidays as they were known on a day. Names
        that no indicator reads are refused (`PlanError`), for they are likely slips, and so is a year of the Buddhist
        era; names that are missing mean no records. Raises `TypeError` without a moment, and `NaiveDatetimeError`.
        """
        seen = known_at if as_of is None else as_of
        if seen is None:
            raise TypeError("nobody says up to when the records are seen; give as_of=, or known_at=")
        for at in (seen, known_at):
            if at is not None:
                instant(at)
                self._see_era(at)
        kept = self._by_name(records)
        used = self.clock if clock is None else clock
        expect(used, *A_CLOCK)
        now, known = (None if at is None else at.astimezone(used.tz) for at in (seen, known_at))
        assert now is not None  # noqa: S101 - for the type checker
        used = used if known is None else as_announced(used, known)
        outcomes = evaluate(kept, used, indicators=self.indicators, year=self.year, as_of=now, known_at=known)
        return PlanResult(self, used, now, {one.indicator.number: one for one in outcomes}, known)

    def _see_era(self, at: datetime) -> None:
        """A moment whose year is of the Buddhist era lies centuries ahead, where everything has long been done."""
        if at.year - self.year.last.year > FAR_AHEAD:
            problem = f"is seen up to the year {at.year}; if that is the Buddhist era, it is {at.year - ERA} here"
            raise PlanError(self.title.en, problem)

    def _by_name(self, records: Mapping[str, Iterable[CaseOrRecord]]) -> dict[str, tuple[CaseOrRecord, ...]]:
        wanted = self.wanted()
        expect(records, Mapping, "mapping of records by name", f"some, such as {{{wanted[0]!r}: [...]}}")
        strange = sorted(map(str, set(records) - set(wanted)))
        if strange:
            known = ", ".join(wanted)
            raise PlanError(self.title.en, f"no indicator reads {', '.join(strange)}; the records are named {known}")
        return {name: checked(some) for name, some in records.items()}

    def months(
        self,
        records: Mapping[str, Iterable[CaseOrRecord]],
        *,
        as_of: datetime | None = None,
        clock: WorkClock | None = None,
        known_at: datetime | None = None,
    ) -> dict[str, PlanResult]:
        """The monthly reports: the plan as things stood when each month of its year was over, up to a moment.

        A month that is not over at `as_of` is reported as things stood then. With `known_at`, all are read from what
        had been recorded by then, and up to then unless `as_of` says otherwise.
        """
        as_of = known_at if as_of is None else as_of
        kept = self._by_name(records)
        used = self.clock if clock is None else clock
        ends = {month: self.end_of(month, as_of, used) for month in self.year.months()}
        return {
            month: self.evaluate(kept, as_of=end, clock=used, known_at=known_at)
            for month, end in ends.items()
            if end is not None
        }

    def end_of(self, month: str, as_of: datetime | None, clock: WorkClock) -> datetime | None:
        """The last moment of a month ("2019-11"), or `as_of` while it is not over; None when it has not begun."""
        begins, ends = _month(month, clock)
        if as_of is None or instant(ends) <= instant(as_of):
            return ends
        return as_of if instant(begins) <= instant(as_of) else None

    def over(self, year: Window, title: Text | None = None) -> Plan:
        """The same definition for another year."""
        return evolve(self, year=year, title=self.title if title is None else title)

    def wanted(self) -> tuple[str, ...]:
        """The names of the records that its indicators read."""
        return tuple(dict.fromkeys(one.of for one in self if one.measure is not None))

    def __iter__(self) -> Iterator[Indicator]:
        """Every indicator, and below each its parts."""
        for one in self.indicators:
            yield from one

    def __getitem__(self, number: str) -> Indicator:
        """An indicator, or a part of one, by its number. Raises `PlanError` for a number that it does not have."""
        if number not in self._numbered:
            raise PlanError(self.title.en, f"has no indicator {number!r}; it has {', '.join(self._numbered)}")
        return self._numbered[number]

    def __repr__(self) -> str:
        """What it is called, its year and the numbers of its indicators."""
        return visible(f"<Plan {self.title.en}, {self.year}: {', '.join(one.number for one in self.indicators)}>")

    @cached_property
    def _numbered(self) -> Mapping[str, Indicator]:
        return {one.number: one for one in self}


def _kept(outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    return dict(outcomes)


@frozen(repr=False)
class PlanResult(Tabular):
    """Every indicator of a plan over the same records, as of one moment.

    >>> from datetime import datetime
    >>> from docflow.bangkok import PLAN_2563
    >>> result = PLAN_2563.evaluate({}, as_of=datetime.fromisoformat("2020-09-30T16:30+07:00"))
    >>> [one.indicator.number for one in result][:3], result["1.5"].value
    (['1.1', '1.2', '1.3'], None)
    """

    plan: Plan
    clock: WorkClock
    as_of: datetime
    outcomes: Mapping[str, Outcome] = field(converter=_kept)
    """By number, in the plan's order; the parts stand inside their own."""
    known_at: datetime | None = None
    """When it was printed, when it is the report of that moment; None knows all that is recorded."""

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self.outcomes.values())

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years with holidays that are not all announced: of the plan's year, and in which records are due."""
        first, last = self.plan.year.first.year, self.plan.year.last.year
        own = {year for year in self.clock.provisional if first <= year <= last}
        return tuple(sorted(own.union(*(one.provisional for one in self))))

    def all(self) -> Iterator[Outcome]:
        """Every outcome, and below each its parts."""
        for one in self.outcomes.values():
            yield from one

    @property
    def monthly(self) -> Monthly:
        """A row for each indicator and month, as a table: `monthly.to_pandas()`, `.to_csv()`, `.to_rows()`.

        >>> from datetime import date, datetime
        >>> from docflow import Duration, Event, Indicator, Plan, Record, Window, reached
        >>> from docflow.bangkok import office_clock
        >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
        >>> answering = Duration("answering", start=reached("came"), stop=reached("answered"))
        >>> mean = Indicator(number="1", title="mean time to an answer", of="letters", measure=answering)
        >>> january = Window(date(2020, 1, 1), date(2020, 1, 31))
        >>> plan = Plan(title="our plan", year=january, clock=office_clock(), indicators=[mean])
        >>> letter = Record("1/2563", [Event("came", nine), Event("answered", ten)])
        >>> result = plan.evaluate({"letters": [letter]}, as_of=ten)
        >>> [(row["month"], row["number"], row["value"], row["median"]) for row in result.monthly.to_rows()]
        [('2020-01', '1', 60.0, 60.0)]

        A record belongs to its month as in `Outcome.by_month`. What has no months has no row. `median` and
        `percentile_90` are those of a duration, in minutes, and None for all else.
        """
        return Monthly(tuple(self.all()), self.clock)

    def _table(self, language: Language) -> Table:
        return Table(INDICATOR_COLUMNS, [one.row(language) for one in self.all()], self.clock)

    def __getitem__(self, number: str) -> Outcome:
        """An outcome, or that of a part, by its number. Raises `PlanError` for a number that the plan does not have."""
        self.plan[number]
        return self._numbered[number]

    def __repr__(self) -> str:
        return visible(f"<PlanResult {self._heading()}: {', '.join(self.outcomes)}>")

    def __str__(self) -> str:
        """A line for each indicator: its value, its target, and whether it is met."""
        return "\n".join(map(visible, [self._heading(), *(one.brief() for one in self.all())]))

    def _heading(self) -> str:
        known = "" if self.known_at is None else f", as recorded by {self.known_at:%Y-%m-%d %H:%M}"
        return f"{self.plan.title.en}, {self.plan.year}, as of {self.as_of:%Y-%m-%d %H:%M}{known}"

    @cached_property
    def _numbered(self) -> Mapping[str, Outcome]:
        return {one.indicator.number: one for one in self.all()}


def _month(month: str, clock: WorkClock) -> tuple[datetime, datetime]:
    """When a month begins, and its last microsecond: a night shift of its last day is part of it."""
    first = date.fromisoformat(f"{month}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    return clock.datetime_of(clock.day_begin(first)), clock.datetime_of(clock.day_begin(after) - 1)
