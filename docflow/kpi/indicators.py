"""Indicators: a measure with everything the plan says about it, and what came out of it, which can explain itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import evolve, field, frozen
from attrs.validators import instance_of, optional

from docflow.errors import PlanError
from docflow.kpi.differences import Difference, differences
from docflow.kpi.measures import Promise, read
from docflow.kpi.moments import Standing
from docflow.kpi.places import Bin, Placed
from docflow.kpi.results import Entered, Readings, Result
from docflow.kpi.work_steps import exact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.kpi.measures import Measure
    from docflow.kpi.moments import Traced, Window
    from docflow.worktime import WorkClock

__all__ = ["Composite", "Direction", "Indicator", "Language", "Outcome", "Target", "Text", "at_least", "at_most"]

Language: TypeAlias = Literal["th", "en"]


@frozen
class Text:
    """The same words in Thai and in English.

    >>> Text("หนังสือ", "letter").said("en")
    'letter'
    """

    th: str
    en: str

    def said(self, language: Language) -> str:
        """The words in one language. Raises `PlanError` for a language that is neither."""
        if language not in ("th", "en"):
            raise PlanError(self.en, f'no words are kept in the language {language!r}; ask for "th" or "en"')
        return self.th if language == "th" else self.en


NO_WORDS = Text("", "")


class Direction(StrEnum):
    """Which side of a target is good."""

    AT_LEAST = "≥"
    AT_MOST = "≤"


@frozen
class Target:
    """What a value should be; `at_least` and `at_most` make it, in the unit of the measure: percent, minutes, times.

    >>> at_most(12).met(Fraction(12)), at_least(95).met(Fraction(949, 10)), at_least(95).met(None)
    (True, False, None)
    """

    value: Fraction
    direction: Direction

    def met(self, value: Fraction | None) -> bool | None:
        """Whether a value meets it; None when there is no value."""
        if value is None:
            return None
        return value >= self.value if self.direction is Direction.AT_LEAST else value <= self.value


def at_least(value: int | Fraction) -> Target:
    """A target that more is better than. Raises `TypeError` for a float, which is not the number that was written."""
    return Target(exact(value), Direction.AT_LEAST)


def at_most(value: int | Fraction) -> Target:
    """A target that less is better than. Raises `TypeError` for a float."""
    return Target(exact(value), Direction.AT_MOST)


def listed(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Indicators in their order, whatever they were given in."""
    return tuple(indicators)


Words: TypeAlias = "tuple[tuple[str, Text], ...]"


def worded(words: Mapping[str, Text] | Iterable[tuple[str, Text]]) -> Words:
    """Names and what they are called, as a value."""
    return tuple(words.items() if isinstance(words, Mapping) else words)


@frozen
class Composite:
    """The mean of an indicator's parts: (1 + … + n) / n; it has no value while a part has none."""


@frozen(kw_only=True)
class Indicator:
    """A measure as a plan states it: number, title, definition, formula, target, window, and who answers for it.

    >>> from docflow import Proportion, reached
    >>> resolved = Indicator(
    ...     number="1.3 (1)",
    ...     title=Text("เรื่องร้องเรียนที่ได้รับการแก้ไข", "complaints resolved"),
    ...     of="complaints",
    ...     measure=Proportion("1.3 (1)", of=reached("registered"), hit=reached("resolved")),
    ...     target=at_least(100),
    ... )
    >>> print(resolved)
    1.3 (1) complaints resolved

    Raises `PlanError` for a composite without parts, and for one that names cases of its own.
    """

    number: str
    title: Text = field(validator=instance_of(Text))
    of: str = ""
    """The records that it reads, by the name under which `Plan.evaluate` is given them; a composite reads none."""
    measure: Measure | Promise | Composite
    """What is read; a `Promise` reads it under several readings, a `Composite` takes the mean of the parts."""
    parts: tuple[Indicator, ...] = field(default=(), converter=listed)
    """What it is the mean of, or what is shown beside it."""
    definition: Text = NO_WORDS
    formula: Text = NO_WORDS
    target: Target | None = field(default=None, validator=optional(instance_of(Target)))
    months: tuple[int, int] | None = None
    """The first and the last calendar month of its window; None is the whole year of the plan."""
    unit: str = ""
    """Who answers for it."""
    source: str = ""
    """Where the plan says so."""
    words: Words = field(default=(), converter=worded, repr=False)
    """What the states, steps and readings that it speaks of are called, when it explains itself."""

    def __attrs_post_init__(self) -> None:
        if isinstance(self.measure, Composite) != (not self.of):
            problem = "a composite reads no records, and any other measure says which; give `of`, or take it away"
            raise PlanError(self.number, problem)
        if isinstance(self.measure, Composite) and not self.parts:
            raise PlanError(self.number, "is the mean of nothing; give it parts")

    def evaluate(
        self,
        records: Mapping[str, Iterable[Traced]],
        clock: WorkClock,
        *,
        year: Window,
        as_of: datetime,
    ) -> Outcome:
        """What came out of it over some records, by name; records that are not there are as good as none."""
        return evaluated([self], records, clock, year=year, as_of=as_of)[0]

    def window(self, year: Window) -> Window:
        """The part of a plan's year that it covers."""
        return year if self.months is None else year.between(*self.months)

    def readings(self) -> dict[str, Measure]:
        """The measures that it reads, by reading; one that is read in one way only has no name."""
        if isinstance(self.measure, Composite):
            return {}
        return dict(self.measure.measures) if isinstance(self.measure, Promise) else {"": self.measure}

    def __str__(self) -> str:
        return f"{self.number} {self.title.en}"


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
    asked: dict[tuple[str, Window], dict[Measure, None]] = {}
    waiting = list(indicators)
    while waiting:
        one = waiting.pop()
        asked.setdefault((one.of, one.window(year)), {}).update(dict.fromkeys(one.readings().values()))
        waiting += one.parts
    found: dict[tuple[str, Window, Measure], Result] = {}
    for (of, window), measures in asked.items():
        for result in read(measures, records.get(of, ()), clock, window, as_of):
            found[of, window, result.measure] = result

    def outcome(one: Indicator) -> Outcome:
        window, parts = one.window(year), tuple(map(outcome, one.parts))
        results = {name: found[one.of, window, measure] for name, measure in one.readings().items()}
        if isinstance(one.measure, Promise):
            readings = Readings(one.measure.official, results)
            return Outcome(one, window, as_of, readings.result, readings, parts)
        return Outcome(one, window, as_of, results.get(""), None, parts)

    return tuple(map(outcome, indicators))


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

    def by_month(self) -> dict[str, Outcome]:
        """The outcome month by month ("2019-11"), as far as there are records; a composite needs all its parts.

        What counts from the window's beginning on, as the staff do, has no months, and no composite with it.
        """
        if any(isinstance(measure.front.start, Standing) for measure in self.indicator.readings().values()):
            return {}
        if self.result is not None:
            readings = {} if self.readings is None else self.readings.by_month()
            return {
                month: Outcome(self.indicator, self.window, self.as_of, result, readings.get(month), ())
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
