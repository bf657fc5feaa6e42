"""What changed between two results and why, record by record: each cause is tried alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from fractions import Fraction

    from docflow.kpi.measures import Measure
    from docflow.kpi.moments import Traced, Window
    from docflow.kpi.places import Placed
    from docflow.kpi.results import Result
    from docflow.worktime import WorkClock

__all__ = ["Change", "Difference", "differences"]

GONE: Final = "the record is not there any more"
NEW: Final = "the record is new"


@frozen
class Change:
    """A record that lies elsewhere, or weighs otherwise, in the second result, and what moved it."""

    number: str
    before: Placed | None
    after: Placed | None
    because: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.number}: {_said(self.before)} → {_said(self.after)}, because {' and '.join(self.because)}"


@frozen
class Difference:
    """What changed between two results: the values, the records one by one, and what the two were read with."""

    before: Fraction | None
    after: Fraction | None
    contexts: tuple[str, ...]
    """What the second was read with that the first was not."""
    changes: tuple[Change, ...]

    @classmethod
    def joined(cls, before: Fraction | None, after: Fraction | None, parts: Iterable[Difference]) -> Difference:
        """The difference of a composite, from those of its parts."""
        parts = tuple(parts)
        contexts = dict.fromkeys(context for part in parts for context in part.contexts)
        return cls(before, after, tuple(contexts), tuple(change for part in parts for change in part.changes))

    def __str__(self) -> str:
        changed = [*(f"read {context}" for context in self.contexts), *map(str, self.changes)]
        return "\n".join([f"{_number(self.before)} → {_number(self.after)}", *changed])


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

    def places(self, cases: Iterable[Traced]) -> dict[tuple[str, int], Placed]:
        return _numbered(self.measure.read(cases, self.clock, window=self.window, as_of=self.as_of).places)


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
    mine, theirs = _numbered(one.places), _numbered(other.places)
    moved = [key for key in {**mine, **theirs} if not _alike(mine.get(key), theirs.get(key))]
    tried: dict[str, dict[tuple[str, int], Placed]] = {}
    unwritten: dict[tuple[str, int], Placed] = {}
    if moved:
        tried = {
            f"of {name}": context.places(place.case for place in one.places) for name, (_, context) in factors.items()
        }
        tried["what is written about it changed"] = here.places(place.case for place in other.places)
        unwritten = there.places(place.case for place in one.places)  # all but what is written, for causes together
    changes = []
    for key in moved:
        before, after = mine.get(key), theirs.get(key)
        because: tuple[str, ...] = (NEW,) if before is None else (GONE,)
        if before is not None and after is not None:
            alone = tuple(cause for cause, places in tried.items() if not _alike(before, places[key]))
            also = () if _alike(after, unwritten[key]) else ("what is written about it",)
            because = alone or (f"of {' and '.join((*factors, *also))} together",)
        changes.append(Change(key[0], before, after, because))
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


def _numbered(places: Iterable[Placed]) -> dict[tuple[str, int], Placed]:
    """Places by number; of records with one number, the first is compared with the first, and so on."""
    seen: Counter[str] = Counter()
    found = {}
    for place in places:
        seen[place.case.number] += 1
        found[place.case.number, seen[place.case.number]] = place
    return found


def _alike(one: Placed | None, other: Placed | None) -> bool:
    return _weight(one) == _weight(other)


def _weight(place: Placed | None) -> object:
    """What a place means to a result: the case may have been read twice, and moments be written in two zones."""
    if place is None:
        return None
    said = getattr(place.case, "scores", None), getattr(place.case, "value", None)
    return place.bin, place.due_at, place.worked, place.why, said


def _said(place: Placed | None) -> str:
    if place is None:
        return "–"
    due = "" if place.due is None else f", due {place.due:%Y-%m-%d %H:%M}"
    took = "" if place.elapsed is None else f", {place.elapsed}"
    why = f" ({place.reason})" if place.reason else ""
    return f"{place.bin}{why}{due}{took}"


def _moment(at: datetime | None) -> str:
    return "no moment" if at is None else f"{at:%Y-%m-%d %H:%M}"


def _number(value: Fraction | None) -> str:
    return "–" if value is None else str(value) if value.denominator == 1 else f"{float(value):.2f}"
