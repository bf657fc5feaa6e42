"""What the database of field visits holds beside their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from attrs import field, frozen

from docflow.kpi import Record

if TYPE_CHECKING:
    from fractions import Fraction

    from docflow.letters import Case

__all__ = ["FieldVisit"]


@frozen
class FieldVisit(Record):
    """A field visit as the database holds it: its steps, and the columns beside its date (plan, indicator 1.4)."""

    case: Case = field(kw_only=True)
    """Its passage through `FIELD_VISIT`."""
    project: str = field(kw_only=True)
    """The project visited, and its problem."""
    order: str = field(kw_only=True)
    result: str = field(kw_only=True)
    """What the agency did."""
    progress: Fraction | None = field(kw_only=True)
    """In percent, as last known; None when nobody said."""
    obstacle: str = field(kw_only=True)
    """What keeps the work from going on, as last known."""
    contact: str = field(kw_only=True)
    """Name and telephone of who coordinates."""

    @classmethod
    def of(cls, case: Case, **columns: Any) -> Self:  # noqa: ANN401 - the fields below `case`
        """The record of a case, with what the columns say."""
        return cls(case.number, case.history, ends=case.ends, case=case, **columns)
