"""Moments in a history: when a case reached a state, and the window that an indicator looks through."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from attrs import field, frozen

from docflow.errors import MomentError, PlanError, ReversedWindowError
from docflow.kpi.places import Kind, Why
from docflow.worktime import instant
from docflow.worktime.amount import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docflow.worktime import WorkClock

__all__ = [
    "WANTED",
    "WINDOW_CLOSE",
    "Condition",
    "EachMonth",
    "Happening",
    "Holding",
    "Moment",
    "Standing",
    "Traced",
    "View",
    "Wanted",
    "Window",
    "WindowClose",
    "condition",
    "done",
    "each_month",
    "holding",
    "reached",
    "standing",
]


class Happening(Protocol):
    """One thing that happened, as far as indicators care."""

    @property
    def state(self) -> str:
        """What it led to."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def unit(self) -> str | None:
        """Where."""


class Traced(Protocol):
    """What an indicator can read: a `Case`, or anything else with a number and a history in order of time."""

    @property
    def number(self) -> str:
        """What people call it."""

    @property
    def history(self) -> Sequence[Happening]:
        """What happened to it."""


@frozen
class Window:
    """The days an indicator covers, both included; a case belongs to it by the day on which its clock started.

    >>> from datetime import date
    >>> window = Window(date(2019, 11, 1), date(2020, 8, 31))
    >>> date(2020, 8, 31) in window, date(2020, 9, 1) in window
    (True, False)

    Raises `ReversedWindowError` when the last day is before the first.
    """

    first: date
    last: date

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise ReversedWindowError(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def months(self) -> tuple[str, ...]:
        """Its calendar months, as "2019-11".

        >>> from datetime import date
        >>> Window(date(2019, 12, 1), date(2020, 1, 31)).months()
        ('2019-12', '2020-01')
        """
        first, last = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return tuple(f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1))

    def between(self, first: int, last: int) -> Window:
        """The part of a year from one calendar month to another, both included.

        >>> from datetime import date
        >>> print(Window(date(2019, 10, 1), date(2020, 9, 30)).between(11, 8))
        2019-11-01 – 2020-08-31

        Raises `ReversedWindowError` when the second comes before the first in this year, and `PlanError` for a month
        that is not in it.
        """
        named: dict[int, str] = {}
        for name in self.months():
            named.setdefault(int(name[5:]), name)
        for month in (first, last):
            if month not in named:
                raise PlanError(str(self), f"has no month {month}; give one of {', '.join(map(str, named))}")
        year = int(named[last][:4])
        return Window(
            max(self.first, date.fromisoformat(f"{named[first]}-01")),
            min(self.last, date(year, last, monthrange(year, last)[1])),
        )

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


EPOCH: Final = date(1970, 1, 1).toordinal()
MARGIN: Final = 2 * DAY
EARLIEST, LATEST = ((date(year, 1, 1).toordinal() - EPOCH) * DAY for year in (2, 9999))


@frozen
class View:
    """From where a history is looked at: what had happened by `now`, through a window, on an office's calendar."""

    clock: WorkClock
    window: Window | None = None
    now: int | None = None
    """The last instant seen; None sees all."""

    def holds(self, at: int) -> bool:
        """Whether the office's date at an instant is in the window; always without one.

        Far from the window's edges instants decide, which is ten times faster than asking for the date.
        """
        if self.window is None:
            return EARLIEST <= at < LATEST or bool(self.clock.date_of(at))  # which says so when there is no such date
        if self._inside <= at < self._ends:
            return True
        return self._begins <= at < self._outside and self.clock.date_of(at) in self.window

    @cached_property
    def close(self) -> int | None:
        """The instant at which the office closes for the last time in the window; None without one."""
        if self.window is None:
            return None
        after = datetime.combine(self.window.last + timedelta(days=1), time(), tzinfo=self.clock.tz)
        return instant(self.clock.previous_close(after))

    @cached_property
    def outside(self) -> Why:
        """Why a case that started outside the window is excluded; one reason serves them all."""
        return Why.of(Kind.OUTSIDE, self.window)

    @cached_property
    def _inside(self) -> int:
        return self._edge(0) + MARGIN

    @cached_property
    def _ends(self) -> int:
        return self._edge(1) - MARGIN

    @cached_property
    def _begins(self) -> int:
        return self._edge(0) - MARGIN

    @cached_property
    def _outside(self) -> int:
        return self._edge(1) + MARGIN

    def _edge(self, end: int) -> int:
        """The window's first midnight, or its last, as UTC has it: no zone is a margin away from it."""
        day = date(1970, 1, 1) if self.window is None else self.window.last if end else self.window.first
        return (day.toordinal() + end - EPOCH) * DAY


class Condition(Protocol):
    """Something that becomes true of a history at a moment."""

    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:
        """That moment and its instant; None when it has not come. `since` is when the case's clock started."""


@frozen
class Moment:
    """The moment at which a state was reached, or a step done; `reached` and `done` make it."""

    state: str
    last: bool = field(default=False, kw_only=True)
    unit: str | None = field(default=None, kw_only=True)
    nth: int = field(default=1, kw_only=True)
    inside: bool = field(default=False, kw_only=True)
    after_start: bool = field(default=False, kw_only=True)
    step: bool = field(default=False, kw_only=True)
    _first: bool = field(init=False, eq=False, repr=False)
    """Whether it is the first time of a state, as nearly always: that is found twice as fast."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(
            self, "_first", not (self.last or self.inside or self.after_start or self.step or self.nth != 1)
        )
        if not isinstance(self.nth, int) or self.nth < 1:
            raise MomentError(self.state, f"nth={self.nth!r} never comes; give 1 or more")
        if self.last and self.nth > 1:
            raise MomentError(self.state, f"nth={self.nth} and last=True contradict each other; say one")

    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:
        """The moment in a history as it is seen from a view."""
        if self._first:
            return self._found_first(case, view.now)
        found, more, now, state, unit, by_step = None, self.nth, view.now, self.state, self.unit, self.step
        for step in case.history:
            if (_trigger(step) if by_step else step.state) != state or (unit is not None and step.unit != unit):
                continue
            at = step.at
            there = instant(at)  # datetimes of one zone compare by the wall, not by the instant
            if (now is not None and there > now) or (self.after_start and since is not None and there < since):
                continue
            if self.inside and view.window is not None and view.clock.day_of(at) not in view.window:
                continue
            more -= 1
            if more <= 0:
                found = at, there
                if not self.last:
                    break
        return found

    def _found_first(self, case: Traced, now: int | None) -> tuple[datetime, int] | None:
        state, unit = self.state, self.unit
        for step in case.history:
            if step.state == state and (unit is None or step.unit == unit):
                at = step.at
                there = instant(at)
                if now is None or there <= now:
                    return at, there
        return None

    def of(self, case: Traced, as_of: datetime | None) -> datetime | None:
        """When it came in a history as it stood at `as_of`; None when it had not come."""
        now = None if as_of is None else instant(as_of)
        found = self.find(case, View(None, None, now))  # type: ignore[arg-type]  # without a window no clock is asked
        return None if found is None else found[0]

    def __str__(self) -> str:
        order = "last " if self.last else f"{self.nth} × " if self.nth > 1 else ""
        where = f" by {self.unit}" if self.unit else ""
        again = " after the start" if self.after_start else ""
        return f"{order}{self.state}{where}{again}{' inside the window' if self.inside else ''}"


def _trigger(step: Happening) -> str:
    return getattr(step, "trigger", step.state)


def reached(
    state: str,
    *,
    last: bool = False,
    nth: int = 1,
    unit: str | None = None,
    inside: bool = False,
    after_start: bool = False,
) -> Moment:
    """The moment at which a case first reached a state.

    >>> print(reached("taken_over", unit="Secretary Group"), reached("attended", nth=4), sep="; ")
    taken_over by Secretary Group; 4 × attended

    `last=True` is the last time, `nth` the time by number; `unit` counts one unit's only, `inside` only what happened
    inside the indicator's window, `after_start` only what did not happen before the case's clock started. Raises
    `MomentError` for a time that never comes.
    """
    return Moment(state, last=last, nth=nth, unit=unit, inside=inside, after_start=after_start)


def done(trigger: str, *, last: bool = False, unit: str | None = None) -> Moment:
    """The moment at which a step was done, where several steps lead to one state.

    >>> print(done("send_back"))
    send_back

    Histories without triggers name what happened after the state it led to, and are asked for that.
    """
    return Moment(trigger, last=last, unit=unit, step=True)


@frozen
class Standing:
    """The moment from which a case counts although its state was reached long before; `standing` makes it."""

    state: str
    unit: str | None = None

    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:  # noqa: ARG002
        """The window's beginning for what had begun before it, else the moment itself, once it has come."""
        found = Moment(self.state, unit=self.unit).find(case, view)
        if found is None or view.window is None or view.clock.day_of(found[0]) >= view.window.first:
            return found
        opens = datetime.combine(view.window.first, time(), tzinfo=view.clock.tz)
        begins = instant(opens)
        # Seen from before the window nothing stands in it yet: nobody has missed what they still have all year for.
        return None if view.now is not None and begins > view.now else (opens, begins)

    def __str__(self) -> str:
        return f"{self.state}{f' by {self.unit}' if self.unit else ''} in or before the window"


def standing(state: str, *, unit: str | None = None) -> Standing:
    """From when a case is in a state as far as a window cares, such as a member of the staff who came years ago.

    >>> print(standing("on_staff", unit="Secretary Group"))
    on_staff by Secretary Group in or before the window
    """
    return Standing(state, unit)


@frozen
class Holding:
    """The moment since which a case has been in one of some states without leaving them; `holding` makes it."""

    states: tuple[str, ...]

    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:
        """When it came there to stay, as far as is seen."""
        found = None
        for step in case.history:
            at = instant(step.at)
            if view.now is not None and at > view.now:
                continue
            if step.state not in self.states:
                found = None
            elif found is None and (since is None or at >= since):
                found = step.at, at
        return found

    def __str__(self) -> str:
        return f"{' or '.join(self.states)} and still so"


def holding(*states: str) -> Holding:
    """Reached a state, or one of several, and never left them again: what was reopened is not done.

    >>> print(holding("resolved", "surveyed"))
    resolved or surveyed and still so
    """
    return Holding(states)


@frozen
class EachMonth:
    """The moment after which something was done in every month; `each_month` makes it."""

    state: str
    after: Moment
    until: Condition

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
        now = view.clock.day_of(latest) if view.now is None else view.clock.datetime_of(view.now).date()
        last = _month(now) - 1  # the month that is not over may still keep it
        if view.window is not None:
            last = min(last, _month(view.window.last))
        if ended is not None:
            last = min(last, _month(view.clock.day_of(ended[0])) - 1)
        kept = all(month in seen for month in range(_month(view.clock.day_of(begun[0])) + 1, last + 1))
        return begun if kept else None

    def __str__(self) -> str:
        return f"{self.after}, then {self.state} every month until {self.until}"


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
        wanted: datetime | None = getattr(case, "wanted_by", None)
        return None if wanted is None else instant(wanted)

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
    if isinstance(given, str) or not hasattr(given, "find"):
        raise TypeError(f"{given!r} is no moment of a history; give one, such as reached({str(given)!r})")
    return given  # it can be found
