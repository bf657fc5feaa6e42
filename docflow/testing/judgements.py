"""What the laws of measures and plans ask of a result: when to look, and what a value may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen
from hypothesis import strategies as st

from docflow.instants import instant, local
from docflow.kpi import Count, DurationResult, Event, Proportion, Record, Score
from docflow.kpi.lasting import EachMonth, Holding
from docflow.kpi.milestones import Edge, Reached
from docflow.testing.laws import TICK, in_utc
from docflow.testing.record_strategies import anywhere_in, parts_of
from docflow.worktime import Limit, WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from hypothesis.strategies import SearchStrategy

    from docflow.kpi import Measure, Observation, Result, Window
    from docflow.kpi.records import CaseOrRecord
    from docflow.letters import Step
    from docflow.worktime import WorkClock

__all__ = [
    "Asked",
    "at_once",
    "bounds",
    "by_case",
    "dated",
    "in_zone",
    "judgement",
    "lengths",
    "may_change",
    "moments_near",
    "paired",
    "quotient",
    "up_to",
    "weight",
]


@frozen
class Asked:
    """One question: the measure of a reading, the cases, and from where they are looked at."""

    measure: Measure
    cases: tuple[CaseOrRecord, ...]
    clock: WorkClock
    window: Window | None
    as_of: datetime

    def result(self) -> Result:
        """The answer."""
        return self.of(self.cases)

    def of(self, cases: Sequence[CaseOrRecord]) -> Result:
        """The answer over other cases."""
        result: Result = self.measure.read(cases, self.clock, window=self.window, as_of=self.as_of)
        return result


def moments_near(cases: Sequence[CaseOrRecord], first: datetime, end: datetime) -> SearchStrategy[datetime]:
    """Moments at the steps of some cases, just beside them or some time after, or anywhere in a span."""
    anywhere = anywhere_in(instant(first), instant(end)).map(lambda at: local(at, UTC))
    steps = sorted({instant(step.at): in_utc(step.at) for case in cases for step in case.history}.items())
    if not steps:
        return anywhere
    beside = st.sampled_from((timedelta(), TICK, -TICK)) | st.integers(0, 90_000).map(lambda n: timedelta(minutes=n))
    at = st.sampled_from([at for _, at in steps])
    return st.builds(lambda at, after: max(in_utc(first), min(at + after, in_utc(end) - TICK)), at, beside) | anywhere


def judgement(seen: Observation) -> tuple[object, ...]:
    """What an observation says, whatever the zone in which its moments are written."""
    moments = (None if at is None else instant(at) for at in (seen.start, seen.stop))
    return seen.bin, seen.day, *moments, seen.due_at, seen.worked, seen.reason


def weight(seen: Observation | None) -> tuple[object, ...] | None:
    """What an observation means to a value, whatever else is told about it."""
    if seen is None:
        return None
    month = None if seen.day is None else (seen.day.year, seen.day.month)
    return seen.bin, month, seen.due_at, seen.worked, seen.reason


def dated(seen: Observation) -> datetime:
    """The moment by whose day it counts: its start, or its stop."""
    at = seen.stop if seen.dated_by == "stop" else seen.start
    assert at is not None
    return at


def at_once(cases: Sequence[CaseOrRecord]) -> bool:
    """Whether two steps came at one moment."""
    moments = [instant(step.at) for case in cases for step in case.history]
    return len(set(moments)) < len(moments)


def bounds(result: Result) -> list[Fraction]:
    """Some values between which the result's lies; none when it has none."""
    if isinstance(result.measure, Count):
        return [Fraction(), Fraction(len(result.observations))] if result.in_scope else []
    if isinstance(result.measure, Proportion):
        return [Fraction(), Fraction(100)] if result.share.total else []
    if isinstance(result, DurationResult):
        return [WorkTime.of(seen.worked or 0).minutes for seen in result.measured]
    if isinstance(result.measure, Score):
        return [
            Fraction(n) for seen in result.counted if isinstance(seen.record, Record) for _, n in seen.record.scores
        ]
    return [] if result.value is None else [result.value]


def by_case(result: Result) -> list[list[Observation]]:
    """The observations of each case, in order; one each, unless every occurrence is measured."""
    found: dict[int, list[Observation]] = {}
    for seen in result.observations:
        found.setdefault(id(seen.record), []).append(seen)
    return list(found.values())


def paired(one: Result, other: Result) -> list[tuple[Observation | None, Observation | None]]:
    """What two results find of each case, its first time with the first and so on."""
    return [pair for own in zip(by_case(one), by_case(other), strict=True) for pair in zip_longest(*own)]


def quotient(result: Result) -> tuple[Fraction | None, Fraction | None, int]:
    """Its value, and what is divided by what."""
    return result.value, result.numerator, result.denominator


def lengths(measure: Measure, other: Limit, more: WorkTime) -> list[Any]:
    """The measure with a shorter limit, its own and a longer one, as far as it has any."""
    if isinstance(measure, Count):
        return [evolve(measure, proportion=one) for one in lengths(measure.proportion, other, more)]
    if isinstance(measure, Proportion) and measure.cap is not None:
        return [measure, evolve(measure, cap=measure.cap + more)]
    if isinstance(measure, Proportion) and isinstance(measure.limit, Limit):
        limit = measure.limit
        return [evolve(measure, limit=one) for one in (limit & other, limit, limit | other)]
    return [measure]


def may_change(sentence: object) -> bool:
    """Whether what a measure found may not hold later: a last time may come again, a case may leave a state."""
    if isinstance(sentence, Reached | Edge):
        return sentence.last
    if isinstance(sentence, tuple):
        return any(map(may_change, sentence))
    if isinstance(sentence, EachMonth | Holding):
        return True
    return any(may_change(value) for _, value in parts_of(sentence))


def up_to(case: CaseOrRecord, moment: datetime) -> Record:
    """A record as it was told at a moment: without what happened later."""
    return _retold(case, (step for step in case.history if instant(step.at) <= instant(moment)), case.wanted_by)


def in_zone(case: CaseOrRecord, zone: tzinfo) -> CaseOrRecord:
    """The same record by another clock on the wall."""
    steps = (Event(one.state, one.at.astimezone(zone), one.unit, trigger=one.trigger) for one in case.history)
    return _retold(case, steps, None if case.wanted_by is None else case.wanted_by.astimezone(zone))


def _retold(case: CaseOrRecord, steps: Iterable[Event | Step], wanted_by: datetime | None) -> Record:
    """A plain record that says what the record does, with other steps."""
    history = tuple(Event(one.state, one.at, one.unit, trigger=one.trigger) for one in steps)
    if isinstance(case, Record):
        return evolve(case, history=history, wanted_by=wanted_by)
    return Record(case.number, history, wanted_by=wanted_by, ends=case.ends, cancelled=case.cancelled)
