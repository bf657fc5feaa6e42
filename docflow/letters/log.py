"""How a log becomes a history when something in it is corrected, or turns out to have been left out.

A log is what was written, in the order of writing; it only grows. A history is what happened, in order of time, as far
as is known. Until something is corrected they are one.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from docflow.errors import RefusedError
from docflow.letters.history import BEFORE, unwritable, walk
from docflow.letters.rights import infringement
from docflow.letters.steps import Act, Correction, Refusal, row_of, since

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, timedelta

    from docflow.letters.letter import Letter
    from docflow.letters.steps import Row, Step
    from docflow.letters.workflow import Workflow

__all__ = ["Record", "corrected", "read", "written"]

Record: TypeAlias = "Act | Correction"
Standing: TypeAlias = "dict[int, tuple[timedelta, int, Row]]"
"""What holds at each place of a log: when it happened, the place it stands for, and the act's fields."""


def read(workflow: Workflow, letter: Letter, records: Iterable[Record]) -> tuple[tuple[Record, ...], tuple[Step, ...]]:
    """The log and the history that records tell; corrections written at one moment are judged as one."""
    log: tuple[Record, ...] = ()
    history: tuple[Step, ...] = ()
    for _, run in groupby(records, _set):
        group = tuple(run)
        corrections = tuple(record for record in group if isinstance(record, Correction))
        if corrections:
            log, history = corrected(workflow, letter, log, corrections)
        else:
            rows = (row_of(record) for record in group if isinstance(record, Act))
            steps = tuple(walk(workflow, letter, rows, after=history, above=written(log)))
            log, history = (log + steps, history + steps) if log else (steps, steps)
    return log, history


def _set(record: Record) -> timedelta | None:
    """What tells the sets of corrections apart: when they were written."""
    if isinstance(record, Correction):
        return since(record.recorded)
    if isinstance(record, Act):
        return None
    raise TypeError(f"{record!r} is no record of a log; give entries, steps and corrections")


def written(log: Sequence[Record]) -> timedelta:
    """When the last record of a log was written: none was written before those above it.

    What says when it was written came after all above it, and what does not say so is in order of time: so the last
    record and the last that says so decide.
    """
    if not log:
        return BEFORE
    said = next((record for record in reversed(log) if record.recorded is not None), log[-1])
    return max(_written(log[-1]), _written(said))


def _written(record: Record) -> timedelta:
    if isinstance(record, Correction):
        return since(record.recorded)
    return since(record.at if record.recorded is None else record.recorded)


def known(log: Sequence[Record], moment: datetime) -> tuple[Record, ...]:
    """The records of a log that had been written at a moment."""
    at = since(moment)
    late = (place for place, record in enumerate(log) if _written(record) > at)
    return tuple(log[: next(late, len(log))])


def corrected(
    workflow: Workflow,
    letter: Letter,
    log: Sequence[Record],
    corrections: Sequence[Correction],
    *,
    seen: int | None = None,
) -> tuple[tuple[Record, ...], tuple[Step, ...]]:
    """The log with corrections written below it, and the history it then tells.

    They may name the first `seen` records; None when each may also name those above it, as in a log that is read.
    Raises `RefusedError` when a correction itself is not legal, or when the history would not be.
    """
    reasons = tuple(_refusals(workflow, log, corrections, len(log) + len(corrections) if seen is None else seen))
    if reasons:
        raise RefusedError(letter.number, "correct", reasons, corrections[0])
    log = (*log, *corrections)
    try:
        history = _history(workflow, letter, _standing(log))
    except RefusedError as error:
        reasons = tuple(
            Refusal(reason.kind, f"then {error.trigger} would be refused: {reason}") for reason in error.refusals
        )
        raise RefusedError(letter.number, "correct", reasons, error.record) from None
    if not history:
        nothing = Refusal("wrong state", "then nothing would have happened to it; cancel the letter instead")
        raise RefusedError(letter.number, "correct", (nothing,))
    return log, history


def _refusals(
    workflow: Workflow, log: Sequence[Record], corrections: Sequence[Correction], seen: int
) -> Iterator[Refusal]:
    standing, above = _standing(log), written(log)
    if not log:
        yield Refusal("wrong state", "no receipt was entered that could be corrected")
    for no, correction in enumerate(corrections, len(log)):
        place = correction.corrects
        if place is None and correction.instead is None:
            yield Refusal("no such step", "it names neither a step to correct nor one that was left out")
        elif place is not None and (place not in standing or place >= seen):
            what = "was corrected already" if place in range(min(no, seen)) else "is not in it"
            stands = ", ".join(map(str, sorted(standing)))
            yield Refusal("no such step", f"record {place} of its log {what}; what stands are the records {stands}")
        else:
            _write(standing, no, correction)
        if not (correction.why or "").strip():
            yield Refusal("no reason given", "a correction says why; name the reason")
        if not (correction.by or "").strip():
            yield Refusal("nobody named", "a correction says by whom; name who makes it")
        lacking = infringement(workflow.may_correct, correction)
        if lacking is not None:
            yield Refusal(*lacking)
        at = correction.recorded if correction.instead is None else correction.instead.at
        yield from unwritable(correction.recorded, at, above)


def _standing(log: Iterable[Record]) -> Standing:
    standing: Standing = {}
    for place, record in enumerate(log):
        _write(standing, place, record)
    return standing


def _write(standing: Standing, place: int, record: Record) -> None:
    """Write one more record: a correction takes the place, in the order of time, of what it corrects."""
    if isinstance(record, Act):
        standing[place] = since(record.at), place, row_of(record)
        return
    root = place if record.corrects is None else standing.pop(record.corrects)[1]
    if record.instead is not None:
        trigger, at, by, unit, _, role, note = row_of(record.instead)
        standing[place] = since(at), root, (trigger, at, by, unit, record.recorded, role, note)


def _history(workflow: Workflow, letter: Letter, standing: Standing) -> tuple[Step, ...]:
    steps: list[Step] = []
    for _, group in groupby(sorted(standing.values(), key=itemgetter(0, 1)), itemgetter(0)):
        rows = [row for _, _, row in group]
        while rows:  # registers stamp minutes: of equal stamps, the first written that the table allows comes next
            state = steps[-1].state if steps else workflow.nowhere
            row = next((one for one in rows if (state, one[0]) in workflow.table), rows[0])
            rows.remove(row)
            steps += walk(workflow, letter, [row], after=steps, above=None)
    return tuple(steps)
