"""Milestones that ask how long a state lasts: since when, without leaving it, or anew every month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen
from attrs.converters import optional

from docflow.errors import MomentError
from docflow.kpi.milestones import Found, Milestone, Reached, reached, seen_events
from docflow.kpi.records import a_state, a_unit, states
from docflow.safe import visible
from docflow.text import month_after, month_of, months_between

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.kpi.contexts import Context
    from docflow.kpi.records import CaseOrRecord

__all__ = ["EachMonth", "Holding", "Since", "each_month", "holding", "since"]


@frozen
class Since(Milestone):
    """From when a record is in a state, at the earliest from the window's beginning on; `since` makes it."""

    state: str = field(converter=a_state)
    unit: str | None = field(default=None, converter=a_unit)
    until: str | None = field(default=None, converter=optional(a_state))

    @property
    def states(self) -> tuple[str, ...]:
        """The state, and the one that ends it."""
        return (self.state,) if self.until is None else (self.state, self.until)

    # When the clock started does not matter to it.
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:  # noqa: ARG002 - see above
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
    """From when a record is in a state; of one that was in it before the window, the window's beginning.

    It is for what lasts, such as being on the staff.

    >>> print(since("on_staff", unit="Secretary Group"))
    on_staff by Secretary Group in or before the window

    Who has reached `until`, or the state in another unit, before the window began is not in it any more. Raises
    `NameOfStateError` for what is no name.
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
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:  # noqa: ARG002 - see above
        """The moment `after`, unless a month that is over went by without the state."""
        begun = self.after.find(record, context)
        if begun is None:
            return None
        clock, events = context.clock, [event for event, _ in seen_events(record, context)]
        kept = {month_of(clock.day_of(event.at)) for event in events if event.state == self.state}
        now = month_of(clock.day_of(events[-1].at) if context.now is None else clock.date_of(context.now))
        last = now if context.month_over else month_after(now, -1)  # a month that is not over may still keep it
        if context.window is not None:
            last = min(last, month_of(context.window.last))
        ended = self.until.find(record, context)
        if ended is not None:
            last = min(last, month_after(month_of(clock.day_of(ended[0])), -1))
        asked = months_between(month_after(month_of(clock.day_of(begun[0]))), last)
        if not kept.issuperset(asked):
            return None
        return begun

    def __str__(self) -> str:
        return visible(f"{self.after}, then {self.state} every month until {self.until}")


def each_month(state: str, *, after: str, until: str) -> Milestone:
    """Reached a state, and from the next month on another one every month, until a third is reached.

    >>> print(each_month("followed_up", after="recorded", until="closed"))
    recorded, then followed_up every month until closed and still so

    Months are the office's; the month that is not over yet and months beyond the window ask for nothing. Raises
    `NameOfStateError` for what is no name.
    """
    return EachMonth(state, reached(after), holding(until))


def _moment(at: int, context: Context) -> tuple[datetime, int]:
    return context.clock.datetime_of(at), at
