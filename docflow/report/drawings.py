"""Drawings: the data of pictures, without coordinates; `svg` draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from fractions import Fraction

    from docflow.kpi import Target
    from docflow.text import Text

__all__ = ["Days", "Distance", "Dots", "Drawing", "Heat", "Histogram", "Months", "Progress", "Spark", "Stages"]


@frozen
class Spark:
    """A value month by month, as small as a word."""

    values: tuple[Fraction | None, ...]
    target: Target | None
    said: Text
    """The same in words."""


@frozen
class Distance:
    """How far a value is from its target, on a scale from `least` to `most` that holds 0 and both of them."""

    value: Fraction | None
    target: Target | None
    least: Fraction
    most: Fraction


@frozen
class Months:
    """A value month by month beside its target, and the spread of the times of which it is the mean."""

    months: tuple[str, ...]
    values: tuple[Fraction | None, ...]
    target: Target | None
    unit: str
    middle: tuple[Fraction | None, ...] = ()
    """The median of each month; empty where there is no spread."""
    low: tuple[Fraction | None, ...] = ()
    high: tuple[Fraction | None, ...] = ()
    """The 10th and the 90th percentile of each month."""


@frozen
class Histogram:
    """How many records took how long: bars of one width, and one or two for all that took longer."""

    width: float
    """How many minutes a bar is wide."""
    counts: tuple[int, ...]
    beyond: tuple[tuple[str, int], ...]
    """The name and the number of each bar beyond these."""
    marks: tuple[tuple[float, Text], ...]
    """Upright lines with their names, such as the target and the mean, in minutes."""
    over: float | None = None
    """From which value on the bars are over the target."""


@frozen
class Dots:
    """Values side by side, one of which decides."""

    rows: tuple[tuple[Text, Fraction | None, str, bool], ...]
    """Name, value, the value as it is written, and whether it decides."""
    target: Target | None


@frozen
class Stages:
    """Stages one after the other, each with the mean time spent in it, in minutes."""

    rows: tuple[tuple[Text, float], ...]


@frozen
class Heat:
    """How many came on each day of the week in each hour."""

    start: float
    """When the first column begins, in hours."""
    counts: tuple[tuple[int, ...], ...]
    """Monday's, in hours, and so on."""
    opens: tuple[tuple[tuple[float, float], ...], ...]
    """When the office is open on each day, in hours; nothing on a day of rest."""


@frozen
class Progress:
    """What was planned by the end of each month, and what was earned, in percent."""

    months: tuple[str, ...]
    planned: tuple[Fraction | None, ...]
    earned: tuple[Fraction | None, ...]


@frozen
class Span:
    """A stretch of a day."""

    start: datetime
    stop: datetime


@frozen
class Day:
    """A day of one record: when the office was open, and in which states the record spent it."""

    day: date
    open: tuple[Span, ...]
    stays: tuple[tuple[int, Span], ...]
    """Each with the place of its state in `Days.states`."""
    paused: tuple[Span, ...] = ()
    closed: Text | None = None
    """Why nothing was counted; None on a day on which something was."""


@frozen
class Days:
    """One record from its start to its stop, day by day."""

    days: Sequence[Day]
    states: tuple[Text, ...]
    events: tuple[tuple[date, datetime, Text], ...]
    """What happened, each with the office's day on which it did: a night shift is one day."""
    due: tuple[date, datetime] | None


Drawing: TypeAlias = Days | Dots | Heat | Histogram | Months | Progress | Stages
