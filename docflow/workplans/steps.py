"""Steps of a work plan: how much of the whole each is, and how much of it falls into which month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import evolve, field, frozen

from docflow.text import Text, exact, text

__all__ = ["Shares", "WorkStep", "in_month", "spread", "together"]

Shares = tuple[tuple[str, Fraction], ...]
"""Months ("2019-10") and the percent points of the plan that fall into each."""


def _shares(given: Mapping[str, int | Fraction] | Iterable[tuple[str, int | Fraction]]) -> Shares:
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((month, exact(points)) for month, points in pairs)


@frozen
class WorkStep:
    """One step of a plan: what is done, how much of the whole it is, and when.

    >>> from docflow.workplans import WorkStep
    >>> step = WorkStep("2", "screen the letters", 90, {"2019-10": 40, "2019-11": 50})
    >>> print(step.planned("2019-10"), step.planned("2019-11"))
    40 90

    A weight or a share that is not given exactly, such as `0.1`, raises `TypeError`; whether shares make their step's
    weight is seen when a `WorkPlan` is made.
    """

    number: str
    title: Text = field(converter=text)
    weight: Fraction = field(converter=exact)
    """In percent of the plan."""
    shares: Shares = field(default=(), converter=_shares)
    """How many of these points fall into which month, as pairs or as a dict; none when the plan does not say when."""

    def planned(self, month: str, *, before: bool = False) -> Fraction:
        """The points up to the end of a month ("2019-10"), or of the one before it."""
        # Months as they are written sort as they follow.
        return sum(
            (points for each, points in self.shares if each < month or (each == month and not before)), Fraction()
        )


def in_month(month: str, points: int | Fraction) -> Shares:
    """All points in one month.

    >>> from docflow.workplans import in_month
    >>> in_month("2019-10", 10)
    (('2019-10', Fraction(10, 1)),)

    Raises `TypeError` for points that are not given exactly, such as `0.1`.
    """
    return ((month, exact(points)),)


def spread(points: int | Fraction, months: Iterable[str]) -> Shares:
    """So many points in each of some months.

    >>> from docflow.workplans import spread
    >>> spread(2, ["2019-10", "2019-11"])
    (('2019-10', Fraction(2, 1)), ('2019-11', Fraction(2, 1)))

    Raises `TypeError` for points that are not given exactly, such as `0.1`, and for one month alone.
    """
    if isinstance(months, str):
        raise TypeError(f"{months!r} is one month; give several, such as [{months!r}]")
    return tuple((month, exact(points)) for month in months)


def together(shares: Shares, *steps: WorkStep) -> tuple[WorkStep, ...]:
    """Steps of which a plan gives only the joint points by month: each month's go to the steps by their weights.

    >>> from docflow.workplans import WorkStep, spread, together
    >>> inspect, report = WorkStep("3", "inspect", 30), WorkStep("4", "report", 20)
    >>> for step in together(spread(5, [f"2020-{month:02}" for month in range(1, 11)]), inspect, report):
    ...     print(step.title.en, step.shares[0])
    inspect ('2020-01', Fraction(3, 1))
    report ('2020-01', Fraction(2, 1))

    Raises `ValueError` for steps that weigh nothing together.
    """
    whole = sum(step.weight for step in steps)
    if not whole:
        raise ValueError("these steps weigh nothing together; give them their weights, in percent of the plan")
    return tuple(
        evolve(step, shares=tuple((month, points * step.weight / whole) for month, points in shares)) for step in steps
    )
