"""Records: what indicators read. A record has a number and dated events; so has a `Case`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import Factory, field, frozen
from attrs.converters import optional
from attrs.validators import optional as or_none

from docflow.errors import MomentError, NameOfStateError, RecordError
from docflow.instants import instant
from docflow.kpi.attributes import NO_ATTRIBUTES, Attributes, attributes
from docflow.kpi.contexts import A_WINDOW, a_moment
from docflow.letters import Case, Step
from docflow.letters.letter import BLANKS, plain
from docflow.safe import brief, visible
from docflow.text import exact, expect, of_kind

if TYPE_CHECKING:
    from fractions import Fraction

    from docflow.kpi.contexts import Window

__all__ = [
    "CaseOrRecord",
    "Event",
    "Record",
    "Value",
    "a_state",
    "a_unit",
    "checked",
    "latest",
    "name",
    "spelled",
    "states",
]


def name(_: object, field: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature, and anything is given
    """See that a field holds a name. Raises `NameOfStateError`."""
    if not isinstance(given, str):
        several = ', or several one by one: reached("replied", "closed")' if isinstance(given, list | tuple) else ""
        raise NameOfStateError(brief(given), f'is no name, which is one text; give one, such as "submitted"{several}')
    if not given.strip():
        raise NameOfStateError(repr(given), 'is an empty name; give one, such as "submitted"')


def a_state(given: Any) -> str:  # noqa: ANN401 - anything is given
    """The name of a state or a step, without blanks around it, as a workflow has it. Raises `NameOfStateError`."""
    name(None, None, given)
    return plain(given).strip(BLANKS)


def a_unit(given: Any) -> str | None:  # noqa: ANN401 - anything is given
    """The name of a unit or a person with one blank between its words, as cases have it, or None.

    Raises `NameOfStateError`.
    """
    if given is None:
        return None
    name(None, None, given)
    called = " ".join(plain(given).split())
    return given if type(given) is str and called == given else called  # many events share one text


def states(given: Iterable[str]) -> tuple[str, ...]:
    """Several states, whatever they are given in. Raises `NameOfStateError`, and `TypeError` for one alone."""
    if isinstance(given, str):
        raise TypeError(f"{given!r} is one state; give several, such as ({given!r},)")
    expect(given, Iterable, "list of states", 'some, such as ("waiting",)')
    return tuple(map(a_state, given))


@frozen(repr=False)
class Event:
    """Something that happened; the state it leads to is named after it.

    >>> from datetime import datetime
    >>> asked = Event("asked", datetime.fromisoformat("2020-01-06T09:00+07:00"), "registry", by="Somchai")
    >>> asked
    <Event asked 2020-01-06 09:00 by Somchai of registry>
    >>> asked.state, asked.trigger
    ('asked', 'asked')

    Raises `NameOfStateError` for what is no name of a state, a unit or a person; and `NaiveDatetimeError` and
    `NotAMomentError` for what is no moment of recording. Its own moment is checked when a `Record` is made of it.
    """

    state: str = field(converter=a_state)
    at: datetime
    unit: str | None = field(default=None, converter=a_unit)
    trigger: str = field(default=Factory(lambda self: self.state, takes_self=True), kw_only=True, converter=a_state)
    """What was done, where that is called otherwise than the state."""
    by: str | None = field(default=None, kw_only=True, converter=a_unit)
    """Who did it; None when nobody says so."""
    recorded: datetime | None = field(default=None, kw_only=True, validator=or_none(a_moment))
    """When it was written down; None means when it happened."""

    def __repr__(self) -> str:
        at = f"{self.at:%Y-%m-%d %H:%M}" if isinstance(self.at, datetime) else brief(self.at)
        who = f"{f' by {self.by}' if self.by else ''}{f' of {self.unit}' if self.unit else ''}"
        return visible(f"<Event {self.state} {at}{who}>")


@frozen
class Value:
    """A value that somebody else computed, and who says so.

    >>> from fractions import Fraction
    >>> Value(Fraction("87.5"), source="Office of the Civil Service Commission", unit="%").amount
    Fraction(175, 2)

    Raises `TypeError` for a float, which is not the number that was written.
    """

    amount: Fraction = field(converter=exact)
    source: str = field(kw_only=True, validator=of_kind(str, "source", "one text: who says so"))
    unit: str = field(default="", kw_only=True, validator=of_kind(str, "unit", 'one text, such as "%"'))
    """What it is counted in: "%", "points", or "level"."""
    covers: Window | None = field(default=None, kw_only=True, validator=of_kind(*A_WINDOW, optional=True))
    """The year it is of; without one, it is of the year in which it was reported."""
    target: Fraction | None = field(default=None, kw_only=True, converter=optional(exact))
    """What was set as its target, when the plan leaves that to others."""


A_VALUE: Final = (Value, "value", 'one with its source, such as Value(85, source="the Civil Service Commission")')


def _event(given: Event | Step) -> Event:
    if isinstance(given, Step):
        return Event(given.state, given.at, given.unit, trigger=given.trigger, by=given.by, recorded=given.recorded)
    expect(given, Event, "event", 'one, such as Event("registered", at)')
    return given


def _in_order(given: Iterable[Event | Step]) -> tuple[Event, ...]:
    """Events in order of time; those of one moment stay in the order given, as registers stamp minutes."""
    expect(given, Iterable, "list of events", 'some, such as [Event("registered", at)]')
    events = tuple(map(_event, given))
    instants = [instant(event.at) for event in events]
    if all(one <= next_one for one, next_one in pairwise(instants)):
        return events
    return tuple(events[n] for n in sorted(range(len(events)), key=instants.__getitem__))


def _scores(given: Mapping[str, int] | Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    pairs = tuple((item, score) for item, score in (given.items() if isinstance(given, Mapping) else given))
    if len(dict(pairs)) < len(pairs):
        raise TypeError("an item of a questionnaire has two scores; give one for each")
    for item, score in pairs:
        expect(score, int, f"score of {item!r}", "a whole number, such as 5")
    return pairs


@frozen(repr=False)
class Record:
    """Anything with a number and dated events: a case of a log, a ceremony, a member of the staff, a questionnaire.

    >>> from datetime import datetime
    >>> from docflow import Event
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
    >>> record = Record("1", [Event("answered", ten), Event("asked", nine)], attributes={"kind": "complaint"})
    >>> [event.state for event in record.history], record.attributes["kind"]
    (['asked', 'answered'], 'complaint')
    >>> record
    <Record 1 'answered', 2 events>

    Events may be given in any order and are kept in order of time; those of one moment keep the order given. Raises
    `NaiveDatetimeError`, `NotAMomentError`, and `TypeError` for what is no event, no score or no attribute.
    """

    number: str = field(validator=of_kind(str, "number of a record", 'a text, such as "1/2563"'))
    """What people call it."""
    history: tuple[Event, ...] = field(converter=_in_order)
    """What happened to it; the steps of a case may be given too."""
    wanted_by: datetime | None = field(default=None, kw_only=True, validator=or_none(a_moment))
    """The moment by which it has to be done, when it names one."""
    ends: tuple[str, ...] = field(default=(), kw_only=True, converter=states)
    """The states in which it is over; none when nobody can say."""
    cancelled: tuple[str, ...] = field(default=(), kw_only=True, converter=states)
    """Those in which it was withdrawn, as a workflow has them; it is over in them too, and measures leave it out."""
    scores: tuple[tuple[str, int], ...] = field(default=(), kw_only=True, converter=_scores)
    """The items of a questionnaire and their scores, without those that were left open."""
    value: Value | None = field(default=None, kw_only=True, validator=of_kind(*A_VALUE, optional=True))
    """What somebody else computed of the indicator `number`."""
    attributes: Attributes = field(default=NO_ATTRIBUTES, kw_only=True, converter=attributes)
    """What else is known of it, by name, such as its sender and its kind: what results are grouped by."""

    def __attrs_post_init__(self) -> None:
        if self.cancelled:  # withdrawn is over, as in a workflow
            object.__setattr__(self, "ends", tuple(dict.fromkeys((*self.ends, *self.cancelled))))

    def __repr__(self) -> str:
        events, last = len(self.history), f" {self.history[-1].state!r}" if self.history else ""
        return visible(f"<Record {self.number}{last}, {events} event{'s' * (events != 1)}>")


CaseOrRecord: TypeAlias = Case | Record
"""What indicators read: both have `number`, `history`, `ends`, `cancelled` and `wanted_by`, in order of time."""


def checked(given: Iterable[Any]) -> tuple[CaseOrRecord, ...]:
    """Records that measures can read.

    Raises `TypeError` for what does not hold records, and `RecordError` for what is neither a case nor a record, and
    for a record that is there twice, which would count twice.
    """
    expect(given, Iterable, "list of records", "the records first, such as [case] or read_register(...).cases")
    found = tuple(given)
    for kind in set(map(type, found)):
        if not issubclass(kind, Case | Record):
            other = next(record for record in found if type(record) is kind)
            problem = "it is neither a case nor a record; give a Case, or make a Record(number, events) of it"
            raise RecordError(brief(other), problem)
    if len(set(map(id, found))) < len(found):
        twice = next(one for one, n in Counter(map(id, found)).items() if n > 1)
        number = next(record.number for record in found if id(record) == twice)
        raise RecordError(number, "was given twice and would count twice; give every record once")
    return found


def latest(records: Iterable[CaseOrRecord]) -> datetime | None:
    """The moment of the last event of any record; None when there are none."""
    return max((event.at for record in records for event in record.history), key=instant, default=None)


def spelled(states: set[str], steps: set[str], records: Iterable[CaseOrRecord]) -> None:
    """See that a workflow of some cases has each state and step; no case would ever reach a misspelled one.

    Raises `MomentError`, because no figure would show it. Other records have no list of states.
    """
    workflows = {}
    for record in records:
        if not isinstance(record, Case):
            return
        workflows[id(record.workflow)] = record.workflow
    for what, names, known in (
        ("state", states, [each for one in workflows.values() for each in one.states]),
        ("step", steps, [each for one in workflows.values() for each in one.triggers]),
    ):
        for name in sorted(names.difference(known)) if workflows else ():
            near = get_close_matches(name, known, n=1)
            way = f"did you mean {near[0]!r}?" if near else f"they have {', '.join(dict.fromkeys(known))}"
            raise MomentError(name, f"no workflow of these cases has such a {what}; {way}")
