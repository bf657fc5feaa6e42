"""Workflow: the table of legal moves that could hang on the office wall. A missing entry is an illegal move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.errors import RefusedError, WorkflowError
from docflow.letters.case import Case, Entry, Refusal, Step, backwards

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.letters.letter import Letter

__all__ = ["Transition", "Workflow"]

NOWHERE: Final = "not received"


@frozen
class Transition:
    """One line of the table: what is done, from which state, into which."""

    trigger: str
    source: str
    destination: str


def _lines(transitions: Iterable[Transition]) -> tuple[Transition, ...]:
    return tuple(transitions)


@frozen(cache_hash=True)
class Workflow:
    """A process as a literal table, checked once when it is defined.

    >>> loan = Workflow("loan", initial="on the shelf", transitions=(
    ...     Transition("lend", "on the shelf", "lent"),
    ...     Transition("return", "lent", "on the shelf"),
    ... ))
    >>> loan.states, loan.allowed("lent"), loan.destination("lent", "return")
    (('on the shelf', 'lent'), ('return',), 'on the shelf')

    The first step of every case is its receipt, `opening`, into the state `initial`. Raises `WorkflowError` when
    two transitions share trigger and source, when a state cannot be reached, when a name is empty, and for a state
    called `*` or `=`, which `transitions` reads as "any state" and "the same state".
    """

    name: str
    initial: str = field(kw_only=True)
    transitions: tuple[Transition, ...] = field(kw_only=True, converter=_lines)
    opening: str = field(kw_only=True, default="receive")
    _table: dict[tuple[str, str], str] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        names = [self.name, self.initial, self.opening]
        names += [name for line in self.transitions for name in (line.trigger, line.source, line.destination)]
        if not all(names):
            raise WorkflowError(self.name, "a name in it is empty; name every state and trigger")
        if wild := {"*", "="} & set(self.states):
            raise WorkflowError(self.name, f"no state can be called {' or '.join(sorted(wild))}; write a line for each")
        table: dict[tuple[str, str], str] = {}
        for line in self.transitions:
            if line.trigger == self.opening:
                raise WorkflowError(self.name, f"{line.trigger!r} opens a case; name the transition otherwise")
            if (line.source, line.trigger) in table:
                raise WorkflowError(
                    self.name, f"{line.trigger!r} leads from {line.source!r} twice; keep one, or name them apart"
                )
            table[line.source, line.trigger] = line.destination
        object.__setattr__(self, "_table", table)
        unreachable = [state for state in self.states if state not in self._reachable()]
        if unreachable:
            raise WorkflowError(
                self.name,
                f"no way leads from {self.initial!r} to {', '.join(map(repr, unreachable))}; add one or drop it",
            )

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order in which the table first names them."""
        named = [self.initial, *(state for line in self.transitions for state in (line.source, line.destination))]
        return tuple(dict.fromkeys(named))

    def destination(self, state: str, trigger: str) -> str | None:
        """Where a trigger leads from a state; None when the table has no such move."""
        return self._table.get((state, trigger))

    def allowed(self, state: str) -> tuple[str, ...]:
        """The triggers that lead on from a state, in the table's order."""
        return tuple(line.trigger for line in self.transitions if line.source == state)

    def open(
        self,
        letter: Letter,
        *,
        at: datetime,
        by: str | None = None,
        unit: str | None = None,
        recorded: datetime | None = None,
    ) -> Case:
        """Open a case: its first step is the letter's receipt. Raises `NaiveDatetimeError`."""
        receipt = Entry(self.opening, at, by, unit, recorded)
        return Case(self, letter, (receipt.leading_to(self.initial),))

    def replay(self, letter: Letter, entries: Iterable[Entry]) -> Case:
        """The case that a register's entries tell, looked up in the table without a machine.

        The first entry must be the receipt. Raises `RefusedError` at the first entry that is not legal where it
        stands.
        """
        steps: list[Step] = []
        for entry in entries:
            if steps:
                here = steps[-1].state
                onward = self.destination(here, entry.trigger)
            else:
                here = NOWHERE
                onward = self.initial if entry.trigger == self.opening else None
            reasons = backwards(steps, entry)
            if onward is None:
                reasons.insert(0, self.refusal(here, entry.trigger))
            if onward is None or reasons:
                raise RefusedError(letter.number, entry.trigger, tuple(reasons))
            steps.append(entry.leading_to(onward))
        if not steps:
            raise RefusedError(letter.number, self.opening, (Refusal("wrong state", "no receipt was entered"),))
        return Case(self, letter, tuple(steps))

    def refusal(self, state: str, trigger: str) -> Refusal:
        """Why a trigger does not lead on from a state."""
        if trigger != self.opening and trigger not in {line.trigger for line in self.transitions}:
            return Refusal("unknown trigger", f"the workflow {self.name!r} has no step of that name")
        onward = self.opening if state == NOWHERE else ", ".join(self.allowed(state)) or "nothing"
        return Refusal("wrong state", f"it is {state}; from here: {onward}")

    def _reachable(self) -> set[str]:
        found, new = {self.initial}, {self.initial}
        while new:
            new = {line.destination for line in self.transitions if line.source in new} - found
            found |= new
        return found
