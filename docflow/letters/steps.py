"""What is written about a letter: what was done, what corrects it, and why something is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field, frozen

from docflow.errors import NaiveDatetimeError, visible
from docflow.letters.rights import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Act", "Correction", "Entry", "Refusal", "Row", "Step", "row_of", "since", "step_of"]


EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def since(at: datetime) -> timedelta:
    """How long after 1970 a moment came; moments of one zone compare by the wall, which repeats an hour every autumn.

    Raises `NaiveDatetimeError` for a moment without a zone.
    """
    try:
        return at - EPOCH if type(at) is datetime else datetime.__sub__(at, EPOCH)
    except TypeError:
        if not isinstance(at, datetime):
            raise TypeError(f"{at!r} is no moment; give an aware datetime") from None
        if at.utcoffset() is None:
            raise NaiveDatetimeError(at) from None
        raise


@frozen
class Act:
    """What was done to a letter: the trigger and when it happened, by whom, in which unit and role."""

    trigger: str
    at: datetime
    """When it happened."""
    by: str | None = None
    unit: str | None = None
    recorded: datetime | None = None
    """When it was written down; None means at once, or together with the record above it if that was later."""
    role: str | None = None
    note: str = ""


Row: TypeAlias = "tuple[str, datetime, str | None, str | None, datetime | None, str | None, str]"
"""The fields of an `Act`, in their order: reading a million of them makes no object but the steps."""
row_of: Final[Callable[[Act], Row]] = attrgetter("trigger", "at", "by", "unit", "recorded", "role", "note")


@frozen
class Entry(Act):
    """What somebody says was done, not judged yet.

    >>> from datetime import datetime, timezone
    >>> Entry("hand_over", datetime(2019, 10, 1, 9, tzinfo=timezone.utc), "Somchai").trigger
    'hand_over'

    Raises `NaiveDatetimeError` for a moment without a zone.
    """

    def __attrs_post_init__(self) -> None:
        since(self.at)
        if self.recorded is not None:
            since(self.recorded)

    @classmethod
    def made_by(
        cls,
        by: str | Actor | None,
        trigger: str,
        at: datetime,
        *,
        unit: str | None = None,
        recorded: datetime | None = None,
        note: str = "",
    ) -> Entry:
        """The entry of an actor, who brings role and unit along, or of a mere name."""
        if by is None or isinstance(by, str):
            return cls(trigger, at, by, unit, recorded, None, note)
        if not isinstance(by, Actor):
            raise TypeError(f'{by!r} is nobody; give a name, or Actor("Somying", role="registrar")')
        if unit is not None and by.unit is not None and unit != by.unit:
            raise TypeError(f"{by} does not act for {unit!r}; leave the unit out, or name another actor")
        return cls(trigger, at, by.name, by.unit or unit, recorded, by.role, note)


@frozen
class Step(Act):
    """What was done to a letter, and the state it came to; a workflow makes it and has judged it."""

    state: str = field(kw_only=True)

    def __reduce__(self) -> tuple[Callable[[Row, str], Step], tuple[Row, str]]:
        """A pickle of values alone: with the fields' names in each step it would be half as large again."""
        return step_of, (row_of(self), self.state)

    def __str__(self) -> str:
        return visible(f"{self.state} {self.at:%Y-%m-%d %H:%M}")


class _Draft(Step):
    """A step that is still being written: a frozen one is made four times slower, and registers have a million."""

    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__  # type objects look both up together


def step_of(row: Row, state: str) -> Step:
    """The step that an act's fields and the state it came to make, written at once and then frozen.

    Every aware moment will do; that these are, their reader has seen.
    """
    step: Any = object.__new__(_Draft)
    step.trigger, step.at, step.by, step.unit, step.recorded, step.role, step.note = row
    step.state = state
    step.__class__ = Step
    return step  # type: ignore[no-any-return]  # it is a step from the line above on


@frozen(kw_only=True)
class Correction:
    """What was written to correct a log, below what it corrects, which stays.

    `Case.correct` makes it. Raises `NaiveDatetimeError` for a moment without a zone.
    """

    corrects: int | None
    """The place in the log of what it corrects, the receipt's being 0; None when a step had been left out."""
    instead: Act | None
    """What stands there now; None when nothing had happened."""
    by: str | None
    role: str | None = None
    unit: str | None = None
    why: str
    recorded: datetime

    def __attrs_post_init__(self) -> None:
        since(self.recorded)


@frozen
class Refusal:
    """One reason why something is refused, as data and as words.

    `kind` is "unknown trigger", "wrong state", "wrong role", "wrong unit", "guard", "time runs backwards", "no such
    step", "no reason given" or "nobody named".
    """

    kind: str
    reason: str

    def __str__(self) -> str:
        return visible(self.reason)
