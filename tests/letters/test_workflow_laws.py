import pytest

from docflow import Right, Transition, Workflow
from docflow.bangkok import COMPLAINT, INCOMING_EXTERNAL_LETTER, with_rights
from docflow.letters import approvals, hold_and_resume, needs_a_note
from docflow.testing import Passages, WorkflowLaws, passages_of, workflows

pytestmark = pytest.mark.laws


class TestAnyWorkflow(WorkflowLaws):
    workflow = workflows()


PERMIT = Workflow(
    "permit",
    initial="draft",
    transitions=[
        Transition("submit", "draft", "submitted"),
        Transition("reject", "submitted", "rejected", guards=[needs_a_note]),
        *approvals("approve", "submitted", "approved", need=2, since="submit", may=[Right("head")]),
        *hold_and_resume(("draft", "submitted")),
    ],
    waiting=["on hold"],
    cancelled=["rejected"],
    final=["approved"],
)


class TestAPermitThatIsHeldAndApproved(WorkflowLaws):
    workflow = PERMIT


TestPassagesOfPermits = passages_of(PERMIT)


class TestTheComplaintWithItsRights(WorkflowLaws):
    workflow = with_rights(COMPLAINT)


TestAnyPassage = Passages.TestCase
TestPassagesOfIncomingLetters = passages_of(INCOMING_EXTERNAL_LETTER)
