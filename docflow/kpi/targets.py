"""Targets: what a value should be, and a figure, which is a value beside its target."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from docflow.text import exact, figure, number

__all__ = ["Direction", "Figure", "Target", "at_least", "at_most"]

WHOLE: Final = Fraction(100)


class Direction(StrEnum):
    """Which side of a target is good."""

    AT_LEAST = "≥"
    AT_MOST = "≤"


@frozen
class Target:
    """What a value should be; `at_least` and `at_most` make it, in the unit of the measure: percent, minutes, times.

    >>> from fractions import Fraction
    >>> at_most(12).met(Fraction(12)), at_least(95).met(Fraction(949, 10)), at_least(95).met(None)
    (True, False, None)
    """

    value: Fraction = field(converter=exact)
    direction: Direction = field(converter=Direction)

    def met(self, value: Fraction | None) -> bool | None:
        """Whether a value meets it; None when there is no value."""
        if value is None:
            return None
        return value >= self.value if self.direction is Direction.AT_LEAST else value <= self.value

    def __str__(self) -> str:
        return f"{self.direction} {number(self.value)}"


def at_least(value: int | Fraction) -> Target:
    """A target that more is better than. Raises `TypeError` for a float, which is not the number that was written."""
    return Target(exact(value), Direction.AT_LEAST)


def at_most(value: int | Fraction) -> Target:
    """A target that less is better than. Raises `TypeError` for a float."""
    return Target(exact(value), Direction.AT_MOST)


@frozen
class Figure:
    """A value in its unit beside its target; printed, it is never rounded onto the target, nor what is not all to all.

    >>> print(Figure(Fraction(4801, 400), "min", at_most(12)), Figure(Fraction(99999, 1000), "%", None), sep=", ")
    12.002, 99.999
    """

    value: Fraction | None
    unit: str
    target: Target | None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target or a value."""
        return None if self.target is None else self.target.met(self.value)

    def __str__(self) -> str:
        if self.value is not None and self.unit == "%" and self.value < WHOLE and figure(self.value) == figure(WHOLE):
            return figure(self.value, apart=WHOLE)
        return figure(self.value, apart=None if self.target is None else self.target.value)
