"""Moments in a history: when a letter reached a state, and the window that an indicator looks through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from docflow.errors import ReversedWindowError
from docflow.worktime import instant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

__all__ = ["Happening", "Moment", "Traced", "Window", "reached"]


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
class Moment:
    """The moment at which a state was reached; `reached` makes it."""

    state: str
    last: bool = field(default=False, kw_only=True)
    unit: str | None = field(default=None, kw_only=True)

    def of(self, case: Traced, as_of: datetime | None) -> datetime | None:
        """When it came in a history as it stood at `as_of`; None when it had not come."""
        found = None
        now = None if as_of is None else instant(as_of)  # datetimes of one zone compare by the wall, not by the instant
        for step in case.history:
            if step.state == self.state and (self.unit is None or step.unit == self.unit):
                if now is not None and instant(step.at) > now:
                    continue
                found = step.at
                if not self.last:
                    break
        return found

    def __str__(self) -> str:
        where = f" by {self.unit}" if self.unit else ""
        return f"{'last ' if self.last else ''}{self.state}{where}"


def reached(state: str, *, last: bool = False, unit: str | None = None) -> Moment:
    """The moment at which a letter first reached a state; `last=True` for the last time, `unit=` for one unit only.

    >>> print(reached("taken_over", unit="Secretary Group"))
    taken_over by Secretary Group
    """
    return Moment(state, last=last, unit=unit)


@frozen
class Window:
    """The days an indicator covers, both included; a letter belongs to it by the day on which its clock started.

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

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"
