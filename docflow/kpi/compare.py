"""What changed between two results and why, record by record: each cause is tried alone."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import evolve, frozen

from docflow.instants import instant
from docflow.kpi.bins import Cause
from docflow.kpi.changes import Change, Difference
from docflow.kpi.knowledge import as_recorded
from docflow.kpi.observing import observe_all
from docflow.kpi.records import Record
from docflow.kpi.results import Result
from docflow.text import expect, month_of

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.kpi.contexts import Context
    from docflow.kpi.observation import Observation
    from docflow.kpi.observations import Observations
    from docflow.kpi.observing import Measure
    from docflow.kpi.records import CaseOrRecord

__all__ = ["differences"]

GONE: Final = "the record is not there any more"
NEW: Final = "the record is new"
WRITTEN: Final = "what is written about it changed"
OTHERS: Final = "another record changed"
LATER: Final = "of what was recorded later"
TOGETHER: Final = {WRITTEN: "what is written about it", OTHERS: "another record", LATER: "what was recorded later"}


def differences(one: Result, other: Result) -> Difference:
    """What changed from one result to another.

    >>> from datetime import date, datetime
    >>> from zoneinfo import ZoneInfo
    >>> from docflow import Duration, Event, Record, WorkingDays, reached
    >>> from docflow.bangkok import office_clock
    >>> thai = ZoneInfo("Asia/Bangkok")
    >>> came, went = datetime(2020, 4, 9, 10, tzinfo=thai), datetime(2020, 4, 14, 9, tzinfo=thai)
    >>> letter = Record("1/2563", [Event("received", came), Event("submitted", went)])
    >>> promise = Duration("in time", start=reached("received"), stop=reached("submitted")).within(WorkingDays(2))
    >>> before = promise.read([letter], office_clock(known_on=date(2020, 3, 16)))  # Songkran was still a holiday
    >>> print(differences(before, promise.read([letter], office_clock())))
    100 → 0
    read on another calendar: ThaiGovernment(area='bangkok')
    1/2563: counted, due 2020-04-16 16:30 → late, due 2020-04-13 16:30, because of the calendar

    Records are paired by their numbers. A cause is what alone makes the change: the reading, the calendar or clock, the
    window, what had been announced, the moment, or what is written about a record. Where none does so alone, those that
    do so together are named. Raises `TypeError` for what is no result.
    """
    for each in (one, other):
        expect(each, Result, "result", "one, such as outcome.result; outcomes have .difference(other)")
    factors = _factors(one, other)
    mine, theirs = _told(one.observations), _told(other.observations)
    moved = [pair for pair in _pairs(mine, theirs) if not _alike(pair.before, pair.after)]
    if not moved:
        mine, theirs = [], []
    tried = {name: _observed(mine, context, measure) for name, (_, measure, context) in factors.items()}
    rewritten = _observed(theirs, one.context, one.measure)  # nothing but the records is another
    unwritten = _observed(mine, other.context, other.measure)  # everything but the records is

    def because(pair: _Pair) -> tuple[str, ...]:
        own, its = (None if n is None else told[n].record for n, told in ((pair.mine, mine), (pair.theirs, theirs)))
        later = _only_later(own, its, one.context.known_at, other.context.known_at)
        if pair.mine is None or pair.theirs is None:
            return (LATER if later else NEW if pair.mine is None else GONE,)
        records = OTHERS if own == its else LATER if later else WRITTEN
        causes = [f"of {name}" for name, found in tried.items() if _alike(found[pair.mine].get(pair.nth), pair.after)]
        if _alike(rewritten[pair.theirs].get(pair.nth), pair.after):
            causes.append(records)
        if causes:
            return tuple(causes)
        also = [] if _alike(unwritten[pair.mine].get(pair.nth), pair.after) else [TOGETHER[records]]
        return (f"of {' and '.join([*factors, *also])} together",)

    changes = [Change(pair.number, pair.before, pair.after, because(pair), pair.nth) for pair in moved]
    return Difference(one.value, other.value, tuple(said for said, _, _ in factors.values()), tuple(changes))


_Seen: TypeAlias = "dict[int, Observation]"
"""What was found of one record: each of its occurrences by its place among them."""


@frozen
class _Told:
    """A record of a result, with what was found of it."""

    record: CaseOrRecord
    seen: _Seen


def _told(observations: Observations) -> list[_Told]:
    """The records of some observations, in the order in which they first come."""
    found: list[_Told] = []
    last: dict[int, _Told] = {}
    for one in observations:
        told = last.get(id(one.record))
        if told is None or one.nth in told.seen:  # what was merged may have a record twice
            told = last[id(one.record)] = _Told(one.record, {})
            found.append(told)
        told.seen[one.nth] = one
    return found


def _observed(told: list[_Told], context: Context, measure: Measure) -> list[_Seen]:
    observed = observe_all([one.record for one in told], context, measures=[measure])[0]
    return [one.seen for one in _told(measure.settled(observed))]


def _factors(one: Result, other: Result) -> dict[str, tuple[str, Measure, Context]]:
    """What is not the same, in words, each with the first measure and context but for that one thing."""
    found, here, there = {}, one.context, other.context
    if one.measure != other.measure:
        found["the reading"] = f"as {other.measure} instead of {one.measure}", other.measure, here
    if here.clock != there.clock:
        same_hours = (here.clock.hours, here.clock.zone) == (there.clock.hours, there.clock.zone)
        words = f"on another calendar: {there.clock.calendar}" if same_hours else f"on another clock: {there.clock}"
        found["the calendar" if same_hours else "the clock"] = words, one.measure, evolve(here, clock=there.clock)
    if here.window != there.window:
        words = f"through the window {there.window} instead of {here.window}"
        found["the window"] = words, one.measure, evolve(here, window=there.window)
    if here.known_at != there.known_at:
        words = f"{_known(there.known_at)} instead of {_known(here.known_at)}"
        found["what had been announced"] = words, one.measure, evolve(here, known_at=there.known_at)
    if here.as_of != there.as_of:
        words = f"as of {_moment(there.as_of)} instead of {_moment(here.as_of)}"
        found["the moment"] = words, one.measure, evolve(here, as_of=there.as_of)
    return found


def _only_later(
    one: CaseOrRecord | None, other: CaseOrRecord | None, here: datetime | None, there: datetime | None
) -> bool:
    """Whether what was recorded later is all that tells two records apart."""
    if here is None or (there is not None and instant(there) < instant(here)):
        one, other, here, there = other, one, there, here  # the one that knew less first
    return here is not None and here != there and other is not None and as_recorded(other, here) == one


@frozen
class _Pair:
    """An occurrence in two results: where its record stands in each, and what was found of it."""

    number: str
    mine: int | None
    theirs: int | None
    nth: int
    before: Observation | None
    after: Observation | None


def _pairs(mine: list[_Told], theirs: list[_Told]) -> list[_Pair]:
    """The occurrences of paired records, the first with the first and so on."""
    found = []
    for n, m in _paired(mine, theirs):
        before, after = {} if n is None else mine[n].seen, {} if m is None else theirs[m].seen
        number = next(iter((before or after).values())).record.number
        found += [_Pair(number, n, m, nth, before.get(nth), after.get(nth)) for nth in sorted({**before, **after})]
    return found


def _paired(mine: list[_Told], theirs: list[_Told]) -> list[tuple[int | None, int | None]]:
    """Records by number; of several with one number first those that are equal, then those that are left, in order."""
    by_number = _by_number(mine), _by_number(theirs)
    found: list[tuple[int | None, int | None]] = []
    for called in {**by_number[0], **by_number[1]}:
        here, there = (some.get(called, {}) for some in by_number)
        if len(here) > 1 or len(there) > 1:
            alike: dict[object, list[int]] = {}  # the later ones at the end, so that the first is taken first
            for m in reversed(there):
                alike.setdefault(_hashed(there[m]), []).append(m)
            for n, record in list(here.items()):
                candidates = alike.get(_hashed(record), [])
                same = next((m for m in reversed(candidates) if there[m] == record), None)
                if same is not None:
                    candidates.remove(same)
                    found.append((n, same))
                    del here[n], there[same]
        found += zip_longest(here, there)
    return sorted(found, key=lambda pair: (pair[0] is None, pair[0] or 0, pair[1] or 0))


def _hashed(record: CaseOrRecord) -> int | None:
    """What equal records share, so that few have to be compared; None of one that cannot say."""
    try:
        return hash(record)
    except TypeError:
        return None


def _by_number(told: list[_Told]) -> dict[str, dict[int, CaseOrRecord]]:
    found: dict[str, dict[int, CaseOrRecord]] = {}
    for n, one in enumerate(told):
        found.setdefault(one.record.number, {})[n] = one.record
    return found


def _alike(one: Observation | None, other: Observation | None) -> bool:
    return _weight(one) == _weight(other)


def _weight(seen: Observation | None) -> object:
    """What an observation means to a result: the record may have been read twice, in two zones."""
    if seen is None or (seen.reason is not None and seen.reason.cause is Cause.ANOTHER):
        return None  # a record of another indicator is none of this one's
    month = None if seen.day is None else month_of(seen.day)
    said = (seen.record.scores, seen.record.value) if isinstance(seen.record, Record) else ()
    return seen.bin, month, seen.due_at, seen.worked, seen.reason, said


def _known(at: datetime | None) -> str:
    return "with all that is recorded" if at is None else f"as recorded by {_moment(at)}"


def _moment(at: datetime | None) -> str:
    return "no moment" if at is None else f"{at:%Y-%m-%d %H:%M}"
