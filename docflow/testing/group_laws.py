"""GroupLaws: what must hold of a result in parts and in rows, and of one that is read again as it was printed."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

from attrs import evolve
from hypothesis import strategies as st

from docflow.errors import OutsideCalendarError
from docflow.instants import instant, local, moment
from docflow.kpi import Bin, Record
from docflow.kpi.results import merged
from docflow.testing.judgements import judgement
from docflow.testing.laws import law
from docflow.worktime.amount import MINUTE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hypothesis.strategies import DataObject

    from docflow.kpi import Observation, Result
    from docflow.kpi.records import CaseOrRecord
    from docflow.testing.judgements import Asked
    from docflow.worktime import WorkClock, WorkTime

__all__ = ["GroupLaws"]

PEOPLE = ("Somchai", "Somying", None)
GROUPS = ("road", "lamp", 0, None)


class GroupLaws:
    """The laws of groups, of rows and of printed reports, which `MeasureLaws` inherits."""

    def _asked(self, data: DataObject) -> Asked:
        raise NotImplementedError

    @law
    def test_groups_add_up_to_the_whole(self, data: DataObject) -> None:
        """By a function, an attribute, a unit or a person: every record is in one group, and the groups merged are all.

        Who did it did the step at which the clock stopped, or else the latest step that is seen.
        """
        asked = _signed(data, self._asked(data))
        kinds = {id(case): data.draw(st.sampled_from(GROUPS), label="group") for case in asked.cases}
        result = asked.result()
        by_kind, by_person = result.by(lambda case: kinds[id(case)]), result.by_person()
        for parts in (by_kind, by_person, result.by_unit(), result.by("number")):
            seen = Counter(id(one.record) for part in parts.values() for one in part.observations)
            assert seen == Counter(id(one.record) for one in result.observations)
            assert None not in list(parts)[:-1]
            if parts:
                whole = merged(parts.values())
                assert (whole.value, whole.numerator, whole.denominator) == (
                    result.value,
                    result.numerator,
                    result.denominator,
                )
        for kind, part in by_kind.items():
            assert all(kinds[id(one.record)] == kind for one in part.observations)
        for person, part in by_person.items():
            assert all(person in _who(one, asked) for one in part.observations)

    @law
    def test_rows_tell_every_observation(self, data: DataObject) -> None:
        """One row each, in their order, in both languages and as CSV; minutes are exact to the microsecond.

        The time used up is told of whatever has a start, up to its stop, or to the last moment seen: of a promise too.
        """
        asked = self._asked(data)
        result = asked.result()
        english, thai = result.to_rows(), result.to_rows("th")
        assert [list(row.values())[4:] for row in thai] == [list(row.values())[4:] for row in english]
        assert len(list(csv.reader(StringIO(result.to_csv())))) == len(english) + 1
        assert Counter(row["bin"] for row in english) == {lies: len(some) for lies, some in result.bins.items() if some}
        for row, seen in zip(english, result.observations, strict=True):
            minutes = row["elapsed_minutes"]
            assert (row["number"], row["occurrence"], row["bin"], row["start"], row["stop"], row["due"]) == (
                seen.record.number,
                seen.nth,
                seen.bin,
                seen.start,
                seen.stop,
                seen.due,
            )
            used = _used(seen, asked)
            assert (None if minutes is None else round(minutes * MINUTE)) == (
                None if used is None else used.microseconds
            )
            assert seen.worked is None or seen.used == seen.elapsed == used
            assert (row["reason"] is None) == (seen.reason is None)

    @law
    def test_what_is_recorded_later_changes_no_printed_report(self, data: DataObject) -> None:
        """Read with `known_at`, records tell what had been recorded by then; after everything, all that they tell."""
        asked = self._asked(data)
        written = [_late(data, case) for case in asked.cases]
        moments = [event.recorded or event.at for case in written for event in case.history]
        for known in (asked.as_of, max([asked.as_of, *moments], key=instant)):
            kept = [then for case in written if (then := _told_by(case, known)) is not None]
            printed = asked.measure.read(written, asked.clock, window=asked.window, known_at=known)
            before = asked.measure.read(
                kept, _announced(asked.clock, known), window=asked.window, as_of=known, known_at=known
            )
            assert _figures(printed) == _figures(before)
            plain = asked.measure.read(kept, _announced(asked.clock, known), window=asked.window, as_of=known)
            assert _figures(printed) == _figures(plain)
        assert sum(map(len, (case.history for case in kept))) == sum(len(case.history) for case in written)


def _figures(result: Result) -> tuple[object, ...]:
    """What a result says, whatever it was asked with."""
    return result.value, result.numerator, result.denominator, list(map(judgement, result.observations))


def _signed(data: DataObject, asked: Asked) -> Asked:
    """The same question about records of which each event may say who did it; cases stay as they are."""

    def signed(case: CaseOrRecord) -> CaseOrRecord:
        if not isinstance(case, Record):
            return case
        people = data.draw(st.lists(st.sampled_from(PEOPLE), min_size=len(case.history), max_size=len(case.history)))
        history = [evolve(event, by=by) for event, by in zip(case.history, people, strict=True)]
        return evolve(case, history=history)

    return evolve(asked, cases=tuple(map(signed, asked.cases)))


def _used(seen: Observation, asked: Asked) -> WorkTime | None:
    """The time between its milestones by the clock; None where they are one, and where the calendar ends before."""
    span = asked.measure.span
    if seen.start is None or span.start == span.stop:
        return None
    pauses = [(moment(since, asked.clock.tz), moment(until, asked.clock.tz)) for since, until in seen.pauses.spans]
    try:
        return asked.clock.elapsed(seen.start, seen.stop or asked.as_of, pauses=pauses)
    except OutsideCalendarError:
        return None


def _who(seen: Observation, asked: Asked) -> set[str | None]:
    """Who may have done what counts: of several steps at one moment, any of them."""
    until = asked.as_of if seen.bin is Bin.EXCLUDED or seen.stop is None else seen.stop
    steps = [event for event in seen.record.history if instant(event.at) <= instant(until)]
    last = max((instant(event.at) for event in steps), default=None)
    return {event.by for event in steps if instant(event.at) == last} or {None}


def _late(data: DataObject, case: CaseOrRecord) -> CaseOrRecord:
    """A record of which some events were written down later than they happened; cases say it themselves."""
    if not isinstance(case, Record):
        return case
    delays = st.none() | st.integers(0, 90_000).map(lambda minutes: timedelta(minutes=minutes))
    some = data.draw(st.lists(delays, min_size=len(case.history), max_size=len(case.history)), label="recorded after")
    history = [
        event if late is None else evolve(event, recorded=event.at + late)
        for event, late in zip(case.history, some, strict=True)
    ]
    return evolve(case, history=history)


def _told_by(case: CaseOrRecord, moment: datetime) -> CaseOrRecord | None:
    """A record with the events that had been written down at a moment, one by one."""
    if not isinstance(case, Record):
        return case.as_recorded(moment)
    known: Sequence[int] = [instant(event.recorded or event.at) for event in case.history]
    kept = [event for event, at in zip(case.history, known, strict=True) if at <= instant(moment)]
    return evolve(case, history=kept) if kept else None


def _announced(clock: WorkClock, moment: datetime) -> WorkClock:
    """The clock with what had been announced by the day of a moment, unless it knew less already."""
    day, given = local(instant(moment), clock.tz).date(), getattr(clock.calendar, "known_on", None)
    return clock if given is not None and given <= day else clock.as_known_on(day)
