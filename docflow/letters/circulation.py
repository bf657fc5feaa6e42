"""One letter that circulates in several units, and is done when each of them has answered.

What each unit does with it is a case of its own, with a number of its own, so indicators read it like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from docflow.errors import RefusedError
from docflow.instants import instant
from docflow.letters.case import Case
from docflow.letters.entries import Refusal, called
from docflow.letters.letter import name
from docflow.letters.process import Transition, names, several
from docflow.letters.rights import within
from docflow.letters.routes import needs_a_note
from docflow.letters.workflow import Workflow
from docflow.safe import visible
from docflow.text import of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from docflow.letters.entries import Act, Step
    from docflow.letters.rights import Actor

__all__ = ["ANSWER", "Circulation", "circulate", "needs_a_name"]


def needs_a_name(_case: object, act: Act) -> str | None:
    """A guard that takes no step of somebody unknown."""
    return None if act.by else "it is signed; name who decides it"


ANSWER: Final = Workflow(
    "answer",
    initial="sent",
    transitions=(
        Transition("answer", "sent", "answered"),
        Transition("release", "sent", "released", guards=(needs_a_name, needs_a_note)),
    ),
    opening="send",
    final=("answered",),
    cancelled=("released",),
)
"""The workflow of each unit in which a letter circulates: it answers, or is released by a signed decision."""


NOT_NOW: Final = {"wrong state", "time runs backwards", "guard"}
"""Why a letter may not be closed when the last unit answers, and may be later."""


def _parts(given: Iterable[Case]) -> tuple[Case, ...]:
    return several(given, Case, "ANSWER.open(letter, at=moment)")


@frozen
class Circulation:
    """A letter that was sent to several units, and the part of each, which is a case of its own; `circulate` makes it.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter, Transition, Workflow
    >>> from docflow.letters import circulate
    >>> nine = datetime(2019, 10, 1, 9, tzinfo=timezone.utc)
    >>> opinion = Workflow("opinion", initial="asked", transitions=[Transition("close", "asked", "closed")])
    >>> case = opinion.open(Letter(number="8395/2562"), at=nine)
    >>> sent = circulate(case, ("Works", "Parks"), closing="close", at=nine)
    >>> sent = sent.apply("release", unit="Parks", at=nine, by="Somying", note="no park is concerned")
    >>> sent.units, sent.outstanding, sent.done
    (('Works', 'Parks'), ('Works',), None)

    A unit has answered when its part is over, and a part that was cancelled answers nothing and is waited for no more.
    The letter's own case, the `parent`, cannot take the step `closing` while a unit is outstanding; when the last one
    has answered, it takes that step at the same moment, in the name of `closed_by`.

    Raises `RefusedError` when two parts are of one unit or have one number, and when the parent was closed while a unit
    was outstanding; and `TypeError` for what is no case.
    """

    parent: Case = field(validator=of_kind(Case, "case", "the letter's own"))
    parts: tuple[Case, ...] = field(default=(), converter=_parts)
    """The cases of the units, in the order of sending; the unit is the one that the part's letter names."""
    closing: str = field(kw_only=True, converter=called)
    """The step that ends the parent, by its name in the parent's workflow."""
    closed_by: str | Actor | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        letters = [part.letter for part in self.parts]
        numbers = [self.parent.number, *(letter.number for letter in letters)]
        for what, every in (("unit", [letter.unit for letter in letters]), ("number", numbers)):
            wrong = next((one for place, one in enumerate(every) if not one or one in every[:place]), None)
            if wrong is not None:
                reason = f"the {what} {wrong!r} is no part's alone; give each part a {what} of its own"
                raise self._refused(f"wrong {what}", reason)
        for step in self.parent.history:
            if step.trigger == self.closing:
                open_then = [part for part in self.parts if _is_open(part, instant(step.at))]
                if open_then:
                    who = ", ".join(part.letter.unit for part in open_then)
                    reason = f"{who} had not answered at {step.at}; it is closed when all have, or are released"
                    raise self._refused("outstanding", reason, self.closing)

    @property
    def units(self) -> tuple[str, ...]:
        """The units to which it was sent, in the order of sending."""
        return tuple(part.letter.unit for part in self.parts)

    @property
    def outstanding(self) -> tuple[str, ...]:
        """The units that have not answered."""
        return tuple(part.letter.unit for part in self.parts if not part.is_final)

    @property
    def answers(self) -> dict[str, datetime]:
        """When each unit answered; those that are outstanding or released are not in it."""
        return {part.letter.unit: _over(part).at for part in self.parts if part.is_final and not _is_cancelled(part)}

    @property
    def done(self) -> datetime | None:
        """When the last unit answered or was released; None while one is outstanding, and without units."""
        over = [_over(part).at for part in self.parts if part.is_final]
        return max(over, key=instant) if over and len(over) == len(self.parts) else None

    def part(self, unit: str) -> Case:
        """The case of a unit. Raises `RefusedError` for a unit to which it was not sent."""
        wanted = name(unit)
        for part in self.parts:
            if part.letter.unit == wanted:
                return part
        sent = ", ".join(self.units) or "no unit"
        raise self._refused("wrong unit", f"it was not sent to {wanted}; it was sent to {sent}")

    def apply(
        self,
        trigger: str,
        *,
        unit: str | None = None,
        at: datetime,
        by: str | Actor | None = None,
        recorded: datetime | None = None,
        note: str = "",
    ) -> Circulation:
        """The circulation after one more step: of a unit's part, or of the letter itself when no unit is named.

        A part's step is done in its unit, unless its actor brings another one along. Where the letter cannot be closed
        when the last unit answers, as while it is on hold, the answer is kept, and you close it later. Raises
        `RefusedError` with every reason, among them who is outstanding when the letter would be closed; this
        circulation stays as it was.
        """
        if unit is None:
            return evolve(self, parent=self.parent.apply(trigger, at=at, by=by, recorded=recorded, note=note))
        part = self.part(unit)
        after = part.apply(trigger, at=at, by=by, unit=within(part.letter.unit, by), recorded=recorded, note=note)
        now = evolve(self, parts=tuple(after if one is part else one for one in self.parts))
        if now.done is None or self.done is not None:
            return now
        known = recorded if recorded is not None and instant(recorded) >= instant(now.done) else None
        against = now.parent.refusals(self.closing, at=now.done, by=self.closed_by, recorded=known)
        if against and {why.kind for why in against} <= NOT_NOW:
            return now
        return evolve(now, parent=now.parent.apply(self.closing, at=now.done, by=self.closed_by, recorded=known))

    def adding(
        self,
        units: Iterable[str],
        *,
        at: datetime,
        by: str | Actor | None = None,
        workflow: Workflow = ANSWER,
        numbers: Iterable[str] | None = None,
    ) -> Circulation:
        """The circulation with more units, to each of which a part is sent; `numbers` are from their registers.

        Without them they are counted: 8395/2562/1, 8395/2562/2. A part has the letter's data, and those of its
        attributes that the workflow of the parts declares. Raises `RefusedError` when the letter cannot be closed from
        where it is, because it is closed already or does not circulate yet.
        """
        if self.closing not in self.parent.workflow.allowed(self.parent.state):
            refusal = self.parent.workflow.refusal(self.parent.state, self.closing)
            raise RefusedError(self.parent.number, "circulate", (refusal,))
        wanted = names(units)
        first = len(self.parts) + 1
        counted = [f"{self.parent.number}/{n}" for n in range(first, first + len(wanted))]
        own = counted if numbers is None else names(numbers)
        if len(own) != len(wanted):
            raise self._refused("wrong unit", f"{len(wanted)} units have {len(own)} numbers; give one number to each")
        if not wanted and not self.parts:
            raise self._refused("wrong unit", "it is sent to nobody; name the units that must answer")
        if instant(at) < instant(self.parent.history[0].at):
            reason = f"it cannot have been sent round at {at}: it was received at {self.parent.history[0].at}"
            raise self._refused("time runs backwards", reason)
        declared = {one.name for one in workflow.attributes}
        known = {name: value for name, value in self.parent.letter.attributes.items() if name in declared}
        copied = evolve(self.parent.letter, attributes=known)
        letters = (evolve(copied, number=n, unit=u) for n, u in zip(own, wanted, strict=True))
        new = (workflow.open(letter, at=at, by=by, unit=within(letter.unit, by)) for letter in letters)
        return evolve(self, parts=(*self.parts, *new))

    def __str__(self) -> str:
        waits = f"outstanding: {', '.join(self.outstanding)}" if self.outstanding else "nobody is outstanding"
        return visible(f"{self.parent.number} to {', '.join(self.units) or 'no unit'}; {waits}")

    def _refused(self, kind: str, reason: str, trigger: str = "circulate") -> RefusedError:
        return RefusedError(self.parent.number, trigger, (Refusal(kind, reason),))


def circulate(
    case: Case,
    units: Iterable[str],
    *,
    closing: str,
    at: datetime,
    by: str | Actor | None = None,
    closed_by: str | Actor | None = None,
    workflow: Workflow = ANSWER,
) -> Circulation:
    """Send a letter to several units, each of which must answer; `closing` is the step that ends its own case.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter, Transition, Workflow
    >>> nine, ten, two = (datetime(2019, 10, 1, hour, tzinfo=timezone.utc) for hour in (9, 10, 14))
    >>> opinion = Workflow("opinion", initial="asked", transitions=[Transition("close", "asked", "closed")])
    >>> case = opinion.open(Letter(number="8395/2562"), at=nine)
    >>> circulation = circulate(case, ("Works", "Parks"), closing="close", at=nine)
    >>> circulation = circulation.apply("answer", unit="Parks", at=ten, by="Somchai")
    >>> print(circulation)
    8395/2562 to Works, Parks; outstanding: Works
    >>> circulation = circulation.apply("answer", unit="Works", at=two, by="Somying")
    >>> circulation.done == two, circulation.parent.state, circulation.part("Works").number
    (True, 'closed', '8395/2562/1')

    `Circulation.adding` sends it to more units later, or under numbers of their registers. Raises `RefusedError` when
    the case cannot be closed from where it is, and as `adding` does.
    """
    return Circulation(case, closing=closing, closed_by=closed_by).adding(units, at=at, by=by, workflow=workflow)


def _is_open(part: Case, at: int) -> bool:
    """Whether a unit had a letter, and had not answered, at an instant."""
    return instant(part.history[0].at) <= at and (not part.is_final or instant(_over(part).at) > at)


def _is_cancelled(part: Case) -> bool:
    return part.state in part.cancelled


def _over(part: Case) -> Step:
    """The step with which a part that is over has come to its end."""
    history: Sequence[Step] = part.history
    last = len(history) - 1
    while last and history[last - 1].state in part.ends:
        last -= 1
    return history[last]
