"""What is written about a letter: what was done, what corrects it, and why something is refused."""

from __future__ import annotations

from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field, frozen

from docflow.errors import visible
from docflow.letters.rights import Actor
from docflow.letters.values import EPOCH, maybe_name, name, plain, since

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = [
    "EPOCH",
    "UNSAID",
    "Act",
    "Correction",
    "Entry",
    "Refusal",
    "Row",
    "Step",
    "called",
    "row_of",
    "since",
    "step_of",
    "whole",
]


class Unsaid(Enum):
    """What stands in an entry where nothing was said."""

    UNSAID = "unsaid"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSAID"


UNSAID: Final[Any] = Unsaid.UNSAID
"""Nothing was said: in a correction the rest stays as it was, elsewhere nobody, no unit, no note is meant."""


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

    def __attrs_post_init__(self) -> None:
        since(self.at)
        if self.recorded is not None and self.recorded is not UNSAID:
            since(self.recorded)
        for said, tidy in TIDY.items():
            given = getattr(self, said)
            made = given if given is UNSAID else tidy(given)
            if made is not given:
                object.__setattr__(self, said, made)


def called(trigger: str) -> str:
    """A trigger as a table calls it, without blanks around it; none at all is in no table, and refused as unknown."""
    return plain(trigger).strip() if trigger is not None else trigger


TIDY: Final = {"trigger": called, "by": maybe_name, "unit": maybe_name, "role": maybe_name, "note": plain}
Row: TypeAlias = "tuple[str, datetime, str | None, str | None, datetime | None, str | None, str]"
"""The fields of an `Act`, in their order: reading a million of them makes no object but the steps."""
row_of: Final[Callable[[Act], Row]] = attrgetter("trigger", "at", "by", "unit", "recorded", "role", "note")
NOTHING_SAID: Final[Row] = ("", EPOCH, None, None, None, None, "")


def whole(entry: Act, before: Row = NOTHING_SAID) -> Row:
    """The fields of an act; what it leaves unsaid is as it was before."""
    row = row_of(entry)
    if not any(said is UNSAID for said in row):
        return row
    said: Any = tuple(was if new is UNSAID else new for new, was in zip(row, before, strict=True))
    return said  # type: ignore[no-any-return]  # a row again


@frozen
class Entry(Act):
    """What somebody says was done, not judged yet.

    >>> from datetime import datetime, timezone
    >>> entry = Entry("hand_over", datetime(2019, 10, 1, 9, tzinfo=timezone.utc), "Somchai")
    >>> entry.by, entry.unit
    ('Somchai', UNSAID)

    What is left unsaid is nobody, no unit, no role and no note; but in a correction it stays as it was. There
    `Entry("hand_over", ten)` changes the time alone, and `Entry("hand_over", ten, by=None)` says besides that nobody
    knows who did it. Raises `NaiveDatetimeError` for a moment without a zone, `LetterError` for a name that cannot be
    read, and `TypeError` for what is no text.
    """

    by: str | None = UNSAID
    unit: str | None = UNSAID
    recorded: datetime | None = UNSAID
    role: str | None = UNSAID
    note: str = UNSAID

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
        """The entry of an actor, who brings role and unit along, or of a mere name; all of it is said."""
        if by is None or isinstance(by, str):
            return cls(trigger, at, by, unit, recorded, None, note)
        if not isinstance(by, Actor):
            raise TypeError(f'{by!r} is nobody; give a name, or Actor("Somying", role="registrar")')
        if unit is not None and by.unit is not None and name(unit) != by.unit:
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


def _why(given: str | None) -> str:
    """A reason as plain text; none at all is empty, and refused where a correction is judged."""
    return "" if given is None else plain(given)


@frozen(kw_only=True)
class Correction:
    """What was written to correct a log, below what it corrects, which stays.

    `Case.correct` makes it. Raises `NaiveDatetimeError` for a moment without a zone.
    """

    corrects: int | None
    """The place in the log of what it corrects, the receipt's being 0; None when a step had been left out."""
    instead: Act | None
    """What is said of it now, and what that leaves unsaid stays; None when nothing had happened."""
    by: str | None = field(converter=maybe_name)
    role: str | None = field(default=None, converter=maybe_name)
    unit: str | None = field(default=None, converter=maybe_name)
    why: str = field(converter=_why)
    recorded: datetime

    def __attrs_post_init__(self) -> None:
        since(self.recorded)
        if type(self.corrects) not in {int, type(None)}:
            raise TypeError(f"{self.corrects!r} is no place in a log; give a whole number, such as 0 for the receipt")
        if not isinstance(self.instead, Act | None):
            raise TypeError(f"{self.instead!r} is nothing that happened; give an Entry, or None to strike a step")


@frozen
class Refusal:
    """One reason why something is refused, as data and as words.

    `kind` is "unknown trigger", "wrong state", "wrong role", "wrong unit", "guard", "time runs backwards", "no such
    step", "no reason given", "nobody named" or, in a stream of events, "unreadable".
    """

    kind: str
    reason: str

    def __str__(self) -> str:
        return visible(self.reason)
