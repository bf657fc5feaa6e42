"""Indicators: a measure with everything the plan says about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import field, frozen
from attrs.validators import instance_of, optional

from docflow.errors import PlanError, UnknownReadingError
from docflow.kpi.measures import Measure
from docflow.kpi.names import name
from docflow.kpi.targets import Target
from docflow.safe import visible
from docflow.text import NO_WORDS, Text, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docflow.kpi.windows import Window

__all__ = ["Indicator", "listed"]


def listed(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Indicators in their order, whatever they were given in. Raises `TypeError` for what is none."""
    found = tuple(indicators)
    for one in found:
        if not isinstance(one, Indicator):
            raise TypeError(f"{one!r} is no indicator; give Indicator(number=..., title=..., measure=...)")
    return found


def _months(given: Iterable[int] | None) -> tuple[int, int] | None:
    if given is None:
        return None
    found = tuple(given)
    if len(found) != 2 or not all(isinstance(month, int) for month in found):  # noqa: PLR2004 - a first and a last one
        raise TypeError(f"{found!r} is no pair of months; give the first and the last, such as (11, 8)")
    return found[0], found[1]


def _measure(_: object, attribute: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature
    if given is not None and not isinstance(given, Measure):
        raise TypeError(f"{given!r} is no measure; give one, such as Duration(...) or Proportion(...)")


def _alternatives(given: Mapping[str, Measure] | Iterable[tuple[str, Measure]]) -> tuple[tuple[str, Measure], ...]:
    pairs = tuple(given.items() if isinstance(given, Mapping) else given)
    for _, measure in pairs:
        _measure(None, None, measure)
    return pairs


def _words(given: Mapping[str, Text | str] | Iterable[tuple[str, Text | str]]) -> tuple[tuple[str, Text], ...]:
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((each, text(said)) for each, said in pairs)


@frozen(kw_only=True)
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
    of them that decides. Without a measure, an indicator is the mean of its parts. Raises `PlanError` for one without
    a measure and parts, or that says of which records it is without reading them; and `UnknownReadingError` when the
    measure is none of the alternatives.
    """

    number: str = field(validator=name)
    title: Text = field(converter=text)
    of: str = field(default="", validator=instance_of(str))
    """The records that it reads, by the name under which `Plan.evaluate` is given them."""
    measure: Measure | None = field(default=None, validator=_measure)
    """What is read; None takes the mean of the parts."""
    alternatives: tuple[tuple[str, Measure], ...] = field(default=(), converter=_alternatives)
    """Every way in which the promise can be read, by name."""
    parts: tuple[Indicator, ...] = field(default=(), converter=listed)
    """What it is the mean of, or what is shown beside it."""
    definition: Text = field(default=NO_WORDS, converter=text)
    formula: Text = field(default=NO_WORDS, converter=text)
    target: Target | None = field(default=None, validator=optional(instance_of(Target)))
    months: tuple[int, int] | None = field(default=None, converter=_months)
    """The first and the last calendar month of its window; None is the whole year of the plan."""
    owner: str = ""
    """Who answers for it."""
    source: str = ""
    """Where the plan says so."""
    words: tuple[tuple[str, Text], ...] = field(default=(), converter=_words, repr=False)
    """What the states, steps and readings that it speaks of are called, when it explains itself."""

    def __attrs_post_init__(self) -> None:
        if (self.measure is None) != (not self.of):
            problem = "reads no records without a measure, and with one says which; give `of`, or take it away"
            raise PlanError(self.number, problem)
        if self.measure is None and not self.parts:
            raise PlanError(self.number, "is the mean of nothing; give it parts")
        if self.alternatives and self.official is None:
            raise UnknownReadingError(str(self.measure), [each for each, _ in self.alternatives])

    @property
    def official(self) -> str | None:
        """The name of the alternative that decides; None when there are no alternatives."""
        return next((each for each, measure in self.alternatives if measure == self.measure), None)

    def measures(self) -> dict[str, Measure]:
        """What it reads, by the name of the reading; one that is read in one way only has no name."""
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
