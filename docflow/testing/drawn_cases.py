"""The cases that the laws of letters are tried on: of a workflow and a letter, each given or drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from docflow.letters import Case, Letter, Workflow
from docflow.testing.laws import drawn
from docflow.testing.letter_data_strategies import LETTER
from docflow.testing.letter_strategies import cases

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

__all__ = ["DrawnCases"]


class DrawnCases:
    """What `RouteLaws`, `LetterDataLaws` and `WorkflowLaws` draw from."""

    workflow: ClassVar[Workflow | SearchStrategy[Workflow]]
    letter: ClassVar[Letter | SearchStrategy[Letter]] = LETTER

    def _workflow(self, data: DataObject) -> Workflow:
        return cast("Workflow", drawn(data, self, "workflow", Workflow))

    def _case(self, data: DataObject) -> Case:
        return data.draw(cases(self._workflow(data), self._letter(data)), label="case")

    def _letter(self, data: DataObject) -> Letter:
        return cast("Letter", drawn(data, self, "letter", Letter))
