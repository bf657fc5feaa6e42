"""What a column of moments records: a step of a workflow, and the unit in which it happens."""

from __future__ import annotations

from attrs import field, frozen

from docflow.errors import LetterError
from docflow.letters.letter import maybe_name

__all__ = ["Stamp"]


@frozen
class Stamp:
    """A column of moments: the step of the workflow that each records, and the unit in which it happens.

    >>> Stamp("receive", unit="Front desk"), Stamp("answer", unit_in="Team")
    (Stamp(trigger='receive', unit='Front desk', unit_in=''), Stamp(trigger='answer', unit=None, unit_in='Team'))

    Raises `LetterError` without a step, and for a unit that is both named and written in a column.
    """

    trigger: str
    """The step, as the workflow calls it."""
    unit: str | None = field(default=None, kw_only=True, converter=maybe_name)
    """The unit in which it happens, where that is always the same; None where nothing says it."""
    unit_in: str = field(default="", kw_only=True)
    """The column that names the unit."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.trigger, str) or not self.trigger.strip():
            raise LetterError(self.trigger, 'is no step; name the one that the column records: Stamp("receive")')
        if self.unit is not None and self.unit_in:
            raise LetterError(self.unit, f"is no unit where the column {self.unit_in!r} names it; give one of the two")
