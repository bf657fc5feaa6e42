"""The table of legal moves, and what is looked up in it. A move that is not in the table is refused.

A trigger may lead from one state into several, when each of its lines has guards: they say which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias, TypeVar

from attrs import evolve, field, frozen

from docflow.errors import WorkflowError
from docflow.letters.attributes import Attribute
from docflow.letters.entries import Act, Refusal
from docflow.letters.letter import BLANKS
from docflow.letters.rights import Right
from docflow.safe import brief, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

__all__ = ["Guard", "Process", "Transition", "from_each", "names", "several"]

Guard: TypeAlias = Callable[[Any, Act], "str | None"]
"""A function that is given the `Case` before a step, and the step; it returns why not, or None to let it pass.

The log of the case that it sees is its history. Workflows are pickled with the names of their guards, so a guard of a
workflow that is pickled must be a function that a module defines.
"""


def several(given: Iterable[T], kind: type, example: str) -> tuple[T, ...]:
    """Several of a kind, as a tuple. Raises `TypeError` for one alone and for text, which Python would take apart."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(f"{brief(given)} is not several; give a tuple, such as ({example},)")
    several = tuple(given)
    wrong = [one for one in several if not isinstance(one, kind)]
    if wrong:
        raise TypeError(f"{brief(wrong[0])} is no {kind.__name__}; give such as {example}")
    return several


def _rights(given: Iterable[Right]) -> tuple[Right, ...]:
    return several(given, Right, 'Right("registrar")')


def _attributes(given: Iterable[Attribute]) -> tuple[Attribute, ...]:
    return several(given, Attribute, 'Attribute("pages", int)')


def _guards(given: Iterable[Guard]) -> tuple[Guard, ...]:
    return several(given, object, "has_a_subject")


def _lines(given: Iterable[Transition]) -> tuple[Transition, ...]:
    return several(given, Transition, 'Transition("submit", "summarized", "submitted")')


def _name(given: str) -> str:
    """A name as plain text, without blanks around it; else "lent" and "lent " would be two states.

    A member of a StrEnum becomes plain text too, because `transitions` does not take it for a name.
    """
    if not isinstance(given, str):
        raise TypeError(f"{given!r} is no name; states and triggers are called by text")
    return str.__str__(given).strip(BLANKS)


def names(given: Iterable[str]) -> tuple[str, ...]:
    """Several names, as a tuple. Raises `TypeError` for one alone, whose letters would be names to Python."""
    if isinstance(given, str):
        raise TypeError(f"{given!r} is one name; give several, such as ({given!r},)")
    return tuple(map(_name, given))


@frozen
class Transition:
    """One line of a workflow's table: a trigger leads from one state into another.

    >>> from docflow import Right
    >>> lend = Transition("lend", "on the shelf", "lent", may=[Right("librarian")])
    >>> lend.source, lend.destination
    ('on the shelf', 'lent')

    Raises `TypeError` for a name that is no text, and for what is no right. What contradicts the rest of the table is
    refused where the `Workflow` is made.
    """

    trigger: str = field(converter=_name)
    """The name of the step, by which `Case.apply` takes it."""
    source: str = field(converter=_name)
    destination: str = field(converter=_name)
    may: tuple[Right, ...] = field(default=(), kw_only=True, converter=_rights)
    """Who may take the step: whoever has one of these rights, or anybody when there are none."""
    guards: tuple[Guard, ...] = field(default=(), kw_only=True, converter=_guards)
    """Functions that may refuse the step; see `Guard`."""
    lifecycle: str | None = field(default=None, kw_only=True)
    """The XES lifecycle transition that event logs show.

    None is what follows from the states: "suspend" into a waiting state, "resume" out of it, "pi_abort" into a
    cancelled one, "complete" otherwise.
    """
    restricted: bool = field(init=False, eq=False, repr=False)
    """Whether it may refuse a letter that stands in its source."""

    @restricted.default
    def _restricted(self) -> bool:
        return bool(self.may or self.guards)

    def __reduce__(self) -> tuple[Callable[..., Transition], tuple[object, ...]]:
        return _line, (self.trigger, self.source, self.destination, self.may, self.guards, self.lifecycle)


def _line(trigger: str, source: str, destination: str, *rest: Any) -> Transition:  # noqa: ANN401 - its other fields
    may, guards, lifecycle = rest
    return Transition(trigger, source, destination, may=may, guards=guards, lifecycle=lifecycle)


def from_each(trigger: str, sources: Iterable[str], destination: str) -> tuple[Transition, ...]:
    """The lines of a step that leads from several states into one, such as cancelling.

    >>> [line.source for line in from_each("cancel", ("registered", "taken_over"), "cancelled")]
    ['registered', 'taken_over']

    Put them into a workflow's table with `*from_each(...)`. Raises `TypeError` for one source alone.
    """
    return tuple(Transition(trigger, source, destination) for source in names(sources))


@frozen(cache_hash=True, repr=False)
class Process:
    """The table of a workflow, and what is looked up in it; a `Workflow` is a process that also makes cases.

    It is the type of `case.workflow`, and of what takes any table, such as `migrate` and `replay_events`:

    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> def ways(process: Process, state: str) -> tuple[str, ...]:
    ...     return process.allowed(state)
    >>> ways(INCOMING_EXTERNAL_LETTER, "registered")
    ('hand_over', 'cancel')

    To write one, make a `Workflow`: a process by itself is not checked. Raises `TypeError` for what is no
    name, and for one name or line alone where several are wanted.
    """

    nowhere: ClassVar[str] = "not received"
    """The state of a letter before its receipt; no state of a table can be called like it."""

    name: str = field(converter=_name)
    initial: str = field(kw_only=True, converter=_name)
    transitions: tuple[Transition, ...] = field(kw_only=True, converter=_lines)
    version: int | str = field(kw_only=True, default=1)
    opening: str = field(kw_only=True, default="receive", converter=_name)
    waiting: tuple[str, ...] = field(kw_only=True, default=(), converter=names)
    final: tuple[str, ...] = field(kw_only=True, default=(), converter=names)
    cancelled: tuple[str, ...] = field(kw_only=True, default=(), converter=names)
    may_open: tuple[Right, ...] = field(kw_only=True, default=(), converter=_rights)
    may_correct: tuple[Right, ...] = field(kw_only=True, default=(), converter=_rights)
    attributes: tuple[Attribute, ...] = field(kw_only=True, default=(), converter=_attributes)
    """Which attributes its letters may have, beside the fields of every letter."""
    moves: tuple[tuple[str, str, str], ...] = field(init=False, eq=False)
    """The bare table: trigger, source and destination of each line."""
    ends: tuple[str, ...] = field(init=False, eq=False)
    """The states in which a passage is over, in the table's order."""
    table: Mapping[tuple[str, str], tuple[Transition, ...]] = field(init=False, eq=False)
    """The lines of each source and trigger, the receipt among them: one, or several with a destination each."""
    guarded: bool = field(init=False, eq=False)
    """Whether a line has guards, which look at the history."""

    @moves.default
    def _moves(self) -> tuple[tuple[str, str, str], ...]:
        return tuple((line.trigger, line.source, line.destination) for line in self.transitions)

    @ends.default
    def _ends(self) -> tuple[str, ...]:
        over = {*(self.final or self.dead_ends), *self.cancelled}
        return tuple(state for state in self.states if state in over)

    @table.default
    def _table(self) -> Mapping[tuple[str, str], tuple[Transition, ...]]:
        table: dict[tuple[str, str], tuple[Transition, ...]] = {}
        opening = Transition(self.opening, self.nowhere, self.initial, may=self.may_open)
        for line in (opening, *self.transitions):
            table[line.source, line.trigger] = (*table.get((line.source, line.trigger), ()), line)
        return MappingProxyType(table)

    @guarded.default
    def _guarded(self) -> bool:
        return any(line.guards for line in self.transitions)

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order in which the table first names them."""
        named = [self.initial, *(state for line in self.transitions for state in (line.source, line.destination))]
        return tuple(dict.fromkeys(named))

    @property
    def dead_ends(self) -> tuple[str, ...]:
        """The states from which no step leads on."""
        sources = {line.source for line in self.transitions}
        return tuple(state for state in self.states if state not in sources)

    @property
    def triggers(self) -> tuple[str, ...]:
        """Every trigger, the opening first, in the order in which the table first names them."""
        return tuple(dict.fromkeys([self.opening, *(line.trigger for line in self.transitions)]))

    def destinations(self, state: str, trigger: str) -> tuple[str, ...]:
        """Where a trigger leads from a state: to one, or by guards to one of several; to none when it does not."""
        return tuple(line.destination for line in self.table.get((state, trigger), ()))

    def allowed(self, state: str) -> tuple[str, ...]:
        """The triggers that lead on from a state, in the table's order.

        Raises `WorkflowError` for a state that the table does not have.
        """
        onward = tuple(trigger for source, trigger in self.table if source == state)
        if not onward and state not in self.states:
            raise WorkflowError(self.name, f"it has no state {state!r}; it has {', '.join(self.states)}")
        return onward

    def refusal(self, state: str, trigger: str) -> Refusal:
        """Why a trigger that does not lead on from a state is refused there, with the triggers that do."""
        way = f"it is {state}; from here: {', '.join(self.allowed(state)) or 'nothing'}"
        if trigger not in self.triggers:
            near = get_close_matches(str(trigger), self.triggers, n=1)
            meant = f"did you mean {near[0]!r}? " if near else ""
            return Refusal("unknown trigger", f"the workflow {self.name!r} has no step of that name; {meant}{way}")
        return Refusal("wrong state", way)

    def lifecycle(self, source: str, trigger: str, destination: str | None = None) -> str:
        """The XES lifecycle transition of a move, for event logs; name the destination where there are several.

        Raises `WorkflowError` for no move of the table, and where several could be meant. Source: IEEE 1849, the
        standard lifecycle model.
        """
        lines = self.table.get((source, trigger), ())
        meant = [line for line in lines if destination in {None, line.destination}]
        if len(meant) != 1:
            leads = " or ".join(repr(line.destination) for line in lines)
            problem = (
                f"leads from {source!r} to {leads}; name the one that is meant"
                if leads
                else (f"does not lead from {source!r}; name a move of the table")
            )
            raise WorkflowError(self.name, f"{trigger!r} {problem}")
        line = meant[0]
        if line.lifecycle is not None:
            return line.lifecycle
        if line.destination in self.cancelled:
            return "pi_abort"
        if (line.destination in self.waiting) != (source in self.waiting):
            return "resume" if source in self.waiting else "suspend"
        return "complete"

    def permitting(self, rights: Mapping[str, Iterable[Right]], *, may_correct: Iterable[Right] | None = None) -> Self:
        """The same workflow with rights: for each trigger that is named, who may take it.

        >>> from docflow import Right
        >>> from docflow.bangkok import FIELD_VISIT
        >>> strict = FIELD_VISIT.permitting({"close": [Right("director")]}, may_correct=[Right("registrar")])
        >>> [str(right) for line in strict.transitions if line.trigger == "close" for right in line.may]
        ['director', 'director']

        `may_correct` says who may correct what was written. What is not named stays as it is. Raises `WorkflowError`
        for a trigger that the table does not have, and `TypeError` for what is no right.
        """
        unknown = [trigger for trigger in rights if trigger not in self.triggers]
        if unknown:
            raise WorkflowError(self.name, f"it has no trigger {', '.join(map(repr, unknown))}; grant what it has")
        lines = [evolve(line, may=rights.get(line.trigger, line.may)) for line in self.transitions]
        may_open = rights.get(self.opening, self.may_open)
        correctors = self.may_correct if may_correct is None else may_correct
        return evolve(self, transitions=lines, may_open=may_open, may_correct=correctors)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self  # it never changes, so copying a case costs what its data cost

    def __str__(self) -> str:
        lines = "; ".join(f"{line.trigger}: {line.source} → {line.destination}" for line in self.transitions)
        return visible(f"{self.name}, version {self.version}: {self.opening} → {self.initial}; {lines}")

    def __repr__(self) -> str:
        size = f"states {len(self.states)}, transitions {len(self.transitions)}"
        return visible(f"<{type(self).__name__} {self.name!r}, version {self.version!r}: {size}>")
