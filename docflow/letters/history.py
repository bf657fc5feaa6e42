"""The one judge of what may follow what: steps that are taken, read or corrected are judged by the same rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from attrs import define, field

from docflow.errors import OutsideCalendarError, RefusedError
from docflow.instants import instant, local
from docflow.leaves import Leaves
from docflow.letters.entries import Act, Refusal, Step, said, step_of
from docflow.letters.letter import Letter
from docflow.letters.process import Guard, Process, Transition
from docflow.letters.rights import infringement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from docflow.letters.entries import Written

__all__ = ["BEFORE", "Judge", "Showing", "chosen", "restrictions", "time_in", "unwritable"]

BEFORE: Final = -(2**63)
"""An instant before all others."""
Showing: TypeAlias = Callable[[Process, Letter, Sequence[Step]], Any]
"""A function that makes a case of a history, because guards look at a case and this module knows none."""


@define
class Judge:
    """Whether an act may follow: a judge knows in which state a letter is, and moves on with each step that it takes.

    An act may follow when the table has a line for it, its actor has a right, no guard has a reason against it, and
    time does not run backwards: neither the time of happening nor that of writing. Where the table has several lines
    for it, exactly one must let it pass: then the order in which lines are written says nothing.
    """

    process: Process
    letter: Letter
    showing: Showing
    before: Sequence[Step] = ()
    """The history that it begins with; with guards, which look at it, also the steps since."""
    above: int | None = BEFORE
    """When the record above was written; None does not look at times of writing, because all was written before."""
    retold: bool = False
    """Whether acts come from a history and not from a log: one written before the act above it was written with it."""
    against: tuple[Refusal, ...] = ()
    """What speaks against the next act, whatever it is: who does it, or the letter that comes in."""
    steps: list[Step] = field(init=False, factory=list)
    state: str = field(init=False)
    now: int = field(init=False)

    @state.default
    def _state(self) -> str:
        return self.before[-1].state if self.before else self.process.nowhere

    @now.default
    def _now(self) -> int:
        return instant(self.before[-1].at) if self.before else BEFORE

    def take(  # noqa: PLR0913, PLR0917 - an act's fields, one by one: reading a million makes no object but the steps
        self,
        trigger: str,
        at: datetime,
        by: str | None,
        unit: str | None,
        recorded: datetime | None,
        role: str | None,
        note: str,
        acting_for: str | None,
        *,
        record: Written | None = None,
    ) -> Step:
        """The step that an act is. Raises `RefusedError` with every reason why it cannot follow, and is as it was."""
        lines = self.process.table.get((self.state, trigger), ())
        happened = written = instant(at)
        if recorded is not None and self.above is not None:
            written = instant(recorded)
            if self.retold and happened <= written < self.above:
                recorded, written = None, self.above
        line = lines[0] if lines else None
        state = self.state if line is None else line.destination
        taken = step_of(trigger, at, by, unit, recorded, role, note, acting_for, state)
        reasons = [*self.against]
        if line is None:
            reasons.append(self.process.refusal(self.state, trigger))
        elif line.restricted:
            case = self.showing(self.process, self.letter, self.before) if line.guards else None
            taken, against = chosen(lines, taken, case)
            reasons += against
        if happened < self.now:
            last = (self.steps or self.before)[-1]
            reason = f"{at} is before its last step, {last.trigger} at {last.at}; correct() puts in what was missed"
            reasons.append(Refusal("time runs backwards", reason))
        if recorded is not None and self.above is not None and written < max(happened, self.above):
            reasons += unwritable(recorded, at, self.above)
        if reasons:
            raise RefusedError(self.letter.number, trigger, tuple(reasons), record or taken)
        self.steps.append(taken)
        self.state, self.now = taken.state, happened
        if self.above is not None and written > self.above:
            self.above = written
        if self.process.guarded:
            self.before = Leaves.of(self.before).adding(taken)
        return taken


def chosen(lines: Sequence[Transition], taken: Step, case: object) -> tuple[Step, list[Refusal]]:
    """The step by the one line that lets it pass, and the reasons why there is not exactly one."""
    if len(lines) == 1:
        return taken, list(restrictions(lines[0], taken, case))
    here = step_of(*said(taken), lines[0].source)
    steps = [step_of(*said(taken), line.destination) for line in lines]
    against = [tuple(restrictions(line, step, case)) for line, step in zip(lines, steps, strict=True)]
    ways = [step for step, reasons in zip(steps, against, strict=True) if not reasons]
    if len(ways) > 1:
        both = " and to ".join(repr(step.state) for step in ways)
        problem = f"from {lines[0].source!r} it could lead to {both}; the guards of these lines must exclude each other"
        return here, [Refusal("ambiguous", problem)]
    if not ways:
        return here, list(dict.fromkeys(reason for reasons in against for reason in reasons))
    return ways[0], []


def restrictions(line: Transition, act: Act, case: object) -> Iterator[Refusal]:
    """Why a line of the table refuses an act: the actor has no right, or a guard, which sees the case, has a reason."""
    lacking = infringement(line.may, act)
    if lacking is not None:
        yield Refusal(*lacking)
    for guard in line.guards:
        reason = _reason(guard, case, act)
        if reason is not None:
            yield Refusal("guard", reason)


def _reason(guard: Guard, case: object, act: Act) -> str | None:
    """The reason that a guard gives. Raises `TypeError` for one that answers with anything but words or None."""
    reason = guard(case, act)
    if reason is None or (isinstance(reason, str) and reason):
        return reason
    name = getattr(guard, "__qualname__", repr(guard))
    raise TypeError(f"the guard {name} gave {reason!r}; it gives a reason in words to refuse, None to let pass")


def unwritable(recorded: datetime, at: datetime, above: int) -> Iterator[Refusal]:
    """The refusals of what would be written before it happened, or before what stands above it in the log."""
    if instant(recorded) < instant(at):
        yield Refusal("time runs backwards", f"it cannot have been written down at {recorded}: it happened at {at}")
    if instant(recorded) < above:
        try:
            there = local(above, recorded.tzinfo or UTC)
        except OutsideCalendarError:  # in that zone the last day of the year 9999 is over
            there = local(above, UTC)
        yield Refusal("time runs backwards", f"{recorded} is before the record above it was written, at {there}")


class _Happening(Protocol):
    @property
    def state(self) -> str: ...

    @property
    def at(self) -> datetime: ...


def time_in(
    states: Collection[str], history: Sequence[_Happening], until: datetime | None = None
) -> tuple[tuple[datetime, datetime], ...]:
    """The spans of a history spent in some states, up to a moment; without one, only those that are over.

    >>> from datetime import datetime
    >>> from docflow import Event
    >>> nine, ten, two = (datetime.fromisoformat(f"2019-10-01T{hour}:00+07:00") for hour in ("09", "10", "14"))
    >>> history = [Event("waiting", nine), Event("answered", ten), Event("waiting", two)]
    >>> [(start.hour, stop.hour) for start, stop in time_in(("waiting",), history)]
    [(9, 10)]

    A span is a pair of moments, and clocks and limits take the spans as `pauses`. A history is a sequence in order of
    time, such as `case.history` or `record.history`, of anything with a `state` and a moment `at`. Raises `TypeError`
    for one state alone, which is given as a tuple of one, and `NaiveDatetimeError` and `NotAMomentError`.
    """
    if isinstance(states, str):
        raise TypeError(f"{states!r} is one state; give several, such as ({states!r},)")
    spans = []
    entered = None
    for step in history:
        if until is not None and instant(step.at) >= instant(until):
            break
        if step.state in states:
            entered = entered or step.at
        elif entered is not None:
            spans.append((entered, step.at))
            entered = None
    if entered is not None and until is not None:
        spans.append((entered, until))
    return tuple(spans)
