"""Results that keep their evidence: every case given lies in exactly one bin, and values are exact fractions."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from attrs import evolve, field, frozen

from docflow.errors import PlanError
from docflow.kpi.evidence import Places
from docflow.kpi.places import Bin, Placed
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from docflow.kpi.measures import Measure
    from docflow.kpi.moments import Traced, Window
    from docflow.worktime import WorkClock

__all__ = [
    "Disputed",
    "Durations",
    "Entered",
    "Rate",
    "Readings",
    "Result",
    "Scores",
    "Share",
    "Tally",
    "merged",
]


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


@frozen
class Durations(Result):
    """What a stopwatch read: how long each case took, and those that are not done."""

    unit = "min"

    @property
    def measured(self) -> tuple[Placed, ...]:
        """The cases whose clock started and stopped."""
        return self.counted

    @cached_property
    def total(self) -> WorkTime:
        """The working time of all measured cases together."""
        return WorkTime.of(sum(self._ordered))

    @property
    def numerator(self) -> Fraction:
        """T₁ + … + Tₙ, in minutes."""
        return self.total.minutes

    @property
    def denominator(self) -> int:
        """N, the measured cases."""
        return self.places.tally(Bin.COUNTED)

    @property
    def mean_minutes(self) -> Fraction | None:
        """Their mean in minutes: one sum of integers, divided once."""
        return self.value

    @property
    def median_minutes(self) -> Fraction | None:
        """The minutes that half of them did not exceed; between two middle cases, their mean."""
        ordered = self._ordered
        middle = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
        return WorkTime.of(sum(middle)).minutes / len(middle) if middle else None

    def percentile_minutes(self, percent: float | Fraction) -> Fraction | None:
        """The least measured minutes that so many percent of the cases did not exceed (nearest rank).

        Raises `PlanError` unless it is above 0 and at most 100.
        """
        if not 0 < percent <= 100:  # noqa: PLR2004 - percent
            raise PlanError(self.name, f"there is no {percent}th percentile; give one above 0 and up to 100")
        ordered = self._ordered
        rank = -(-len(ordered) * Fraction(percent) // 100)  # the ceiling, exactly
        return WorkTime.of(ordered[int(rank) - 1]).minutes if ordered else None

    def share_within(self, cap: WorkTime) -> Share:
        """How many cases took no longer than `cap`, of all of which that is known.

        One that is still open has broken the cap once it has used it up; until then it is left out, like a running one.
        """
        if not isinstance(cap, WorkTime):  # a timedelta has microseconds too, of another kind
            raise TypeError(f"{cap!r} is not working time; give a WorkTime, such as WorkTime(minutes=15)")
        most = cap.microseconds
        kept = sum(worked <= most for worked in self._ordered)
        late = sum(worked >= most for worked in self.places.worked(Bin.UNFINISHED))
        return Share(kept, self.denominator + late)

    @cached_property
    def _ordered(self) -> Sequence[int]:
        return sorted(self.places.worked(Bin.COUNTED))


@frozen
class Rate(Result):
    """How many cases did what is asked: those that did, those that did not, and those that still can."""

    unit = "%"

    @property
    def numerator(self) -> Fraction:
        """A hundred times those that did: the plan's formulas multiply before they divide."""
        return Fraction(100 * self.places.tally(Bin.COUNTED))

    @property
    def denominator(self) -> int:
        """All of which it is known."""
        return self.share.total


@frozen
class Tally(Rate):
    """How often something was done as it should be."""

    unit = "times"

    @property
    def numerator(self) -> Fraction | None:  # type: ignore[override]  # a count of what nobody wrote down is none
        """The cases, or the months that have one; None when there are no records at all."""
        if not self.places:
            return None
        if not getattr(self.measure, "months", False):
            return Fraction(self.places.tally(Bin.COUNTED))
        days = (one.day for one in self.counted)
        return Fraction(len({(day.year, day.month) for day in days if day is not None}))

    @property
    def denominator(self) -> int:
        """1: a count is not divided."""
        return 1


@frozen
class Scores(Result):
    """What questionnaires said: the score of each item, and the mean over the items."""

    unit = "points"

    @cached_property
    def frequencies(self) -> Mapping[str, Mapping[int, int]]:
        """How often each item got each score, the items in the order in which they first came."""
        found: dict[str, Counter[int]] = {}
        for one in self.bins[Bin.COUNTED]:
            for item, score in one.case.scores:  # type: ignore[attr-defined]  # the measure has seen that it has some
                found.setdefault(item, Counter())[score] += 1
        return found

    @property
    def items(self) -> dict[str, Fraction]:
        """Each item's score: the mean over those who answered it."""
        return {
            item: Fraction(sum(score * n for score, n in counts.items()), sum(counts.values()))
            for item, counts in self.frequencies.items()
        }

    @property
    def numerator(self) -> Fraction:
        """The sum of the items' scores."""
        return sum(self.items.values(), Fraction())

    @property
    def denominator(self) -> int:
        """The number of items."""
        return len(self.frequencies)


@frozen
class Entered(Result):
    """A value that came from outside: the last one reported by `as_of`, with its source and its date."""

    @property
    def reported(self) -> Placed | None:
        """The record that counts."""
        return next(iter(self.bins[Bin.COUNTED]), None)

    @property
    def source(self) -> str | None:
        """Who says so."""
        return None if self.reported is None else self.reported.case.source  # type: ignore[attr-defined]

    @property
    def counted_in(self) -> str:
        """What the value is counted in."""
        return "" if self.reported is None else self.reported.case.unit  # type: ignore[attr-defined]

    @property
    def target(self) -> Fraction | None:
        """The target that came with it."""
        return None if self.reported is None else self.reported.case.target  # type: ignore[attr-defined]

    @property
    def numerator(self) -> Fraction | None:
        """The value."""
        return None if self.reported is None else self.reported.case.value  # type: ignore[attr-defined]

    @property
    def denominator(self) -> int:
        """1: somebody else has divided."""
        return 1


@frozen
class Disputed:
    """A case and its bin under each reading."""

    case: Traced
    verdicts: Mapping[str, Bin]


@frozen
class Readings:
    """One sentence under every reading of its words; the official one decides, the others show what hangs on it."""

    official: str
    results: Mapping[str, Result]

    @property
    def result(self) -> Result:
        """The result under the official reading."""
        return self.results[self.official]

    def by_month(self) -> dict[str, Readings]:
        """The readings month by month, each over the same cases: those of the official one's months."""
        return {
            month: Readings(
                self.official,
                {name: evolve(result, places=result.places.some(which)) for name, result in self.results.items()},
            )
            for month, which in self.result.places.months().items()
        }

    def changed(self) -> tuple[Disputed, ...]:
        """The cases on whose verdict the readings disagree."""
        cases = self.result.places  # each result has a place for each case, in one order
        said = zip(*(result.places.bins for result in self.results.values()), strict=True)
        return tuple(
            Disputed(cases.case(n), dict(zip(self.results, bins, strict=True)))
            for n, bins in enumerate(said)
            if len(set(bins)) > 1
        )
