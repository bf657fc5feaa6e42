"""WorkTime: an amount of working time, which is the time in which the office is open."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final, Self

from attrs import frozen

from docflow.errors import AmountError, NegativeAmountError

__all__ = ["WorkTime"]

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


@frozen(init=False, order=True, repr=False)
class WorkTime:
    """An amount of working time, exact to the microsecond.

    >>> WorkTime(minutes=90)
    WorkTime(hours=1, minutes=30)
    >>> print(WorkTime(minutes=90) + WorkTime(seconds=5))
    1 h 30 min 5 s

    It is not a `timedelta`: to add a working hour to a moment you need a clock (`WorkClock.due`), and eight working
    hours are one office day, not a third of a day. For days of the office, see `OfficeTime(days=2)`.
    Amounts can be added, subtracted, compared, multiplied by whole numbers, and divided into an exact `Fraction`.
    Raises `NegativeAmountError` for an amount below zero, and `AmountError` for one that is not a whole number of
    microseconds.
    """

    microseconds: int
    """The whole amount in microseconds."""

    def __init__(
        self,
        *,
        hours: float | Fraction = 0,
        minutes: float | Fraction = 0,
        seconds: float | Fraction = 0,
        microseconds: int = 0,
    ) -> None:
        total = sum(
            whole(amount, unit)
            for amount, unit in ((hours, HOUR), (minutes, MINUTE), (seconds, SECOND), (microseconds, 1))
        )
        if total < 0:
            raise NegativeAmountError(total, "microseconds is negative; working time only accumulates")
        self.__attrs_init__(total)

    @classmethod
    def of(cls, microseconds: int) -> Self:
        """The amount of so many microseconds, unchecked: a fast way to make results that are known to be right.

        >>> WorkTime.of(60_000_000)
        WorkTime(minutes=1)
        """
        self = object.__new__(cls)
        _set_microseconds(self, microseconds)
        return self

    @property
    def minutes(self) -> Fraction:
        """The whole amount in minutes, exactly.

        >>> WorkTime(seconds=90).minutes
        Fraction(3, 2)
        """
        return Fraction(self.microseconds, MINUTE)

    def total_seconds(self) -> float:
        """The whole amount in seconds; up to 71 years it is exact enough to be rounded back to microseconds.

        >>> WorkTime(minutes=12).total_seconds()
        720.0
        """
        return self.microseconds / SECOND

    def __add__(self, other: Self) -> Self:
        if not isinstance(other, WorkTime):
            return NotImplemented
        return self.of(self.microseconds + other.microseconds)

    def __sub__(self, other: Self) -> Self:
        if not isinstance(other, WorkTime):
            return NotImplemented
        if other.microseconds > self.microseconds:
            raise NegativeAmountError(str(other), f"is more than {self}; compare before subtracting")
        return self.of(self.microseconds - other.microseconds)

    def __mul__(self, times: int) -> Self:
        if not isinstance(times, int) or isinstance(times, bool):
            return NotImplemented
        if times < 0:
            raise NegativeAmountError(times, "is negative; working time only accumulates")
        return self.of(self.microseconds * times)

    __rmul__ = __mul__

    def __truediv__(self, other: Self) -> Fraction:
        if not isinstance(other, WorkTime):
            return NotImplemented
        return Fraction(self.microseconds, other.microseconds)

    def __bool__(self) -> bool:
        return self.microseconds != 0

    def __str__(self) -> str:
        hours, minutes, seconds = self._parts()
        parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes) + [f"{seconds} s"] * (seconds != "0")
        return " ".join(parts) or "0 min"

    def __repr__(self) -> str:
        hours, minutes, _ = self._parts()
        seconds, micros = divmod(self.microseconds % MINUTE, SECOND)
        named = {"hours": hours, "minutes": minutes, "seconds": seconds, "microseconds": micros}
        return f"WorkTime({', '.join(f'{name}={n}' for name, n in named.items() if n)})"

    def _parts(self) -> tuple[int, int, str]:
        hours, rest = divmod(self.microseconds, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        seconds, micros = divmod(rest, SECOND)
        return hours, minutes, f"{seconds}.{micros:06}".rstrip("0") if micros else str(seconds)


# The setter of the slot itself, which freezing does not stop: every answer uses it, and it takes half the time of
# object.__setattr__.
_set_microseconds: Final = WorkTime.__dict__["microseconds"].__set__


def microseconds(amount: WorkTime) -> int:
    """The microseconds of a `WorkTime`; anything else is refused, also a timedelta, which has microseconds too."""
    if not isinstance(amount, WorkTime):
        raise TypeError(f"{amount!r} is not working time; give a WorkTime, such as WorkTime(hours=2)")
    return amount.microseconds


def whole(amount: float | Fraction, unit: int) -> int:
    """So many units in microseconds; refused when that is no whole number, as for 0.1, which no float is exactly."""
    if type(amount) is int:
        return amount * unit
    if isinstance(amount, bool) or not (isinstance(amount, int | float | Fraction) and math.isfinite(amount)):
        raise AmountError(amount, "is not a number that can be counted; give a whole number or a Fraction")
    exact = Fraction(amount) * unit
    if exact.denominator != 1:
        raise AmountError(amount, "is not a whole number of microseconds; give a smaller unit, or a Fraction")
    return int(exact)
