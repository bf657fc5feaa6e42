"""What changed between two results and why, record by record: each cause is tried alone."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from attrs import evolve, frozen

from docflow.instants import instant
from docflow.kpi.bins import Cause
from docflow.kpi.changes import Change, Difference
from docflow.kpi.knowledge import as_recorded
from docflow.kpi.observing import observe_all
from docflow.kpi.records import Record
from docflow.kpi.results import Result
from docflow.letters import Amendment, Case, Correction
from docflow.text import expect, month_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
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
ANNOUNCED: Final = "what had been announced"
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
    window, what had been announced, the moment, or what is written about a record. Where none does so alone, those are
    named that do so together, and none without which it would come about too. Where what is written about a case is a
    cause, its change has the corrections and amendments, who made them and why. Raises `TypeError` for what is no
    result.
    """
    for each in (one, other):
        expect(each, Result, "result", "one, such as outcome.result; outcomes have .difference(other)")
    factors = _factors(one, other)
    mine, theirs = _told(one.observations), _told(other.observations)
    moved = [pair for pair in _pairs(mine, theirs) if not _alike(pair.before, pair.after)]
    if not moved:
        mine, theirs = [], []

    @cache
    def observed(taken: frozenset[str], *, written: bool) -> list[_Seen]:
        """What is found with some factors of the second result; `written`, of its records too."""
        fields = [factors[name].field for name in taken]
        context = evolve(one.context, **{field: getattr(other.context, field) for field in fields if field})
        return _observed(theirs if written else mine, context, (other if None in fields else one).measure)

    def does(pair: _Pair, taken: Iterable[str], *, written: bool) -> bool:
        """Whether some factors make the change, or together with the records do."""
        place = pair.theirs if written else pair.mine
        seen = {} if place is None else observed(frozenset(taken), written=written)[place]
        return _alike(seen.get(pair.nth), pair.after)

    def explained(pair: _Pair) -> Change:
        own, its = (None if n is None else told[n].record for n, told in ((pair.mine, mine), (pair.theirs, theirs)))
        later = _only_later(own, its, one.context.known_at, other.context.known_at)
        change = Change(pair.number, pair.before, pair.after, (), pair.nth)
        parts.update([ANNOUNCED] if later else [])
        if own is None or its is None:
            came_later = its is not None and _came_after(its, one.context.known_at)
            return evolve(change, because=(LATER if later and not came_later else NEW if own is None else GONE,))
        records = OTHERS if own == its else LATER if later else WRITTEN
        gone_on = later and _has_only_gone_on(own, its, one.context.known_at)
        named = [name for name in factors if does(pair, [name], written=gone_on)]
        written = not gone_on and does(pair, [], written=True)
        if named or written:
            because = *(f"of {name}" for name in named), *([records] if written else [])
        else:
            named, written = _needed(list(factors), lambda taken, also: does(pair, taken, written=also or gone_on))
            because = (f"of {' and '.join([*named, *([TOGETHER[records]] if written else [])])} together",)
        corrections = _corrections(own, its) if written else ()
        parts.update(named)
        return evolve(change, because=because, corrections=corrections)

    parts: set[str] = set()
    changes = tuple(explained(pair) for pair in moved)
    contexts = tuple(factor.words for factor in factors.values())
    idle = tuple(factor.words for name, factor in factors.items() if name not in parts)
    return Difference(one.value, other.value, contexts, changes, idle=idle)


def _has_only_gone_on(own: CaseOrRecord, its: CaseOrRecord, moment: datetime | None) -> bool:
    """Whether all that a record has more happened after a moment: then no late entry is the cause, but the moment."""
    if moment is None:
        return False
    more = [event for event in its.history if event not in own.history]
    return len(own.history) + len(more) == len(its.history) and all(instant(one.at) > instant(moment) for one in more)


def _came_after(record: CaseOrRecord, moment: datetime | None) -> bool:
    """Whether all of a record happened after a moment, so that it is no late entry."""
    return moment is not None and bool(record.history) and instant(record.history[0].at) > instant(moment)


def _needed(factors: list[str], does: Callable[[list[str], bool], bool]) -> tuple[list[str], bool]:
    """Of what makes a change together, those without which it does not come about, and whether the records are."""
    written = not does(factors, False)  # noqa: FBT003 - whether the records are taken too
    for name in tuple(factors):
        fewer = [each for each in factors if each != name]
        if does(fewer, written):
            factors = fewer
    return factors, written


def _corrections(own: CaseOrRecord, its: CaseOrRecord) -> tuple[Correction | Amendment, ...]:
    """What one of two cases has below what both have, as far as it corrects something."""
    if not (isinstance(own, Case) and isinstance(its, Case)):
        return ()
    pairs = enumerate(zip(own.log, its.log, strict=False))
    same = next((n for n, (mine, theirs) in pairs if mine != theirs), min(len(own.log), len(its.log)))
    below = (*own.log[same:], *its.log[same:])
    return tuple(record for record in below if isinstance(record, Correction | Amendment))


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


class _Factor(NamedTuple):
    """What is not the same in two results."""

    words: str
    field: str | None
    """The field of the context; None for the measure."""


def _factors(one: Result, other: Result) -> dict[str, _Factor]:
    """What is not the same, by what it is called."""
    found, here, there = {}, one.context, other.context
    if one.measure != other.measure:
        found["the reading"] = _Factor(f"as {other.measure} instead of {one.measure}", None)
    if here.clock != there.clock:
        same_hours = (here.clock.hours, here.clock.zone) == (there.clock.hours, there.clock.zone)
        words = f"on another calendar: {there.clock.calendar}" if same_hours else f"on another clock: {there.clock}"
        found["the calendar" if same_hours else "the clock"] = _Factor(words, "clock")
    if here.window != there.window:
        found["the window"] = _Factor(f"through the window {there.window} instead of {here.window}", "window")
    if here.known_at != there.known_at:
        found[ANNOUNCED] = _Factor(f"{_known(there.known_at)} instead of {_known(here.known_at)}", "known_at")
    if here.as_of != there.as_of:
        found["the moment"] = _Factor(f"as of {_moment(there.as_of)} instead of {_moment(here.as_of)}", "as_of")
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
