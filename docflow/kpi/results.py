"""Results keep their evidence: every record given lies in exactly one bin, and values are exact fractions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from attrs import evolve, field, frozen

from docflow.errors import PlanError
from docflow.kpi.binned import Binned
from docflow.kpi.bins import Bin
from docflow.kpi.groups import doer, grouped, key_of
from docflow.kpi.observations import Observations
from docflow.kpi.occurrences import BEFORE
from docflow.kpi.periods import placed
from docflow.kpi.records import Record
from docflow.kpi.rows import observed
from docflow.kpi.tables import Tabular
from docflow.kpi.values import Valued
from docflow.safe import visible
from docflow.text import expect, number

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from docflow.kpi.contexts import Context, Window
    from docflow.kpi.groups import Key
    from docflow.kpi.observation import Observation
    from docflow.kpi.observing import Measure
    from docflow.kpi.records import CaseOrRecord, Value
    from docflow.kpi.shares import Ratio
    from docflow.kpi.tables import Table
    from docflow.text import Language

__all__ = ["Result", "disputed", "merged", "scores"]


def scores(observations: Observations) -> dict[str, Counter[int]]:
    """How often each item of the counted questionnaires got each score, the items in the order of first coming."""
    found: dict[str, Counter[int]] = {}
    for one in observations:
        if one.bin is Bin.COUNTED and isinstance(one.record, Record):
            for item, score in one.record.scores:
                found.setdefault(item, Counter())[score] += 1
    return found


def _columns(given: Iterable[Observation]) -> Observations:
    return Observations.of(given)


@frozen(repr=False)
class Result(Tabular, Valued, Binned):
    """What a measure read of some records: the context it was read in, and an observation of each, in their order.

    >>> from datetime import datetime
    >>> from docflow import WorkTime, bangkok
    >>> from docflow.kpi import Event, Record
    >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
    >>> letters = [
    ...     Record(str(n), [Event("registered", nine), Event("taken_over", nine.replace(minute=minutes))])
    ...     for n, minutes in enumerate((7, 20), 1)
    ... ]
    >>> bangkok.HANDING_OVER.capped(WorkTime(minutes=15)).read(letters, bangkok.office_clock())
    <Result 1.5: 50 %; counted 1, late 1>

    `value` is exact: `numerator` by `denominator`, in `unit`.
    """

    measure: Measure
    context: Context
    observations: Observations = field(converter=_columns)

    @property
    def tallied(self) -> Observations:
        """Its observations."""
        return self.observations

    @cached_property
    def _ratio(self) -> Ratio:
        return self.measure.ratio(self.observations)

    def lying(self, lies: Bin) -> tuple[Observation, ...]:
        """The observations of one bin, made when somebody asks for them."""
        if lies not in self._made:
            self._made[lies] = tuple(self.observations.lying(lies))
        return self._made[lies]

    @cached_property
    def _made(self) -> dict[Bin, tuple[Observation, ...]]:
        return {}

    @property
    def frequencies(self) -> Mapping[str, Mapping[int, int]]:
        """Of questionnaires: how often each item got each score."""
        return scores(self.observations)

    @property
    def items(self) -> dict[str, Fraction]:
        """Of questionnaires: each item's mean score over those who answered it."""
        return {
            item: Fraction(sum(score * n for score, n in counts.items()), sum(counts.values()))
            for item, counts in self.frequencies.items()
        }

    @property
    def reported(self) -> Value | None:
        """Of values that others compute: the one that counts, with its source; None when there is none."""
        record = self.counted[0].record if self.measure.reports and self.counted else None
        return record.value if isinstance(record, Record) else None

    @cached_property
    def provisional(self) -> tuple[int, ...]:
        """The years with holidays that are not all announced, of those in which its records were timed or are due."""
        if not self.measure.clocked:
            return ()
        clock, seen = self.context.clock, self.context.now
        begin = clock.day_begin
        bounds = {year: (begin(date(year, 1, 1)), begin(date(year + 1, 1, 1))) for year in clock.provisional}
        last = _last(seen, *self.observations.dues)
        if not any(begins <= last for begins, _ in bounds.values()):
            return ()  # as nearly always: nothing is as late as that
        touched: set[int] = set()
        for one in self.observations:
            if one.bin is not Bin.EXCLUDED:
                until = _last(seen if one.end is None else one.end, one.due_at)
                touched.update(year for year, (begins, ends) in bounds.items() if one.begin < ends and begins <= until)
        return tuple(sorted(touched))

    def by_month(self) -> dict[str, Self]:
        """The result month by month ("2019-11"), each record in the month of its day: of its start, or of its stop.

        Excluded records belong to no month, and each part keeps the context of the whole.
        """
        return {month: self.some(places) for month, places in self.observations.by_month().items()}

    def by_period(self, periods: Mapping[str, Window]) -> dict[str, Self]:
        """The result period by period, such as `window.quarters()`, empty ones too.

        Raises `PlanError` for periods that overlap, and `RecordError` for a record of a day that none of them holds.
        """
        return {name: self.some(places) for name, places in placed(self.observations, periods).items()}

    def by(self, key: Key) -> dict[Any, Self]:
        """The result in parts that add up to it: by an attribute of the records, or by a function of a record.

        >>> from datetime import datetime
        >>> from docflow import Event, Record, WorkTime, bangkok
        >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
        >>> letters = [
        ...     Record(
        ...         str(n),
        ...         [Event("registered", nine), Event("taken_over", nine.replace(minute=minutes))],
        ...         attributes={"sender": sender},
        ...     )
        ...     for n, (sender, minutes) in enumerate([("court", 7), ("police", 20), ("court", 20)], 1)
        ... ]
        >>> result = bangkok.HANDING_OVER.capped(WorkTime(minutes=15)).read(letters, bangkok.office_clock())
        >>> {sender: str(part.value) for sender, part in result.by("sender").items()}
        {'court': '50', 'police': '0'}

        The attributes of a case are the fields of its letter. Every record lies in one group, the excluded too, and in
        None where the attribute is missing or empty. Groups stand in the order in which they first come, None last;
        each part keeps the context of the whole. Raises `PlanError` for an attribute that none of the records has,
        `RecordError` when the function cannot tell a group, and `TypeError` for what is neither.
        """
        return self._parts(key_of(key, self.observations.records))

    def by_unit(self) -> dict[str | None, Self]:
        """The result by the unit named last when the clock stopped; of one open or excluded, named last of all seen."""
        return self._parts(doer("unit", self.measure.span.stop, self.context.now))

    def by_person(self) -> dict[str | None, Self]:
        """The result by who did the step that stopped the clock; of one open or excluded, the latest step seen.

        Who is not named is None.
        """
        return self._parts(doer("by", self.measure.span.stop, self.context.now))

    def _parts(self, group_of: Callable[[Observation], Hashable]) -> dict[Any, Self]:
        return {group: self.some(places) for group, places in grouped(self.observations, group_of).items()}

    def some(self, places: Sequence[int]) -> Self:
        """The result of the records at some places."""
        return evolve(self, observations=self.observations.some(places))

    def _table(self, language: Language) -> Table:
        return observed(self.observations, self.context, span=self.measure.span, language=language)

    def __repr__(self) -> str:
        """Its value and how many records lie in each bin; each record is in `observations`."""
        value = f"{number(self.value)} {self.unit}".rstrip()
        return visible(f"<{type(self).__name__} {self.name}: {value}; {self.observations.said()}>")


def merged(parts: Iterable[Result]) -> Result:
    """One result of several parts of it, such as its months.

    >>> from docflow import bangkok
    >>> whole = bangkok.HANDING_OVER.read([], bangkok.office_clock())
    >>> merged([whole, whole]) == whole
    True

    Raises `PlanError` without any, for results of another measure or context, and for a record that is in two parts;
    and `TypeError` for what is no result.
    """
    expect(parts, Iterable, "list of results", "some, such as result.by_month().values()")
    parts = tuple(parts)
    for one in parts:
        expect(one, Result, "result", "some, such as result.by_month().values()")
    if not parts:
        raise PlanError("merged", "there is nothing to merge; give at least one result")
    first = parts[0]
    for one in parts[1:]:
        if (one.measure, one.context) != (first.measure, first.context):
            raise PlanError(one.name, "only parts of one result can be merged; read them in one context")
    observations = Observations.of(one for part in parts for one in part.observations)
    if twice := [seen for seen, n in Counter((id(one.record), one.nth) for one in observations).items() if n > 1]:
        number = next(one.record.number for one in observations if (id(one.record), one.nth) == twice[0])
        raise PlanError(first.name, f"{number} is in two of the parts and would count twice; give parts that lie apart")
    return evolve(first, observations=first.measure.settled(observations))


def disputed(results: Mapping[str, Result]) -> tuple[tuple[CaseOrRecord, dict[str, Bin]], ...]:
    """The records, each occurrence by itself, whose bin depends on the reading, with its bin under each reading."""
    columns = [result.observations for result in results.values()]
    if columns and all(one.records is columns[0].records and one.nths is None for one in columns):
        rows = zip(columns[0].records, zip(*(one.bins for one in columns), strict=True), strict=True)
        apart = ((record, bins) for record, bins in rows if any(each is not bins[0] for each in bins))
        return tuple((record, dict(zip(results, bins, strict=True))) for record, bins in apart)
    found: dict[tuple[int, int], tuple[CaseOrRecord, dict[str, Bin]]] = {}
    for name, result in results.items():
        seen = result.observations
        nths = seen.nths or [1] * len(seen)
        for record, lies, nth in zip(seen.records, seen.bins, nths, strict=True):
            found.setdefault((id(record), nth), (record, dict.fromkeys(results, Bin.EXCLUDED)))[1][name] = lies
    return tuple((record, bins) for record, bins in found.values() if len(set(bins.values())) > 1)


def _last(*instants: int | None) -> int:
    """The last of some instants, before all others where there is none."""
    return max((one for one in instants if one is not None), default=BEFORE)
