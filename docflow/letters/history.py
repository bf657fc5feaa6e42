"""How entries become a history: the rules that each of them has to pass, in one place."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from docflow.errors import RefusedError
from docflow.letters.leaves import Leaves
from docflow.letters.rights import infringement
from docflow.letters.steps import EPOCH, Refusal, since, step_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from docflow.letters.case import Case
    from docflow.letters.letter import Letter
    from docflow.letters.steps import Act, Row, Step
    from docflow.letters.workflow import Transition, Workflow

__all__ = ["BEFORE", "reason_of", "refusals", "time_in", "unwritable", "walk"]

BEFORE: Final = timedelta.min


def walk(
    workflow: Workflow,
    letter: Letter,
    rows: Iterable[Row],
    *,
    after: Sequence[Step] = (),
    above: timedelta | None = BEFORE,
    told: bool = False,
) -> list[Step]:
    """The steps of rows in order of time, looked up in the table without a machine.

    `above` is when the record above them was written; None does not ask. Rows that are `told` afterwards are a history
    and no log: what was written before the row above it counts as written with that. Raises `RefusedError` at the
    first row that is not legal where it stands.
    """
    table, state, now = workflow.table, workflow.nowhere, BEFORE
    if after:
        state, now = after[-1].state, since(after[-1].at)
    steps: list[Step] = []
    seen = Leaves.of(after) if workflow.guarded else None  # what guards look at: it grows with every step
    for row in rows:
        trigger, happened, _, _, recorded, _, _ = row
        at = writing = since(happened)
        line = table.get((state, trigger))
        amiss = line is None or bool(line.guards) or at < now
        if recorded is not None and above is not None:
            writing = since(recorded)
            if told and at <= writing < above:
                row = (*row[:4], None, *row[5:])  # noqa: PLW2901 - the same row, as a log has to have it
            else:
                amiss = amiss or writing < at or writing < above
        step = step_of(row, state if line is None else line.destination)
        if amiss or (line is not None and line.may and infringement(line.may, step) is not None):
            before = (*after, *steps) if seen is None else seen
            reasons = refusals(workflow, letter, before, step, above=above, known=line is not None)
            if reasons:
                raise RefusedError(letter.number, trigger, reasons, step)
        steps.append(step)
        if seen is not None:
            seen = seen.adding(step)
        state, now = step.state, at
        if above is not None and writing > above:
            above = writing
    return steps


def refusals(
    workflow: Workflow, letter: Letter, history: Sequence[Step], entry: Act, *, above: timedelta | None, known: bool
) -> tuple[Refusal, ...]:
    """Every reason why an entry cannot follow a history; `known` says whether there is such a move at all."""
    state = history[-1].state if history else workflow.nowhere
    reasons = [] if known else [workflow.refusal(state, entry.trigger)]
    line = workflow.table.get((state, entry.trigger))
    if line is not None and line.restricted:
        reasons += _judged(line, entry, workflow.case_of(letter, history))
    if history and since(entry.at) < since(history[-1].at):
        last = history[-1]
        reason = f"{entry.at} is before its last step, {last.trigger} at {last.at}; correct() puts in what was missed"
        reasons.append(Refusal("time runs backwards", reason))
    if above is not None and entry.recorded is not None:
        reasons += unwritable(entry.recorded, entry.at, above)
    return tuple(reasons)


def _judged(line: Transition, entry: Act, case: Case) -> Iterator[Refusal]:
    """Why a line of the table refuses an entry: the actor has no right, or a guard has a reason."""
    lacking = infringement(line.may, entry)
    if lacking is not None:
        yield Refusal(*lacking)
    for guard in line.guards:
        reason = reason_of(guard, case, entry)
        if reason is not None:
            yield Refusal("guard", reason)


def reason_of(guard: Callable[..., object], model: object, entry: Act) -> str | None:
    """The reason that a guard gives. Raises `TypeError` for one that answers with anything but words or None."""
    reason = guard(model, entry)
    if reason is None or (isinstance(reason, str) and reason):
        return reason
    name = getattr(guard, "__qualname__", repr(guard))
    raise TypeError(f"the guard {name} gave {reason!r}; it gives a reason in words to refuse, None to let pass")


def unwritable(recorded: datetime, at: datetime, above: timedelta) -> Iterator[Refusal]:
    """The refusals of what would be written before it happened, or before what stands above it in the log."""
    if since(recorded) < since(at):
        yield Refusal("time runs backwards", f"it cannot have been written down at {recorded}: it happened at {at}")
    if since(recorded) < above:
        there = EPOCH + above
        with suppress(OverflowError):  # the last day of the year 9999 is over there
            there = there.astimezone(recorded.tzinfo)
        yield Refusal("time runs backwards", f"{recorded} is before the record above it was written, at {there}")


class _Happening(Protocol):
    @property
    def state(self) -> str: ...

    @property
    def at(self) -> datetime: ...


def time_in(
    states: Collection[str], history: Sequence[_Happening], until: datetime | None = None
) -> tuple[tuple[datetime, datetime], ...]:
    """The spans of a history spent in some states, up to a moment; without one, those that are over."""
    spans = []
    entered = None
    for step in history:
        if until is not None and since(step.at) >= since(until):
            break
        if step.state in states:
            entered = entered or step.at
        elif entered is not None:
            spans.append((entered, step.at))
            entered = None
    if entered is not None and until is not None:
        spans.append((entered, until))
    return tuple(spans)
