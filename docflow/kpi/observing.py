"""Observing: what a measure says of records whose clock starts and stops."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeAlias, TypeVar

from attrs import evolve

from docflow.errors import RecordError
from docflow.kpi.bins import Bin
from docflow.kpi.contexts import Context
from docflow.kpi.knowledge import as_known
from docflow.kpi.observations import Observations
from docflow.kpi.records import checked, latest, spelled
from docflow.kpi.spans import each_time, started
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from docflow.kpi.bins import Reason
    from docflow.kpi.contexts import Window
    from docflow.kpi.milestones import Milestone
    from docflow.kpi.observation import Finding, Observation
    from docflow.kpi.records import CaseOrRecord
    from docflow.kpi.shares import Ratio
    from docflow.kpi.spans import Span
    from docflow.worktime import Limit, WorkClock
    from docflow.worktime.ticks import Pauses

__all__ = ["A_MEASURE", "Measure", "observe", "observe_all", "read"]

_Columns: TypeAlias = "tuple[list[Bin], list[Reason | None], list[int | None], list[int | None]]"
if TYPE_CHECKING:
    import typing_extensions

    R_co = typing_extensions.TypeVar("R_co", covariant=True, default=Any)  # so that `Measure` alone is a type
else:
    R_co = TypeVar("R_co", covariant=True)


class Measure(ABC, Generic[R_co]):
    """What can be read of records; subclasses say from when to when, and in which bin a record lies.

    A record belongs to the window in which its clock started (or stopped: `dated_by`). Events after `as_of` are not
    seen; without it, the last event among the records is the moment. Every record given lies in exactly one bin of the
    result (see `observe`).

    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> print(HANDING_OVER)
    1.5: from registered to taken_over
    >>> HANDING_OVER.read([], office_clock())
    <DurationResult 1.5: – min; no records>
    """

    __slots__ = ()

    kind: ClassVar[Callable[..., Any]]
    """The class of its results."""
    reports: ClassVar[bool] = False
    """Whether its value is one that somebody else computed."""
    name: str

    def read(
        self,
        records: Iterable[CaseOrRecord],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
        known_at: datetime | None = None,
    ) -> R_co:
        """The result over some records.

        Without `as_of`, they are looked at as of their last event. With `known_at` it is what was read at that moment:
        from what had been recorded and announced by then, and up to then unless `as_of` says otherwise. Raises
        `NaiveDatetimeError` for a moment without a zone, `RecordError` for a record that it cannot read, and
        `MomentError` for a state or step that no workflow of the cases has.
        """
        return read(records, clock, measures={"": self}, window=window, as_of=as_of, known_at=known_at)[""]

    @property
    @abstractmethod
    def span(self) -> Span:
        """From when to when a record's clock runs."""

    @property
    @abstractmethod
    def clocked(self) -> bool:
        """Whether the working clock has a say in it."""

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """Every milestone that it speaks of."""
        return self.span.start, self.span.stop

    @property
    def states(self) -> set[str]:
        """Every state that it speaks of."""
        span = self.span
        return {*span.pausing, *(span.withdrawn_in or ()), *(each for one in self.milestones for each in one.states)}

    @property
    def steps(self) -> set[str]:
        """Every step that it speaks of."""
        return {each for one in self.milestones for each in one.steps}

    def limit_of(self, record: CaseOrRecord, context: Context) -> Limit | None:  # noqa: ARG002 - most have none
        """The limit that it gives a record; None when it gives none."""
        return None

    @abstractmethod
    def judge(self, seen: Observation, context: Context) -> Finding:
        """What it says of a record whose clock started inside the window."""

    @abstractmethod
    def ratio(self, observations: Observations) -> Ratio:
        """What the value of some observations is made of."""

    def ask(self, records: Sequence[CaseOrRecord]) -> None:
        """See that it can read these records. Raises `RecordError`."""

    def settled(self, observations: Observations) -> Observations:
        """The observations of all records, once they are seen together."""
        return observations

    @abstractmethod
    def __str__(self) -> str: ...


A_MEASURE: Final = (Measure, "measure", "one, such as Duration(...) or Proportion(...)")
"""What a measure is, for validators."""


def read(
    records: Iterable[CaseOrRecord],
    clock: WorkClock,
    *,
    measures: Mapping[str, Measure[R_co]],
    window: Window | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> dict[str, R_co]:
    """The results of several measures, by name, in one pass over the records.

    >>> from docflow.bangkok import HANDING_OVER, SCREENING, office_clock
    >>> list(read([], office_clock(), measures={"1.5": HANDING_OVER, "1.1 A": SCREENING}))
    ['1.5', '1.1 A']

    Measures that look at the same span share the looking. Raises as `Measure.read` does.
    """
    expect(measures, Mapping, "mapping of measures by name", 'some, such as {"in time": Proportion(...)}')
    for measure in measures.values():
        expect(measure, *A_MEASURE)
    found = checked(records)
    of = measures.values()
    for measure in of:
        measure.ask(found)
    spelled(set().union(*(one.states for one in of)), set().union(*(one.steps for one in of)), found)
    if known_at is not None:
        found, clock, as_of = as_known(found, clock, as_of=as_of, known_at=known_at)
    context = Context(clock, window, latest(found) if as_of is None else as_of, known_at=known_at)
    spans: dict[Span, dict[str, Measure[R_co]]] = {}
    for each, measure in measures.items():
        spans.setdefault(measure.span, {})[each] = measure
    results: dict[str, R_co] = {}
    for asking in spans.values():
        observed = observe_all(found, context, measures=list(asking.values()))
        for (each, measure), observations in zip(asking.items(), observed, strict=True):
            results[each] = measure.kind(measure, context, measure.settled(observations))
    return {each: results[each] for each in measures}


def observe(record: CaseOrRecord, context: Context, *, measure: Measure) -> Observation:
    """What a measure finds of one record.

    >>> from datetime import datetime
    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> from docflow.kpi import Context, Event, Record
    >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
    >>> letter = Record("1/2562", [Event("registered", nine), Event("taken_over", nine.replace(minute=7))])
    >>> found = observe(letter, Context(office_clock()), measure=HANDING_OVER)
    >>> print(found.bin, found.elapsed)
    counted 7 min

    The record lies in exactly one bin; among the excluded stands the reason: its clock had not started, it belongs
    outside the window, it stopped before it started, it was withdrawn before it stopped, or the calendar does not hold
    its years. Whether a reported value is replaced by a later one, only `read` can say. Raises `RecordError`, and
    `TypeError` for a measure of every occurrence, which may find several.
    """
    expect(measure, *A_MEASURE)
    if measure.span.every:
        raise TypeError(f"{measure} finds every occurrence; ask measure.read([record], clock) for all of them")
    expect(context, Context, "context", "one, such as Context(clock)")
    (seen,) = checked([record])
    measure.ask([seen])
    spelled(measure.states, measure.steps, [seen])
    if context.known_at is not None:
        known, clock, as_of = as_known([seen], context.clock, as_of=context.as_of, known_at=context.known_at)
        if not known:
            raise RecordError(seen.number, f"nothing had been recorded about it by {context.known_at}; ask as of later")
        (seen,), context = known, evolve(context, clock=clock, as_of=as_of)
    if context.as_of is None:  # as for many records, the last event is the last moment seen
        context = evolve(context, as_of=latest([seen]))
    return observe_all([seen], context, measures=[measure])[0][0]


def observe_all(
    records: Sequence[CaseOrRecord], context: Context, *, measures: Sequence[Measure]
) -> list[Observations]:
    """What each of some measures that share one span finds of all records, before they are seen together."""
    starts: list[datetime | None] = []
    stops: list[datetime | None] = []
    begins: list[int] = []
    ends: list[int | None] = []
    pauses: list[Pauses] = []
    found: list[_Columns] = [([], [], [], []) for _ in measures]
    asked = [(measure.judge, *columns) for measure, columns in zip(measures, found, strict=True)]
    for measure in measures:
        measure.ask(records)
    span, excluded, nths = measures[0].span, Bin.EXCLUDED, None
    looked: Iterable[Observation] = map(started, records, repeat(context), repeat(span))
    if span.every:
        looked = list(chain.from_iterable(map(each_time, records, repeat(context), repeat(span))))
        records, nths = [seen.record for seen in looked], [seen.nth for seen in looked]
    for seen in looked:
        starts.append(seen.start)
        stops.append(seen.stop)
        begins.append(seen.begin)
        ends.append(seen.end)
        pauses.append(seen.pauses)
        out = seen.bin is excluded
        for judge, bins, reasons, dues, times in asked:
            lies, due, worked, reason = (excluded, None, None, seen.reason) if out else judge(seen, context)
            bins.append(lies)
            reasons.append(reason)
            dues.append(due)
            times.append(worked)
    base = context.clock, records, starts, stops, begins, ends, pauses
    return [
        Observations(*base, *columns, partial(measure.limit_of, context=context), context.as_of, span.dated_by, nths)
        for measure, columns in zip(measures, found, strict=True)
    ]
