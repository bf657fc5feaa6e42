"""Workflow: the table of legal moves that could hang on the office wall. A missing entry is an illegal move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import WorkflowError
from docflow.letters.case import Case, Entry, open_case, replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from docflow.letters.letter import Letter

__all__ = ["Transition", "Workflow"]


@frozen
class Transition:
    """One line of the table: what is done, from which state, into which."""

    trigger: str
    source: str
    destination: str


@frozen(cache_hash=True)
class Workflow:
    """A process as a literal table, checked once when it is defined.

    >>> loan = Workflow("loan", initial="on the shelf", transitions=(
    ...     Transition("lend", "on the shelf", "lent"),
    ...     Transition("return", "lent", "on the shelf"),
    ... ))
    >>> loan.states, loan.allowed("lent")
    (('on the shelf', 'lent'), ('return',))

    The first step of every case is its receipt, `opening`, into the state `initial`. Raises `WorkflowError` when
    two transitions share trigger and source, when a state cannot be reached, and when a name is empty.
    """

    name: str
    initial: str = field(kw_only=True)
    transitions: tuple[Transition, ...] = field(kw_only=True)
    opening: str = field(kw_only=True, default="receive")
    table: Mapping[tuple[str, str], str] = field(init=False, eq=False, repr=False)
    """(state, trigger) → state: the one truth that replay looks up and the engine is built from."""

    def __attrs_post_init__(self) -> None:
        table: dict[tuple[str, str], str] = {}
        for line in self.transitions:
            if not (line.trigger and line.source and line.destination):
                raise WorkflowError(self.name, f"{line} has an empty name; name its trigger, source and destination")
            if line.trigger == self.opening:
                raise WorkflowError(self.name, f"{line.trigger!r} opens a case; name the transition otherwise")
            if (line.source, line.trigger) in table:
                raise WorkflowError(
                    self.name, f"{line.trigger!r} leads from {line.source!r} twice; keep one, or name them apart"
                )
            table[line.source, line.trigger] = line.destination
        object.__setattr__(self, "table", table)
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
        return open_case(self, letter, Entry(self.opening, at, by, unit, recorded))

    def replay(self, letter: Letter, entries: Iterable[Entry]) -> Case:
        """The case that a register's entries tell, looked up in the table without a machine.

        The first entry must be the receipt. Raises `RefusedError` at the first entry that is not legal where it
        stands, and `NaiveDatetimeError`.
        """
        return replay(self, letter, entries)

    def _reachable(self) -> set[str]:
        found, new = {self.initial}, {self.initial}
        while new:
            new = {line.destination for line in self.transitions if line.source in new} - found
            found |= new
        return found
