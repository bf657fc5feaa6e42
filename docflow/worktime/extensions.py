"""Extended: a limit that was extended in the open, and whose extensions may be withdrawn; as it was known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date  # noqa: TC003 - the examples below use it
from typing import TYPE_CHECKING, Self

from attrs import evolve, field, frozen
from attrs.validators import optional

from docflow.errors import AmountError
from docflow.text import Text, of_kind
from docflow.worktime.day_rules import a_day
from docflow.worktime.decisions import was_known
from docflow.worktime.limits import Limit, OwnWords
from docflow.worktime.ticks import NO_PAUSES, Pauses, Ticks

if TYPE_CHECKING:
    from docflow.worktime.moments import Moments
    from docflow.worktime.promises import Promise

__all__ = ["Extended", "Extension"]

A_LIMIT = of_kind(Limit, "limit", "one, such as WorkingDays(20)")


@frozen
class Extension:
    """A limit that takes the place of another, counted from the same start: who said so, why, and when it was known.

    >>> from datetime import date
    >>> from docflow import WorkingDays
    >>> said = Extension(
    ...     WorkingDays(40), reason="consult a third party", source="memo 7/2563", announced=date(2020, 1, 20)
    ... )
    >>> said.known(date(2020, 1, 19)), said.known(date(2020, 1, 20))
    (False, True)

    Raises `TypeError` for what is no limit, `CalendarError` for what is no day, and `AmountError` without a reason or a
    source, and when it is withdrawn before it was announced.
    """

    limit: Limit = field(validator=A_LIMIT)
    """The limit that holds instead, from the same start."""
    reason: str = field(kw_only=True)
    """Why it was extended."""
    source: str = field(kw_only=True)
    """Who decided it, and where that is written."""
    announced: date = field(kw_only=True, validator=a_day)
    """The day on which it was said."""
    withdrawn: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    """The day on which it was taken back; None means that it stands."""

    def __attrs_post_init__(self) -> None:
        if not all(isinstance(said, str) and said.strip() for said in (self.reason, self.source)):
            raise AmountError(str(self.limit), "extends without a reason or a source; say why, and who decided it")
        if self.withdrawn is not None and self.withdrawn < self.announced:
            problem = f"is withdrawn on {self.withdrawn}, before {self.announced}; correct one"
            raise AmountError(str(self.limit), problem)

    def known(self, on: date | None) -> bool:
        """Whether it held with what was known at the end of a day; None means with what is known now."""
        return was_known(on, self.announced, self.withdrawn)

    def as_known_on(self, day: date | None) -> Self | None:
        """The same as it was known at the end of a day: without what was taken back later; None before it was said."""
        if day is None or (self.announced <= day and (self.withdrawn is None or self.withdrawn <= day)):
            return self
        return evolve(self, withdrawn=None) if self.announced <= day else None


def _extensions(given: Iterable[Extension]) -> tuple[Extension, ...]:
    several = tuple(given) if isinstance(given, Iterable) else (given,)
    if not all(isinstance(one, Extension) for one in several):
        raise TypeError(f"{given!r} are no extensions; give some, such as [Extension(WorkingDays(40), reason=...)]")
    return tuple(sorted(several, key=lambda one: one.announced))


@frozen(repr=False)
class Extended(OwnWords):
    """A limit and its extensions, of which the one announced last holds; one that is withdrawn gives way to the rest.

    >>> from datetime import date
    >>> from docflow import WorkingDays
    >>> from docflow.worktime import Extension
    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> longer = Extension(WorkingDays(40), reason="a third party", source="memo 7", announced=date(2020, 1, 20))
    >>> promise, start = Extended(WorkingDays(20), longer), datetime(2020, 1, 6, 10, tz="Asia/Bangkok")
    >>> print(promise.due(start, office_clock()), promise.as_known_on(date(2020, 1, 19)).due(start, office_clock()))
    2020-03-03 16:30:00+07:00 2020-02-03 16:30:00+07:00

    Raises `TypeError` for what is no limit or extension, and `CalendarError` for what is no day.
    """

    dated = True
    bracketed = True

    limit: Limit = field(validator=A_LIMIT)
    """What was promised first."""
    extensions: tuple[Extension, ...] = field(default=(), converter=_extensions)
    """In the order in which they were announced."""
    known_on: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    """The day at whose end it is seen; None means with what is known now."""

    @property
    def now(self) -> Limit:
        """The limit that holds.

        >>> from datetime import date
        >>> from docflow import WorkingDays
        >>> from docflow.worktime import Extension
        >>> longer = Extension(WorkingDays(40), reason="a third party", source="memo 7", announced=date(2020, 1, 20))
        >>> promise = Extended(WorkingDays(20), longer)
        >>> print(promise.now, promise.as_known_on(date(2020, 1, 19)).now, sep="; ")
        40 working days; 20 working days
        """
        known = [one.limit for one in self.extensions if one.known(self.known_on)]
        return (known[-1] if known else self.limit).as_known_on(self.known_on)

    @property
    def told(self) -> tuple[Extension, ...]:
        """The extensions of which was known; what was taken back later stands in them.

        >>> from datetime import date
        >>> from docflow import WorkingDays
        >>> from docflow.worktime import Extension
        >>> longer = Extension(WorkingDays(40), reason="a third party", source="memo 7", announced=date(2020, 1, 20))
        >>> promise = Extended(WorkingDays(20), longer)
        >>> len(promise.told), len(promise.as_known_on(date(2020, 1, 19)).told)
        (1, 0)
        """
        return tuple(told for one in self.extensions if (told := one.as_known_on(self.known_on)) is not None)

    @property
    def in_order(self) -> bool:
        """When the limit that holds is."""
        return self.now.in_order

    def as_known_on(self, day: date | None) -> Self:
        """The same as it was known at the end of a day; None means as it is known now."""
        return evolve(self, known_on=day)

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """When the limit that holds is due."""
        return self.now.due_instant(start, clock, pauses)

    def ticks(self, clock: Moments) -> Ticks:
        """The clock of the limit that holds."""
        return self.now.ticks(clock)

    def left(self, start: int, at: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """What the limit that holds has left."""
        return self.now.left(start, at, clock, pauses)

    def deciding(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> tuple[Promise, ...]:
        """The limit that holds."""
        return self.now.deciding(start, clock, pauses)

    @property
    def words(self) -> Text:
        """The limit that holds, and instead of which."""
        now, first = self.now.words, self.limit.words
        if now == first:
            return first
        return Text(f"{now.th} (ขยายจาก {first.th})", f"{now.en}, extended from {first.en}")
