"""Milestones: when a record came to something in its history."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field, frozen

from docflow.errors import MomentError, OutsideCalendarError, RecordError
from docflow.instants import instant
from docflow.kpi.records import a_state, a_unit, name
from docflow.safe import visible
from docflow.text import expect, of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from docflow.kpi.contexts import Context
    from docflow.kpi.records import CaseOrRecord, Event
    from docflow.letters import Step

__all__ = [
    "ENDED",
    "FIRST_EVENT",
    "LAST_EVENT",
    "Edge",
    "Found",
    "Milestone",
    "Own",
    "Reached",
    "done",
    "milestone",
    "reached",
    "seen_events",
]

Found: TypeAlias = "tuple[datetime, int] | None"
"""A moment as it was written, and the same as an integer; None when it has not come."""


class Milestone(ABC):
    """Something that a record comes to; `reached`, `done`, `since`, `holding` and `each_month` make the usual ones.

    >>> def in_writing(events):
    ...     return next((each.at for each in events if each.state == "answered" and each.unit != "telephone"), None)
    >>> print(Milestone.of("answered in writing", in_writing))
    answered in writing

    `Milestone.of` makes one of your own.
    """

    __slots__ = ()

    @staticmethod
    def of(name: str, finding: Callable[[Sequence[Event | Step]], datetime | None]) -> Milestone:
        """A milestone of your own: a name for explanations, and a function from events to a moment or None.

        The function gets the events up to the last moment seen, in order of time. Reading raises `NotAMomentError` and
        `NaiveDatetimeError` for what else it returns; a moment that is not seen yet has not come.
        """
        return Own(name, finding)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that it speaks of."""
        return ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The triggers that it speaks of."""
        return ()

    @abstractmethod
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:
        """When the record came to it, as far as the context sees; `start` is when the record's clock started."""


def seen_events(record: CaseOrRecord, context: Context) -> Iterator[tuple[Event | Step, int]]:
    """The events up to the last moment seen, each with its instant."""
    now = context.now
    for event in record.history:
        at = instant(event.at)  # datetimes of one zone compare by the wall, not by the instant
        if now is None or at <= now:
            yield event, at


def _names(given: tuple[str, ...] | str) -> tuple[str, ...]:
    """Names of states or steps, each once; one alone may be given as it is."""
    return tuple(dict.fromkeys(map(a_state, (given,) if isinstance(given, str) else given)))


@frozen
class Reached(Milestone):
    """When one of some states was reached, or one of some steps was done; `reached` and `done` make it."""

    names: tuple[str, ...] = field(converter=_names)
    last: bool = field(default=False, kw_only=True)
    unit: str | None = field(default=None, kw_only=True, converter=a_unit)
    nth: int = field(default=1, kw_only=True)
    inside: bool = field(default=False, kw_only=True)
    after_start: bool = field(default=False, kw_only=True)
    step: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        said = " or ".join(self.names)
        if not self.names:
            raise MomentError("", 'nothing can come to it; name a state or a step, such as reached("replied")')
        if not isinstance(self.nth, int) or self.nth < 1:
            raise MomentError(said, f"nth={self.nth!r} never comes; give 1 or more")
        if self.last and self.nth > 1:
            raise MomentError(said, f"nth={self.nth} and last=True contradict each other; say one")

    @property
    def states(self) -> tuple[str, ...]:
        """Its states, when it is of states."""
        return () if self.step else self.names

    @property
    def steps(self) -> tuple[str, ...]:
        """Its steps, when it is of steps."""
        return self.names if self.step else ()

    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:
        """The moment of the event that is asked for."""
        found, more, now, names, unit, by_step = None, self.nth, context.now, self.names, self.unit, self.step
        for event in record.history:
            if (event.trigger if by_step else event.state) not in names or (unit is not None and event.unit != unit):
                continue
            at = instant(event.at)
            if (now is not None and at > now) or (self.after_start and start is not None and at < start):
                continue
            if self.inside and context.window is not None and context.clock.day_of(event.at) not in context.window:
                continue
            more -= 1
            if more <= 0:
                found = event.at, at
                if not self.last:
                    break
        return found

    def __str__(self) -> str:
        order = "last " if self.last else f"{self.nth} × " if self.nth > 1 else ""
        where = f" by {self.unit}" if self.unit else ""
        again = " after the start" if self.after_start else ""
        return visible(f"{order}{' or '.join(self.names)}{where}{again}{' inside the window' if self.inside else ''}")


def reached(
    *states: str,
    last: bool = False,
    nth: int = 1,
    unit: str | None = None,
    inside: bool = False,
    after_start: bool = False,
) -> Milestone:
    """The moment at which a record first reached a state, or the first of several.

    >>> print(reached("taken_over", unit="Secretary Group"), reached("replied", "closed"), sep="; ")
    taken_over by Secretary Group; replied or closed

    `last=True` is the last time, `nth` the time by number, whichever of the states it was. `unit` counts one unit's
    events only, `inside` only those inside the indicator's window, `after_start` only those that did not happen before
    the record's clock started. Raises `MomentError` for a time that never comes and without any state, and
    `NameOfStateError` for what is no name of a state or unit.
    """
    return Reached(states, last=last, nth=nth, unit=unit, inside=inside, after_start=after_start)


def done(
    *triggers: str,
    last: bool = False,
    nth: int = 1,
    unit: str | None = None,
    inside: bool = False,
    after_start: bool = False,
) -> Milestone:
    """The moment at which a step was done, or the first of several, where several steps lead to one state.

    >>> print(done("send_back"), done("reply", "close", last=True), sep="; ")
    send_back; last reply or close

    Its options are those of `reached`. An `Event` without a trigger names what happened after the state it led to, and
    is asked for that. Raises as `reached` does.
    """
    return Reached(triggers, last=last, nth=nth, unit=unit, inside=inside, after_start=after_start, step=True)


@frozen
class Edge(Milestone):
    """An edge of a history: `FIRST_EVENT`, `LAST_EVENT` or `ENDED`."""

    words: str
    last: bool = field(kw_only=True)
    over: bool = field(default=False, kw_only=True)
    """Whether it comes only once the record is over."""

    # The edges of a history do not depend on its clock.
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:  # noqa: ARG002 - see above
        """When it came."""
        events = list(seen_events(record, context))
        if not events or (self.over and events[-1][0].state not in record.ends):
            return None
        event, at = events[-1 if self.last else 0]
        return event.at, at

    def __str__(self) -> str:
        return self.words


FIRST_EVENT: Final = Edge("its first event", last=False)
"""A record's first event, whatever it is."""
LAST_EVENT: Final = Edge("its last event", last=True)
"""The last event that is seen, whatever it is: it moves on as events arrive."""
ENDED: Final = Edge("its end", last=True, over=True)
"""A record's last event, once it has come to one of its `ends`, such as the final states of a workflow."""


@frozen
class Own(Milestone):
    """A milestone that a function finds; `Milestone.of` makes it."""

    name: str = field(validator=name)
    finding: Callable[[Sequence[Event | Step]], datetime | None] = field(
        validator=of_kind(Callable, "function", "one from events to a moment or None")  # type: ignore[arg-type]  # Callable is no type
    )

    # When the clock started does not matter to it.
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:  # noqa: ARG002 - see above
        """What the function finds among the events that are seen."""
        seen = [event for event, _ in seen_events(record, context)]
        try:
            at = self.finding(seen)
        except OutsideCalendarError:  # the calendar's fault, and told as such
            raise
        except Exception as error:  # noqa: BLE001 - a function of somebody else's may stumble over anything
            problem = f"its {self.name} cannot be told: {error!r}; correct the function"
            raise RecordError(record.number, problem) from None
        found = None if at is None else (at, instant(at))
        return None if found is None or (context.now is not None and found[1] > context.now) else found

    def __str__(self) -> str:
        return visible(self.name)


def milestone(_: object, attribute: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature
    """See that a measure was given a milestone. Raises `TypeError` for anything else, such as the name of a state."""
    state = given if isinstance(given, str) else "submitted"
    expect(given, Milestone, "milestone", f"one, such as reached({state!r})")
