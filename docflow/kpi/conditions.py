"""Conditions that are more than a moment: standing, holding, each month; and limits that a case or a window brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from attrs import field, frozen
from attrs.converters import optional

from docflow.errors import MomentError, visible
from docflow.kpi.moments import Moment, reached
from docflow.kpi.names import a_state, a_unit, states
from docflow.worktime import instant

if TYPE_CHECKING:
    from datetime import date, datetime

    from docflow.kpi.records import Traced
    from docflow.kpi.windows import View

__all__ = [
    "WANTED",
    "WINDOW_CLOSE",
    "Condition",
    "EachMonth",
    "Holding",
    "Standing",
    "Wanted",
    "WindowClose",
    "condition",
    "each_month",
    "holding",
    "standing",
]


@runtime_checkable
class Condition(Protocol):
    """Something that becomes true of a history at a moment."""

    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:
        """That moment and its instant; None when it has not come. `since` is when the case's clock started."""


@frozen
class Standing:
    """The moment from which a case counts although its state was reached long before; `standing` makes it."""

    state: str = field(converter=a_state)
    unit: str | None = field(default=None, converter=a_unit)
    until: str | None = field(default=None, converter=optional(a_state))

    # When the clock started does not matter to it.
    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:  # noqa: ARG002
        """The window's beginning for what had begun before it, else the moment itself, once it has come."""
        if view.window is None:
            return Moment(self.state, unit=self.unit).find(case, view)
        begins, found = view.clock.day_begin(view.window.first), None
        for step in case.history:
            at = instant(step.at)
            if view.now is not None and at > view.now:
                continue
            if step.state == self.state and (self.unit is None or step.unit == self.unit):
                found = (step.at, at) if found is None else found
            elif at < begins and step.state in (self.state, self.until):  # gone, or in another unit, before it began
                found = None
        if found is None or found[1] >= begins:
            return found
        # Seen from before the window nothing stands in it yet: nobody has missed what they still have all year for.
        return None if view.now is not None and begins > view.now else (view.clock.datetime_of(begins), begins)

    def __str__(self) -> str:
        return visible(f"{self.state}{f' by {self.unit}' if self.unit else ''} in or before the window")


def standing(state: str, *, unit: str | None = None, until: str | None = None) -> Standing:
    """From when a case is in a state as far as a window cares, such as a member of the staff who came years ago.

    >>> print(standing("on_staff", unit="Secretary Group"))
    on_staff by Secretary Group in or before the window

    Who has reached `until`, or the state in another unit, before the window began does not stand there any more.
    """
    return Standing(state, unit, until)


@frozen
class Holding:
    """The moment since which a case has been in one of some states without leaving them; `holding` makes it."""

    states: tuple[str, ...] = field(converter=states)

    def __attrs_post_init__(self) -> None:
        if not self.states:
            raise MomentError("", 'nothing can hold it; name a state at least, such as holding("resolved")')

    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:
        """When it came there to stay, as far as is seen."""
        found = None
        for step in case.history:
            at = instant(step.at)
            if view.now is not None and at > view.now:
                continue
            if step.state not in self.states:
                found = None
            elif found is None:
                found = step.at, at
        if found is not None and since is not None and found[1] < since:
            return view.clock.datetime_of(since), since  # it was there already when its clock started
        return found

    def __str__(self) -> str:
        return visible(f"{' or '.join(self.states)} and still so")


def holding(*states: str) -> Holding:
    """Reached a state, or one of several, and never left them again: what was reopened is not done.

    >>> print(holding("resolved", "surveyed"))
    resolved or surveyed and still so

    Raises `NameOfStateError` for what is no name, and `MomentError` without any.
    """
    return Holding(states)


@frozen
class EachMonth:
    """The moment after which something was done in every month; `each_month` makes it."""

    state: str = field(converter=a_state)
    after: Moment
    until: Condition

    # When the clock started does not matter to it.
    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:  # noqa: ARG002
        """The moment `after`, unless a month that is over went by without it."""
        begun = self.after.find(case, view)
        if begun is None:
            return None
        ended = self.until.find(case, view)
        seen, latest = set(), begun[0]
        for step in case.history:
            if view.now is None or instant(step.at) <= view.now:
                latest = step.at
                if step.state == self.state:
                    seen.add(_month(view.clock.day_of(step.at)))
        now = view.clock.day_of(latest) if view.now is None else view.clock.date_of(view.now)
        last = _month(now) - (not view.month_over)  # the month that is not over may still keep it
        if view.window is not None:
            last = min(last, _month(view.window.last))
        if ended is not None:
            last = min(last, _month(view.clock.day_of(ended[0])) - 1)
        kept = all(month in seen for month in range(_month(view.clock.day_of(begun[0])) + 1, last + 1))
        return begun if kept else None

    def __str__(self) -> str:
        return visible(f"{self.after}, then {self.state} every month until {self.until}")


def each_month(state: str, *, after: str, until: str) -> EachMonth:
    """Reached a state, and from the next month on another one every month, until a third is reached.

    >>> print(each_month("followed_up", after="recorded", until="closed"))
    recorded, then followed_up every month until closed and still so

    Months are the office's; the month that is not over yet and months beyond the window ask for nothing.
    """
    return EachMonth(state, reached(after), holding(until))


def _month(day: date) -> int:
    return day.year * 12 + day.month


@frozen
class Wanted:
    """The moment by which each case itself is wanted: the due moment of "urgent, within <date time>"."""

    def due(self, case: Traced, view: View) -> int | None:  # noqa: ARG002 - a window's close asks the view
        """The instant that the case names; None when it names none."""
        return None if case.wanted_by is None else instant(case.wanted_by)

    def __str__(self) -> str:
        return "the moment it is wanted by"


@frozen
class WindowClose:
    """The moment at which the office closes for the last time in an indicator's window: until then all can be done."""

    def due(self, case: Traced, view: View) -> int | None:  # noqa: ARG002 - it is the same for all cases
        """That instant; None when the indicator has no window."""
        return view.close

    def __str__(self) -> str:
        return "the close of the window"


WANTED: Final = Wanted()
"""The limit that each case brings along, as `Letter.wanted_by` and `Trace.wanted_by` do."""


WINDOW_CLOSE: Final = WindowClose()
"""The limit of what has a whole year, such as being trained four times."""


def condition(given: object) -> Condition:
    """A moment that a measure is given. Raises `TypeError` for what is none, such as the name of a state."""
    if isinstance(given, str) or not isinstance(given, Condition):
        raise TypeError(f"{given!r} is no moment of a history; give one, such as reached({str(given)!r})")
    return given
