"""How a log becomes a history when something in it is corrected, or turns out to have been left out.

A log is what was written, in the order of writing; it only grows. A history is what happened, in order of time, as far
as is known. Until something is corrected they are one.

A correction costs what it moves: what happened before it stays as it was judged, and what happened after it is judged
again only until the letter is in the state in which it was before. Steps of one stamp are judged together. Guards look
at the whole history, so a workflow that has any asks them again up to the end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from attrs import define

from docflow.errors import RefusedError
from docflow.letters.history import BEFORE, unwritable, walk
from docflow.letters.leaves import Leaves
from docflow.letters.rights import infringement
from docflow.letters.steps import Act, Correction, Refusal, row_of, since, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, timedelta

    from docflow.letters.letter import Letter
    from docflow.letters.steps import Row, Step
    from docflow.letters.workflow import Workflow

__all__ = ["Chronicle", "Place", "Record", "groups", "known", "read", "written"]

SHOWN: Final = 20
"""How many records a refusal names."""
Record: TypeAlias = "Act | Correction"
Place: TypeAlias = "tuple[int, int]"
"""Of a step: its record's place in the log, and the place for which that stands among records of one stamp."""


class Placed(NamedTuple):
    """An act that holds, and where it stands."""

    at: timedelta
    root: int
    place: int
    row: Row


def _when(step: Act) -> timedelta:
    return since(step.at)


def read(workflow: Workflow, letter: Letter, records: Iterable[Record]) -> Chronicle:
    """The log and the history that records tell; corrections written at one moment are judged as one."""
    told = Chronicle(workflow, letter)
    for group in groups(records):
        told.write(group)
    return told


def groups(records: Iterable[Record]) -> Iterator[Sequence[Record]]:
    """The records of a log by what is judged at once: acts one after the other, or the corrections of one moment."""
    return (tuple(run) for _, run in groupby(records, _set))


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


@define
class Chronicle:
    """A log while it is being written, and the history that it tells so far; what it holds is never changed in place.

    `places` has those of the history's steps; None while log and history are one.
    """

    workflow: Workflow
    letter: Letter
    log: Sequence[Record] = ()
    history: Sequence[Step] = ()
    places: Sequence[Place] | None = None
    written: timedelta = BEFORE

    def write(self, records: Sequence[Record]) -> range:
        """Write acts, or the corrections of one moment, below the log; where the history may now be another.

        Corrections may name those above them, for they may have been written one after the other. Raises
        `RefusedError` and is as it was.
        """
        corrections = tuple(record for record in records if isinstance(record, Correction))
        if corrections:
            return self.correct(corrections, seen=len(self.log) + len(corrections))
        rows = (whole(record) for record in records if isinstance(record, Act))
        steps = walk(self.workflow, self.letter, rows, after=self.history, above=self.written)
        begin = len(self.history)
        if not self.log:
            self.log = self.history = tuple(steps)
            self.written = written(self.log)
        else:
            for step in steps:
                self.add(step)
        return range(begin, len(self.history))

    def add(self, step: Step) -> None:
        """Write a step that was judged below the log, as the last thing that happened."""
        history = Leaves.of(self.history).adding(step)
        if self.places is None:
            self.log = history
        else:
            self.places = Leaves.of(self.places).adding((len(self.log), len(self.log)))
            self.log = Leaves.of(self.log).adding(step)
        self.history, self.written = history, max(self.written, _written(step))

    def correct(self, corrections: Sequence[Correction], *, seen: int) -> range:
        """Write corrections below the log, which may name its first `seen` records; where the history may be another.

        Raises `RefusedError` when one of them is not legal, or when the history would not be, and is as it was.
        """
        gone: set[int] = set()
        new: dict[int, Placed] = {}
        reasons = tuple(self._refusals(corrections, seen, gone, new))
        if reasons:
            raise RefusedError(self.letter.number, "correct", reasons, corrections[0])
        moved = [_when(self.history[index]) for index in gone] + [one.at for one in new.values()]
        begin = bisect_left(self.history, min(moved), key=_when) if moved else len(self.history)
        end = bisect_right(self.history, max(moved), key=_when) if moved else len(self.history)
        stay = (self.placed(index) for index in range(begin, end) if index not in gone)
        again = _Again(self, begin, end, sorted([*stay, *new.values()], key=itemgetter(0, 1)))
        before = Leaves.of(self.history)
        try:
            steps = walk(self.workflow, self.letter, again.rows(), after=before.upto(begin), above=None)
        except RefusedError as error:
            reasons = tuple(
                Refusal(reason.kind, f"then {error.trigger} would be refused: {reason}") for reason in error.refusals
            )
            raise RefusedError(self.letter.number, "correct", reasons, error.record) from None
        history = before.replacing(begin, again.end, steps)
        if not history:
            nothing = Refusal("wrong state", "then nothing would have happened to it; cancel the letter instead")
            raise RefusedError(self.letter.number, "correct", (nothing,))
        self.places = Leaves.of(self._all_places()).replacing(begin, again.end, again.places)
        log = Leaves.of(self.log)
        for correction in corrections:
            log = log.adding(correction)
        self.log, self.history = log, history
        self.written = max(self.written, *(since(each.recorded) for each in corrections))
        return range(begin, begin + len(steps))

    def _refusals(
        self, corrections: Sequence[Correction], seen: int, gone: set[int], new: dict[int, Placed]
    ) -> Iterator[Refusal]:
        """Why corrections are not legal by themselves; what they strike and put in gathers in `gone` and `new`."""
        if not self.log:
            yield Refusal("wrong state", "no receipt was entered that could be corrected")
        for no, correction in enumerate(corrections, len(self.log)):
            place = correction.corrects
            before = None
            if place is not None and place < seen:
                before = new.get(place) or self._standing(place, gone)
            if place is None and correction.instead is None:
                yield Refusal("no such step", "it names neither a step to correct nor one that was left out")
            elif place is not None and before is None:
                what = "was corrected already" if place in range(min(no, seen)) else "is not in it"
                every = sorted(self._stands(gone, new))
                stands = ", ".join([*map(str, every[:SHOWN]), *["…"] * (len(every) > SHOWN)])
                yield Refusal("no such step", f"record {place} of its log {what}; what stands are the records {stands}")
            else:
                if before is not None and new.pop(before.place, None) is None:
                    gone.add(self._index(before.place))
                if correction.instead is not None:
                    new[no] = _instead(no, correction.instead, correction.recorded, before)
            yield from _as_written(self.workflow, correction, self.written)

    def _standing(self, place: int, gone: set[int]) -> Placed | None:
        """What holds at a place of the log; None when nothing does, or no longer."""
        index = self._index(place)
        return None if index < 0 or index in gone else self.placed(index)

    def _index(self, place: int) -> int:
        """Which step of the history a record of the log tells; -1 when it tells none."""
        if not 0 <= place < len(self.log):
            return -1
        record = self.log[place]
        act = record.instead if isinstance(record, Correction) else record
        if act is None:
            return -1
        if self.places is None:
            return place
        at = _when(act)
        index = bisect_left(self.history, at, key=_when)
        while index < len(self.history) and self.places[index][0] != place:
            index = index + 1 if _when(self.history[index]) == at else len(self.history)
        return index if index < len(self.history) else -1

    def placed(self, index: int) -> Placed:
        """A step of the history and where it stands."""
        step = self.history[index]
        place, root = (index, index) if self.places is None else self.places[index]
        return Placed(since(step.at), root, place, row_of(step))

    def _all_places(self) -> Sequence[Place]:
        return [(n, n) for n in range(len(self.history))] if self.places is None else self.places

    def _stands(self, gone: set[int], new: Iterable[int]) -> set[int]:
        return {place for index, (place, _) in enumerate(self._all_places()) if index not in gone} | set(new)


def _as_written(workflow: Workflow, correction: Correction, above: timedelta) -> Iterator[Refusal]:
    """Why a correction could not be written so, whatever it corrects."""
    if not (correction.why or "").strip():
        yield Refusal("no reason given", "a correction says why; name the reason")
    if not (correction.by or "").strip():
        yield Refusal("nobody named", "a correction says by whom; name who makes it")
    lacking = infringement(workflow.may_correct, correction)
    if lacking is not None:
        yield Refusal(*lacking)
    at = correction.recorded if correction.instead is None else correction.instead.at
    yield from unwritable(correction.recorded, at, above)


def _instead(no: int, said: Act, recorded: datetime, before: Placed | None) -> Placed:
    """What a correction puts in: it takes the place, in the order of time, of what it corrects."""
    trigger, at, by, unit, _, role, note = whole(said) if before is None else whole(said, before.row)
    root = no if before is None else before.root
    return Placed(since(at), root, no, (trigger, at, by, unit, recorded, role, note))


class _Again:
    """The part of a history that has to be judged again: what was changed, and what follows in another state."""

    def __init__(self, told: Chronicle, begin: int, end: int, changed: Sequence[Placed]) -> None:
        self.told, self.changed = told, changed
        self.state = told.history[begin - 1].state if begin else told.workflow.nowhere
        self.end = end
        """From here on the history stays as it is."""
        self.places: list[Place] = []

    def rows(self) -> Iterator[Row]:
        for _, group in groupby(self.changed, itemgetter(0)):
            yield from self._in_order(tuple(group))
        history = self.told.history
        while self.end < len(history) and not self._as_before():
            at, begin = _when(history[self.end]), self.end
            while self.end < len(history) and _when(history[self.end]) == at:
                self.end += 1
            stamped = [self.told.placed(index) for index in range(begin, self.end)]
            yield from self._in_order(sorted(stamped, key=itemgetter(1)))

    def _as_before(self) -> bool:
        workflow = self.told.workflow
        before = self.told.history[self.end - 1].state if self.end else workflow.nowhere
        return self.state == before and not workflow.guarded

    def _in_order(self, group: Sequence[Placed]) -> Iterator[Row]:
        """Registers stamp minutes: of equal stamps, the first written that the table allows comes next."""
        table = self.told.workflow.table
        waiting: dict[str, deque[Placed]] = {}
        for one in group:
            waiting.setdefault(one.row[0], deque()).append(one)
        while waiting:
            fit = [trigger for trigger in waiting if (self.state, trigger) in table] or list(waiting)
            trigger = min(fit, key=lambda trigger: waiting[trigger][0].root)
            one = waiting[trigger].popleft()
            if not waiting[trigger]:
                del waiting[trigger]
            line = table.get((self.state, trigger))
            self.state = self.state if line is None else line.destination
            self.places.append((one.place, one.root))
            yield one.row
