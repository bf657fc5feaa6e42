"""How a log becomes a history when something in it is corrected, or turns out to have been left out.

A log is what was written, in the order of writing; it only grows. A history is what happened, in order of time, as far
as is known. Until something is corrected, both are the same sequence.

After a correction, not all is judged again. What happened before it stays. What happened after it is judged again only
until the letter is in the same state as before: when a step at 10.00 is moved to 10.30, and the next is at 11.00, then
from 11.00 on nothing changes. Steps with equal stamps are judged together. Guards look at the whole history, so in a
workflow with guards all steps up to the end are judged again.

An amendment of the letter's own data judges nothing again, for each step was judged by what was known of the letter
when it was written. What a later correction judges again, it judges by what is known then.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, cast

from attrs import define

from docflow.errors import RefusedError
from docflow.instants import instant
from docflow.leaves import Leaves
from docflow.letters.amendments import Amendment, differences
from docflow.letters.attributes import faults
from docflow.letters.entries import Act, Correction, Entry, Refusal, Step, said
from docflow.letters.history import BEFORE, Judge
from docflow.letters.writing import as_written, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from docflow.letters.entries import Written
    from docflow.letters.history import Showing
    from docflow.letters.letter import Letter
    from docflow.letters.process import Process

__all__ = ["Chronicle", "Told"]

SHOWN: Final = 20
"""How many records a refusal names."""
Place: TypeAlias = "tuple[int, int]"
"""Of a step: its record's place in the log, and the place for which that stands among records of one stamp."""


class Placed(NamedTuple):
    """An act that holds, and where it stands."""

    at: int
    root: int
    place: int
    act: Act


class Told(NamedTuple):
    """What a log tells: the history, the places of its steps, and when the last record was written.

    The places are None while log and history are one.
    """

    history: Sequence[Step]
    places: Sequence[Place] | None
    above: int


def _when(step: Act) -> int:
    return instant(step.at)


@define
class Chronicle:
    """A log that records are added to, and the history so far. Its sequences are replaced, never changed."""

    process: Process
    letter: Letter
    showing: Showing
    log: Sequence[Written] = ()
    history: Sequence[Step] = ()
    places: Sequence[Place] | None = None
    above: int = BEFORE
    against: tuple[Refusal, ...] = ()
    """What speaks against whoever writes now, such as that he or she is no deputy then."""

    def write(self, records: Sequence[Written]) -> range:
        """Write acts, amendments, or the corrections of one moment, below the log; where the history may be another.

        Corrections may name those above them, for they may have been written one after the other. Raises
        `RefusedError` and is as it was.
        """
        first: Any = records[0] if records else None
        if isinstance(first, Correction):
            return self.correct(cast("Sequence[Correction]", records), seen=len(self.log) + len(records))
        if isinstance(first, Amendment):
            return self.amend(cast("Sequence[Amendment]", records))
        judge, begin = self.judge(), len(self.history)
        for act in cast("Sequence[Act]", records):
            judge.take(*said(act))
        if not self.log:
            self.log = self.history = tuple(judge.steps)
            self.above = judge.above if judge.above is not None else BEFORE
        else:
            for step in judge.steps:
                self.add(step)
        return range(begin, len(self.history))

    def told(self) -> Told:
        """What the log tells."""
        return Told(self.history, self.places, self.above)

    def judge(self) -> Judge:
        """Who judges what would be written next; before the receipt, the letter itself is judged too."""
        against = self.against if self.log else (*self.against, *faults(self.process.attributes, self.letter))
        return Judge(self.process, self.letter, self.showing, self.history, self.above, against=against)

    def add(self, step: Step) -> None:
        """Write a step that was judged below the log, as the last thing that happened."""
        history = Leaves.of(self.history).adding(step)
        if self.places is None:
            self.log = history
        else:
            self.places = Leaves.of(self.places).adding((len(self.log), len(self.log)))
            self.log = Leaves.of(self.log).adding(step)
        self.history, self.above = history, max(self.above, written(step))

    def correct(self, corrections: Sequence[Correction], *, seen: int) -> range:
        """Write corrections below the log, which may name its first `seen` records; where the history may be another.

        Raises `RefusedError` when one of them is not legal, or when the history would not be, and is as it was.
        """
        gone: dict[int, Placed] = {}
        new: dict[int, Placed] = {}
        reasons = (*self._refusals(corrections, seen, gone, new), *self.against)
        if reasons:
            raise RefusedError(self.letter.number, "correct", reasons, corrections[0])
        moved = [one.at for one in (*gone.values(), *new.values())]
        begin = bisect_left(self.history, min(moved), key=_when) if moved else len(self.history)
        end = bisect_right(self.history, max(moved), lo=begin, key=_when) if moved else len(self.history)
        stay = (self.placed(index) for index in range(begin, end) if index not in gone)
        before = Leaves.of(self.history)
        judge = Judge(self.process, self.letter, self.showing, before.upto(begin), above=None)
        try:
            end, places = self._again(judge, sorted([*stay, *new.values()], key=itemgetter(0, 1)), end)
        except RefusedError as error:
            order = _in_time(error.record, (judge.steps or before.upto(begin))[-1:])
            reasons = tuple(
                Refusal(
                    reason.kind,
                    f"then {error.trigger}{order * (reason.kind == 'wrong state')} would be refused: {reason}",
                )
                for reason in error.refusals
            )
            raise RefusedError(self.letter.number, "correct", reasons, error.record) from None
        history = before.replacing(begin, end, judge.steps)
        if not history:
            nothing = Refusal("wrong state", "then nothing would have happened to it; cancel the letter instead")
            raise RefusedError(self.letter.number, "correct", (nothing,))
        self._below(corrections, history, Leaves.of(self._all_places()).replacing(begin, end, places))
        return range(begin, begin + len(judge.steps))

    def amend(self, amendments: Sequence[Amendment]) -> range:
        """Write amendments below the log, one after the other; the history stays. Raises as `correct` does.

        No step is judged again: it was judged by what was known of the letter when it was written.
        """
        letter, above = self.letter, self.above
        for amendment in amendments:
            reasons = (*self._unamendable(amendment, letter, above), *self.against)
            if reasons:
                raise RefusedError(self.letter.number, "amend", reasons, amendment)
            letter, above = amendment.after, written(amendment)
        self.letter = letter
        self._below(amendments, self.history, Leaves.of(self._all_places()))
        return range(len(self.history), len(self.history))

    def _below(self, records: Iterable[Written], history: Sequence[Step], places: Sequence[Place]) -> None:
        log = Leaves.of(self.log)
        for record in records:
            log, self.above = log.adding(record), max(self.above, written(record))
        self.log, self.history, self.places = log, history, places

    def _unamendable(self, amendment: Amendment, letter: Letter, above: int) -> Iterator[Refusal]:
        if not self.log:
            yield Refusal("wrong state", "no receipt was entered of the letter that could be amended")
        if amendment.before != letter:
            other = ", ".join(differences(amendment.before, letter))
            yield Refusal(
                "not as known", f"it amends a letter that is known otherwise ({other}); amend what is known now"
            )
        if amendment.before == amendment.after:
            yield Refusal("nothing changed", "it says what is known already; name what is different")
        yield from faults(self.process.attributes, amendment.after)
        yield from as_written(self.process, amendment, above)

    def _again(self, judge: Judge, changed: Sequence[Placed], end: int) -> tuple[int, list[Place]]:
        """Judge again what was changed, and what follows in another state: up to where, and the places of the steps."""
        places = [place for _, stamped in groupby(changed, itemgetter(0)) for place in _in_order(judge, stamped)]
        while end < len(self.history) and (self.process.guarded or judge.state != self._state_before(end)):
            stamped = self._stamped(_when(self.history[end]), end)
            places += _in_order(judge, sorted(map(self.placed, stamped), key=itemgetter(1)))
            end = stamped.stop
        return end, places

    def _state_before(self, index: int) -> str:
        return self.history[index - 1].state if index else self.process.nowhere

    def _refusals(
        self, corrections: Sequence[Correction], seen: int, gone: dict[int, Placed], new: dict[int, Placed]
    ) -> Iterator[Refusal]:
        """Why corrections are not legal by themselves; what they strike and put in gathers in `gone` and `new`."""
        if not self.log:
            yield Refusal("wrong state", "no receipt was entered that could be corrected")
        for no, correction in enumerate(corrections, len(self.log)):
            place, before = correction.corrects, None
            if place is not None and place < seen:
                before = new.pop(place, None) or self._strike(place, gone)
            if place is None and correction.instead is None:
                yield Refusal("no such step", "it names neither a step to correct nor one that was left out")
            elif place is not None and before is None:
                what = "was corrected already" if place in range(min(no, seen)) else "is not in it"
                if place in range(len(self.log)) and isinstance(self.log[place], Amendment):
                    what = "amends the letter, as another amendment may"
                every = sorted(self._stands(gone, new))
                stands = ", ".join([*map(str, every[:SHOWN]), *["…"] * (len(every) > SHOWN)])
                yield Refusal("no such step", f"record {place} of its log {what}; what stands are the records {stands}")
            elif correction.instead is not None:
                new[no] = _instead(no, correction.instead, correction.recorded, before)
            yield from as_written(self.process, correction, self.above)

    def _strike(self, place: int, gone: dict[int, Placed]) -> Placed | None:
        """What held at a place of the log, and is gone now; None when nothing did, or no longer."""
        index = self._index(place)
        return None if index < 0 or index in gone else gone.setdefault(index, self.placed(index))

    def _index(self, place: int) -> int:
        """Which step of the history a record of the log tells; -1 when it tells none."""
        if not 0 <= place < len(self.log):
            return -1
        record = self.log[place]
        act = record.instead if isinstance(record, Correction) else record
        if not isinstance(act, Act):
            return -1
        if self.places is None:
            return place
        stamped = self._stamped(_when(act), bisect_left(self.history, _when(act), key=_when))
        return next((index for index in stamped if self.places[index][0] == place), -1)

    def _stamped(self, at: int, begin: int) -> range:
        """Where the steps of one stamp stand in the history, from the first of them on."""
        end = begin
        while end < len(self.history) and _when(self.history[end]) == at:
            end += 1
        return range(begin, end)

    def placed(self, index: int) -> Placed:
        """A step of the history and where it stands."""
        step = self.history[index]
        place, root = (index, index) if self.places is None else self.places[index]
        return Placed(instant(step.at), root, place, step)

    def _all_places(self) -> Sequence[Place]:
        return [(n, n) for n in range(len(self.history))] if self.places is None else self.places

    def _stands(self, gone: Iterable[int], new: Iterable[int]) -> set[int]:
        return {place for index, (place, _) in enumerate(self._all_places()) if index not in gone} | set(new)


def _instead(no: int, act: Act, recorded: datetime, before: Placed | None) -> Placed:
    """What a correction puts in: it takes the place, in the order of time, of what it corrects."""
    values = said(act) if before is None else said(act, before.act)
    now = Entry(*values[:4], recorded, *values[5:])
    return Placed(instant(now.at), no if before is None else before.root, no, now)


def _in_order(judge: Judge, stamped: Iterable[Placed]) -> Iterator[Place]:
    """Judge steps with equal stamps (registers stamp to the minute), in the order that the table allows.

    Of several that are allowed, the one that was written first comes first.
    """
    left = list(stamped)
    while left:
        onward = (one for one in left if (judge.state, one.act.trigger) in judge.process.table)
        one = next(onward, left[0])
        left.remove(one)
        judge.take(*said(one.act))
        yield one.place, one.root


def _in_time(act: Written | None, before: Sequence[Step]) -> str:
    """When an act would come, and after what: by the order of time, which a correction may change."""
    if not isinstance(act, Step | Entry):
        return ""
    after = f"after {before[-1].trigger} at {before[-1].at}" if before else "before all else"
    return f", at {act.at}, {after},"
