"""Records: what indicators read, with every attribute that any of them asks for declared."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from attrs import Factory, field, frozen
from attrs.converters import optional
from attrs.validators import instance_of
from attrs.validators import optional as or_none

from docflow.errors import RecordError
from docflow.kpi.names import a_state, a_unit, states
from docflow.kpi.windows import Window
from docflow.kpi.work_steps import exact
from docflow.letters import Case
from docflow.worktime import instant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from fractions import Fraction

__all__ = ["Event", "Happening", "Reported", "Response", "Trace", "Traced", "records", "scores_of"]


class Happening(Protocol):
    """One thing that happened, as far as indicators care."""

    @property
    def state(self) -> str:
        """What it led to."""

    @property
    def trigger(self) -> str:
        """What was done; where nobody says, the same as the state."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def unit(self) -> str | None:
        """Where."""


class Traced(Protocol):
    """What an indicator can read: a `Case`, a `Trace`, or a class of your own that declares all of these."""

    @property
    def number(self) -> str:
        """What people call it."""

    @property
    def history(self) -> Sequence[Happening]:
        """What happened to it, in order of time."""

    @property
    def ends(self) -> Collection[str]:
        """The states in which it is over; none when nobody can say."""

    @property
    def wanted_by(self) -> datetime | None:
        """The moment by which it has to be done, when it names one."""


@frozen
class Event:
    """Something that happened; the state it leads to is named after it. Raises `NameOfStateError`."""

    state: str = field(converter=a_state)
    at: datetime
    unit: str | None = field(default=None, converter=a_unit)
    trigger: str = field(
        default=Factory(lambda self: self.state, takes_self=True), kw_only=True, repr=False, converter=a_state
    )
    """What was done, where that is called otherwise than the state."""


def _in_order(given: Iterable[Event]) -> tuple[Event, ...]:
    """Events in order of time; those of one moment stay in the order given, as registers stamp minutes."""
    events = tuple(given)
    for one in events:
        if not isinstance(one, Event):
            raise TypeError(f'{one!r} is no event; give Event("registered", at)')
    instants = [instant(event.at) for event in events]
    if all(one <= next_one for one, next_one in pairwise(instants)):
        return events
    return tuple(events[n] for n in sorted(range(len(events)), key=instants.__getitem__))


def _a_moment(_: object, attribute: object, given: datetime) -> None:  # noqa: ARG001 - attrs' signature
    instant(given)


@frozen
class Trace:
    """Anything with a number and events: a case of a log, a ceremony, a member of the staff.

    >>> from datetime import datetime
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
    >>> [event.state for event in Trace("1", [Event("answered", ten), Event("asked", nine)]).history]
    ['asked', 'answered']

    Events may be given in any order and are kept in order of time; those of one moment keep the order given. Raises
    `NaiveDatetimeError`, `NotAMomentError`, and `TypeError` for what is no event.
    """

    number: str = field(validator=instance_of(str))
    history: tuple[Event, ...] = field(converter=_in_order)
    wanted_by: datetime | None = field(default=None, kw_only=True, validator=or_none(_a_moment))
    """The moment by which it has to be done, when it names one."""
    ends: tuple[str, ...] = field(default=(), kw_only=True, converter=states)
    """The states in which it is over; none when nobody can say."""


def _scores(given: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    pairs = tuple((item, score) for item, score in given)
    for item, score in pairs:
        if not isinstance(score, int):
            raise TypeError(f"{score!r} is no score of {item!r}; give a whole number, such as 5")
    return pairs


@frozen
class Response(Trace):
    """One answered questionnaire: its items and their scores, those that were left open aside."""

    scores: tuple[tuple[str, int], ...] = field(kw_only=True, converter=_scores)


@frozen
class Reported(Trace):
    """A value of the indicator `number` that somebody else computed, and who says so."""

    value: Fraction = field(kw_only=True, converter=exact)
    source: str = field(kw_only=True)
    unit: str = field(default="", kw_only=True)
    """What it is counted in: "%", "points", or "level"."""
    covers: Window | None = field(default=None, kw_only=True, validator=or_none(instance_of(Window)))
    """The year it is of; without one, it is of the year in which it was reported."""
    target: Fraction | None = field(default=None, kw_only=True, converter=optional(exact))
    """What was set as its target, when the plan leaves that to others."""


def scores_of(record: Traced) -> tuple[tuple[str, int], ...]:
    """The scores of a questionnaire; none of anything else."""
    return record.scores if isinstance(record, Response) else ()


RECORD, STEP = ("number", "history", "ends", "wanted_by"), ("state", "trigger", "at", "unit")


def records(given: Iterable[Traced], *kinds: type[Trace]) -> tuple[Traced, ...]:
    """Records as measures may trust them, of the kinds that some measures must have.

    Cases and traces are in order by themselves; what comes from a class of your own is looked at. Raises `RecordError`
    for a record that declares too little, is out of order, or is of another kind.
    """
    found = tuple(given)
    types = set(map(type, found))
    for kind in kinds:
        if not all(issubclass(each, kind) for each in types):
            other = next(record for record in found if not isinstance(record, kind))
            raise RecordError(str(other.number), f"a {type(other).__name__} is no {kind.__name__}; give those here")
    for record in () if all(issubclass(each, Case | Trace) for each in types) else found:
        if isinstance(record, Case | Trace):
            continue
        _declared(record, record, RECORD)
        for step in record.history:
            _declared(record, step, STEP)
            _named(record, step)
        instants = [instant(step.at) for step in record.history]
        if any(one > next_one for one, next_one in pairwise(instants)):
            problem = "its history is not in order of time; sort it by the moment, or make a Trace, which does so"
            raise RecordError(str(record.number), problem)
    return found


def _named(record: Traced, step: Happening) -> None:
    """See that names are written as milestones have them, for no other way of writing could ever be found."""
    for given, made in ((step.state, a_state), (step.trigger, a_state), (step.unit, a_unit)):
        if made(given) != given:
            problem = f"the name {given!r} has blanks too many; write {made(given)!r}, or make a Trace, which does so"
            raise RecordError(str(record.number), problem)


def _declared(record: Traced, one: object, wanted: tuple[str, ...]) -> None:
    """See that nothing is missing: a measure that took that for "none" would be wrong and say nothing."""
    missing = [attribute for attribute in wanted if not hasattr(one, attribute)]
    if missing:
        kind = type(one).__name__
        problem = f"a {kind} has no {', '.join(missing)}; declare what docflow.kpi.Traced does, or make a Trace"
        raise RecordError(str(record.number) if hasattr(record, "number") else repr(record), problem)
