"""OccurrenceLaws: what must hold of milestones, and of each time that a case's clock runs; MeasureLaws has them."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve
from hypothesis import strategies as st

from docflow.kpi import ENDED, FIRST_EVENT, LAST_EVENT, Bin, Context, Count, Duration, Event, Proportion, reached
from docflow.kpi.bins import Cause
from docflow.kpi.milestones import Reached
from docflow.testing.judgements import by_case, judgement, up_to
from docflow.testing.laws import applies, law, shown
from docflow.worktime import instant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from hypothesis.strategies import DataObject

    from docflow.kpi import Measure
    from docflow.kpi.observation import Observation
    from docflow.kpi.records import CaseOrRecord, Record
    from docflow.testing.judgements import Asked

__all__ = ["OccurrenceLaws"]

SET_ASIDE: Final = "set aside, which no measure asks for"


class OccurrenceLaws:
    """The laws of milestones and of each time that a case's clock runs, which `MeasureLaws` inherits."""

    def _asked(self, data: DataObject, measures: Mapping[str, Measure] | None = None) -> Asked:
        raise NotImplementedError

    @law
    def test_every_case_lies_in_exactly_one_bin_in_the_order_given(self, data: DataObject) -> None:
        """The observations' cases are the cases given, once or each time, and the bins' are the observations."""
        asked = self._asked(data)
        result = asked.result()
        found = [id(seen.record) for seen in result.observations]
        once = [case for case, _ in groupby(found)] if asked.measure.span.every else found
        assert once == [id(case) for case in asked.cases]
        assert set(result.bins) == set(Bin)
        assert [seen for each in Bin for seen in result.bins[each]] == [
            seen for each in Bin for seen in result.observations if seen.bin is each
        ]
        assert result.in_scope == len(found) - len(result.excluded)

    @law
    def test_one_of_several_states_is_reached_with_the_first_of_them(self, data: DataObject) -> None:
        """reached(a, b) is the earlier of both, its last the later; all lie between the first and the last event."""
        asked = self._asked(data)
        names = _names(data, asked)
        context = Context(asked.clock, asked.window, asked.as_of)

        def when(case: CaseOrRecord, *states: str, last: bool) -> int | None:
            found = reached(*states, last=last).find(case, context)
            return None if found is None else found[1]

        for case in asked.cases:
            edges = [edge.find(case, context) for edge in (FIRST_EVENT, LAST_EVENT)]
            for last in (False, True):
                each = [at for at in (when(case, name, last=last) for name in names) if at is not None]
                earliest = (max if last else min)(each, default=None)
                assert when(case, *names, last=last) == earliest
                if earliest is not None:
                    assert edges[0] is not None
                    assert edges[1] is not None
                    assert edges[0][1] <= earliest <= edges[1][1]
            first, final = (when(case, *names, last=last) for last in (False, True))
            assert (first is None) == (final is None)
            assert first is None or final is None or first <= final
            assert ENDED.find(case, context) in (None, edges[1])

    @law
    def test_the_times_of_a_case_follow_one_another(self, data: DataObject) -> None:
        """Each starts when the one before has stopped, only the last may be open, and they are numbered in order."""
        asked = self._asked(data)
        every = _each_time(asked.measure, every=True)
        if not applies("a measure of what starts and stops", every) or every is None:
            return
        shown("a case that started", any(case.history for case in asked.cases))
        for own in by_case(evolve(asked, measure=every).result()):
            assert [seen.nth for seen in own] == list(range(1, len(own) + 1))
            ran = [seen for seen in own if seen.start is not None]
            for one, following in pairwise(ran):
                assert one.end is not None
                assert one.begin <= one.end <= following.begin
            assert all(seen.stop is not None for seen in ran if seen is not own[-1])

    @law
    def test_the_first_time_is_what_is_found_without_the_others(self, data: DataObject) -> None:
        """Its start, stop, due moment and working time; unless it stopped before, or was withdrawn on the way."""
        asked = self._asked(data)
        first, every = (_each_time(asked.measure, every=every) for every in (False, True))
        stop = asked.measure.span.stop
        plain = isinstance(stop, Reached) and stop.nth == 1 and not stop.last
        if not applies("a measure from a start to a first time", plain and every) or first is None or every is None:
            return
        once, each = (evolve(asked, measure=one).result() for one in (first, every))
        shown("a case to measure", once.observations)
        for seen, own in zip(once.observations, by_case(each), strict=True):
            if seen.bin is not Bin.EXCLUDED and (seen.end is None or seen.begin < seen.end):
                assert (own[0].start, own[0].stop) == (seen.start, seen.stop)
                assert (own[0].due_at, own[0].worked) == (seen.due_at, seen.worked)

    @law
    def test_every_time_is_what_a_stopwatch_says(self, data: DataObject) -> None:
        """Pressed at every event that starts, stops or withdraws, it runs as often and as long."""
        asked = self._asked(data)
        starts, stops = _names(data, asked), _names(data, asked)
        out = set(data.draw(st.sampled_from(((), _names(data, asked))), label="withdrawn in")) - {*starts}
        times = Proportion(
            "times", start=reached(*starts), stop=reached(*stops), withdrawn_in=sorted(out), every=True, waits=True
        )
        result = evolve(asked, measure=times, window=None).result()
        shown("a case that started", any(seen.start for seen in result.observations))
        for own in by_case(result):
            pressed = _stopwatch(own[0].record, asked.as_of, starts=starts, stops=stops, out=out)
            assert len(own) == max(1, len(pressed))
            for seen, (begin, end, withdrawn) in zip(own, pressed, strict=False):
                if withdrawn:
                    assert _is_withdrawn(seen)
                else:
                    assert (seen.begin, seen.end) == (begin, end)

    @law
    def test_a_measure_that_names_no_withdrawal_takes_that_of_the_record(self, data: DataObject) -> None:
        """It says what it says when it names the record's cancelled states, save those that it asks for itself."""
        asked = self._asked(data)
        unnamed = _changed(asked.measure, withdrawn_in=None)
        if not applies("a measure of what starts and stops", unnamed) or unnamed is None:
            return
        minutes = st.lists(st.none() | st.integers(0, 90_000), min_size=len(asked.cases), max_size=len(asked.cases))
        after = data.draw(minutes, label="minutes from the first event to the withdrawal")
        told = [_set_aside(up_to(case, asked.as_of), n) for case, n in zip(asked.cases, after, strict=True)]
        named = evolve(asked, measure=_changed(asked.measure, withdrawn_in=(SET_ASIDE,)) or unnamed)
        once = named.of(told).observations
        shown("a case that was withdrawn", any(map(_is_withdrawn, once)))
        cancelled = (SET_ASIDE, *(state for one in unnamed.milestones for state in one.states))
        told = [evolve(record, cancelled=cancelled) for record in told]
        assert list(map(judgement, evolve(asked, measure=unnamed).of(told).observations)) == [*map(judgement, once)]


def _set_aside(record: Record, minutes: int | None) -> Record:
    """The record with one more event so long after its first, if any, in a state that no measure asks for."""
    history = record.history
    if history and minutes is not None:
        history = (*history, Event(SET_ASIDE, history[0].at + timedelta(minutes=minutes)))
    states = dict.fromkeys(event.state for event in history)
    return evolve(record, history=history, ends=(*states, SET_ASIDE), cancelled=())


def _names(data: DataObject, asked: Asked) -> tuple[str, ...]:
    """Some of the states that a measure speaks of; of one that speaks of none, those that its cases come to."""
    states = asked.measure.states or {event.state for case in asked.cases for event in case.history} or {"received"}
    some = st.lists(st.sampled_from(sorted(states)), min_size=1, max_size=2, unique=True)
    return tuple(data.draw(some, label="states"))


def _each_time(measure: Measure, *, every: bool) -> Measure | None:
    """The measure of every time, or of the first alone; None of one that has no start and stop of its own."""
    return _changed(measure, every=every, withdrawn_in=())


def _changed(measure: Measure, **changes: Any) -> Measure | None:  # noqa: ANN401 - of any field
    """The measure with other fields; None of one that has no start and stop of its own."""
    if isinstance(measure, Count):
        return evolve(measure, proportion=evolve(measure.proportion, **changes))
    return evolve(measure, **changes) if isinstance(measure, Duration | Proportion) else None


def _is_withdrawn(seen: Observation) -> bool:
    return seen.reason is not None and seen.reason.cause is Cause.WITHDRAWN


def _stopwatch(
    case: CaseOrRecord, as_of: datetime, *, starts: Collection[str], stops: Collection[str], out: Collection[str]
) -> list[tuple[int, int | None, bool]]:
    """When it was started and stopped, and whether it was taken away."""
    pressed: list[tuple[int, int | None, bool]] = []
    begun = None
    for event in case.history:
        at = instant(event.at)
        if at > instant(as_of):
            break
        if begun is None and event.state in starts:
            begun = at
        if begun is not None and event.state in {*stops, *out}:
            pressed.append((begun, at, event.state not in stops))
            begun = None
    return pressed if begun is None else [*pressed, (begun, None, False)]
