"""What the office writes down besides letters: field visits, the Governor's orders on meetings, progress of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from datetime import date, datetime
    from fractions import Fraction

    from docflow.letters import Case, Step

__all__ = ["FieldVisit", "MeetingOrder", "StepProgress"]


@frozen
class FieldVisit:
    """A field visit as the database holds it: its case, and the columns beside its date (plan, indicator 1.4)."""

    case: Case
    """Its passage through `FIELD_VISIT`."""
    project: str
    """The project visited, and its problem."""
    order: str
    result: str
    """What the agency did."""
    progress: Fraction | None
    """In percent, as last known; None when nobody said."""
    obstacle: str
    """What keeps the work from going on, as last known."""
    contact: str
    """Name and telephone of who coordinates."""

    @property
    def number(self) -> str:
        """The visit's number."""
        return self.case.number

    @property
    def history(self) -> tuple[Step, ...]:
        """What happened to it."""
        return self.case.history


@frozen
class MeetingOrder:
    """An order that moves a monthly meeting of the agencies' heads, or calls it off (plan, indicator 1.2).

    >>> from datetime import date
    >>> MeetingOrder(date(2020, 4, 2), None, "กท 0401/1").held is None
    True
    """

    usual: date
    """The day on which it would have been held."""
    held: date | None
    """The day on which it was held; None when it was not."""
    reason: str
    """The order."""


@frozen
class StepProgress:
    """How much of one step of a work plan was done at a moment, counted from the step's beginning."""

    plan: str
    """The activity: "1.1 exchange", "1.1 screening", "1.2", "1.3", "1.4" or "1.5"."""
    step: str
    """The step's running number, "1" the first."""
    at: datetime
    percent: Fraction
    """From 0 to 100."""
