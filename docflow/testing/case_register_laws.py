"""CaseRegisterLaws: what must hold of a register and the cases of its letters; `RegisterLaws` are these and more."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from docflow.errors import RefusedError, RegisterError
from docflow.letters import ANSWER, Letter
from docflow.registry import CaseRegister
from docflow.testing.laws import TICK, law
from docflow.testing.letter_strategies import HOUR
from docflow.testing.note_laws import NoteLaws
from docflow.testing.register_strategies import end

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hypothesis.strategies import DataObject

    from docflow.registry import RegisterNumber

__all__ = ["CaseRegisterLaws"]

WHO: Final[dict[str, Any]] = {"by": "Somying", "why": "a slip"}
DONE: Final[dict[str, Callable[[CaseRegister, RegisterNumber, datetime], CaseRegister]]] = {
    "corrected": lambda there, number, at: there.correct(number, at=at, subject="A market", **WHO),
    "corrected again": lambda there, number, at: there.correct(number, at=at, subject="Two markets", **WHO),
    "remarked": lambda there, number, at: there.correct(number, at=at, remark="by hand", **WHO),
    "forwarded": lambda there, number, at: there.forward(number, unit="East", at=at)[0],
    "answered": lambda there, number, at: there.apply(number, "answer", at=at),
    "answered and written late": lambda there, number, at: there.apply(number, "answer", at=at, recorded=at + HOUR),
    "declared void": lambda there, number, at: there.void(number, at=at, trigger="release", **WHO),
    "declared void alone": lambda there, number, at: there.void(number, at=at, **WHO),
    "restored": lambda there, number, at: there.restore(number, at=at, **WHO),
    "received otherwise": lambda there, number, at: there.with_case(
        number, there[number].amend(recorded=at, subject="Another", **WHO)
    ),
}


class CaseRegisterLaws(NoteLaws):
    """The laws of a register with cases, which `RegisterLaws` inherits."""

    @law
    def test_a_register_and_its_cases_tell_one_letter(self, data: DataObject) -> None:
        """Whatever is done, line and case say the same, now and at any moment before."""
        registry = self._registry(data)
        at = end(registry)
        register, line = CaseRegister(registry).receive(
            Letter(number="", subject="A maket"), unit="North", at=at, workflow=ANSWER
        )
        moments = [at]
        for _ in range(data.draw(st.integers(1, 5), label="how much is done")):
            at += data.draw(st.sampled_from((TICK, HOUR)), label="later by")
            with suppress(RegisterError, RefusedError):
                register = DONE[data.draw(st.sampled_from(list(DONE)), label="done")](register, line.number, at)
            moments.append(at)
        for one in chain([register], map(register.as_recorded, moments)):
            assert one[line.number].letter == one.registry[line.number].letter
            numbers = one.registry.passage(line.number)
            assert one[line.number].is_final or any(each.line.void is None for each in numbers)
            assert CaseRegister(one.registry, one.cases) == one  # judged as a whole, and before step by step
