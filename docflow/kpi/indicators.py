"""Indicators: a measure with everything the plan says about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import Factory, field, frozen

from docflow.errors import PlanError, UnknownReadingError
from docflow.kpi.observing import A_MEASURE, Measure
from docflow.kpi.records import name
from docflow.safe import brief, visible
from docflow.text import NO_WORDS, Text, exact, expect, figure, number, of_kind, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docflow.kpi.contexts import Window

__all__ = ["Direction", "Figure", "Indicator", "Target", "at_least", "at_most", "listed"]

WHOLE: Final = Fraction(100)
DEEPEST: Final = 100
SEVERAL: Final = ("mapping of measures by name", 'some, such as {"working days": Proportion(...)}')


class Direction(StrEnum):
    """Which side of a target is good: `target.direction`.

    >>> from docflow import at_most
    >>> at_most(12).direction is Direction.AT_MOST, Direction("≥").name
    (True, 'AT_LEAST')

    `Direction(...)` raises `ValueError` for another sign. Whether a number is of receipt or of sending says another
    one, `docflow.registry.Direction`.
    """

    AT_LEAST = "≥"
    """The value should be the target or more."""
    AT_MOST = "≤"
    """The value should be the target or less."""


@frozen
class Target:
    """What a value should be; `at_least` and `at_most` make it, in the unit of the measure: percent, minutes, times.

    >>> from fractions import Fraction
    >>> from docflow import at_least, at_most
    >>> at_most(12).met(Fraction(12)), at_least(95).met(Fraction(949, 10)), at_least(95).met(None)
    (True, False, None)
    """

    value: Fraction = field(converter=exact)
    direction: Direction = field(converter=Direction)

    def met(self, value: Fraction | None) -> bool | None:
        """Whether a value meets it; None when there is no value."""
        if value is None:
            return None
        return value >= self.value if self.direction is Direction.AT_LEAST else value <= self.value

    def __str__(self) -> str:
        return f"{self.direction} {number(self.value)}"


def at_least(value: int | Fraction) -> Target:
    """The value should be at least this. Raises `TypeError` for a float, which is not the number that was written.

    >>> print(at_least(95))
    ≥ 95
    """
    return Target(exact(value), Direction.AT_LEAST)


def at_most(value: int | Fraction) -> Target:
    """The value should be at most this. Raises `TypeError` for a float.

    >>> print(at_most(12))
    ≤ 12
    """
    return Target(exact(value), Direction.AT_MOST)


@frozen
class Figure:
    """A value in its unit, beside its target: `outcome.figure`.

    Printed, it has two decimals; more, where with two it would look like its target, or less than 100 % like 100 %.
    Without a value it is a dash.

    >>> from fractions import Fraction
    >>> from docflow import at_most
    >>> print(Figure(Fraction(4801, 400), "min", at_most(12)), Figure(Fraction(99999, 1000), "%", None), sep=", ")
    12.002, 99.999
    """

    value: Fraction | None
    """Exactly; None when there is none."""
    unit: str
    """What it is counted in: "%", "min", "times", "points", or nothing."""
    target: Target | None
    """What it should be, in the same unit; None when nothing is set."""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target or a value."""
        return None if self.target is None else self.target.met(self.value)

    def __str__(self) -> str:
        if self.value is not None and self.unit == "%" and self.value < WHOLE and figure(self.value) == figure(WHOLE):
            return figure(self.value, apart=WHOLE)
        return figure(self.value, apart=None if self.target is None else self.target.value)


def listed(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Indicators in their order, whatever they were given in. Raises `TypeError` for what is none."""
    if isinstance(indicators, Indicator):  # going through one gives its parts
        raise TypeError(f"{brief(indicators)} is one indicator; give a list of them, such as [indicator]")
    expect(indicators, Iterable, "list of indicators", "some, such as [Indicator(...)]")
    found = tuple(indicators)
    for one in found:
        expect(one, Indicator, "indicator", "one, such as Indicator(number=..., title=..., measure=...)")
    return found


def _months(given: Iterable[int] | None) -> tuple[int, int] | None:
    if given is None:
        return None
    match tuple(given) if isinstance(given, Iterable) else given:
        case (int(first), int(last)):
            return first, last
    raise TypeError(f"{given!r} is no pair of months; give the first and the last, such as (11, 8)")


def _alternatives(
    given: Mapping[str, Measure] | Iterable[tuple[str, Measure]],
) -> tuple[tuple[str, Measure], ...]:
    expect(given, Iterable, *SEVERAL)
    items = tuple(given.items() if isinstance(given, Mapping) else given)
    for pair in items:
        expect(pair, (tuple, list), *SEVERAL)
    pairs = tuple((each, measure) for each, measure in items)
    for each, measure in pairs:
        name(None, None, each)
        expect(measure, *A_MEASURE)
    if len(dict(pairs)) < len(pairs):
        raise PlanError(", ".join(each for each, _ in pairs), "are alternatives of which two have one name")
    return pairs


def _official(indicator: Indicator) -> str | None:
    return next((each for each, measure in indicator.alternatives if measure == indicator.measure), None)


def _words(given: Mapping[str, Text | str] | Iterable[tuple[str, Text | str]]) -> tuple[tuple[str, Text], ...]:
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((each, text(said)) for each, said in pairs)


@frozen(kw_only=True, repr=False)
class Indicator:
    """A measure as a plan states it: number, title, definition, formula, target, window, and who answers for it.

    >>> from docflow import Proportion, at_least, reached
    >>> resolved = Indicator(
    ...     number="1.3 (1)",
    ...     title="complaints resolved",
    ...     of="complaints",
    ...     measure=Proportion("1.3 (1)", start=reached("registered"), stop=reached("resolved")),
    ...     target=at_least(100),
    ... )
    >>> print(resolved)
    1.3 (1) complaints resolved

    Where the plan's words can be read in several ways, `alternatives` has a measure for each, and `measure` is the one
    of them that decides. Without a measure, an indicator is the mean of its parts.

    Raises `PlanError` for one with neither a measure nor parts, for a measure that does not say which records it reads
    (`of`), for a mean of parts that does, and for alternatives of one name or without a measure; `UnknownReadingError`
    when the measure is none of the alternatives; `NameOfStateError` for what is no number; and `TypeError` for what is
    no text, measure, target, part or pair of months.
    """

    number: str = field(validator=name)
    title: Text = field(converter=text)
    of: str = field(default="", validator=of_kind(str, "name of records", 'one text, such as "letters"'))
    """The records that it reads, by the name under which `Plan.evaluate` is given them."""
    measure: Measure | None = field(default=None, validator=of_kind(*A_MEASURE, optional=True))
    """What is read; None takes the mean of the parts."""
    alternatives: tuple[tuple[str, Measure], ...] = field(default=(), converter=_alternatives)
    """Every way in which the promise can be read, by name."""
    official: str | None = field(default=Factory(_official, takes_self=True))
    """The name of the alternative that decides; it need be given only when two are the same measure."""
    parts: tuple[Indicator, ...] = field(default=(), converter=listed)
    """What it is the mean of, or what is shown beside it."""
    definition: Text = field(default=NO_WORDS, converter=text)
    formula: Text = field(default=NO_WORDS, converter=text)
    target: Target | None = field(
        default=None, validator=of_kind(Target, "target", "at_least(95) or at_most(12)", optional=True)
    )
    months: tuple[int, int] | None = field(default=None, converter=_months)
    """The first and the last calendar month of its window; None is the whole year of the plan."""
    owner: str = field(default="", validator=of_kind(str, "owner", 'one text, such as "Secretary Group"'))
    """Who answers for it."""
    source: str = ""
    """Where the plan says so."""
    words: tuple[tuple[str, Text], ...] = field(default=(), converter=_words)
    """What the states, steps and readings that it speaks of are called, when it explains itself."""

    def __attrs_post_init__(self) -> None:
        if self._depth > DEEPEST:
            raise PlanError(self.number, f"has parts inside parts, {self._depth} deep; {DEEPEST} is the most")
        if self.measure is None and not self.parts:
            raise PlanError(self.number, "has neither a measure nor parts; give measure=..., or parts=[...]")
        if self.measure is None and self.of:
            raise PlanError(self.number, f"is a mean of its parts, which reads no records; take of={self.of!r} away")
        if self.measure is not None and not self.of:
            problem = 'does not say which records its measure reads; give their name, such as of="letters"'
            raise PlanError(self.number, problem)
        ways = dict(self.alternatives)
        if ways and self.measure is None:
            raise PlanError(self.number, "has alternatives and no measure that decides; give measure=, one of them")
        if self.official is not None and not ways:
            raise PlanError(self.number, f"names {self.official!r} as official without alternatives; give them too")
        if ways and (self.official is None or ways.get(self.official) != self.measure):
            raise UnknownReadingError(self.official or str(self.measure), list(ways))

    @cached_property
    def _depth(self) -> int:
        return 1 + max((part._depth for part in self.parts), default=0)  # noqa: SLF001 - of its own kind

    def measures(self) -> dict[str, Measure]:
        """The measures that it reads, by the name of the reading; under "" where there is but one way to read it."""
        if self.measure is None:
            return {}
        return dict(self.alternatives) or {"": self.measure}

    def window(self, year: Window) -> Window:
        """The part of a plan's year that it covers."""
        return year if self.months is None else year.between(*self.months)

    def called(self, each: str) -> Text:
        """What it calls a state, a step, a unit or a reading; by its name where it has no words for it."""
        return dict(self.words).get(each) or Text(each, each)

    def __iter__(self) -> Iterator[Indicator]:
        """Itself, and its parts below it."""
        yield self
        for part in self.parts:
            yield from part

    def __str__(self) -> str:
        return visible(f"{self.number} {self.title.en}")

    def __repr__(self) -> str:
        return f"<Indicator {self}>"
