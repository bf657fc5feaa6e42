"""Workflow: a process that opens and reads cases, and is drawn and driven from the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import fields, frozen

from docflow.letters import diagram, engine
from docflow.letters.case import Case, opened
from docflow.letters.entries import Entry
from docflow.letters.process import Process
from docflow.letters.soundness import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from transitions import Machine

    from docflow.letters.entries import Written
    from docflow.letters.letter import Letter
    from docflow.letters.rights import Actor

__all__ = ["Workflow"]


@frozen(cache_hash=True, repr=False)
class Workflow(Process):
    """A process as a literal table, checked once when it is defined.

    >>> from docflow import Transition
    >>> loan = Workflow("loan", initial="on the shelf", transitions=(
    ...     Transition("lend", "on the shelf", "lent"),
    ...     Transition("return", "lent", "on the shelf"),
    ... ))
    >>> loan.states, loan.allowed("lent"), loan.destinations("lent", "return")
    (('on the shelf', 'lent'), ('return',), ('on the shelf',))

    The first step of every case is its receipt, `opening`, into the state `initial`. In a state of `waiting` the clocks
    of a letter pause. In one of `final` its passage is over; when none is named, in those that nothing leads on from.
    Those of `cancelled` are final too: the letter was withdrawn. `may_open` and `may_correct` say who may receive and
    correct; when they are empty, anybody may. Its letters have the `attributes` that it declares, and no others.

    Raises `WorkflowError` when the table contradicts itself: two transitions share trigger and source and no guards can
    tell which is meant, a state cannot be reached, a state leads nowhere and is not final, no way leads on from it to a
    final one, a name is empty, or names would collide on a model of `transitions` (see `machine`).
    """

    def __attrs_post_init__(self) -> None:
        check(self)

    def open(
        self,
        letter: Letter,
        *,
        at: datetime,
        by: str | Actor | None = None,
        unit: str | None = None,
        recorded: datetime | None = None,
        note: str = "",
    ) -> Case:
        """Open a case: its first step is the letter's receipt. Raises `NaiveDatetimeError` and `RefusedError`."""
        entry = Entry.made_by(by, self.opening, at, unit=unit, recorded=recorded, note=note)
        return opened(self, letter, entry, by)

    def replay(self, letter: Letter, records: Iterable[Written]) -> Case:
        """The case that a register's entries tell, or the log of a case, looked up in the table without a machine.

        The first entry must be the receipt. Raises `RefusedError` at the first record that is not legal where it
        stands.
        """
        return Case(self, letter, records)

    def machine(self, model: object = None, **options: Any) -> Machine:  # noqa: ANN401 - the library's own options
        """A ready `transitions.Machine` of this table for a model of your own; see `docflow.letters.engine.machine`."""
        return engine.machine(self, model, **options)

    def mermaid(self, titles: Mapping[str, str] | None = None) -> str:
        """The table as a Mermaid state diagram; `titles` says what to write for a name."""
        return diagram.mermaid(self, titles or {})

    def dot(self, titles: Mapping[str, str] | None = None) -> str:
        """The table as a graph for Graphviz."""
        return diagram.dot(self, titles or {})

    def __reduce__(self) -> tuple[Callable[..., Workflow], tuple[object, ...]]:
        """A pickle of what was said of it; it is checked again when it is read, and guards travel by their names."""
        said = {one.name: getattr(self, one.name) for one in fields(Workflow) if one.init}
        return _workflow, ({name: value for name, value in said.items() if value != ()},)


def _workflow(said: dict[str, Any]) -> Workflow:
    return Workflow(**{"transitions": ()} | said)
