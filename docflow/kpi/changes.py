"""Changes: the records that a second result counts otherwise than the first, and the difference that they make."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.kpi.records import Record
from docflow.letters import Case
from docflow.safe import visible
from docflow.text import number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from docflow.kpi.observation import Observation
    from docflow.letters import Amendment, Correction

__all__ = ["Change", "Difference"]

DASH: Final = "–"
MANY: Final = 20
"""Of more changes than this, printing tells how many there are of each kind, and the first ones."""


@frozen(repr=False)
class Change:
    """A record whose bin, month, due moment, time or value is another one in the second result, and why.

    >>> from docflow.kpi import differences
    >>> from datetime import datetime
    >>> from docflow import Duration, Event, Hours, Record, reached
    >>> from docflow.bangkok import office_clock
    >>> monday = datetime.fromisoformat("2020-01-06T09:00+07:00")
    >>> answering = Duration("answering", start=reached("came"), stop=reached("answered")).within(Hours(2))
    >>> letters, clock = [Record("1/2563", [Event("came", monday)])], office_clock()
    >>> ten, noon = (answering.read(letters, clock, as_of=monday.replace(hour=hour)) for hour in (10, 12))
    >>> change = differences(ten, noon).changes[0]
    >>> change.number, change.before.bin.value, change.after.bin.value, change.because
    ('1/2563', 'running', 'late', ('of the moment',))
    """

    number: str
    before: Observation | None
    after: Observation | None
    because: tuple[str, ...]
    nth: int = 1
    """Which of its occurrences moved, where every one is measured."""
    corrections: tuple[Correction | Amendment, ...] = ()
    """What was corrected of a case between the two results, by whom and why, where that is a cause."""

    def __str__(self) -> str:
        """What moved and why; below it a line for each correction."""
        return "\n".join([self._brief(), *(f"  {self._corrected(one)}" for one in self.corrections)])

    def _brief(self) -> str:
        which = "" if self.nth == 1 else f", occurrence {self.nth}"
        moved = f"{_said(self.before)} → {_said(self.after)}"
        return visible(f"{self.number}{which}: {moved}, because {' and '.join(self.because)}")

    def _corrected(self, one: Correction | Amendment) -> str:
        record = None if self.after is None else self.after.record
        known = "" if isinstance(record, Case) and one in record.log else ", not known to the second"
        return visible(f"written {one.recorded:%Y-%m-%d %H:%M}{known}: {one}")

    @property
    def move(self) -> str:
        """From which bin it moved to which, and why, without the particulars: what such changes are counted by."""
        lies = [DASH if seen is None else str(seen.bin) for seen in (self.before, self.after)]
        return f"{' → '.join(lies)}, because {' and '.join(self.because)}"

    def __repr__(self) -> str:
        return f"<Change {self._brief()}>"


@frozen(repr=False)
class Difference:
    """What changed between two results: the values, the records one by one, and what the two were read with.

    `differences` of results makes it, and `Outcome.difference`.

    >>> from docflow.kpi import differences
    >>> from docflow import Duration, reached
    >>> from docflow.bangkok import office_clock
    >>> answering = Duration("answering", start=reached("came"), stop=reached("answered"))
    >>> nothing = answering.read([], office_clock())
    >>> differences(nothing, nothing).changes
    ()
    """

    before: Fraction | None
    after: Fraction | None
    contexts: tuple[str, ...]
    """What the second was read with that the first was not."""
    changes: tuple[Change, ...]
    beside: tuple[tuple[str, Difference], ...] = ()
    """The differences of the indicator's parts that are shown beside it, by number."""
    idle: tuple[str, ...] = ()
    """Those of `contexts` that have no part in any change."""

    @classmethod
    def joined(
        cls, before: Fraction | None, after: Fraction | None, parts: Iterable[tuple[str, Difference]]
    ) -> Difference:
        """The difference of a mean of parts, from those of the parts."""
        parts = tuple(parts)
        contexts = dict.fromkeys(context for _, part in parts for context in part.contexts)
        moving = {context for _, part in parts for context in part.contexts if context not in part.idle}
        idle = tuple(context for context in contexts if context not in moving)
        changes = tuple(change for _, part in parts for change in part.changes)
        return cls(before, after, tuple(contexts), changes, parts, idle)

    @property
    def moves(self) -> dict[str, int]:
        """How many records moved from which bin to which, and why: the most frequent first.

        >>> from datetime import datetime
        >>> from docflow import Duration, Event, Record, WorkingDays, reached
        >>> from docflow.bangkok import office_clock
        >>> from docflow.kpi import differences
        >>> monday = datetime.fromisoformat("2020-01-06T09:00+07:00")
        >>> promise = Duration("answering", start=reached("came"), stop=reached("answered")).within(WorkingDays(3))
        >>> letters = [Record(f"{n}/2563", [Event("came", monday)]) for n in (1, 2)]
        >>> early, late = (promise.read(letters, office_clock(), as_of=monday.replace(day=day)) for day in (7, 10))
        >>> differences(early, late).moves
        {'running → late, because of the moment': 2}
        """
        moves = Counter(change.move for change in self.changes)
        return dict(moves.most_common())

    def __str__(self) -> str:
        told = {id(change) for _, part in self.beside for change in part.changes}  # below, with the part they belong to
        changes = [change for change in self.changes if id(change) not in told]
        own = list(map(str, changes[:MANY]))
        if len(changes) > MANY:
            moves = Counter(change.move for change in changes).most_common()
            own = [visible(f"{n:,} × {move}") for move, n in moves] + own
            own.append(f"… and {len(changes) - MANY:,} more: all are in its changes")
        without = ", which moved nothing"
        read = (f"read {context}{without if context in self.idle else ''}" for context in self.contexts)
        changed = [*map(visible, read), *own]
        beside = [
            f"{visible(called)}: {part}" for called, part in self.beside if part.before != part.after or part.changes
        ]
        return "\n".join([f"{number(self.before)} → {number(self.after)}", *changed, *beside])

    def __repr__(self) -> str:
        changes = len(self.changes)
        return f"<Difference {number(self.before)} → {number(self.after)}, {changes} change{'s' * (changes != 1)}>"


def _said(seen: Observation | None) -> str:
    if seen is None:
        return DASH
    due = ""
    if seen.due_at is not None and seen.clock is not None:  # by the clock on the office's wall
        due = f", due {seen.clock.datetime_of(seen.due_at):%Y-%m-%d %H:%M}"
    took = "" if seen.elapsed is None else f", {seen.elapsed}"
    why = f" ({seen.reason})" if seen.reason is not None else ""
    value = seen.record.value if isinstance(seen.record, Record) else None
    return f"{seen.bin}{why}{due}{took}{f', {number(value.amount)}' if value is not None else ''}"
