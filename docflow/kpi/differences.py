"""What changed between two results and why, record by record: each cause is tried alone."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.errors import visible
from docflow.kpi.places import Kind
from docflow.kpi.records import Reported, scores_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from fractions import Fraction

    from docflow.kpi.measures import Measure
    from docflow.kpi.places import Placed
    from docflow.kpi.records import Traced
    from docflow.kpi.results import Result
    from docflow.kpi.windows import Window
    from docflow.worktime import WorkClock

__all__ = ["Change", "Difference", "differences"]

GONE: Final = "the record is not there any more"
NEW: Final = "the record is new"
WRITTEN: Final = "what is written about it changed"
OTHERS: Final = "another record changed"
TOGETHER: Final = {WRITTEN: "what is written about it", OTHERS: "another record"}


@frozen
class Change:
    """A record that lies elsewhere, or weighs otherwise, in the second result, and what moved it."""

    number: str
    before: Placed | None
    after: Placed | None
    because: tuple[str, ...]

    def __str__(self) -> str:
        return visible(
            f"{self.number}: {_said(self.before)} → {_said(self.after)}, because {' and '.join(self.because)}"
        )


@frozen
class Difference:
    """What changed between two results: the values, the records one by one, and what the two were read with."""

    before: Fraction | None
    after: Fraction | None
    contexts: tuple[str, ...]
    """What the second was read with that the first was not."""
    changes: tuple[Change, ...]
    beside: tuple[tuple[str, Difference], ...] = ()
    """The differences of the indicator's parts that are shown beside it, by number."""

    @classmethod
    def joined(
        cls, before: Fraction | None, after: Fraction | None, parts: Iterable[tuple[str, Difference]]
    ) -> Difference:
        """The difference of a composite, from those of its parts."""
        parts = tuple(parts)
        contexts = dict.fromkeys(context for _, part in parts for context in part.contexts)
        changes = tuple(change for _, part in parts for change in part.changes)
        return cls(before, after, tuple(contexts), changes, parts)

    def __str__(self) -> str:
        told = {id(change) for _, part in self.beside for change in part.changes}  # below, with the part they belong to
        own = [str(change) for change in self.changes if id(change) not in told]
        changed = [*(visible(f"read {context}") for context in self.contexts), *own]
        beside = [
            f"{visible(number)}: {part}" for number, part in self.beside if part.before != part.after or part.changes
        ]
        return "\n".join([f"{_number(self.before)} → {_number(self.after)}", *changed, *beside])


@frozen
class _Context:
    """Everything besides the records that a result was read with."""

    measure: Measure
    clock: WorkClock
    window: Window | None
    as_of: datetime | None

    @classmethod
    def of(cls, result: Result) -> _Context:
        return cls(result.measure, result.clock, result.window, result.as_of)

    def places(self, cases: Iterable[Traced]) -> tuple[Placed, ...]:
        return tuple(self.measure.read(cases, self.clock, window=self.window, as_of=self.as_of).places)


def differences(one: Result, other: Result) -> Difference:
    """What changed from one result to another.

    >>> from datetime import date, datetime
    >>> from zoneinfo import ZoneInfo
    >>> from docflow import Hours, Stopwatch, WorkingDays, reached
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import Event, Trace
    >>> thai = ZoneInfo("Asia/Bangkok")
    >>> came, went = datetime(2020, 4, 9, 10, tzinfo=thai), datetime(2020, 4, 14, 9, tzinfo=thai)
    >>> letter = Trace("1/2563", (Event("received", came), Event("submitted", went)))
    >>> promise = Stopwatch("in time", start=reached("received"), stop=reached("submitted")).within(WorkingDays(2))
    >>> before = promise.read([letter], office_clock(known_on=date(2020, 3, 16)))  # Songkran was still a holiday
    >>> print(differences(before, promise.read([letter], office_clock())))
    100 → 0
    read on another calendar: ThaiGovernment(area='bangkok')
    1/2563: counted, due 2020-04-16 16:30 → late, due 2020-04-13 16:30, because of the calendar
    """
    here, there = _Context.of(one), _Context.of(other)
    factors = _factors(here, there)
    moved = [pair for pair in _pairs(one.places, other.places) if not _alike(*pair.places)]
    tried: dict[str, tuple[Placed, ...]] = {}
    rewritten: tuple[Placed, ...] = ()
    unwritten: tuple[Placed, ...] = ()
    if moved:
        mine, theirs = ([place.case for place in result.places] for result in (one, other))
        tried = {name: context.places(mine) for name, (_, context) in factors.items()}
        rewritten = here.places(theirs)  # nothing but the records is another
        unwritten = there.places(mine)  # everything but the records is

    def because(pair: _Pair) -> tuple[str, ...]:
        before, after = pair.places
        if pair.mine is None or pair.theirs is None or before is None or after is None:
            return (NEW,) if before is None else (GONE,)
        records = OTHERS if before.case == after.case else WRITTEN
        causes = [f"of {name}" for name, places in tried.items() if _alike(places[pair.mine], after)]
        if _alike(rewritten[pair.theirs], after):
            causes.append(records)
        if causes:
            return tuple(causes)
        also = [] if _alike(unwritten[pair.mine], after) else [TOGETHER[records]]
        return (f"of {' and '.join([*factors, *also])} together",)

    changes = [Change(pair.number, *pair.places, because(pair)) for pair in moved]
    return Difference(one.value, other.value, tuple(said for said, _ in factors.values()), tuple(changes))


def _factors(here: _Context, there: _Context) -> dict[str, tuple[str, _Context]]:
    """What is not the same, in words, each with the first context but for that one thing."""
    found = {}
    if here.measure != there.measure:
        words = f"as {there.measure} instead of {here.measure}"
        found["the reading"] = words, _Context(there.measure, here.clock, here.window, here.as_of)
    if here.clock != there.clock:
        same_hours = (here.clock.hours, here.clock.zone) == (there.clock.hours, there.clock.zone)
        words = f"on another calendar: {there.clock.calendar}" if same_hours else f"on another clock: {there.clock}"
        found["the calendar" if same_hours else "the clock"] = (
            words,
            _Context(here.measure, there.clock, here.window, here.as_of),
        )
    if here.window != there.window:
        words = f"through the window {there.window} instead of {here.window}"
        found["the window"] = words, _Context(here.measure, here.clock, there.window, here.as_of)
    if here.as_of != there.as_of:
        words = f"as of {_moment(there.as_of)} instead of {_moment(here.as_of)}"
        found["the moment"] = words, _Context(here.measure, here.clock, here.window, there.as_of)
    return found


@frozen
class _Pair:
    """A record's places in two results, and where they stand there."""

    number: str
    mine: int | None
    theirs: int | None
    places: tuple[Placed | None, Placed | None]


def _pairs(one: Iterable[Placed], other: Iterable[Placed]) -> list[_Pair]:
    """Places by number; of several records with one number those that are equal, then those that are left, in order."""
    mine, theirs = _by_number(one), _by_number(other)
    found = []
    for number in {**mine, **theirs}:
        here, there = mine.get(number, {}), theirs.get(number, {})
        if len(here) > 1 or len(there) > 1:
            alike: dict[object, list[int]] = {}  # the later ones at the end, so that the first is taken first
            for m in reversed(there):
                alike.setdefault(_hashed(there[m].case), []).append(m)
            for n, place in list(here.items()):
                candidates = alike.get(_hashed(place.case), [])
                same = next((m for m in reversed(candidates) if there[m].case == place.case), None)
                if same is not None:
                    candidates.remove(same)
                    found.append(_Pair(number, n, same, (here.pop(n), there.pop(same))))
        for n, m in zip_longest(list(here), list(there)):
            places = None if n is None else here[n], None if m is None else there[m]
            found.append(_Pair(number, n, m, places))
    return sorted(found, key=lambda pair: (pair.mine is None, pair.mine or 0, pair.theirs or 0))


def _hashed(case: Traced) -> int | None:
    """What equal records share, so that few have to be compared; None of one that cannot say."""
    try:
        return hash(case)
    except TypeError:
        return None


def _by_number(places: Iterable[Placed]) -> dict[str, dict[int, Placed]]:
    found: dict[str, dict[int, Placed]] = {}
    for n, place in enumerate(places):
        found.setdefault(place.case.number, {})[n] = place
    return found


def _alike(one: Placed | None, other: Placed | None) -> bool:
    return _weight(one) == _weight(other)


def _weight(place: Placed | None) -> object:
    """What a place means to a result: the case may have been read twice, and moments be written in two zones."""
    if place is None or (place.why is not None and place.why.kind is Kind.ANOTHER):
        return None  # a record of another indicator is none of this one's
    month = None if place.day is None else (place.day.year, place.day.month)
    return place.bin, month, place.due_at, place.worked, place.why, _answer(place.case)


def _answer(case: Traced) -> object:
    """What a questionnaire or a reported value says, beside when."""
    return (case.value, case.target, case.source, case.unit) if isinstance(case, Reported) else scores_of(case)


def _said(place: Placed | None) -> str:
    if place is None:
        return "–"
    due = "" if place.due is None else f", due {place.due:%Y-%m-%d %H:%M}"
    took = "" if place.elapsed is None else f", {place.elapsed}"
    why = f" ({place.reason})" if place.reason else ""
    said = f", {_number(place.case.value)}" if isinstance(place.case, Reported) else ""
    return f"{place.bin}{why}{due}{took}{said}"


def _moment(at: datetime | None) -> str:
    return "no moment" if at is None else f"{at:%Y-%m-%d %H:%M}"


def _number(value: Fraction | None) -> str:
    return "–" if value is None else str(value) if value.denominator == 1 else f"{float(value):.2f}"
