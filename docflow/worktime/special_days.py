"""What an office decides about single days: closures, make-up days and one-off hours, and when it announced them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from attrs import field, frozen
from attrs.validators import optional

from docflow.errors import CalendarError
from docflow.worktime.hours import OfficeHours

__all__ = ["Closure", "MakeUpDay", "OneOffHours", "SpecialDay", "a_day"]


def a_day(instance: object, attribute: object, value: date) -> None:  # noqa: ARG001 - attrs' signature
    """Refuse what is no day; also a datetime, which is a date to Python but equals no date."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise CalendarError(value, "is no day; give date(2020, 4, 13)")


@frozen
class SpecialDay:
    """What an office decided about one day; its three kinds are `Closure`, `MakeUpDay` and `OneOffHours`.

    Raises `CalendarError` for what is no day, for a day without reason or source, and for one that was withdrawn before
    it was announced.
    """

    works: ClassVar[bool] = True
    """Whether the office works on that day."""

    day: date = field(validator=a_day)
    reason: str = field(kw_only=True)
    source: str = field(kw_only=True)
    """Who decided it, and where that is written."""
    announced: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    """The day on which it became known; None means that it was always known."""
    withdrawn: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    """The day on which it was taken back; None means that it stands."""

    def __attrs_post_init__(self) -> None:
        if type(self) is SpecialDay:
            raise TypeError("a special day is a Closure, a MakeUpDay or OneOffHours; give one of these")
        if not all(isinstance(said, str) and said.strip() for said in (self.reason, self.source)):
            raise CalendarError(self.day, "needs a reason and a source; say why, and who decided it")
        if self.announced and self.withdrawn and self.withdrawn < self.announced:
            raise CalendarError(self.day, f"is withdrawn on {self.withdrawn}, before {self.announced}; correct one")

    def known(self, on: date | None) -> bool:
        """Whether it held with what was known at the end of a day; None means with what is known now."""
        if on is None:
            return self.withdrawn is None
        return (self.announced is None or self.announced <= on) and (self.withdrawn is None or on < self.withdrawn)


@frozen
class Closure(SpecialDay):
    """A day on which the office is closed although its calendar works.

    >>> flood = Closure(date(2020, 3, 20), reason="flood", source="office order 15/2563", announced=date(2020, 3, 19))
    >>> flood.known(date(2020, 3, 18)), flood.known(date(2020, 3, 19))
    (False, True)
    """

    works = False


@frozen
class MakeUpDay(SpecialDay):
    """A day worked at its usual hours although its calendar is closed.

    >>> MakeUpDay(date(2020, 3, 21), reason="makes up for the flood", source="office order 15/2563").works
    True
    """


@frozen
class OneOffHours(SpecialDay):
    """A day worked at hours of its own, whatever its calendar says.

    >>> from datetime import time
    >>> morning = OfficeHours(opens=time(8, 30), closes=time(12))
    >>> print(OneOffHours(date(2020, 12, 30), morning, reason="party", source="order 61").hours)
    08:30–12:00
    """

    hours: OfficeHours

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not isinstance(self.hours, OfficeHours):
            raise CalendarError(self.day, "its hours are written OfficeHours(opens=..., closes=...)")
