"""Indicators: a measure with everything the plan says about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen
from attrs.validators import instance_of, optional

from docflow.errors import PlanError, visible
from docflow.kpi.measures import Measure
from docflow.kpi.names import name
from docflow.kpi.promises import Promise
from docflow.kpi.targets import NO_WORDS, Target, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.kpi.outcomes import Outcome
    from docflow.kpi.records import Traced
    from docflow.kpi.windows import Window
    from docflow.worktime import WorkClock

__all__ = ["Composite", "Indicator", "listed"]


def listed(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Indicators in their order, whatever they were given in. Raises `TypeError` for what is none."""
    found = tuple(indicators)
    for one in found:
        if not isinstance(one, Indicator):
            raise TypeError(f"{one!r} is no indicator; give Indicator(number=..., title=..., measure=...)")
    return found


Words: TypeAlias = "tuple[tuple[str, Text], ...]"


def worded(words: Mapping[str, Text] | Iterable[tuple[str, Text]]) -> Words:
    """Names and what they are called, as a value."""
    return tuple(words.items() if isinstance(words, Mapping) else words)


@frozen
class Composite:
    """The mean of an indicator's parts: (1 + … + n) / n; it has no value while a part has none."""


def _months(given: Iterable[int] | None) -> tuple[int, int] | None:
    if given is None:
        return None
    found = tuple(given)
    if len(found) != 2 or not all(isinstance(month, int) for month in found):  # noqa: PLR2004 - a first and a last one
        raise TypeError(f"{found!r} is no pair of months; give the first and the last, such as (11, 8)")
    return found[0], found[1]


def _read(instance: object, attribute: object, value: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature
    if not isinstance(value, Measure | Promise | Composite):
        raise TypeError(f"{value!r} is no measure; give one, such as Stopwatch(...) or Proportion(...)")


@frozen(kw_only=True)
class Indicator:
    """A measure as a plan states it: number, title, definition, formula, target, window, and who answers for it.

    >>> from docflow import Proportion, Text, at_least, reached
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

    number: str = field(validator=name)
    title: Text = field(validator=instance_of(Text))
    of: str = field(default="", validator=instance_of(str))
    """The records that it reads, by the name under which `Plan.evaluate` is given them; a composite reads none."""
    measure: Measure | Promise | Composite = field(validator=_read)
    """What is read; a `Promise` reads it under several readings, a `Composite` takes the mean of the parts."""
    parts: tuple[Indicator, ...] = field(default=(), converter=listed)
    """What it is the mean of, or what is shown beside it."""
    definition: Text = NO_WORDS
    formula: Text = NO_WORDS
    target: Target | None = field(default=None, validator=optional(instance_of(Target)))
    months: tuple[int, int] | None = field(default=None, converter=_months)
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
        from docflow.kpi.outcomes import evaluated  # noqa: PLC0415 - outcomes are made of indicators

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
        return visible(f"{self.number} {self.title.en}")
