"""Limit: how long a promise may take; `|` and `&` join limits."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final, Self

from attrs import field, fields, frozen

from docflow.errors import AmountError
from docflow.text import Text
from docflow.worktime.promises import Promise
from docflow.worktime.ticks import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from datetime import date

    from docflow.worktime.moments import Moments

__all__ = ["EarlierOf", "LaterOf", "Limit", "OwnWords"]

DEEPEST: Final = 100
"""`|` and `&` may alternate so many levels deep; a chain of one of them may be of any length."""


class Limit(Promise):
    """How long a promise may take: with a start and a clock it says when the promise falls due.

    >>> from docflow import Hours, WorkingDays
    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> print((WorkingDays(2) | Hours(48)).due(datetime(2020, 1, 6, 10, tz="Asia/Bangkok"), office_clock()))
    2020-01-08 16:30:00+07:00

    Its kinds are `WorkingDays`, `Hours`, `WorkingDayHours`, `OfficeTime`, `Period`, `SameTime`, `NextOpening` and
    `Before`, limits joined by `|` and `&`, and limits that may be `Extended`. A limit of your own has one method,
    `due_instant`, which takes and gives microseconds since 1970 in UTC:
    >>> from datetime import time
    >>> from attrs import frozen
    >>> from docflow.worktime import NO_PAUSES, WALL_CLOCK, Moments, Pauses, Ticks
    >>> @frozen
    ... class ByNoon(Limit):  # of the next working day, whatever is paused
    ...     pausable = False
    ...     def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
    ...         return clock.at_wall(clock.days.add(clock.date_of(start), 1), time(12))
    ...     def ticks(self, clock: Moments) -> Ticks:
    ...         return WALL_CLOCK  # it may fall due while the office is closed
    >>> print(ByNoon().due(datetime(2020, 1, 6, 10, tz="Asia/Bangkok"), office_clock()))
    2020-01-07 12:00:00+07:00

    No pause moves this one, so it says `pausable = False`. One that pauses move hands the `pauses` that it is given to
    the limits it is made of, and says in `ticks` which clock a pause stops; `one & other` and `one | other` do both by
    themselves. `LimitLaws` proves yours.

    `pauses` are pairs of moments between which the promise stood still, in any order. A pause moves the due moment by
    the time that it took from the clock of the limit. That is the office's clock for `WorkingDays`, `Period` and
    `OfficeTime`, the clock of working days for `WorkingDayHours`, and the wall clock for `Hours` and for whatever may
    fall due while the office is closed; a limit of your own says another in `ticks`. While that clock stands still
    anyway, a pause moves nothing. Of a pause that is not over, give the part that has passed: `(since, now)`.

    Every question takes moments in order of time, then the clock. It raises `TypeError` for what is no clock, for what
    are no pairs of pauses, and when a limit is joined to what is none; `NotAMomentError` and `NaiveDatetimeError` for
    what is no moment and for one without a zone; and what the clock raises for a year that its calendar does not hold
    (`WorkClock`).
    """

    __slots__ = ()

    def __or__(self, other: Limit) -> Limit:
        """Whichever falls later: "2 working days or 48 hours" is kept when either is."""
        return _joined(LaterOf, self, other)

    def __and__(self, other: Limit) -> Limit:
        """Whichever falls earlier: "3 working days and 100 hours" is kept when both are."""
        return _joined(EarlierOf, self, other)


class OwnWords(Limit):
    """A limit that says itself in two languages, and shows only what is not as usual."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.words.en

    def __repr__(self) -> str:
        given = ((each.name, getattr(self, each.name), each.default) for each in fields(type(self)) if each.init)  # type: ignore[arg-type]  # all are of attrs
        said = ", ".join(f"{name}={value!r}" for name, value, usual in given if value != usual)
        return f"{type(self).__name__}({said})"


def _listed(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    parts = tuple(limits) if isinstance(limits, Iterable) else (limits,)
    if not parts or not all(isinstance(limit, Limit) for limit in parts):
        raise TypeError(f"{limits!r} are no limits; give some, such as WorkingDays(2)")
    return parts


@frozen(eq=False, repr=False)
class _Joined(OwnWords):
    """Several limits, of which one decides. A chain of `|` is kept in pairs, and made flat when it is first asked."""

    bracketed = True

    latest: ClassVar[bool]

    given: tuple[Limit, ...] = field(converter=_listed, alias="limits")
    depth: int = field(init=False)

    @depth.default
    def _depth(self) -> int:
        below = (limit.depth + (type(limit) is not type(self)) for limit in self.given if isinstance(limit, _Joined))
        depth = max(below, default=1)
        if depth > DEEPEST:
            raise AmountError(
                depth, f"times take `|` and `&` turns inside each other, at most {DEEPEST} can be told apart"
            )
        return depth

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """The limits of which one decides; none of them is joined in the same way."""
        flat: list[Limit] = []
        waiting = list(self.given[::-1])
        while waiting:
            limit = waiting.pop()
            if type(limit) is type(self):
                waiting += limit.given[::-1]
            else:
                flat.append(limit)
        return tuple(flat)

    def __eq__(self, other: object) -> bool:
        return self.limits == other.limits if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), self.limits))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(limits={self.limits!r})"

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Limit, ...]]]:
        return type(self), (self.limits,)

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """The due moment that decides; pauses move that of each limit."""
        first, *others = self.limits
        due = first.due_instant(start, clock, pauses)
        for limit in others:
            each = limit.due_instant(start, clock, pauses)
            due = each if (each > due) is self.latest else due
        return due

    @property
    def dated(self) -> bool:  # type: ignore[override]  # here it depends
        """When any of its limits is."""
        return any(limit.dated for limit in self.limits)

    @property
    def in_order(self) -> bool:
        """When each of its limits is."""
        return all(limit.in_order for limit in self.limits)

    def deciding(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> tuple[Promise, ...]:
        """The limits whose due moment it is."""
        dues = [limit.due_instant(start, clock, pauses) for limit in self.limits]
        due = (max if self.latest else min)(dues)
        some = (limit for limit, each in zip(self.limits, dues, strict=True) if each == due)
        return tuple(one for limit in some for one in limit.deciding(start, clock, pauses))

    def left(self, start: int, at: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """What the limit that decides has left; of several, the least."""
        return min(limit.left(start, at, clock, pauses) for limit in self.deciding(start, clock, pauses))

    def as_known_on(self, day: date | None) -> Self:
        """Each of its limits as it was known on a day."""
        return type(self)([limit.as_known_on(day) for limit in self.limits])

    @property
    def words(self) -> Text:
        """What the limits say, with a word between them; brackets around those that are joined otherwise."""
        parts = [
            Text(f"({said.th})", f"({said.en})") if limit.bracketed else said
            for limit, said in ((limit, limit.words) for limit in self.limits)
        ]
        th, en = (" หรือ ", " or ") if self.latest else (" และ ", " and ")
        return Text(th.join(part.th for part in parts), en.join(part.en for part in parts))


@frozen(eq=False, repr=False)
class LaterOf(_Joined):
    """Whichever of several limits falls later; `a | b` makes it.

    >>> from docflow import Hours, WorkingDays
    >>> print(WorkingDays(2) | Hours(48))
    2 working days or 48 hours

    Raises `TypeError` for what is no limit, and `AmountError` when `|` and `&` alternate more than 100 levels deep.
    """

    latest = True


@frozen(eq=False, repr=False)
class EarlierOf(_Joined):
    """Whichever of several limits falls earlier; `a & b` makes it.

    >>> from docflow import Hours, WorkingDays
    >>> print(WorkingDays(3) & (WorkingDays(2) | Hours(48)))
    3 working days and (2 working days or 48 hours)

    Raises `TypeError` for what is no limit, and `AmountError` when `|` and `&` alternate more than 100 levels deep.
    """

    latest = False


def _joined(kind: type[LaterOf | EarlierOf], one: Limit, other: object) -> Limit:
    if not isinstance(other, Limit):
        return NotImplemented  # type: ignore[no-any-return]  # so Python asks the other side, and else raises TypeError
    return kind((one, other))
