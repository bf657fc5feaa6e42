"""What the database of field visits holds beside their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from fractions import Fraction

    from docflow.letters import Case, Step

__all__ = ["FieldVisit"]


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
    def history(self) -> Sequence[Step]:
        """What happened to it."""
        return self.case.history

    @property
    def ends(self) -> tuple[str, ...]:
        """The states in which it is over."""
        return self.case.ends

    @property
    def wanted_by(self) -> datetime | None:
        """The moment by which its letter is wanted."""
        return self.case.wanted_by
