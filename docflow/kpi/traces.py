"""Plain records with a history: what indicators read where no workflow stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from datetime import datetime
    from fractions import Fraction

    from docflow.kpi.windows import Window

__all__ = ["Event", "Reported", "Response", "Trace"]


@frozen
class Event:
    """Something that happened; the state it leads to is named after it."""

    state: str
    at: datetime
    unit: str | None = None


@frozen
class Trace:
    """Anything with a number and a history in order of time: a case of a log, a ceremony, a member of the staff."""

    number: str
    history: tuple[Event, ...]
    wanted_by: datetime | None = field(default=None, kw_only=True)
    """The moment by which it has to be done, when it names one."""


@frozen
class Response(Trace):
    """One answered questionnaire: its items and their scores, those that were left open aside."""

    scores: tuple[tuple[str, int], ...] = field(kw_only=True)


@frozen
class Reported(Trace):
    """A value of the indicator `number` that somebody else computed, and who says so."""

    value: Fraction = field(kw_only=True)
    source: str = field(kw_only=True)
    unit: str = field(default="", kw_only=True)
    """What it is counted in: "%", "points", or "level"."""
    covers: Window | None = field(default=None, kw_only=True)
    """The year it is of; without one, it is of the year in which it was reported."""
    target: Fraction | None = field(default=None, kw_only=True)
    """What was set as its target, when the plan leaves that to others."""
