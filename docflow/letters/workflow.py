"""A process that opens and reads cases; machines and diagrams are made of the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import fields, frozen

from docflow.letters import diagram, engine
from docflow.letters.case import Case, case_of
from docflow.letters.deputies import unappointed
from docflow.letters.entries import Entry
from docflow.letters.letter import Letter
from docflow.letters.log import Chronicle
from docflow.letters.process import Process
from docflow.letters.soundness import check
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from transitions import Machine

    from docflow.letters.entries import Written
    from docflow.letters.rights import Actor

__all__ = ["Workflow"]


@frozen(cache_hash=True, repr=False)
class Workflow(Process):
    """A workflow written as a table: the states of a letter, and the steps that lead from one to another.

    >>> from docflow import Transition
    >>> loan = Workflow("loan", initial="on the shelf", transitions=(
    ...     Transition("lend", "on the shelf", "lent"),
    ...     Transition("return", "lent", "on the shelf"),
    ... ))
    >>> loan.states, loan.allowed("lent"), loan.destinations("lent", "return")
    (('on the shelf', 'lent'), ('return',), ('on the shelf',))

    The first step of every case is its receipt, `opening`, into the state `initial`. In a state of `waiting` the clocks
    of a letter pause. In one of `final` its passage is over; when none is named, in those from which no step leads on.
    Those of `cancelled` are final too: the letter was withdrawn. `may_open` and `may_correct` say who may receive and
    correct; when they are empty, anybody may. Its letters have the `attributes` that it declares, and no others.
    `version` tells one definition from the next (`migrate`).

    It is checked once, when it is made. Raises `WorkflowError` when the table contradicts itself: two transitions share
    trigger and source and no guards can tell which is meant, a state cannot be reached, a state leads nowhere and is
    not final, no way leads on from it to a final one, a name is empty, or names would collide on a model of
    `transitions` (see `machine`); and `TypeError` for one name or line alone where several are wanted.
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
        """Open the case of a letter; its first step is the letter's receipt.

        Raises `RefusedError` with every reason, among them attributes that the workflow does not declare;
        `NaiveDatetimeError` and `NotAMomentError`; and `TypeError` for what is no letter.
        """
        entry = Entry.made_by(by, self.opening, at, unit=unit, recorded=recorded, note=note)
        expect(letter, Letter, "letter", 'such as Letter(number="1/2563")')
        chronicle = Chronicle(self, letter, case_of, against=tuple(unappointed(by, at)))
        chronicle.write((entry,))
        return case_of(self, letter, chronicle.history)

    def replay(self, letter: Letter, records: Iterable[Written]) -> Case:
        """The case of a letter of which a register, or the log of another case, says what was done.

        >>> from datetime import datetime, timezone
        >>> from docflow import Entry, Letter
        >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
        >>> nine, ten = (datetime(2019, 10, 1, hour, tzinfo=timezone.utc) for hour in (9, 10))
        >>> entries = [Entry("receive", nine), Entry("hand_over", ten, by="Somchai")]
        >>> INCOMING_EXTERNAL_LETTER.replay(Letter(number="8395/2562"), entries)
        <Case 8395/2562 'taken_over', 2 steps>

        The first entry must be the receipt. Raises `RefusedError` at the first record that is not legal where it
        stands, and `TypeError` for what is no record.
        """
        return Case(self, letter, records)

    def machine(self, model: object = None, **options: Any) -> Machine:  # noqa: ANN401 - the library's own options
        """A ready `transitions.Machine` of this table, for a model of your own or for several in a list.

        >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
        >>> class Desk:
        ...     pass
        >>> desk = Desk()
        >>> machine = INCOMING_EXTERNAL_LETTER.machine(desk)
        >>> desk.hand_over(), desk.state, desk.may_submit()
        (True, 'taken_over', False)

        `options` are those of the package: callbacks, `queued`, `send_event`, `model_attribute`,
        `ignore_invalid_triggers`; and `cls` is any of its machine classes. Only what the table says cannot be said
        again. Rights and guards become conditions: call a trigger with `by=`, `unit=`, `at=` and `note=` as
        `Case.apply` is, and guards see the model in the case's place; what they refuse, the trigger answers with False,
        and `may_...` says so before. A deputy's period is asked with them, so a line that asks for no right and has no
        guard takes a deputy at any time. The triggers `to_...`, which lead from any state into another, are not made.

        Raises `WorkflowError` for a model that has a method or attribute of a name that would be installed on it, for
        one that takes no new attributes, for two that are equal (the library binds one of them), and for states whose
        names a hierarchical machine would take apart. With `model_override=True` the library replaces methods that a
        model declares, and installs no others. Models that are added later are not looked at, and a hierarchical
        machine installs its any-to-any move `to` on them.
        """
        return engine.machine(self, model, **options)

    def mermaid(self, titles: Mapping[str, str] | None = None) -> str:
        """The table as the text of a Mermaid state diagram; `titles` says what to write for a name.

        >>> from docflow import Transition
        >>> loan = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back")])
        >>> print(loan.mermaid({"out": "Ausgeliehen"}))
        stateDiagram-v2
            [*] --> s0: receive
            state "Ausgeliehen" as s0
            state "back" as s1
            s0 --> s1: return
            s1 --> [*]
        <BLANKLINE>
        """
        return diagram.mermaid(self, titles or {})

    def dot(self, titles: Mapping[str, str] | None = None) -> str:
        """The table as a graph in Graphviz' DOT language; `titles` as for `mermaid`."""
        return diagram.dot(self, titles or {})

    def __reduce__(self) -> tuple[Callable[..., Workflow], tuple[object, ...]]:
        """A pickle of what was said of it; it is checked again when it is read, and guards travel by their names."""
        said = {one.name: getattr(self, one.name) for one in fields(Workflow) if one.init}
        return _workflow, ({name: value for name, value in said.items() if value != ()},)


def _workflow(said: dict[str, Any]) -> Workflow:
    return Workflow(**{"transitions": ()} | said)
