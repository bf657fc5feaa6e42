"""Outcomes: what came out of an indicator, which can explain itself and say what changed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from docflow.errors import PlanError
from docflow.kpi.conditions import Standing
from docflow.kpi.differences import Difference, differences
from docflow.kpi.figures import Entered, Tally
from docflow.kpi.measures import read
from docflow.kpi.places import Bin, Placed
from docflow.kpi.promises import Promise
from docflow.kpi.readings import Readings
from docflow.kpi.targets import Target, at_least

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from docflow.kpi.indicators import Indicator
    from docflow.kpi.measures import Measure
    from docflow.kpi.records import Traced
    from docflow.kpi.results import Result
    from docflow.kpi.targets import Language
    from docflow.kpi.windows import Window
    from docflow.worktime import WorkClock

__all__ = ["Outcome", "evaluated"]


def evaluated(
    indicators: Iterable[Indicator],
    records: Mapping[str, Iterable[Traced]],
    clock: WorkClock,
    *,
    year: Window,
    as_of: datetime,
) -> tuple[Outcome, ...]:
    """What came out of several indicators: those that look at the same records share the looking."""
    indicators = tuple(indicators)
    kept = {name: tuple(some) for name, some in records.items()}  # several may read what can be walked through once
    asked: dict[tuple[str, Window], dict[Measure, None]] = {}
    waiting = list(indicators)
    while waiting:
        one = waiting.pop()
        asked.setdefault((one.of, one.window(year)), {}).update(dict.fromkeys(one.readings().values()))
        waiting += one.parts
    found: dict[tuple[str, Window, Measure], Result] = {}
    for (of, window), measures in asked.items():
        for result in read(measures, kept.get(of, ()), clock, window, as_of):
            found[of, window, result.measure] = result
    return tuple(_outcome(one, found, year, as_of) for one in indicators)


def _outcome(
    one: Indicator, found: Mapping[tuple[str, Window, Measure], Result], year: Window, as_of: datetime
) -> Outcome:
    window, parts = one.window(year), tuple(_outcome(part, found, year, as_of) for part in one.parts)
    results = {name: found[one.of, window, measure] for name, measure in one.readings().items()}
    if isinstance(one.measure, Promise):
        readings = Readings(one.measure.official, results)
        return Outcome(one, window, as_of, readings.result, readings, parts)
    return Outcome(one, window, as_of, results.get(""), None, parts)


@frozen
class Outcome:
    """What came out of an indicator as of a moment: its value, the target, and every record in exactly one bin."""

    indicator: Indicator
    window: Window
    as_of: datetime
    result: Result | None
    """What was read, under the official reading; None for a composite, whose evidence is its parts'."""
    readings: Readings | None
    """The result under every reading, where the plan can be read in several ways."""
    parts: tuple[Outcome, ...]

    @property
    def numerator(self) -> Fraction | None:
        """What is divided; None when there is nothing to compute with."""
        if self.result is not None:
            return self.result.numerator
        values = [part.value for part in self.parts]
        return None if None in values else sum((value for value in values if value is not None), Fraction())

    @property
    def denominator(self) -> int:
        """What it is divided by."""
        return len(self.parts) if self.result is None else self.result.denominator

    @property
    def value(self) -> Fraction | None:
        """The value, exactly, in the unit of its measure; None when there is none."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def counted_in(self) -> str:
        """The unit of its value: "%", "min", "times", "points", or nothing for what others report."""
        if self.result is not None:
            return self.result.counted_in
        units = {part.counted_in for part in self.parts}
        return units.pop() if len(units) == 1 else ""  # a mean of percent and points has no unit

    @property
    def target(self) -> Target | None:
        """The plan's target, or the one that came with a value from outside."""
        if self.indicator.target is None and isinstance(self.result, Entered) and self.result.target is not None:
            return at_least(self.result.target)
        return self.indicator.target

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target or a value."""
        return None if self.target is None else self.target.met(self.value)

    @property
    def bins(self) -> Mapping[Bin, tuple[Placed, ...]]:
        """Each record's place, by bin; a composite's are those of its parts, where a record may come once in each."""
        if self.result is not None:
            return self.result.bins
        return {each: tuple(place for part in self.parts for place in part.bins[each]) for each in Bin}

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years with holidays that are not all announced, of those in which its records were timed or are due."""
        read = () if self.result is None else (self.result, *(self.readings.results.values() if self.readings else ()))
        return tuple(sorted({year for one in (*read, *self.parts) for year in one.provisional}))

    def by_month(self) -> dict[str, Outcome]:
        """The outcome month by month ("2019-11"), as far as there are records; a composite needs all its parts.

        What counts from the window's beginning on, as the staff do, has no months, and no composite with it.
        """
        if any(isinstance(measure.front.start, Standing) for measure in self.indicator.readings().values()):
            return {}
        if self.result is not None:
            readings = {} if self.readings is None else self.readings.by_month()
            # A year's number of times is no target of a month.
            indicator = evolve(self.indicator, target=None) if isinstance(self.result, Tally) else self.indicator
            return {
                month: Outcome(indicator, self.window, self.as_of, result, readings.get(month), ())
                for month, result in self.result.by_month().items()
            }
        parts = [part.by_month() for part in self.parts]
        months = sorted(set.intersection(*(set(part) for part in parts)))
        return {
            month: Outcome(self.indicator, self.window, self.as_of, None, None, tuple(part[month] for part in parts))
            for month in months
        }

    def explain(self, language: Language = "en") -> str:
        """The official formula with the numbers filled in, the target, every bin, and what the readings would say."""
        from docflow.kpi.words import explained  # noqa: PLC0415 - only who asks for words loads the dates they need

        return explained(self, language)

    def difference(self, other: Outcome) -> Difference:
        """What changed from this outcome to another one of the same indicator, and why, record by record.

        Raises `PlanError` for another indicator's.
        """
        if (self.indicator.number, len(self.parts)) != (other.indicator.number, len(other.parts)):
            problem = f"cannot be compared with {other.indicator.number}; compare outcomes of one indicator"
            raise PlanError(self.indicator.number, problem)
        pairs = zip(self.parts, other.parts, strict=True)
        parts = tuple((part.indicator.number, part.difference(there)) for part, there in pairs)
        if self.result is None or other.result is None:
            return Difference.joined(self.value, other.value, parts)
        return evolve(differences(self.result, other.result), beside=parts)
