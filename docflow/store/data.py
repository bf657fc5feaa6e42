"""Every fact that a store keeps, as canonical JSON and back. It knows no database, and runs nothing that data names.

A fact is a line of a register, a note below it, a record of a case's log, a workflow, or a decision about days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docflow.errors import DocflowError, StoreError
from docflow.letters import Amendment, Correction, Entry, Step, Workflow
from docflow.registry import Corrected, Filled, Line, Linked, Restored, Tracked, Void
from docflow.safe import brief
from docflow.store.day_data import DECISIONS, HOLIDAY
from docflow.store.json_text import parsed, written
from docflow.store.letter_data import AMENDMENT, CORRECTION, ENTRY
from docflow.store.refusing import A_COPY, unreadable, unwritable
from docflow.store.register_data import CORRECTED, FILLED, LINE, LINKED, RESTORED, TRACKED, VOID
from docflow.store.workflow_data import WORKFLOW
from docflow.thai.table import Holiday

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.store.shapes import Shape, Tagged

__all__ = ["from_text", "kind_of", "same_workflow", "to_text"]

SHAPES: Final[Mapping[str, Shape | Tagged]] = {
    "line": LINE,
    "void": VOID,
    "restored": RESTORED,
    "corrected": CORRECTED,
    "linked": LINKED,
    "filled": FILLED,
    "tracked": TRACKED,
    "entry": ENTRY,
    "correction": CORRECTION,
    "amendment": AMENDMENT,
    "workflow": WORKFLOW,
    "decision": DECISIONS,
    "holiday": HOLIDAY,
}
KINDS: Final[Mapping[type[Any], str]] = {
    Line: "line",
    Void: "void",
    Restored: "restored",
    Corrected: "corrected",
    Linked: "linked",
    Filled: "filled",
    Tracked: "tracked",
    Entry: "entry",
    Step: "entry",
    Correction: "correction",
    Amendment: "amendment",
    Workflow: "workflow",
    **dict.fromkeys(DECISIONS.kinds, "decision"),
    Holiday: "holiday",
}
AMISS: Final = (
    ArithmeticError, AttributeError, DocflowError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What `json`, a constructor or a number of absurd size may raise."""


def kind_of(value: object) -> str:
    """What a fact is called in a store.

    >>> from datetime import date
    >>> from docflow import Closure
    >>> kind_of(Closure(date(2020, 3, 20), reason="flood", source="office order 15/2563"))
    'decision'

    Raises `StoreError` for what is no fact, also for a class that is derived of one's: what is read is of the class
    itself.
    """
    kind = KINDS.get(type(value))
    if kind is None:
        raise unwritable(f"a {type(value).__name__} is no fact; a store keeps those of the kinds {', '.join(SHAPES)}")
    return kind


def _told(error: Exception) -> str:
    """What an error says; the number that it repeats may be too long for Python to print."""
    try:
        return str(error)
    except AMISS:
        return type(error).__name__


def to_text(value: object) -> str:
    """A fact as canonical JSON: the same value always gives the same text.

    >>> from datetime import datetime
    >>> from docflow import Entry
    >>> ten = datetime.fromisoformat("2020-01-02T10:00+07:00")
    >>> to_text(Entry("hand_over", ten, "Somchai"))
    '{"at":"2020-01-02T10:00:00+07:00","by":"Somchai","trigger":"hand_over"}'

    What has its default is left out. An entry of a log says everything, and a step is written as an entry, for its
    state is judged again. Guards of a workflow and rules of one's own are code: of a guard the name is written, and
    such a rule is refused. Raises `StoreError` for these, for NUL and half surrogate pairs in a text, which databases
    and UTF-8 cannot hold, for a moment in a zone without a name, and for what is no fact.
    """
    kind = kind_of(value)
    try:
        return written(SHAPES[kind].write(value))
    except StoreError:
        raise
    except AMISS as error:
        raise unwritable(f"this {kind} cannot be kept as data: {_told(error)}; correct it") from error


def from_text(kind: str, text: str) -> Any:  # noqa: ANN401 - a fact of that kind
    """The fact that a text tells, made by its own constructor, which judges it again.

    >>> from_text("void", '{"at":"2020-01-02T10:00:00+07:00[Asia/Bangkok]","why":"written twice"}').why
    'written twice'
    >>> from_text("void", '{"at":"2020-01-02T10:00:00+07:00[Asia/Bangkok]","wy":"written twice"}')
    Traceback (most recent call last):
    docflow.errors.StoreError: a record: it has no field 'wy'; take the record from a copy of the store

    Moments are plain datetimes in a `ZoneInfo`, or in a `timezone` where only the offset is known. Raises `StoreError`
    for whatever else the text is: another kind, no JSON, a field too many, too few or of another type, a key that comes
    twice, and a workflow with guards, which are code.
    """
    shape = SHAPES.get(kind) if type(kind) is str else None
    if shape is None:
        called = brief(kind) if type(kind) is str else f"a {type(kind).__name__}"
        raise unreadable(f"{called} is no kind of record; choose {', '.join(SHAPES)}")
    try:
        data = parsed(text)
        if type(data) is not dict:
            raise unreadable(f"{brief(data)} is no {kind}; {A_COPY}")
        return shape.read(data)
    except StoreError:
        raise
    except AMISS as error:
        raise unreadable(f"its text tells no {kind}: {_told(error)}; {A_COPY}") from error


def same_workflow(workflow: Workflow, text: str) -> bool:
    """Whether a workflow is the one that a text tells, its guards compared by their names.

    >>> from docflow import Transition
    >>> loan = Workflow("loan", initial="lent", transitions=[Transition("return", "lent", "back")])
    >>> same_workflow(loan, to_text(loan)), same_workflow(loan, to_text(loan).replace("back", "here"))
    (True, False)

    Raises `StoreError` for a workflow that `to_text` refuses, and for a text that is no JSON.
    """
    try:
        stored = written(parsed(text))
    except StoreError:
        raise
    except AMISS as error:
        raise unreadable(f"its text tells no workflow: {_told(error)}; {A_COPY}") from error
    return to_text(workflow) == stored
