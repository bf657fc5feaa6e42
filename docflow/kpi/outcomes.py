"""Outcomes: what came out of an indicator, which can explain itself and say what changed."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from docflow.errors import PlanError
from docflow.kpi.binned import Binned
from docflow.kpi.changes import Difference
from docflow.kpi.compare import differences
from docflow.kpi.contexts import Context
from docflow.kpi.explanation import explained
from docflow.kpi.indicator_rows import INDICATOR_COLUMNS, indicator_row
from docflow.kpi.indicators import Figure, Target, at_least
from docflow.kpi.knowledge import as_announced, as_known
from docflow.kpi.observing import read
from docflow.kpi.outcome_parts import Parted
from docflow.kpi.results import disputed
from docflow.kpi.tables import Table, Tabular
from docflow.safe import visible
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from docflow.kpi.bins import Bin
    from docflow.kpi.contexts import Window
    from docflow.kpi.indicators import Indicator
    from docflow.kpi.observation import Observation
    from docflow.kpi.observing import Measure
    from docflow.kpi.records import CaseOrRecord
    from docflow.kpi.results import Result
    from docflow.text import Language
    from docflow.worktime import WorkClock

__all__ = ["Outcome", "evaluate"]


def evaluate(
    records: Mapping[str, Iterable[CaseOrRecord]],
    clock: WorkClock,
    *,
    indicators: Iterable[Indicator],
    year: Window,
    as_of: datetime,
    known_at: datetime | None = None,
) -> tuple[Outcome, ...]:
    """What came out of some indicators over records, which are given by name; names that are missing mean none."""
    indicators = tuple(indicators)
    kept = {each: tuple(some) for each, some in records.items()}
    if known_at is not None:  # once for all indicators; reading finds nothing more to leave out
        kept = {each: as_known(some, clock, as_of=as_of, known_at=known_at)[0] for each, some in kept.items()}
        clock = as_announced(clock, known_at)
    asked: dict[tuple[str, Window], dict[Measure, None]] = {}
    for indicator in indicators:
        for one in indicator:
            asked.setdefault((one.of, one.window(year)), {}).update(dict.fromkeys(one.measures().values()))
    found: dict[tuple[str, Window | None], dict[Measure, Result]] = {}
    for (of, window), measures in asked.items():
        names = {str(n): measure for n, measure in enumerate(measures)}
        results = read(kept.get(of, ()), clock, measures=names, window=window, as_of=as_of, known_at=known_at)
        found[of, window] = {measure: results[n] for n, measure in names.items()}

    return tuple(_outcome(one, found, Context(clock, year, as_of, known_at=known_at)) for one in indicators)


def _outcome(
    one: Indicator, found: Mapping[tuple[str, Window | None], Mapping[Measure, Result]], year: Context
) -> Outcome:
    context = evolve(year, window=one.window(year.window)) if year.window is not None else year
    results = {name: found[one.of, context.window][measure] for name, measure in one.measures().items()}
    return Outcome(one, context, results, tuple(_outcome(part, found, year) for part in one.parts))


def _kept(given: Mapping[str, Result]) -> dict[str, Result]:
    return dict(given)


@frozen(repr=False)
class Outcome(Tabular, Binned, Parted):
    """What came out of an indicator as of a moment: its value, the target, and every record in exactly one bin.

    >>> from datetime import datetime
    >>> from docflow.bangkok import PLAN_2563
    >>> from docflow.kpi import Event, Record
    >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
    >>> letter = Record("1/2562", [Event("registered", nine), Event("taken_over", nine.replace(minute=7))])
    >>> result = PLAN_2563.evaluate({"letters": [letter]}, as_of=nine.replace(hour=16))
    >>> result["1.5"]
    <Outcome 1.5 Mean time to hand an external letter over to the responsible unit = 7.00 min (target ≤ 12, met)>

    Printed, it explains itself.
    """

    indicator: Indicator
    context: Context
    """The clock and the indicator's own window with which it was read."""
    results: Mapping[str, Result] = field(converter=_kept, hash=False)
    """What was read, by the name of the reading; under "" where there is but one way to read it."""
    parts: tuple[Outcome, ...] = ()

    @property
    def window(self) -> Window:
        """The days that it covers."""
        assert self.context.window is not None  # noqa: S101 - for the type checker: an indicator has a window
        return self.context.window

    @property
    def as_of(self) -> datetime:
        """The last moment that was seen."""
        assert self.context.as_of is not None  # noqa: S101 - the same
        return self.context.as_of

    @property
    def result(self) -> Result | None:
        """What decides; None for the mean of parts, whose evidence is theirs."""
        return self.results.get(self.indicator.official or "")

    @property
    def alternatives(self) -> Mapping[str, Result]:
        """The result of every reading, where the plan can be read in several ways."""
        return self.results if self.indicator.alternatives else {}

    @cached_property
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

    @cached_property
    def value(self) -> Fraction | None:
        """The value, exactly, in the unit of its measure; None when there is none."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def unit(self) -> str:
        """What its value is counted in: "%", "min", "times", "points", or nothing for what others report."""
        if self.result is not None:
            return self.result.unit
        units = {part.unit for part in self.parts}
        return units.pop() if len(units) == 1 else ""  # a mean of percent and points has no unit

    @property
    def target(self) -> Target | None:
        """The plan's target, or the one that came with a value from outside."""
        reported = None if self.result is None else self.result.reported
        if self.indicator.target is None and reported is not None and reported.target is not None:
            return at_least(reported.target)
        return self.indicator.target

    @property
    def figure(self) -> Figure:
        """The value in its unit beside its target."""
        return Figure(self.value, self.unit, self.target)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target or a value."""
        return self.figure.met

    @property
    def observations(self) -> Sequence[Observation]:
        """Those of all records by the official reading, in the order given; of a mean of parts, those of its parts."""
        if self.result is not None:
            return self.result.observations
        return tuple(one for part in self.parts for one in part.observations)

    def lying(self, lies: Bin) -> tuple[Observation, ...]:
        """The observations of one bin; of the mean of parts, those of its parts."""
        if self.result is not None:
            return self.result.lying(lies)
        return tuple(one for part in self.parts for one in part.lying(lies))

    @cached_property
    def disputed(self) -> tuple[tuple[CaseOrRecord, dict[str, Bin]], ...]:
        """The records whose bin depends on the reading, each with its bin under each; of a mean, those of its parts."""
        if self.result is None:
            return tuple(one for part in self.parts for one in part.disputed)
        return disputed(self.alternatives)

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years with holidays that are not all announced, of those in which its records were timed or are due."""
        read = (result.provisional for result in self.results.values())
        return tuple(sorted({*chain(*read, *(part.provisional for part in self.parts))}))

    def __iter__(self) -> Iterator[Outcome]:
        """Itself, and the outcomes of its parts below it."""
        yield self
        for part in self.parts:
            yield from part

    def explain(self, language: Language = "en") -> str:
        """The official formula with the numbers filled in, the target, every bin, and what the readings would say."""
        return explained(
            self.indicator,
            self.figure,
            context=self.context,
            results=self.results,
            parts=[(part.value, part.explain(language)) for part in self.parts],
            provisional=self.provisional,
            language=language,
        )

    def _table(self, language: Language) -> Table:
        return Table(INDICATOR_COLUMNS, [one.row(language) for one in self], self.context.clock)

    def row(self, language: Language = "en") -> tuple[Any, ...]:
        """The cells of its row; `to_rows` names them, and has those of its parts below it."""
        return indicator_row(
            self.indicator,
            self.figure,
            window=self.window,
            as_of=self.as_of,
            known_at=self.context.known_at,
            bins=self.bins,
            language=language,
        )

    def brief(self) -> str:
        """Its number, title, value and target on a line."""
        met = "" if self.met is None else ", met" if self.met else ", not met"
        target = "" if self.target is None else f" (target {self.target}{met})"
        return f"{self.indicator} = {f'{self.figure} {self.unit}'.rstrip()}{target}"

    def __repr__(self) -> str:
        return visible(f"<Outcome {self.brief()}>")

    def __str__(self) -> str:
        return self.explain()

    def difference(self, other: Outcome) -> Difference:
        """What changed from this outcome to another one of the same indicator, and why, record by record.

        Raises `PlanError` for another indicator's, and `TypeError` for what is no outcome.
        """
        expect(other, Outcome, "outcome", "one, such as result[number]")
        if (self.indicator.number, len(self.parts)) != (other.indicator.number, len(other.parts)):
            problem = f"cannot be compared with {other.indicator.number}; compare outcomes of one indicator"
            raise PlanError(self.indicator.number, problem)
        pairs = zip(self.parts, other.parts, strict=True)
        parts = tuple((part.indicator.number, part.difference(there)) for part, there in pairs)
        if self.result is None or other.result is None:
            return Difference.joined(self.value, other.value, parts)
        return evolve(differences(self.result, other.result), beside=parts)
