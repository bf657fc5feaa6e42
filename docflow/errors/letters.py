"""Errors about letters, their workflows and the registers that number them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docflow.errors.family import SentenceError

if TYPE_CHECKING:
    from collections.abc import Sequence


class LetterError(SentenceError, ValueError, says="{0.value!r} {0.problem}"):
    """Raised for a value that a letter, an actor or an entry cannot have.

    >>> from docflow import Right
    >>> Right("")
    Traceback (most recent call last):
    docflow.errors.LetterError: '' is no role and no unit, and nobody would have this right; say None for any
    """

    value: object
    problem: str


class WorkflowError(SentenceError, ValueError, says="workflow {0.workflow!r}: {0.problem}"):
    """Raised when the table of a workflow contradicts itself, as it is defined.

    >>> from docflow import Transition, Workflow
    >>> Workflow("loan", initial="asked", transitions=[Transition("lend", "asked", "lent")], final=["returned"])
    Traceback (most recent call last):
    docflow.errors.WorkflowError: workflow 'loan': 'returned' is final, but no line leads there; correct the name
    """

    workflow: str
    problem: str


class RefusedError(SentenceError):
    """Raised when a case refuses a step and stays as it was; `refusals` are the reasons, `record` what was refused.

    >>> from datetime import UTC, datetime
    >>> from docflow import Letter, Transition, Workflow
    >>> lines = [Transition("lend", "asked", "lent"), Transition("give_back", "lent", "returned")]
    >>> loan = Workflow("loan", initial="asked", transitions=lines, final=["returned"])
    >>> case = loan.open(Letter(number="12/2563"), at=datetime(2020, 1, 6, 9, tzinfo=UTC))
    >>> case.apply("give_back", at=datetime(2020, 1, 6, 10, tzinfo=UTC))
    Traceback (most recent call last):
    docflow.errors.RefusedError: cannot give_back 12/2563: it is asked; from here: lend
    """

    number: str
    trigger: str
    refusals: Sequence[Any]
    record: Any = None

    def __str__(self) -> str:
        return f"cannot {self.trigger} {self.number}: " + "; ".join(map(str, self.refusals))


class MigrationError(SentenceError):
    """Raised when letters cannot move to a new definition; none has moved. `stuck` lists `docflow.letters.Stuck`.

    >>> print(MigrationError("loan", 2, ["12/2563 (lend: the workflow has no step of that name)"]))
    nothing moved to version 2 of 'loan': it does not allow what happened to 12/2563 (lend: the workflow has no step \
of that name); allow these steps there, or move the letters as they stand, without their logs (case.as_of)
    """

    workflow: str
    version: object
    stuck: Sequence[Any]

    def __str__(self) -> str:
        problem = f"it does not allow what happened to {', '.join(map(str, self.stuck))}"
        way = "allow these steps there, or move the letters as they stand, without their logs (case.as_of)"
        return f"nothing moved to version {self.version} of {self.workflow!r}: {problem}; {way}"


class RegisterError(SentenceError, ValueError, says="{0.register}: {0.problem}"):
    """Raised when a register refuses what should be written; the register stays as it was.

    >>> from datetime import UTC, datetime
    >>> from docflow import Letter, Registry
    >>> registry, _ = Registry().receive(Letter(number=""), unit="GA", at=datetime(2020, 1, 6, 9, tzinfo=UTC))
    >>> try:
    ...     registry.receive(Letter(number=""), unit="GA", at=datetime(2020, 1, 6, 10, tzinfo=UTC), n=5)
    ... except RegisterError as error:
    ...     print(error.kind, "-", error)
    gap - receipt register of GA: 5/2563 would leave a gap; the next is 2/2563

    `kind` is one of "duplicate number", "void number", "reserved number", "gap", "no such number", "unreadable
    number", "no such recipient", "time runs backwards", "no reason given", "no name given", "not correctable",
    "drifted apart" and "nothing to do".
    """

    register: str
    kind: str
    problem: str
