"""Results that keep their evidence: every case given lies in exactly one bin, and values are exact fractions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final, Self

from attrs import evolve, field, frozen

from docflow.errors import PlanError
from docflow.kpi.evidence import Places
from docflow.kpi.places import Bin, Placed
from docflow.worktime import instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from docflow.kpi.measures import Measure
    from docflow.kpi.windows import Window
    from docflow.worktime import WorkClock

__all__ = ["Result", "Share", "merged"]

BEFORE: Final = -(2**63)


@frozen
class Share:
    """So many out of so many.

    >>> share = Share(2, 3)
    >>> share.fraction, str(share), str(Share(0, 0))
    (Fraction(2, 3), '66.67 %', '–')
    """

    hits: int
    total: int

    @property
    def fraction(self) -> Fraction | None:
        """The share, exactly; nothing out of nothing has no value."""
        return Fraction(self.hits, self.total) if self.total else None

    @property
    def percent(self) -> Fraction | None:
        """The share in percent, exactly."""
        return Fraction(100 * self.hits, self.total) if self.total else None

    def __str__(self) -> str:
        if self.percent is None:
            return "–"
        shown = round(self.percent, 2)  # but what is not all never rounds to all
        return f"{float(min(shown, Fraction(9999, 100)) if self.hits < self.total else shown):.2f} %"


def _last(*instants: int | None) -> int:
    """The last of some instants, before all others where there is none."""
    return max((one for one in instants if one is not None), default=BEFORE)


def _listed(places: Iterable[Placed]) -> Places:
    return Places.of(places)


@frozen
class Result:
    """What a measure read of some cases: the context it was read in, and each case's place, in the order given."""

    unit: ClassVar[str] = ""
    """What its value is counted in: "%", "min", "times", "points"; what others report says it itself."""

    measure: Measure
    clock: WorkClock
    window: Window | None
    as_of: datetime | None
    """The moment up to which steps were seen; None only when there were none."""
    places: Places = field(converter=_listed)

    @cached_property
    def bins(self) -> Mapping[Bin, tuple[Placed, ...]]:
        """The places of each bin, empty ones too."""
        found: dict[Bin, list[Placed]] = {each: [] for each in Bin}
        for place in self.places:
            found[place.bin].append(place)
        return {each: tuple(places) for each, places in found.items()}

    @property
    def counted_in(self) -> str:
        """What its value is counted in."""
        return self.unit

    @cached_property
    def provisional(self) -> tuple[int, ...]:
        """The years with holidays that are not all announced, of those in which its cases were timed or are due."""
        if not self.measure.clocked:
            return ()
        begin = self.clock.day_begin
        bounds = {year: (begin(date(year, 1, 1)), begin(date(year + 1, 1, 1))) for year in self.clock.provisional}
        seen = None if self.as_of is None else instant(self.as_of)
        last = _last(seen, self.places.latest_due())
        if not any(begins <= last for begins, _ in bounds.values()):
            return ()  # as nearly always: nothing is as late as that
        touched: set[int] = set()
        for place in self.places:
            if place.start is not None and place.bin is not Bin.EXCLUDED:
                start, stop = instant(place.start), seen if place.stop is None else instant(place.stop)
                until = _last(stop, place.due_at)
                touched.update(year for year, (begins, ends) in bounds.items() if start < ends and begins <= until)
        return tuple(sorted(touched))

    @property
    def name(self) -> str:
        """What its measure is called."""
        return self.measure.name

    @property
    def counted(self) -> tuple[Placed, ...]:
        """The cases that did what is asked, in time if there is a limit, or were measured."""
        return self.bins[Bin.COUNTED]

    @property
    def late(self) -> tuple[Placed, ...]:
        """Those done after they were due, or open when they were due."""
        return self.bins[Bin.LATE]

    @property
    def missed(self) -> tuple[Placed, ...]:
        """Those that did not, where time is not the reason."""
        return self.bins[Bin.MISSED]

    @property
    def running(self) -> tuple[Placed, ...]:
        """Those that are open and still can: shown, and left out of the denominator."""
        return self.bins[Bin.RUNNING]

    @property
    def unfinished(self) -> tuple[Placed, ...]:
        """Those whose clock is running; what they have used up is None where the calendar ends before `as_of`."""
        return self.bins[Bin.UNFINISHED]

    @property
    def excluded(self) -> tuple[Placed, ...]:
        """Those that it does not speak of, each with the reason."""
        return self.bins[Bin.EXCLUDED]

    @property
    def share(self) -> Share:
        """Those counted, of all whose verdict is known."""
        counted, late, missed = (self.places.tally(each) for each in (Bin.COUNTED, Bin.LATE, Bin.MISSED))
        return Share(counted, counted + late + missed)

    @property
    def letters(self) -> int:
        """How many letters, or other cases, it speaks of."""
        return len(self.places) - self.places.tally(Bin.EXCLUDED)

    @property
    def numerator(self) -> Fraction | None:
        """What is divided; None when there is nothing to compute with."""
        raise NotImplementedError

    @property
    def denominator(self) -> int:
        """What it is divided by."""
        raise NotImplementedError

    @property
    def value(self) -> Fraction | None:
        """The indicator's value, exactly; None when there is none, as of nothing out of nothing."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    def by_month(self) -> dict[str, Self]:
        """The result month by month ("2019-11"), each case in the month in which its clock started.

        Excluded cases belong to no month, and each part keeps the window of the whole.
        """
        return {month: evolve(self, places=self.places.some(which)) for month, which in self.places.months().items()}


def merged(parts: Iterable[Result]) -> Result:
    """One result of several parts of it, such as its months. Raises `PlanError` for none, or for strangers.

    >>> from docflow import bangkok
    >>> whole = bangkok.HANDING_OVER.read([], bangkok.office_clock())
    >>> merged([whole, whole]) == whole
    True
    """
    parts = tuple(parts)
    if not parts:
        raise PlanError("merged", "there is nothing to merge; give at least one result")
    first = parts[0]
    for one in parts[1:]:
        if (one.measure, one.clock, one.window, one.as_of) != (first.measure, first.clock, first.window, first.as_of):
            raise PlanError(one.name, "only parts of one result can be merged; read them in one context")
    places = Places.of(place for one in parts for place in one.places)
    return evolve(first, places=first.measure.settled(places))
