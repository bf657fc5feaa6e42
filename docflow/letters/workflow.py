"""Workflow: the table of legal moves that could hang on the office wall. A missing entry is an illegal move."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias, TypeVar

from attrs import evolve, field, fields, frozen

from docflow.errors import WorkflowError, visible
from docflow.letters import diagram, engine
from docflow.letters.case import Case, case_of
from docflow.letters.rights import Right
from docflow.letters.soundness import check
from docflow.letters.steps import Entry, Refusal
from docflow.letters.values import BLANKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from transitions import Machine

    from docflow.letters.letter import Letter
    from docflow.letters.log import Record
    from docflow.letters.rights import Actor
    from docflow.letters.steps import Act, Step

T = TypeVar("T")

__all__ = ["Guard", "Transition", "Workflow", "from_each"]

Guard: TypeAlias = Callable[["Case", "Act"], "str | None"]
"""A plain function of the case before a step, and the step: the reason why not, or None to let it pass.

The log of the case that it sees is its history. Workflows are pickled with the names of their guards, so a guard of a
workflow that is sent must be a function that a module defines.
"""


def _several(given: Iterable[T], kind: type, example: str) -> tuple[T, ...]:
    """Several of a kind; text and one alone are slips that would go unnoticed until a letter meets them."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(f"{given!r} is not several; give a tuple, such as ({example},)")
    several = tuple(given)
    wrong = [one for one in several if not isinstance(one, kind)]
    if wrong:
        raise TypeError(f"{wrong[0]!r} is no {kind.__name__}; give such as {example}")
    return several


def _rights(given: Iterable[Right]) -> tuple[Right, ...]:
    return _several(given, Right, 'Right("registrar")')


def _guards(given: Iterable[Guard]) -> tuple[Guard, ...]:
    return _several(given, object, "has_a_subject")


def _lines(given: Iterable[Transition]) -> tuple[Transition, ...]:
    return _several(given, Transition, 'Transition("submit", "summarized", "submitted")')


def _name(given: str) -> str:
    """A name as plain text, without blanks around it: two that look alike would be two states.

    A member of a StrEnum is text to Python, and another thing to `transitions`.
    """
    if not isinstance(given, str):
        raise TypeError(f"{given!r} is no name; states and triggers are called by text")
    return str.__str__(given).strip(BLANKS)


def _names(given: Iterable[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        raise TypeError(f"{given!r} is one name; give several, such as ({given!r},)")
    return tuple(map(_name, given))


@frozen
class Transition:
    """One line of the table: what is done, from which state, into which, by whom, and unless what.

    Nobody in particular in `may` means anybody. `lifecycle` is the XES transition that event logs show, when it is
    not what follows from the states: "suspend" into a waiting state, "resume" out of it, "pi_abort" into a cancelled
    one, "complete" otherwise.
    """

    trigger: str = field(converter=_name)
    source: str = field(converter=_name)
    destination: str = field(converter=_name)
    may: tuple[Right, ...] = field(default=(), kw_only=True, converter=_rights)
    guards: tuple[Guard, ...] = field(default=(), kw_only=True, converter=_guards)
    lifecycle: str | None = field(default=None, kw_only=True)

    def __reduce__(self) -> tuple[Callable[..., Transition], tuple[object, ...]]:
        return _line, (self.trigger, self.source, self.destination, self.may, self.guards, self.lifecycle)

    @property
    def restricted(self) -> bool:
        """Whether it may refuse a letter that stands in its source."""
        return bool(self.may or self.guards)


def _line(trigger: str, source: str, destination: str, *rest: Any) -> Transition:  # noqa: ANN401 - its other fields
    may, guards, lifecycle = rest
    return Transition(trigger, source, destination, may=may, guards=guards, lifecycle=lifecycle)


def from_each(trigger: str, sources: Iterable[str], destination: str) -> tuple[Transition, ...]:
    """The lines of a step that leads from many states into one, such as cancelling.

    >>> [line.source for line in from_each("cancel", ("registered", "taken_over"), "cancelled")]
    ['registered', 'taken_over']
    """
    return tuple(Transition(trigger, source, destination) for source in sources)


@frozen(cache_hash=True, repr=False)
class Workflow:
    """A process as a literal table, checked once when it is defined.

    >>> loan = Workflow("loan", initial="on the shelf", transitions=(
    ...     Transition("lend", "on the shelf", "lent"),
    ...     Transition("return", "lent", "on the shelf"),
    ... ))
    >>> loan.states, loan.allowed("lent"), loan.destination("lent", "return")
    (('on the shelf', 'lent'), ('return',), 'on the shelf')

    The first step of every case is its receipt, `opening`, into the state `initial`. In a state of `waiting` the clocks
    of a letter pause. In one of `final` its passage is over; when none is named, in those that nothing leads on from.
    Those of `cancelled` are final too: the letter was withdrawn. `may_open` and `may_correct` say who may receive and
    correct; nobody in particular means anybody.

    Raises `WorkflowError` when the table contradicts itself: two transitions share trigger and source, a state cannot
    be reached, a state leads nowhere and is not final, no way leads on from it to a final one, a name is empty, or
    names would collide on a model of `transitions` (see `machine`).
    """

    nowhere: ClassVar[str] = "not received"
    """The state of a letter before its receipt; no state of a table can be called like it."""

    name: str = field(converter=_name)
    initial: str = field(kw_only=True, converter=_name)
    transitions: tuple[Transition, ...] = field(kw_only=True, converter=_lines)
    version: int | str = field(kw_only=True, default=1)
    opening: str = field(kw_only=True, default="receive", converter=_name)
    waiting: tuple[str, ...] = field(kw_only=True, default=(), converter=_names)
    final: tuple[str, ...] = field(kw_only=True, default=(), converter=_names)
    cancelled: tuple[str, ...] = field(kw_only=True, default=(), converter=_names)
    may_open: tuple[Right, ...] = field(kw_only=True, default=(), converter=_rights)
    may_correct: tuple[Right, ...] = field(kw_only=True, default=(), converter=_rights)
    moves: tuple[tuple[str, str, str], ...] = field(init=False, eq=False)
    """The bare table: trigger, source and destination of each line."""
    ends: tuple[str, ...] = field(init=False, eq=False)
    """The states in which a passage is over, in the table's order."""
    table: Mapping[tuple[str, str], Transition] = field(init=False, eq=False)
    """Every line by its source and trigger, the receipt among them."""
    guarded: bool = field(init=False, eq=False)
    """Whether a line has guards, which look at the history."""

    def __attrs_post_init__(self) -> None:
        moves = tuple((line.trigger, line.source, line.destination) for line in self.transitions)
        object.__setattr__(self, "moves", moves)
        object.__setattr__(self, "ends", check(self))
        object.__setattr__(self, "guarded", any(line.guards for line in self.transitions))
        opening = Transition(self.opening, self.nowhere, self.initial, may=self.may_open)
        table = {(line.source, line.trigger): line for line in (opening, *self.transitions)}
        object.__setattr__(self, "table", MappingProxyType(table))

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order in which the table first names them."""
        named = [self.initial, *(state for line in self.transitions for state in (line.source, line.destination))]
        return tuple(dict.fromkeys(named))

    @property
    def triggers(self) -> tuple[str, ...]:
        """Every trigger, the opening first, in the order in which the table first names them."""
        return tuple(dict.fromkeys([self.opening, *(line.trigger for line in self.transitions)]))

    def destination(self, state: str, trigger: str) -> str | None:
        """Where a trigger leads from a state; None when the table has no such move."""
        line = self.table.get((state, trigger))
        return None if line is None else line.destination

    def allowed(self, state: str) -> tuple[str, ...]:
        """The triggers that lead on from a state, in the table's order."""
        return tuple(trigger for source, trigger in self.table if source == state)

    def refusal(self, state: str, trigger: str) -> Refusal:
        """Why a trigger does not lead on from a state."""
        if trigger not in self.triggers:
            return Refusal("unknown trigger", f"the workflow {self.name!r} has no step of that name")
        onward = ", ".join(self.allowed(state)) or "nothing"
        return Refusal("wrong state", f"it is {state}; from here: {onward}")

    def lifecycle(self, source: str, trigger: str) -> str:
        """The XES lifecycle transition of a move, for event logs."""
        line = self.table[source, trigger]
        if line.lifecycle is not None:
            return line.lifecycle
        if line.destination in self.cancelled:
            return "pi_abort"
        if (line.destination in self.waiting) != (source in self.waiting):
            return "resume" if source in self.waiting else "suspend"
        return "complete"

    def permitting(
        self, rights: Mapping[str, Iterable[Right]], *, may_correct: Iterable[Right] | None = None
    ) -> Workflow:
        """The same table for an office in which not everybody may do everything: the rights of each trigger named.

        `may_correct` says who may correct what was written. What is not named stays as it is. Raises `WorkflowError`
        for a trigger that the table does not have.
        """
        unknown = [trigger for trigger in rights if trigger not in self.triggers]
        if unknown:
            raise WorkflowError(self.name, f"it has no trigger {', '.join(map(repr, unknown))}; grant what it has")
        lines = [evolve(line, may=rights.get(line.trigger, line.may)) for line in self.transitions]
        may_open = rights.get(self.opening, self.may_open)
        correctors = self.may_correct if may_correct is None else may_correct
        return evolve(self, transitions=lines, may_open=may_open, may_correct=correctors)

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
        return self.replay(letter, [Entry.made_by(by, self.opening, at, unit=unit, recorded=recorded, note=note)])

    def replay(self, letter: Letter, records: Iterable[Record]) -> Case:
        """The case that a register's entries tell, or the log of a case, looked up in the table without a machine.

        The first entry must be the receipt. Raises `RefusedError` at the first record that is not legal where it
        stands.
        """
        return Case(self, letter, tuple(records))

    def case_of(self, letter: Letter, history: Sequence[Step]) -> Case:
        """The case that a history tells, for guards to look at while a log is read."""
        return case_of(self, letter, history)

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

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self  # it never changes, so copying a case costs what its data cost

    def __repr__(self) -> str:
        lines = "; ".join(f"{line.trigger}: {line.source} → {line.destination}" for line in self.transitions)
        return visible(f"Workflow({self.name!r}, version={self.version!r}: {self.opening} → {self.initial}; {lines})")


def _workflow(said: dict[str, Any]) -> Workflow:
    return Workflow(**{"transitions": ()} | said)
