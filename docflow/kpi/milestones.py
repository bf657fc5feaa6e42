"""Milestones: when a record came to something in its history."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen
from attrs.converters import optional

from docflow.errors import MomentError
from docflow.instants import instant
from docflow.kpi.records import a_state, a_unit, name, states
from docflow.safe import visible
from docflow.text import expect, of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from docflow.kpi.contexts import Context
    from docflow.kpi.records import CaseOrRecord, Event
    from docflow.letters import Step

__all__ = [
    "EachMonth",
    "Found",
    "Holding",
    "Milestone",
    "Own",
    "Reached",
    "Since",
    "done",
    "each_month",
    "holding",
    "milestone",
    "reached",
    "seen_events",
    "since",
]

Found: TypeAlias = "tuple[datetime, int] | None"
"""A moment as it was written, and the same as an integer; None when it has not come."""


class Milestone(ABC):
    """Something that a record comes to; `reached`, `done`, `since`, `holding` and `each_month` make the usual ones.

    >>> def in_writing(events):
    ...     return next((each.at for each in events if each.state == "answered" and each.unit != "telephone"), None)
    >>> print(Milestone.of("answered in writing", in_writing))
    answered in writing

    `Milestone.of` makes one of your own.
    """

    __slots__ = ()

    @staticmethod
    def of(name: str, finding: Callable[[Sequence[Event | Step]], datetime | None]) -> Milestone:
        """A milestone of your own: a name for explanations, and a function from events to a moment or None.

        The function gets the events up to the last moment seen, in order of time. Reading raises `NotAMomentError` and
        `NaiveDatetimeError` for what else it returns; a moment that is not seen yet has not come.
        """
        return Own(name, finding)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that it speaks of."""
        return ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The triggers that it speaks of."""
        return ()

    @abstractmethod
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:
        """When the record came to it, as far as the context sees; `start` is when the record's clock started."""


def seen_events(record: CaseOrRecord, context: Context) -> Iterator[tuple[Event | Step, int]]:
    """The events up to the last moment seen, each with its instant."""
    now = context.now
    for event in record.history:
        at = instant(event.at)  # datetimes of one zone compare by the wall, not by the instant
        if now is None or at <= now:
            yield event, at


@frozen
class Reached(Milestone):
    """When a state was reached, or a step was done; `reached` and `done` make it."""

    state: str = field(converter=a_state)
    last: bool = field(default=False, kw_only=True)
    unit: str | None = field(default=None, kw_only=True, converter=a_unit)
    nth: int = field(default=1, kw_only=True)
    inside: bool = field(default=False, kw_only=True)
    after_start: bool = field(default=False, kw_only=True)
    step: bool = field(default=False, kw_only=True)
    _simple: bool = field(init=False, eq=False, repr=False)
    """Whether it is the first time of a state, as nearly always: that is found twice as fast."""

    @_simple.default
    def _is_simple(self) -> bool:
        return not (self.last or self.inside or self.after_start or self.step or self.nth != 1)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.nth, int) or self.nth < 1:
            raise MomentError(self.state, f"nth={self.nth!r} never comes; give 1 or more")
        if self.last and self.nth > 1:
            raise MomentError(self.state, f"nth={self.nth} and last=True contradict each other; say one")

    @property
    def states(self) -> tuple[str, ...]:
        """Its state, when it is one."""
        return () if self.step else (self.state,)

    @property
    def steps(self) -> tuple[str, ...]:
        """Its step, when it is one."""
        return (self.state,) if self.step else ()

    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:
        """The moment of the event that is asked for."""
        if self._simple:
            return self._first(record, context.now)
        found, more, now, state, unit, by_step = None, self.nth, context.now, self.state, self.unit, self.step
        for event in record.history:
            if (event.trigger if by_step else event.state) != state or (unit is not None and event.unit != unit):
                continue
            at = instant(event.at)
            if (now is not None and at > now) or (self.after_start and start is not None and at < start):
                continue
            if self.inside and context.window is not None and context.clock.day_of(event.at) not in context.window:
                continue
            more -= 1
            if more <= 0:
                found = event.at, at
                if not self.last:
                    break
        return found

    def _first(self, record: CaseOrRecord, now: int | None) -> Found:
        state, unit = self.state, self.unit
        for event in record.history:
            if event.state == state and (unit is None or event.unit == unit):
                at = instant(event.at)
                return (event.at, at) if now is None or at <= now else None
        return None

    def __str__(self) -> str:
        order = "last " if self.last else f"{self.nth} × " if self.nth > 1 else ""
        where = f" by {self.unit}" if self.unit else ""
        again = " after the start" if self.after_start else ""
        return visible(f"{order}{self.state}{where}{again}{' inside the window' if self.inside else ''}")


def reached(
    state: str,
    *,
    last: bool = False,
    nth: int = 1,
    unit: str | None = None,
    inside: bool = False,
    after_start: bool = False,
) -> Milestone:
    """The moment at which a record first reached a state.

    >>> print(reached("taken_over", unit="Secretary Group"), reached("attended", nth=4), sep="; ")
    taken_over by Secretary Group; 4 × attended

    `last=True` is the last time, `nth` the time by number. `unit` counts one unit's events only, `inside` only those
    inside the indicator's window, `after_start` only those that did not happen before the record's clock started.
    Raises `MomentError` for a time that never comes, and `NameOfStateError` for what is no name of a state or unit.
    """
    return Reached(state, last=last, nth=nth, unit=unit, inside=inside, after_start=after_start)


def done(trigger: str, *, last: bool = False, unit: str | None = None) -> Milestone:
    """The moment at which a step was done, where several steps lead to one state.

    >>> print(done("send_back"))
    send_back

    An `Event` without a trigger names what happened after the state it led to, and is asked for that. Raises
    `NameOfStateError`.
    """
    return Reached(trigger, last=last, unit=unit, step=True)


@frozen
class Since(Milestone):
    """From when a record is in a state, as far as a window cares; `since` makes it."""

    state: str = field(converter=a_state)
    unit: str | None = field(default=None, converter=a_unit)
    until: str | None = field(default=None, converter=optional(a_state))

    @property
    def states(self) -> tuple[str, ...]:
        """The state, and the one that ends it."""
        return (self.state,) if self.until is None else (self.state, self.until)

    # When the clock started does not matter to it.
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:  # noqa: ARG002
        """The window's beginning for who was in the state before, else the moment itself."""
        if context.window is None:
            return Reached(self.state, unit=self.unit).find(record, context)
        begins, found = context.clock.day_begin(context.window.first), None
        for event, at in seen_events(record, context):
            if event.state == self.state and (self.unit is None or event.unit == self.unit):
                found = (event.at, at) if found is None else found
            elif at < begins and event.state in (self.state, self.until):  # it left, or changed units, before
                found = None
        if found is None or found[1] >= begins:
            return found
        # Seen from before the window, nobody has started yet.
        return None if context.now is not None and begins > context.now else _moment(begins, context)

    def __str__(self) -> str:
        return visible(f"{self.state}{f' by {self.unit}' if self.unit else ''} in or before the window")


def since(state: str, *, unit: str | None = None, until: str | None = None) -> Milestone:
    """From when a record is in a state, as far as a window cares: a member of the staff may have come years ago.

    >>> print(since("on_staff", unit="Secretary Group"))
    on_staff by Secretary Group in or before the window

    Who has reached `until`, or the state in another unit, before the window began is not in it any more.
    """
    return Since(state, unit, until)


@frozen
class Holding(Milestone):
    """Since when a record has been in one of some states without leaving them; `holding` makes it."""

    states: tuple[str, ...] = field(converter=states)

    def __attrs_post_init__(self) -> None:
        if not self.states:
            raise MomentError("", 'nothing can hold it; name a state at least, such as holding("resolved")')

    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:
        """When it came there to stay; not before the clock started."""
        found = None
        for event, at in seen_events(record, context):
            if event.state not in self.states:
                found = None
            elif found is None:
                found = event.at, at
        if found is not None and start is not None and found[1] < start:
            return _moment(start, context)
        return found

    def __str__(self) -> str:
        return visible(f"{' or '.join(self.states)} and still so")


def holding(*states: str) -> Milestone:
    """Reached a state, or one of several, and never left them again: what was reopened is not done.

    >>> print(holding("resolved", "surveyed"))
    resolved or surveyed and still so

    Raises `NameOfStateError` for what is no name, and `MomentError` without any.
    """
    return Holding(states)


@frozen
class EachMonth(Milestone):
    """When a record came to where something has to be done every month, and was; `each_month` makes it."""

    state: str = field(converter=a_state)
    after: Milestone
    until: Milestone

    @property
    def states(self) -> tuple[str, ...]:
        """What has to be reached every month, and from when to when."""
        return (self.state, *self.after.states, *self.until.states)

    # When the clock started does not matter to it.
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:  # noqa: ARG002
        """The moment `after`, unless a month that is over went by without the state."""
        begun = self.after.find(record, context)
        if begun is None:
            return None
        clock, events = context.clock, [event for event, _ in seen_events(record, context)]
        kept = {_month(clock.day_of(event.at)) for event in events if event.state == self.state}
        now = clock.day_of(events[-1].at) if context.now is None else clock.date_of(context.now)
        last = _month(now) - (not context.month_over)  # a month that is not over may still keep it
        if context.window is not None:
            last = min(last, _month(context.window.last))
        ended = self.until.find(record, context)
        if ended is not None:
            last = min(last, _month(clock.day_of(ended[0])) - 1)
        if not kept.issuperset(range(_month(clock.day_of(begun[0])) + 1, last + 1)):
            return None
        return begun

    def __str__(self) -> str:
        return visible(f"{self.after}, then {self.state} every month until {self.until}")


def each_month(state: str, *, after: str, until: str) -> Milestone:
    """Reached a state, and from the next month on another one every month, until a third is reached.

    >>> print(each_month("followed_up", after="recorded", until="closed"))
    recorded, then followed_up every month until closed and still so

    Months are the office's; the month that is not over yet and months beyond the window ask for nothing.
    """
    return EachMonth(state, reached(after), holding(until))


@frozen
class Own(Milestone):
    """A milestone that a function finds; `Milestone.of` makes it."""

    name: str = field(validator=name)
    finding: Callable[[Sequence[Event | Step]], datetime | None] = field(
        validator=of_kind(Callable, "function", "one from events to a moment or None")  # type: ignore[arg-type]
    )

    # When the clock started does not matter to it.
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:  # noqa: ARG002
        """What the function finds among the events that are seen."""
        at = self.finding([event for event, _ in seen_events(record, context)])
        found = None if at is None else (at, instant(at))
        return None if found is None or (context.now is not None and found[1] > context.now) else found

    def __str__(self) -> str:
        return visible(self.name)


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _moment(at: int, context: Context) -> tuple[datetime, int]:
    return context.clock.datetime_of(at), at


def milestone(_: object, attribute: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature
    """See that a measure was given a milestone. Raises `TypeError` for anything else, such as the name of a state."""
    state = given if isinstance(given, str) else "submitted"
    expect(given, Milestone, "milestone", f"one, such as reached({state!r})")
