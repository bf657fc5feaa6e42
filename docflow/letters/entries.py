"""The records of a log (acts and corrections), and the reasons for which something is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field, fields, frozen

from docflow.instants import zoned
from docflow.letters.amendments import Amendment, reason
from docflow.letters.letter import BLANKS, maybe_name, name, plain
from docflow.letters.rights import Actor, signature
from docflow.safe import visible

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "UNSAID",
    "Act",
    "Correction",
    "Entry",
    "Refusal",
    "Step",
    "Values",
    "Written",
    "called",
    "said",
    "signed",
    "step_of",
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
Values: TypeAlias = "tuple[str, datetime, str | None, str | None, datetime | None, str | None, str, str | None]"
"""The fields of an act, in their order."""


@frozen(weakref_slot=False)
class Act:
    """What was done to a letter, when and by whom: an `Entry` before a workflow has judged it, a `Step` afterwards.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter, Transition, Workflow
    >>> nine, ten = (datetime(2019, 10, 1, hour, tzinfo=timezone.utc) for hour in (9, 10))
    >>> loan = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back")])
    >>> case = loan.open(Letter(number="1/2563"), at=nine).apply("return", at=ten, by="Somchai")
    >>> [(record.trigger, record.by) for record in case.log if isinstance(record, Act)]
    [('receive', None), ('return', 'Somchai')]
    """

    trigger: str
    """The step of the workflow, by its name there."""
    at: datetime
    """When it happened."""
    by: str | None
    unit: str | None
    recorded: datetime | None
    """When it was written down; None means at once, or together with the record above it if that was later."""
    role: str | None
    note: str
    acting_for: str | None
    """Whom a deputy acted for, whose role and unit these are; None for oneself."""


def called(trigger: str) -> str:
    """A trigger as a table calls it, without blanks around it; None stays None, which no table has."""
    return plain(trigger).strip(BLANKS) if trigger is not None else trigger


def _maybe_moment(at: datetime | None) -> datetime | None:
    return at if at is None or at is UNSAID else zoned(at)


def _maybe_who(given: str | None) -> str | None:
    return given if given is None or given is UNSAID else name(given)


def _note(given: str) -> str:
    return given if given is UNSAID else plain(given)


@frozen(weakref_slot=False)
class Entry(Act):
    """What somebody says was done; `Workflow.replay` and `Case.correct` judge it.

    >>> from datetime import datetime, timezone
    >>> entry = Entry("hand_over", datetime(2019, 10, 1, 9, tzinfo=timezone.utc), "Somchai")
    >>> entry.by, entry.unit
    ('Somchai', UNSAID)

    What is left unsaid is nobody, no unit, no role and no note; but in a correction it stays as it was. There
    `Entry("hand_over", ten)` changes the time alone, and `Entry("hand_over", ten, by=None)` says besides that nobody
    knows who did it. An entry that says by whom says also for whom: for nobody else, unless it names `acting_for`.
    Raises `NaiveDatetimeError` for a moment without a zone, `NotAMomentError` for what is no moment, `LetterError` for
    a name with characters that nobody sees, and `TypeError` for what is no text.
    """

    trigger: str = field(converter=called)
    at: datetime = field(converter=zoned)
    by: str | None = field(default=UNSAID, converter=_maybe_who)
    unit: str | None = field(default=UNSAID, converter=_maybe_who)
    recorded: datetime | None = field(default=UNSAID, converter=_maybe_moment)
    role: str | None = field(default=UNSAID, converter=_maybe_who)
    note: str = field(default=UNSAID, converter=_note)
    acting_for: str | None = field(converter=_maybe_who)

    @acting_for.default
    def _acting_for(self) -> str | None:
        return UNSAID if self.by is UNSAID else None

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
        """The entry of an actor, with the actor's role and unit, or of a name; nothing in it is left unsaid.

        Whether a deputy acts at that moment is asked where the entry is judged. Raises `TypeError` for what is neither
        an `Actor` nor a name, and for a unit that is not the actor's.
        """
        if by is None or isinstance(by, str):
            return cls(trigger, at, by, unit, recorded, None, note, None)
        if not isinstance(by, Actor):
            raise TypeError(f'{by!r} is nobody; give a name, or Actor("Somying", role="registrar")')
        if unit is not None and by.unit is not None and name(unit) != by.unit:
            raise TypeError(f"{by} does not act for {unit!r}; leave the unit out, or name another actor")
        return cls(trigger, at, by.name, by.unit or unit, recorded, by.role, note, by.acting_for)


@frozen(init=False, weakref_slot=False)
class Step(Act):
    """What was done to a letter, and the state it came to: an entry that a workflow has judged.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> nine = datetime(2019, 10, 1, 9, tzinfo=timezone.utc)
    >>> step = INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562"), at=nine).history[0]
    >>> print(step, step.trigger, sep=", ")
    registered 2019-10-01 09:00, receive

    Workflows make steps. Raises what an `Entry` raises.
    """

    state: str
    """The state that the letter came to."""

    def __init__(self, *values: Any, state: str, **more: Any) -> None:  # noqa: ANN401 - those of an Entry
        self.__attrs_init__(*said(Entry(*values, **more)), state)

    def __reduce__(self) -> tuple[Callable[..., Step], tuple[Any, ...]]:
        """A pickle of values alone: with the fields' names in each step it would be half as large again."""
        return step_of, (*said(self), self.state)

    def __str__(self) -> str:
        return visible(f"{self.state} {self.at:%Y-%m-%d %H:%M}")


_new: Final = object.__new__


def step_of(*values: Any) -> Step:  # noqa: ANN401 - a step's fields
    """A step of values that were checked before, such as those of an `Entry`."""
    made = _new(Step)
    made.__attrs_init__(*values)
    return made


NOTHING: Final = Entry("", datetime.fromtimestamp(0, UTC), None, None, None, None, "", None)
_values: Final[Callable[[Act], Values]] = attrgetter(*(one.name for one in fields(Act)))


def said(act: Act, before: Act = NOTHING) -> Values:
    """What an act says, field by field; what it leaves unsaid is as it was before.

    >>> said(Entry("lend", NOTHING.at, "Somchai"))[2:]
    ('Somchai', None, None, None, '', None)
    """
    values = _values(act)
    if UNSAID not in values:
        return values
    every: Any = tuple(was if new is UNSAID else new for new, was in zip(values, _values(before), strict=True))
    return every  # type: ignore[no-any-return]  # as many as before


@frozen(kw_only=True)
class Correction:
    """A record that corrects another one of the same log, which stays where it is; `Case.correct` makes it.

    >>> from datetime import datetime, timezone
    >>> from docflow import Entry
    >>> ten = datetime(2019, 10, 1, 10, tzinfo=timezone.utc)
    >>> correction = Correction(corrects=1, instead=Entry("submit", ten), by="Somying", why="a slip", recorded=ten)
    >>> correction.instead.trigger, correction.instead.by
    ('submit', UNSAID)
    >>> print(correction)
    record 1: submit 2019-10-01 10:00, by Somying, because a slip

    Raises `NaiveDatetimeError` and `NotAMomentError` for `recorded`, `LetterError` for a name with characters that
    nobody sees, and `TypeError` for what is no place and no act.
    """

    corrects: int | None
    """The place in the log of what it corrects, the receipt's being 0; None when a step had been left out."""
    instead: Act | None
    """What is right; what it leaves unsaid stays as it was. None when the step had not happened at all."""
    by: str | None = field(converter=maybe_name)
    """Who made it; `role`, `unit` and `acting_for` are those of the `Actor`."""
    role: str | None = field(default=None, converter=maybe_name)
    unit: str | None = field(default=None, converter=maybe_name)
    why: str = field(converter=reason)
    recorded: datetime
    """When it was written down."""
    acting_for: str | None = field(default=None, converter=maybe_name)

    def __attrs_post_init__(self) -> None:
        zoned(self.recorded)
        if type(self.corrects) not in {int, type(None)}:
            raise TypeError(f"{self.corrects!r} is no place in a log; give a whole number, such as 0 for the receipt")
        if not isinstance(self.instead, Act | None):
            raise TypeError(f"{self.instead!r} is nothing that happened; give an Entry, or None to strike a step")

    def __str__(self) -> str:
        what = (
            "it had not happened"
            if self.instead is None
            else f"{self.instead.trigger} {self.instead.at:%Y-%m-%d %H:%M}"
        )
        where = "left out" if self.corrects is None else f"record {self.corrects}"
        who = signature(self.by or "nobody named", self.acting_for, self.role, self.unit)
        return visible(f"{where}: {what}, by {who}, because {self.why}")


def signed(act: Act) -> dict[str, str | None]:
    """Who made an act, and for whom and in which role and unit, by the names of the fields."""
    return {"by": act.by, "role": act.role, "unit": act.unit, "acting_for": act.acting_for}


Written: TypeAlias = "Act | Correction | Amendment"
"""A record of a log: an act, a correction of another record, or an amendment of the letter's own data."""


@frozen
class Refusal:
    """One reason why something is refused, as data and as words; `Case.refusals` and `RefusedError` have them.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> nine = datetime(2019, 10, 1, 9, tzinfo=timezone.utc)
    >>> (refusal,) = INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562"), at=nine).refusals("submit")
    >>> refusal.kind, refusal.reason
    ('wrong state', 'it is registered; from here: hand_over, cancel')

    `kind` is "unknown trigger", "wrong state", "wrong role", "wrong unit", "wrong number", "no deputy then", "guard",
    "ambiguous", "time runs backwards", "no such step", "no reason given", "nobody named", "nothing changed", "not as
    known", "unknown attribute", "wrong attribute", "missing attribute", "written meanwhile", "outstanding" or, in a
    stream of events, "unreadable".
    """

    kind: str
    reason: str

    def __str__(self) -> str:
        return visible(self.reason)
