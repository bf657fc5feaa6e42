"""Figures: what each kind of measure makes of the bins."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from docflow.errors import PlanError
from docflow.kpi.places import Bin, Placed
from docflow.kpi.records import Reported, scores_of
from docflow.kpi.results import Result, Share
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


__all__ = ["Durations", "Entered", "Rate", "Scores", "Tally"]


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
        if any(one.worked is None for one in self.unfinished):  # the calendar ends before; the cap was used up or not
            return self._capped(cap)
        late = sum(worked >= most for worked in self.places.worked(Bin.UNFINISHED))
        return Share(kept, self.denominator + late)

    def _capped(self, cap: WorkTime) -> Share:
        rate = self.measure.capped(cap)  # type: ignore[attr-defined]  # a stopwatch read it
        cases = (one.case for one in self.places)
        share: Share = rate.read(cases, self.clock, window=self.window, as_of=self.as_of).share
        return share

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
        """The cases, or the months that have one; None when it speaks of no record at all."""
        if not self.letters:
            return None
        if not self.measure.months:
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
            for item, score in scores_of(one.case):
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
    def _said(self) -> Reported | None:
        case = None if self.reported is None else self.reported.case
        return case if isinstance(case, Reported) else None

    @property
    def source(self) -> str | None:
        """Who says so."""
        return None if self._said is None else self._said.source

    @property
    def counted_in(self) -> str:
        """What the value is counted in."""
        return "" if self._said is None else self._said.unit

    @property
    def target(self) -> Fraction | None:
        """The target that came with it."""
        return None if self._said is None else self._said.target

    @property
    def numerator(self) -> Fraction | None:
        """The value."""
        return None if self._said is None else self._said.value

    @property
    def denominator(self) -> int:
        """1: somebody else has divided."""
        return 1
