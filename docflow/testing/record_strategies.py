"""Hypothesis strategies for records: histories over the states that measures speak of, and what others report."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs
from hypothesis import strategies as st

from docflow.instants import instant, local
from docflow.kpi import Event, Measure, Record, Reported, Score, Value, Window
from docflow.kpi.lasting import EachMonth, Holding, Since
from docflow.kpi.milestones import Reached
from docflow.worktime.amount import MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docflow.kpi import Plan
    from docflow.worktime import WorkClock

__all__ = ["YEAR", "anywhere_in", "milestones_of", "parts_of", "plan_records", "records", "records_for"]

YEAR: Final = Window(date(2019, 10, 1), date(2020, 9, 30))
"""The fiscal year in which histories start when no other is given."""
ELSEWHERE: Final = "elsewhere"
HOUR: Final = 60  # minutes
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY * MINUTE  # microseconds
UNITS: Final = ("%", "points", "level", "", "baht")
ITEMS: Final = ("first", "second", "third")


def records(
    states: Iterable[str], *, within: Window = YEAR, clock: WorkClock | None = None, units: Iterable[str] = ()
) -> st.SearchStrategy[Record]:
    """Records with a history over some states, in order of time; it starts in a window, and may run on beyond it.

    >>> from docflow.testing import records
    >>> from hypothesis import find
    >>> record = find(records(["received", "answered"]), lambda record: record.history)
    >>> [(event.state, event.at.isoformat()) for event in record.history]
    [('received', '2019-10-01T00:00:00+00:00')]

    Often it goes through the states in the order given, where one may come several times; some steps are done by one
    of `units`, or elsewhere. Some records name a moment by which they are wanted. Given a clock, starts often lie
    where its office opens or closes.
    """
    return st.builds(_wanted, _numbers, _histories(tuple(states), within, clock, tuple(units)), _after_the_last)


def plan_records(plan: Plan, *, most: int = 3) -> st.SearchStrategy[dict[str, list[Record]]]:
    """Records for a plan, by the names that it wants: histories, questionnaires and values as its measures read them.

    >>> from attrs import evolve
    >>> from docflow.bangkok import PLAN_2563
    >>> from docflow.testing import plan_records
    >>> from hypothesis import find
    >>> plan = evolve(PLAN_2563, indicators=[PLAN_2563["1.8"]])
    >>> find(plan_records(plan), lambda given: True)
    {'certificates': []}

    At most so many of each name; they start in the plan's year, or up to two months before it.
    """
    within = Window(plan.year.first - timedelta(days=60), plan.year.last)
    named: dict[str, list[Measure]] = {}
    for indicator in plan:
        if indicator.of:
            named.setdefault(indicator.of, []).extend(indicator.measures().values())
    return st.fixed_dictionaries(
        {name: st.lists(records_for(some, within, plan.clock), max_size=most) for name, some in named.items()}
    )


def records_for(measures: Sequence[Measure], within: Window, clock: WorkClock) -> st.SearchStrategy[Record]:
    """Records that some measures can read: values for those that others compute, questionnaires for scores."""
    times: dict[str, int] = {}
    units: dict[str, None] = {}
    for moment in (one for measure in measures for one in milestones_of(measure)):
        for state in moment.names if isinstance(moment, Reached) else (moment.state,):
            times[state] = max(times.get(state, 1), moment.nth if isinstance(moment, Reached) else 1)
        units |= {moment.unit: None} if moment.unit else {}
    states = tuple(state for state, n in times.items() for _ in range(n))
    names = tuple(measure.name for measure in measures if isinstance(measure, Reported))
    if names:
        return _reported(names, states, within, clock)
    some = records(states, within=within, clock=clock, units=units)
    if any(measure.span.withdrawn_in is None for measure in measures):
        cancelled = st.sampled_from(((), *((state,) for state in times)))
        some = st.builds(lambda record, cancelled: attrs.evolve(record, cancelled=cancelled), some, cancelled)
    if any(isinstance(measure, Score) for measure in measures):
        return st.builds(_answered, some, st.lists(st.tuples(st.sampled_from(ITEMS), st.integers(1, 5)), max_size=3))
    return some


def milestones_of(sentence: object) -> Iterator[Reached | Since]:
    """The milestones that a measure speaks of, in its order, with the states that pause it or take a record out."""
    if isinstance(sentence, Reached | Since):
        yield sentence
    elif isinstance(sentence, EachMonth):
        yield from (*milestones_of(sentence.after), Reached(sentence.state), *milestones_of(sentence.until))
    elif isinstance(sentence, Holding):
        yield from map(Reached, sentence.states)
    elif isinstance(sentence, tuple):
        for one in sentence:
            yield from milestones_of(one)
    else:
        for name, value in parts_of(sentence):
            yield from map(Reached, value or ()) if name in ("pausing", "withdrawn_in") else milestones_of(value)


def parts_of(sentence: object) -> list[tuple[str, Any]]:
    """What a sentence is made of, by name; none of anything that is no value of attrs."""
    kind: Any = type(sentence)
    return [(one.name, getattr(sentence, one.name)) for one in attrs.fields(kind)] if attrs.has(kind) else []


_numbers: Final = st.integers(1, 20).map(lambda n: f"{n}/2563")
_after_the_last: Final = st.none() | st.integers(-600, 14_400)
_minutes: Final = st.integers(0, HOUR) | st.integers(0, 3 * DAY) | st.integers(0, 40 * DAY)


def _histories(
    states: tuple[str, ...], within: Window, clock: WorkClock | None, units: tuple[str, ...]
) -> st.SearchStrategy[tuple[Event, ...]]:
    """The first of the states in their order, or some of them, then any."""
    if not states:
        return st.just(())
    first = st.integers(0, len(states) + 2).map(lambda n: states[:n])
    first |= st.sets(st.sampled_from(range(len(states)))).map(lambda some: tuple(states[n] for n in sorted(some)))
    then: st.SearchStrategy[list[str]] = st.just([]) | st.lists(st.sampled_from(states), max_size=3)
    where = st.sampled_from((*units, *units, None, ELSEWHERE)) if units else st.none()
    paths = st.builds(lambda begun, some: (*begun, *some), first, then)
    return _walks(paths, _starts(within, clock), where)


def _starts(within: Window, clock: WorkClock | None) -> st.SearchStrategy[int]:
    """Instants inside a window: anywhere, and moments at which the office opens or closes."""
    zone = UTC if clock is None else clock.tz
    first, after = (
        instant(datetime.combine(day, time(), tzinfo=zone)) for day in (within.first, within.last + timedelta(days=1))
    )
    anywhere = anywhere_in(first, after)
    if clock is None:
        return anywhere
    index = clock.index(first, after)

    def turns(at: int) -> list[int]:
        return [turn for span in index.between(at, min(at + WEEK, after)) for turn in span if turn < after] or [at]

    return anywhere | anywhere.map(turns).flatmap(st.sampled_from)


def anywhere_in(first: int, after: int) -> st.SearchStrategy[int]:
    """Instants from one to before another: each day as likely as any other, often at a whole minute.

    Of a long range of integers hypothesis mostly draws the beginning, of a sequence any member; so the day is drawn
    from a sequence, and the time of day apart.
    """
    days = st.sampled_from(range(first, after, DAY * MINUTE))
    minutes = st.integers(0, DAY - 1).map(lambda n: n * MINUTE)
    return st.builds(lambda day, time: min(day + time, after - 1), days, minutes | st.integers(0, DAY * MINUTE - 1))


@st.composite
def _walks(
    draw: st.DrawFn,
    paths: st.SearchStrategy[tuple[str, ...]],
    starts: st.SearchStrategy[int],
    where: st.SearchStrategy[str | None],
) -> tuple[Event, ...]:
    path = draw(paths)
    if not path:
        return ()
    at = draw(starts)
    history = [Event(path[0], local(at, UTC), draw(where))]
    for state in path[1:]:
        at += draw(_minutes) * MINUTE
        history.append(Event(state, local(at, UTC), draw(where)))
    return tuple(history)


def _wanted(number: str, history: tuple[Event, ...], minutes: int | None) -> Record:
    """A record that is wanted so long after its last step, if it names a moment and has a step."""
    if not history or minutes is None:
        return Record(number, history)
    return Record(number, history, wanted_by=history[-1].at + timedelta(minutes=minutes))


def _answered(record: Record, scores: list[tuple[str, int]]) -> Record:
    return attrs.evolve(record, wanted_by=None, scores=dict(scores))


def _reported(
    names: tuple[str, ...], states: tuple[str, ...], within: Window, clock: WorkClock
) -> st.SearchStrategy[Record]:
    """A value of one of the indicators so named, or of another one."""
    percent = st.integers(0, 10_000).map(lambda n: Fraction(n, 100))
    said = st.just("the agency that computes it")
    return st.builds(
        Record,
        st.sampled_from((*names, "another")),
        _histories(states[:1], within, clock, ()).map(lambda history: history[:1]),
        value=st.builds(Value, percent, source=said, unit=st.sampled_from(UNITS), target=st.none() | percent),
    )
