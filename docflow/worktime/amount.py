"""WorkTime: an amount of working time, which is the time in which the office is open."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Self, overload

from attrs import frozen

from docflow.errors import AmountError, NegativeAmountError

if TYPE_CHECKING:
    from docflow.text import Language

__all__ = ["DAY", "HOUR", "MINUTE", "SECOND", "WorkTime", "microseconds", "whole"]

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
UNITS: Final = {"h": HOUR, "min": MINUTE, "s": SECOND}
FORMAT: Final = re.compile(r"(?:\.([0-9]))?(h|min|s)")


@frozen(init=False, order=True, repr=False)
class WorkTime:
    """An amount of working time, exact to the microsecond.

    >>> WorkTime(minutes=90)
    WorkTime(hours=1, minutes=30)
    >>> print(WorkTime(minutes=90) + WorkTime(seconds=5))
    1 h 30 min 5 s

    It is not a `timedelta`: to add a working hour to a moment you need a clock (`WorkClock.due`), and eight working
    hours are one office day, not a third of a day. For days of the office, see `OfficeTime(days=2)`.
    >>> day = WorkTime(hours=8)
    >>> print(sum([day, day]), day * 3, day / 3, WorkTime(hours=12) / day, f"{WorkTime(minutes=90):.1h}", sep="; ")
    16 h; 24 h; 2 h 40 min; 3/2; 1.5

    Amounts can be added, subtracted, compared, and divided into an exact `Fraction`. Multiplied or divided by a number,
    an amount is rounded to the microsecond, half to even. Raises `NegativeAmountError` for an amount below zero, and
    `AmountError` for one that is not a whole number of microseconds.
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

    @classmethod
    def from_timedelta(cls, time: timedelta) -> Self:
        """The working time of a `timedelta` whose hours are all worked.

        >>> from datetime import timedelta
        >>> print(WorkTime.from_timedelta(timedelta(minutes=90)))
        1 h 30 min

        A `timedelta` does not say what its hours are, so this has to be said: its days are days of 24 hours. Raises
        `NegativeAmountError` below zero, and `TypeError` for what is no `timedelta`.
        """
        if not isinstance(time, timedelta):
            raise TypeError(f"{time!r} is no timedelta; give one, such as timedelta(minutes=90)")
        return cls(microseconds=time // timedelta(microseconds=1))

    @property
    def hours(self) -> Fraction:
        """The whole amount in hours, exactly.

        >>> WorkTime(minutes=90).hours
        Fraction(3, 2)
        """
        return Fraction(self.microseconds, HOUR)

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

    def said(self, language: Language = "en") -> str:
        """The amount in words of one language.

        >>> print(WorkTime(minutes=90).said("th"))
        1 ชั่วโมง 30 นาที
        """
        if language == "en":
            return str(self)
        hours, rest = divmod(self.microseconds, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        parts = [f"{hours:,} ชั่วโมง"] * bool(hours) + [f"{minutes} นาที"] * bool(minutes)
        return " ".join(parts + [f"{rest / SECOND:g} วินาที"] * bool(rest)) or "0 นาที"

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

    def __radd__(self, other: int) -> Self:
        """`sum` begins with 0."""
        return self if type(other) is int and other == 0 else NotImplemented

    def __mul__(self, times: float | Fraction) -> Self:
        factor = _factor(times)
        return NotImplemented if factor is None else self.of(round(self.microseconds * factor))

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: WorkTime) -> Fraction: ...
    @overload
    def __truediv__(self, other: float | Fraction) -> Self: ...
    def __truediv__(self, other: WorkTime | float | Fraction) -> Fraction | Self:
        if isinstance(other, WorkTime):
            return Fraction(self.microseconds, other.microseconds)
        factor = _factor(other)
        return NotImplemented if factor is None else self.of(round(self.microseconds / factor))

    def __format__(self, spec: str) -> str:
        """As text; "h", "min" or "s" is a number of them, ".2h" with decimals, and "hh:mm" is like a clock."""
        if not spec:
            return str(self)
        if spec == "hh:mm":
            minutes = round(self.minutes)
            return f"{minutes // 60}:{minutes % 60:02}"
        found = FORMAT.fullmatch(spec)
        if found is None:
            raise ValueError(f"{spec!r} is no format of working time; give such as .2h, min, s or hh:mm")
        return f"{_decimal(Fraction(self.microseconds, UNITS[found[2]]), int(found[1] or 0))}"

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


def _factor(times: object) -> Fraction | None:
    """A number that an amount can be multiplied or divided by, exactly; None for what is no number."""
    if isinstance(times, bool) or not isinstance(times, int | float | Fraction):
        return None
    if not math.isfinite(times):
        raise AmountError(times, "is not a number that can be counted; give a whole number or a Fraction")
    if times < 0:
        raise NegativeAmountError(times, "is negative; working time only accumulates")
    return Fraction(times)


def _decimal(number: Fraction, places: int) -> str:
    """A number with so many decimals, rounded half to even; a float would round 0.125 h of some amounts wrongly."""
    whole_part, rest = divmod(round(number * 10**places), 10**places)
    return f"{whole_part}.{rest:0{places}}" if places else str(whole_part)


def microseconds(amount: WorkTime) -> int:
    """The microseconds of a `WorkTime`; anything else is refused, also a timedelta, which has microseconds too."""
    if not isinstance(amount, WorkTime):
        raise TypeError(
            f"{amount!r} is not working time; give a WorkTime, such as WorkTime(hours=2) "
            "or WorkTime.from_timedelta(...)"
        )
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
